"""From source files to the tables of a snapshot: the rooms of the pipelines, one after the other, a group of points at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import polars as pl

from pipelines.conform import (
    Divisions,
    Part,
    add_up,
    conform_points,
    conform_shared,
    list_wholes,
    read_divisions,
    warn,
)
from pipelines.contracts.ledgers import LEDGERS, POINTS
from pipelines.ingest import SourceFile
from pipelines.marts import Counter, find_span, list_uncounted
from pipelines.refresh.cache import NO_CITIES, FileCache, KeptFile
from pipelines.refresh.groups import NO_POINTS, Group, form_groups, map_cities
from pipelines.refresh.inputs import Inputs
from pipelines.refresh.parts import QUARANTINE, KeptPart, PartCache, make_key, note_days
from pipelines.refresh.queries import KeptQueries
from pipelines.refresh.stages import Progress, Stage
from pipelines.warehouse import Edition, PartFile, build_dimensions

REGISTERS = ("points", "frame")
LARGE = 2**20
LOCAL = tuple(ledger for ledger in LEDGERS.values() if ledger.has_point)


@dataclass(frozen=True)
class Making:
    """What a refresh works with."""

    inputs: Inputs
    cache: FileCache
    parts: PartCache
    queries: KeptQueries
    today: date
    fresh: bool
    progress: Progress


@dataclass(frozen=True)
class Made:
    """What came of it: the edition, the keys of the parts that it is made of, and the sources as read."""

    edition: Edition
    keys: set[str]
    sources: tuple[SourceFile, ...]


def make_edition(making: Making, snapshot: str) -> Made:
    """Read, conform and count everything in the raw folder.

    The edition's tables are all of docs/architecture.md but `refresh_run`.
    """
    today, divisions = making.today, read_divisions()
    files = _read(making, divisions)
    read = {file.source.path: file.source for file in files}
    inputs = replace(making.inputs, sources=tuple(read[source.path] for source in making.inputs.sources))
    shared = conform_shared([f.load(NO_POINTS) for f in files if f.holds(NO_POINTS)], divisions, today)
    points = shared.facts["points"]
    groups = form_groups(map_cities(points, divisions.frame), sum(file.rows for file in files))
    conformed = {}
    for number, group in enumerate(groups):
        making.progress(Stage.CONFORM, number, len(groups))
        conformed[group.name] = _conform_group(making, files, group, points, divisions)
    span = _unite_spans([part.notes["span"] for part in conformed.values()])
    accepted = add_up(part.notes["accounting"] for part in conformed.values())
    empty = [name for name, counts in accepted.items() if not counts["accepted"]]
    counter, counted = Counter(span, empty, making.queries.known), {}
    for number, group in enumerate(groups):
        making.progress(Stage.COUNT, number, len(groups))
        counted[group.name] = _count_group(making, counter, group.select(points), conformed[group.name], span)
    notes = [part.notes for part in conformed.values()]
    outlines = [file.outline() for file in files]
    rejected = [list_wholes(outlines), shared.quarantine, *(part.read(QUARANTINE) for part in conformed.values())]
    tables = {
        **build_dimensions(shared.facts, divisions.frame), QUARANTINE: pl.concat(rejected),
        **{LEDGERS[name].table: frame for name, frame in shared.facts.items() if name not in REGISTERS},
    }  # fmt: skip
    warnings = warn(outlines, [n["contradictions"] for n in notes], [year for n in notes for year in n["years"]])
    fields = {
        "published_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "as_of": today.isoformat(),
        "contract_version": inputs.version,
        "synthetic": inputs.synthetic,
        "policy": inputs.policy.model_dump(mode="json"),
        "months": list(span) if span else None,
        "sources": [describe_source(source) for source in inputs.sources],
        "warnings": [{"zh": zh, "en": en} for zh, en in warnings],
        "fingerprint": inputs.fingerprint,
    }
    accounting = add_up([shared.accounting, accepted])
    parted = _collect(conformed, counted)
    keys = {part.folder.name for part in (*conformed.values(), *counted.values())}
    return Made(Edition(snapshot, tables, accounting, fields, parted), keys, inputs.sources)


def _read(making: Making, divisions: Divisions) -> list[KeptFile]:
    """Every source as the cache holds it; small files first, so that large ones are cut by the registers in those."""
    sources = making.inputs.sources
    files: dict[str, KeptFile] = {}
    cities, registers = NO_CITIES, 0
    for number, source in enumerate(sorted(sources, key=lambda source: source.size)):
        making.progress(Stage.READ, number, len(sources))
        known = [file for file in files.values() if file.has_ledger("points")]
        if source.size >= LARGE and len(known) > registers:
            registers = len(known)
            cities = _find_cities(known, divisions)
        files[source.path] = making.cache.parse(source, fresh=making.fresh, cities=cities)
    return sorted((files[source.path] for source in sources), key=lambda f: (f.source.mtime_minute, f.source.path))


def _find_cities(registers: Sequence[KeptFile], divisions: Divisions) -> pl.DataFrame:
    """`point_id, city_code` of the registers as read, whether or not their rows will be accepted."""
    sheets = [sheet for file in registers for sheet in file.load(NO_POINTS).sheets]
    points = pl.concat(sheet.frame.select("point_id", "region_code") for sheet in sheets if sheet.ledger is POINTS)
    return map_cities(points.drop_nulls("point_id").unique("point_id", keep="last"), divisions.frame)


def _conform_group(
    making: Making, files: Sequence[KeptFile], group: Group, points: pl.DataFrame, divisions: Divisions
) -> KeptPart:
    holding = [file for file in files if file.holds(group)]
    own = group.select(points)
    rests_on = [
        making.inputs.version, [[f.source.path, f.source.mtime_minute, f.source.sha256] for f in holding],
        own.select("point_id", "active_from", "active_to").sort("point_id").rows(),
    ]  # fmt: skip
    key = make_key(group.name, rests_on)
    kept = None if making.fresh else making.parts.find(key, making.today)
    if kept is not None:
        return kept
    coded = own.cast({"point_id": pl.Categorical()})
    part = conform_points([file.load(group) for file in holding], coded, divisions, making.today)
    tables = {LEDGERS[name].table: frame for name, frame in part.facts.items()}
    return making.parts.keep(key, {**tables, QUARANTINE: part.quarantine}, _note(part, making.today))


def _note(part: Part, today: date) -> dict[str, Any]:
    return {
        "accounting": part.accounting, "contradictions": part.contradictions, "years": part.years,
        "span": find_span(part.facts), **note_days(part.quarantine, today),
    }  # fmt: skip


def _count_group(
    making: Making, counter: Counter, points: pl.DataFrame, part: KeptPart, span: tuple[int, int] | None
) -> KeptPart:
    """The marts of a part. They rest on its tables, on the whole span of months and on nothing else."""
    content = [part.folder.name, sorted((name, file.sha256) for name, file in part.files.items()), span]
    key = make_key(f"marts-{part.folder.name.rpartition('-')[0]}", content)
    kept = None if making.fresh else making.parts.find(key, making.today)
    if kept is not None:
        return kept
    facts = {ledger.name: part.read(ledger.table, without=list_uncounted(ledger)) for ledger in LOCAL}
    marts = counter.count({**facts, "points": points}, part.read(QUARANTINE))
    return making.parts.keep(key, marts, {"made_on": date.min.isoformat(), "due": None})


def _unite_spans(spans: Sequence[Sequence[int] | None]) -> tuple[int, int] | None:
    """First and last month with any report."""
    known = [span for span in spans if span]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def _collect(*stages: dict[str, KeptPart]) -> dict[str, dict[str, PartFile]]:
    """Table → part → file."""
    tables: dict[str, dict[str, PartFile]] = {}
    for parts in stages:
        for group, part in parts.items():
            for table, file in part.files.items():
                if table != QUARANTINE:
                    tables.setdefault(table, {})[group] = file
    return tables


def describe_source(source: SourceFile) -> dict[str, Any]:
    """A source file as the manifest names it, path masked."""
    return {"path": source.shown, "size": source.size, "mtime_minute": source.mtime_minute, "sha256": source.sha256}
