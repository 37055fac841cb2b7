"""Quarantine: rejected rows, sheets and files, each with one reason and one sentence in each language."""

from collections.abc import Sequence

import polars as pl

from pipelines.conform.checks import month_of
from pipelines.conform.gathering import ROW, Gathered, Places, decode
from pipelines.contracts.errors import REASON_TEXT, Reason
from pipelines.contracts.ledgers import LEDGERS, Ledger
from pipelines.ingest.parsed import ParsedFile

QUARANTINE_SCHEMA: dict[str, pl.DataType] = {
    "file": pl.String(), "sheet": pl.String(), "row": pl.Int64(), "ledger": pl.String(), "column": pl.String(),
    "value": pl.String(), "reason": pl.String(), "message_zh": pl.String(), "message_en": pl.String(),
    "point_id": pl.String(), "month": pl.Int32(),
}  # fmt: skip
_ABOUT_THE_WHOLE = (Reason.UNREADABLE_FILE, Reason.NO_LEDGER)


def keep_first_faults(faults: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """One fault a row: the first in the order of the ledger's columns."""
    order = {c.name: i for i, c in enumerate(ledger.columns)}
    return (
        faults.with_columns(_order=pl.col("column").replace_strict(order, return_dtype=pl.Int32))
        .sort(*ROW, "_order", maintain_order=True)
        .unique(ROW, keep="first", maintain_order=True)
        .drop("_order")
    )


def list_rows(gathered: Gathered, faults: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Entries (QUARANTINE_SCHEMA) of the rows of one ledger from one fault a row."""
    if faults.is_empty():
        return pl.DataFrame(schema=QUARANTINE_SCHEMA)
    ledger = gathered.ledger
    dated = ledger.dated_by if ledger.has_point else None
    point = pl.col("point_id").cast(pl.String) if ledger.has_point else pl.lit(None, pl.String)
    month = month_of(ledger.column(dated)) if dated else pl.lit(None, pl.Int32)
    known = gathered.rows.select(*ROW, point_id=point, month=month)
    entries = decode(places.name(faults.join(known, on=ROW, how="left", validate="1:1")))
    return _compose(entries.with_columns(ledger=pl.lit(ledger.name)))


def list_wholes(files: Sequence[ParsedFile]) -> pl.DataFrame:
    """Entries (QUARANTINE_SCHEMA) of files that cannot be read and sheets that fit no ledger."""
    entries = []
    for file in files:
        entries.append(_describe_whole(file.faults, file, None, None))
        for sheet in file.sheets:
            whole = sheet.faults.filter(pl.col("row").is_null())
            entries.append(_describe_whole(whole, file, sheet.sheet, sheet.ledger))
    empty = pl.DataFrame(schema=QUARANTINE_SCHEMA)
    return pl.concat([empty, *(_compose(e) for e in entries if not e.is_empty())])


def _describe_whole(
    faults: pl.DataFrame, file: ParsedFile, sheet: str | None, ledger: Ledger | None
) -> pl.DataFrame:
    return faults.with_columns(
        source_file=pl.lit(file.source.shown), source_sheet=pl.lit(sheet, pl.String),
        ledger=pl.lit(ledger.name if ledger else None, pl.String),
        point_id=pl.lit(None, pl.String), month=pl.lit(None, pl.Int32),
    )  # fmt: skip


def _compose(entries: pl.DataFrame) -> pl.DataFrame:
    parts = entries.select("ledger", "column", "value", "reason", "rule_zh", "rule_en")
    sentences = [compose_message(*fault) for fault in parts.iter_rows()]
    return entries.select(
        "row", "ledger", "column", "value", "reason", "point_id", "month", file="source_file", sheet="source_sheet",
        message_zh=pl.Series([zh for zh, _ in sentences], dtype=pl.String),
        message_en=pl.Series([en for _, en in sentences], dtype=pl.String),
    ).select(pl.col(name).cast(dtype) for name, dtype in QUARANTINE_SCHEMA.items())  # fmt: skip


def compose_message(
    ledger: str | None, column: str | None, value: str | None, reason: str, rule_zh: str, rule_en: str
) -> tuple[str, str]:
    """The sentence of an entry in Chinese and English."""
    zh, en = REASON_TEXT[Reason(reason)]
    if reason in _ABOUT_THE_WHOLE or ledger is None:
        return zh.format(value=rule_zh), en.format(value=rule_en)
    contract = LEDGERS[ledger]
    if reason == Reason.MISSING_COLUMN:
        return zh.format(value=contract.zh, column=rule_zh), en.format(value=contract.en, column=rule_en)
    header = contract.column(column or "")
    shown = value or ""
    return zh.format(column=header.zh, value=shown, rule=rule_zh), en.format(column=header.en, value=shown, rule=rule_en)
