"""The history of refreshes: `runs.jsonl`, appended by the writer only, published as `refresh_run`."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from pipelines.warehouse.layout import Layout
from pipelines.warehouse.tables import read_table


class Outcome(StrEnum):
    """How a refresh ended."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True)
class Run:
    """One refresh: when (ISO, local), how long, how it ended, and the row accounting of the whole raw folder.

    `snapshot` is the one that was current when it ended. Counts are null where the run ended before counting.
    """

    started_at: str
    seconds: float
    as_of: str
    outcome: Outcome
    snapshot: str | None
    full: bool
    accepted_drop: bool
    files: int | None = None
    rows_in: int | None = None
    rows_accepted: int | None = None
    rows_superseded: int | None = None
    rows_duplicate: int | None = None
    rows_quarantined: int | None = None
    message_zh: str = ""
    message_en: str = ""


TABLE = "refresh_run"
SCHEMA: dict[str, Any] = {
    "started_at": pl.String, "seconds": pl.Float64, "as_of": pl.String, "outcome": pl.String, "snapshot": pl.String,
    "full": pl.Boolean, "accepted_drop": pl.Boolean, "files": pl.Int64, "rows_in": pl.Int64,
    "rows_accepted": pl.Int64, "rows_superseded": pl.Int64, "rows_duplicate": pl.Int64, "rows_quarantined": pl.Int64,
    "message_zh": pl.String, "message_en": pl.String,
}  # fmt: skip


def record(layout: Layout, run: Run) -> None:
    """Append a run to the history, below a line that a killed run left without its end."""
    torn = layout.runs.exists() and not layout.runs.read_bytes().endswith(b"\n")
    with layout.runs.open("a", encoding="utf-8") as file:
        file.write("\n" * torn + _line(run))


def list_runs(layout: Layout) -> list[Run]:
    """The history, oldest first; a line that a killed run left incomplete is passed over."""
    if not layout.runs.exists():
        return []
    runs = []
    for line in layout.runs.read_text(encoding="utf-8").splitlines():
        try:
            runs.append(_from_fields(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            continue
    return runs


def _line(run: Run) -> str:
    return json.dumps(asdict(run), ensure_ascii=False) + "\n"


def _from_fields(fields: dict[str, Any]) -> Run:
    return Run(**(fields | {"outcome": Outcome(fields["outcome"])}))


def tabulate(runs: list[Run]) -> pl.DataFrame:
    """The history as the table `refresh_run`."""
    return pl.DataFrame([asdict(run) for run in runs], schema=SCHEMA)


def restore_runs(layout: Layout) -> None:
    """Take over from the current snapshot what the history lacks: a run killed right after publishing, or a lost file."""
    current = layout.read_current()
    table = read_table(layout, current, TABLE) if current else None
    if table is None:
        return
    known = list_runs(layout)
    published = [_from_fields(fields) for fields in table.iter_rows(named=True)]
    missing = [run for run in published if run not in known]
    if missing:
        draft = layout.runs.with_suffix(".tmp")
        whole = sorted([*known, *missing], key=lambda run: run.started_at)
        draft.write_text("".join(_line(run) for run in whole), encoding="utf-8")
        draft.replace(layout.runs)
