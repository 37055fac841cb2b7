"""One refresh from beginning to end: gather, read, conform, count, stage, verify, publish, record."""

import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError, PublicationHeldError, Reason, WarehouseError
from pipelines.refresh.cache import FileCache
from pipelines.refresh.edition import Making, make_edition
from pipelines.refresh.inputs import find_version, gather
from pipelines.refresh.parts import PartCache
from pipelines.refresh.prints import Prints
from pipelines.refresh.queries import KeptQueries
from pipelines.refresh.stages import Progress, Stage, ignore
from pipelines.refresh.turning import has_turned
from pipelines.warehouse import (
    Checksums,
    Layout,
    Outcome,
    Run,
    clear_leftovers,
    find_damage,
    hold_lock,
    list_runs,
    prune,
    publish,
    read_table,
    record,
    restore_runs,
    stage,
    tabulate,
    verify,
)

KEEP = 12
HISTORY = "refresh_run"
PRINTS, QUERIES = "prints.json", "queries.json"
SYSTEM_ERROR = re.compile(r"os error (\d+)")


@dataclass(frozen=True)
class RefreshResult:
    """What a refresh did: the current snapshot, was it published now, and the manifest that says the state of the raw folder.

    `damage`: files of the snapshot before that were not what had been published; this one was made without them.
    """

    snapshot: str
    published: bool
    seconds: float
    manifest: dict[str, Any]
    damage: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The keys of `burden refresh --json`: counts are those of the whole raw folder."""
        return compose_answer(self.snapshot, self.published, self.manifest["rows"], self.manifest["ledgers"], self.seconds)


def compose_answer(
    snapshot: str | None, published: bool, rows: Mapping[str, int], ledgers: Mapping[str, Mapping[str, int]],
    seconds: float,
) -> dict[str, Any]:
    """The keys of `burden refresh --json`."""
    return {
        "snapshot": snapshot, "published": published, "rows": dict(rows),
        "ledgers": {name: dict(counts) for name, counts in ledgers.items()}, "seconds": seconds,
    }  # fmt: skip


@dataclass(frozen=True)
class Task:
    """What was asked, and when: `clock` is a performance counter at the start."""

    raw: Path
    layout: Layout
    today: date
    full: bool
    accept: bool
    progress: Progress
    started: datetime
    clock: float

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return round(time.perf_counter() - self.clock, 3)


def refresh(
    raw: Path, warehouse: Path, *, today: date, full: bool = False, accept: bool = False, progress: Progress = ignore,
    keep: int = KEEP,
) -> RefreshResult:
    """Load what is new or corrected in `raw` and publish a snapshot in `warehouse`.

    `full` reads every file anew and publishes in any case; `accept` publishes although a ledger's accepted rows fall by
    over 20 %; the last `keep` snapshots stay. Raises PublicationHeldError where the result must not be published,
    BurdenError where there is nothing to read or another refresh is at work; the last snapshot then stays current.
    """
    if warehouse.resolve().is_relative_to(raw.resolve()):
        raise BurdenError(
            f"数据仓库“{warehouse}”不能放在原始数据文件夹“{raw}”内；请另选位置。",
            f"The warehouse “{warehouse}” must not lie in the raw folder “{raw}”; choose another place.",
        )
    layout = Layout(warehouse)
    task = Task(raw, layout, today, full, accept, progress, datetime.now().astimezone(), time.perf_counter())
    with hold_lock(layout):
        clear_leftovers(layout)
        restore_runs(layout)
        try:
            result = _execute(task)
        except BurdenError as error:
            outcome = Outcome.HELD if isinstance(error, PublicationHeldError) else Outcome.FAILED
            record(layout, _describe(task, outcome, layout.read_current(), error=error))
            clear_leftovers(layout)
            raise
        except (OSError, pl.exceptions.PolarsError) as error:
            failed = _explain(layout, error)
            if failed is None:
                raise
            with suppress(OSError):  # the disk may be full for the history too; what was staged only fills it
                clear_leftovers(layout)
                record(layout, _describe(task, Outcome.FAILED, layout.read_current(), error=failed))
            raise failed from error
        prune(layout, keep)
    return result


def _explain(layout: Layout, error: Exception) -> WarehouseError | None:
    """What the system said when a file could not be written; None where it was no error of the system.

    Polars passes such errors on as its own, with their number in the text.
    """
    number = error.errno if isinstance(error, OSError) else None
    told = SYSTEM_ERROR.search(str(error))
    if number is None and told is None:
        return None
    reason = os.strerror(number if number is not None else int(told[1]))  # type: ignore[index]
    return WarehouseError(
        f"数据仓库“{layout.root}”无法写入（{reason}）；请检查磁盘空间与权限。",
        f"The warehouse “{layout.root}” cannot be written ({reason}); check disk space and permissions.",
    )


def _execute(task: Task) -> RefreshResult:
    """Refresh, or find that nothing is new."""
    layout = task.layout
    prints = Prints(layout.cache / find_version() / PRINTS, fresh=task.full)
    inputs = gather(task.raw, prints)
    current = layout.read_current()
    before = (layout.read_manifest(current) or {}) if current else {}
    checksums = Checksums()
    damage = find_damage(layout, checksums)
    known = not task.full and not damage and before.get("fingerprint") == inputs.fingerprint
    settled = known and not has_turned(before, task.today)
    if settled and not _is_row_due(layout, before["snapshot"], task.today):
        return _end_unchanged(task, before)
    cache = FileCache(layout.cache, inputs.version)
    snapshot = layout.name_next(task.started)
    parts = PartCache(layout.cache / inputs.version / "parts", checksums)
    queries = KeptQueries(layout.cache / inputs.version / QUERIES)
    made = make_edition(Making(inputs, cache, parts, queries, task.today, task.full, task.progress), snapshot)
    edition = made.edition
    run = _describe(task, Outcome.PUBLISHED, snapshot, edition.rows, len(inputs.sources))
    edition.tables[HISTORY] = tabulate([*list_runs(layout), run])
    task.progress(Stage.WRITE, 0, 1)
    entries = stage(layout, edition)
    try:
        verify(layout, edition, entries, task.accept, checksums)
    except PublicationHeldError as held:
        held.answer = compose_answer(layout.read_current(), False, edition.rows, edition.ledgers, task.seconds)
        raise
    if settled and _same_content({name: entry.as_json() for name, entry in entries.items()}, before["tables"]):
        clear_leftovers(layout)
        return _end_unchanged(task, before)
    # Before publication: what is dropped serves no later refresh either, and after it a kill would leave it lying about.
    cache.keep_only(made.sources)
    parts.keep_only(made.keys)
    for unread, source in zip(inputs.sources, made.sources, strict=True):
        prints.note(unread, source.sha256)
    prints.keep()
    queries.keep()
    manifest = publish(layout, edition, entries)
    record(layout, run)
    task.progress(Stage.WRITE, 1, 1)
    return RefreshResult(snapshot, True, task.seconds, manifest, damage)


def _end_unchanged(task: Task, manifest: dict[str, Any]) -> RefreshResult:
    snapshot = manifest["snapshot"]
    record(task.layout, _describe(task, Outcome.UNCHANGED, snapshot, manifest["rows"], len(manifest["sources"])))
    return RefreshResult(snapshot, False, task.seconds, manifest)


def _is_row_due(layout: Layout, snapshot: str, today: date) -> bool:
    """May a row that was rejected as dated in the future have become due?"""
    quarantine = read_table(layout, snapshot, "quarantine")
    if quarantine is None:
        return True
    rejected = quarantine.filter(reason=Reason.FUTURE_DATE.value)
    return any(month is None or month <= months.of_date(today) for month in rejected["month"])


def _same_content(now: dict[str, Any], before: dict[str, Any]) -> bool:
    """Do all tables but the history have the same bytes?"""
    return {n: e for n, e in now.items() if n != HISTORY} == {n: e for n, e in before.items() if n != HISTORY}


def _describe(
    task: Task, outcome: Outcome, snapshot: str | None, rows: dict[str, int] | None = None, files: int | None = None,
    error: BurdenError | None = None,
) -> Run:
    """The refresh as a row of the history."""
    counts = rows or {}
    return Run(
        task.started.isoformat(), task.seconds, task.today.isoformat(), outcome, snapshot, task.full, task.accept, files,
        counts.get("in"), counts.get("accepted"), counts.get("superseded"), counts.get("duplicate"),
        counts.get("quarantined"), error.zh if error else "", error.en if error else "",
    )  # fmt: skip
