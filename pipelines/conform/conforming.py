"""The order of conforming: registers first, then every other ledger; every row ends in exactly one place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.conform import calendar, repeats, roster
from pipelines.conform.calendar import unknown_years
from pipelines.conform.checks import check, month_of, show
from pipelines.conform.corrections import Fate, settle
from pipelines.conform.divisions import Divisions
from pipelines.conform.gathering import ROW, Gathered, Places, decode, gather, locate_sheets, order_files
from pipelines.conform.quarantine import keep_first_faults, list_rows, list_wholes
from pipelines.conform.warnings import count_contradictions, warn
from pipelines.contracts.errors import PublicationHeldError, Reason
from pipelines.contracts.ledgers import LEDGERS, ColumnType, Ledger
from pipelines.ingest.parsed import ParsedFile

Accounting = dict[str, dict[str, int]]
_NO_POINTS = pl.DataFrame(schema={"point_id": pl.String, "active_from": pl.Int32, "active_to": pl.Int32})
_SOURCE = ("source_file", "source_sheet", "source_row")
_LONGEST_SHEET = 2**36


@dataclass(frozen=True)
class Conformed:
    """What conform hands to the marts.

    `facts`: ledger → its accepted rows (canonical and derived columns, `month` of a point's dated ledger, `source_file`,
    `source_sheet`, `source_row`). `quarantine`: QUARANTINE_SCHEMA. `accounting`: ledger → rows `in`, `accepted`,
    `superseded`, `duplicate`, `quarantined`. `warnings`: (Chinese, English) sentences, nothing personal in them.
    """

    facts: dict[str, pl.DataFrame]
    quarantine: pl.DataFrame
    accounting: Accounting
    warnings: list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """What some ledgers of some points come to: as `Conformed`, and what its warnings rest on.

    `contradictions`: ledger → point-months with a nil return beside rows. `years`: those the calendar does not know.
    """

    facts: dict[str, pl.DataFrame]
    quarantine: pl.DataFrame
    accounting: Accounting
    contradictions: dict[str, int]
    years: list[int]


SHARED = tuple(ledger for ledger in LEDGERS.values() if not ledger.has_point)
LOCAL = tuple(ledger for ledger in LEDGERS.values() if ledger.has_point)


def conform(files: Sequence[ParsedFile], regions: Divisions, today: date) -> Conformed:
    """Facts, quarantine and accounting of all files as of the day `today`.

    Raises PublicationHeldError where the rows of a ledger do not add up.
    """
    ordered = order_files(files)
    shared = conform_shared(ordered, regions, today)
    local = conform_points(ordered, shared.facts["points"], regions, today)
    return unite(ordered, shared, [local])


def conform_shared(files: Sequence[ParsedFile], regions: Divisions, today: date) -> Part:
    """The ledgers that belong to no point: the registers, plans and feedback."""
    facts, rejected, accounting = _conform(files, SHARED, _NO_POINTS, regions, today)
    return Part({name: decode(_tidy(frame)) for name, frame in facts.items()}, rejected, accounting, {}, [])


def conform_points(files: Sequence[ParsedFile], points: pl.DataFrame, regions: Divisions, today: date) -> Part:
    """The ledgers of points. `points`: the accepted register, or that part of it to which the rows belong.

    Facts hold ids of points as the register does, and words and texts as the files do: as text or with a dictionary.
    """
    facts, rejected, accounting = _conform(files, LOCAL, points, regions, today)
    facts = {name: _tidy(frame) for name, frame in _derive(facts).items()}
    return Part(facts, rejected, accounting, count_contradictions(facts), unknown_years(facts["meetings"]["date"].unique()))


def unite(files: Sequence[ParsedFile], shared: Part, parts: Sequence[Part]) -> Conformed:
    """All parts together. `files` may come without rows."""
    ordered = order_files(files)
    united = [shared, *parts]
    facts = {name: pl.concat([decode(p.facts[name]) for p in united if name in p.facts]) for name in LEDGERS}
    quarantine = pl.concat([list_wholes(ordered), *(p.quarantine for p in united)])
    return Conformed(
        facts, quarantine.sort("file", "sheet", "row", maintain_order=True), add_up(p.accounting for p in united),
        warn(ordered, [p.contradictions for p in parts], [y for p in parts for y in p.years]),
    )  # fmt: skip


def add_up(accountings: Iterable[Accounting]) -> Accounting:
    """The sum of accountings, ledgers in the order of the contracts."""
    total: Accounting = {}
    for accounting in accountings:
        for name, counts in accounting.items():
            kept = total.setdefault(name, dict.fromkeys(counts, 0))
            for end, count in counts.items():
                kept[end] += count
    return {name: total[name] for name in LEDGERS if name in total}


def _conform(
    files: Sequence[ParsedFile], ledgers: Sequence[Ledger], points: pl.DataFrame, regions: Divisions, today: date
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame, Accounting]:
    ordered = order_files(files)
    places = locate_sheets(ordered)
    facts, quarantined, accounting = {}, [], {}
    for ledger in ledgers:
        gathered = gather(ordered, ledger, points.schema["point_id"])
        settled, faults = _settle(gathered, check(gathered, points, regions, today))
        accounting[ledger.name] = _account(gathered, settled, faults)
        quarantined.append(list_rows(gathered, faults, places))
        facts[ledger.name] = _trace(settled, ledger, places)
    return facts, pl.concat(quarantined), accounting


def _settle(gathered: Gathered, checked: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The valid rows with their fate, and one fault for each of the others."""
    faults = keep_first_faults(pl.concat([gathered.faults, checked]), gathered.ledger)
    valid = gathered.rows.join(faults, on=ROW, how="anti") if faults.height else gathered.rows
    settled = settle(valid, gathered.ledger)
    conflict = settled.filter(pl.col("_fate") == Fate.QUARANTINED)
    column = gathered.ledger.column(_naming_column(gathered.ledger))
    conflicting = conflict.select(
        *ROW, column=pl.lit(column.name), value=show(column), reason=pl.lit(Reason.CONFLICTING_KEY.value),
        rule_zh=pl.lit(""), rule_en=pl.lit(""),
    )  # fmt: skip
    return settled, pl.concat([faults, conflicting])


