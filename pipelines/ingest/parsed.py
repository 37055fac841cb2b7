"""What ingest hands to conform: files, sheets, typed rows and faults."""

from dataclasses import dataclass, field

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger
from pipelines.ingest.sources import SourceFile

FAULT_SCHEMA: dict[str, pl.DataType] = {
    "row": pl.Int64(), "column": pl.String(), "value": pl.String(), "reason": pl.String(),
    "rule_zh": pl.String(), "rule_en": pl.String(),
}  # fmt: skip

DTYPES: dict[ColumnType, pl.DataType] = {
    ColumnType.TEXT: pl.String(),
    ColumnType.CODE: pl.String(),
    ColumnType.REGION: pl.String(),
    ColumnType.POINT: pl.String(),
    ColumnType.DATE: pl.Date(),
    ColumnType.MONTH: pl.Int32(),
    ColumnType.TIMESTAMP: pl.Datetime("us"),
    ColumnType.INTEGER: pl.Int64(),
    ColumnType.NUMBER: pl.Float64(),
    ColumnType.BOOLEAN: pl.Boolean(),
}


@dataclass(frozen=True)
class ParsedSheet:
    """One sheet, or the whole of a file without sheets (`sheet` null).

    `frame`: `row` (Int64, the line as a person sees it) and the ledger's columns in contract order, null where a cell
    is empty or faulty. `faults`: FAULT_SCHEMA, every fault of every row; a fault of the sheet has a null row, and then
    `frame` is empty. `ledger` is null where the header fits none. `dropped` and `ignored` are headers, masked.
    """

    ledger: Ledger | None
    sheet: str | None
    frame: pl.DataFrame
    faults: pl.DataFrame
    dropped: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParsedFile:
    """A file as read: its sheets, and the faults of the file itself (FAULT_SCHEMA, null row)."""

    source: SourceFile
    sheets: tuple[ParsedSheet, ...] = ()
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAULT_SCHEMA))


def make_fault(
    reason: Reason, *, column: str | None = None, value: str | None = None, rule: tuple[str, str] = ("", ""),
) -> pl.DataFrame:
    """One fault of a whole file or sheet; `rule` is what its message says in Chinese and English."""
    return pl.DataFrame(
        [[None, column, value, reason.value, *rule]], schema=FAULT_SCHEMA, orient="row",
    )


def empty_frame(ledger: Ledger | None) -> pl.DataFrame:
    """A frame of the ledger without rows."""
    columns: tuple[Column, ...] = ledger.columns if ledger else ()
    return pl.DataFrame(schema={"row": pl.Int64(), **{c.name: DTYPES[c.type] for c in columns}})