def _naming_column(ledger: Ledger) -> str:
    """The key column that names the record: its first id, else its last column."""
    ids = [name for name in ledger.key if ledger.column(name).type is ColumnType.TEXT]
    return ids[0] if ids else ledger.key[-1]


def _account(gathered: Gathered, settled: pl.DataFrame, faults: pl.DataFrame) -> dict[str, int]:
    ended = dict.fromkeys((fate.value for fate in Fate), 0) | dict(settled["_fate"].value_counts().iter_rows())
    ended[Fate.QUARANTINED] = faults.height
    if sum(ended.values()) != gathered.rows.height:
        name = gathered.ledger
        raise PublicationHeldError(
            f"{name.zh}行数对不上：读入 {gathered.rows.height} 行，去向合计 {sum(ended.values())} 行；本次不发布。",
            f"Rows of {name.en} do not add up: {gathered.rows.height} in, {sum(ended.values())} placed; nothing is published.",
        )
    return {"in": gathered.rows.height, **ended}


def _trace(settled: pl.DataFrame, ledger: Ledger, places: Places) -> pl.DataFrame:
    """The accepted rows with where they came from, and their month."""
    accepted = settled if (settled["_fate"] == Fate.ACCEPTED).all() else settled.filter(pl.col("_fate") == Fate.ACCEPTED)
    accepted = accepted.drop("_fate").rename({"row": "source_row"})
    if ledger.has_point and ledger.dated_by not in (None, "month"):
        accepted = accepted.with_columns(month=month_of(ledger.column(ledger.dated_by)))
    return places.name(accepted)


def _derive(facts: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    meetings = facts["meetings"]
    staff = roster.add_ages(facts["staff"])
    return facts | {
        "meetings": meetings.with_columns(calendar.mark_offdays(meetings["date"])),
        "documents": repeats.mark_document_repeats(facts["documents"]),
        "inspections": repeats.mark_inspection_repeats(facts["inspections"]),
        "staff": staff,
        "staff_moves": roster.add_traits(facts["staff_moves"], staff),
    }


def _tidy(traced: pl.DataFrame) -> pl.DataFrame:
    """The rows in the order of their sources, provenance last."""
    place = traced.select(pl.col("_place").cast(pl.Int64) * _LONGEST_SHEET + pl.col("source_row")).to_series()
    ordered = traced if place.is_sorted() else traced.with_columns(_place=place).sort("_place")
    return ordered.select(pl.exclude("source_path", "_file", "_sheet", "_place", *_SOURCE), *_SOURCE)
