"""One column: text cells in, typed values and faults out. Each distinct text is read once."""

from dataclasses import dataclass

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger
from pipelines.ingest import dates, words
from pipelines.ingest.cleaning import clean
from pipelines.ingest.parsed import DTYPES
from pipelines.ingest.personal import holds_personal, mask_series

T = ColumnType
_LONGEST_VALUE = 200
_DAYS = {T.DATE: dates.parse_dates, T.MONTH: dates.parse_months, T.TIMESTAMP: dates.parse_timestamps}
_WORDS = {
    T.TEXT: words.parse_ids,
    T.POINT: words.parse_ids,
    T.REGION: words.parse_regions,
    T.INTEGER: words.parse_integers,
    T.NUMBER: words.parse_numbers,
    T.BOOLEAN: words.parse_booleans,
}


@dataclass(frozen=True)
class CellStyle:
    """What a sheet says about its cells: whether bare serials of days count from 1904."""

    epoch_1904: bool = False


def parse_column(cells: pl.Series, column: Column, ledger: Ledger, style: CellStyle) -> pl.DataFrame:
    """`value` (the column's dtype, null where empty or faulty), `reason` (null where fine), `shown` (masked text).

    One row a cell, in order. Bounds by another column are not judged here (`bounds`).
    """
    is_key = column.name in ledger.key
    if column.type is T.TEXT:
        # Nearly every text is distinct: a table of distinct ones would cost more than it saves.
        return _parse_cells(cells, column, style, is_key=True) if is_key else _parse_prose(cells, column)
    distinct = cells.unique()
    table = _parse_cells(distinct, column, style, is_key=is_key).with_columns(raw=distinct)
    return cells.alias("raw").to_frame().join(
        table, on="raw", how="left", nulls_equal=True, maintain_order="left", validate="m:1",
    ).select("value", "reason", "shown")


def _parse_cells(cells: pl.Series, column: Column, style: CellStyle, *, is_key: bool) -> pl.DataFrame:
    texts = clean(cells)
    parsed = _judge_range(_parse(texts, column, style), column)
    personal = holds_personal(texts, whole=column.type not in (T.TEXT, T.POINT))
    empty = pl.lit(_empty_reason(column, is_key=is_key), pl.String)
    return parsed.with_columns(text=texts, personal=personal, shown=mask_series(texts)).select(
        reason=pl.when("personal").then(pl.lit(Reason.PERSONAL_DATA.value))
        .when(pl.col("text").is_null()).then(empty).otherwise("reason"),
        value="value",
        shown=pl.col("shown").str.slice(0, _LONGEST_VALUE),
    ).with_columns(value=pl.when(pl.col("reason").is_null()).then("value"))  # fmt: skip


def _parse_prose(cells: pl.Series, column: Column) -> pl.DataFrame:
    texts = mask_series(clean(cells, prose=True)).alias("value")
    empty = pl.lit(_empty_reason(column, is_key=False), pl.String)
    return texts.to_frame().select(
        "value", reason=pl.when(pl.col("value").is_null()).then(empty), shown=pl.lit(None, pl.String),
    )


def _empty_reason(column: Column, *, is_key: bool) -> str | None:
    if not column.required:
        return None
    return (Reason.MISSING_KEY if is_key else Reason.MISSING_VALUE).value


def _parse(texts: pl.Series, column: Column, style: CellStyle) -> pl.DataFrame:
    """`value` and `reason` of clean texts."""
    if column.codes is not None:
        return words.parse_codes(texts, column.codes)
    if column.type in _DAYS:
        return _DAYS[column.type](texts, epoch_1904=style.epoch_1904)
    return _WORDS[column.type](texts)


def _judge_range(parsed: pl.DataFrame, column: Column) -> pl.DataFrame:
    outside = pl.lit(value=False)
    if column.minimum is not None:
        outside |= pl.col("value") < column.minimum
    if column.maximum is not None:
        outside |= pl.col("value") > column.maximum
    out_of_range = pl.lit(Reason.OUT_OF_RANGE.value)
    return parsed.with_columns(reason=pl.when(outside).then(out_of_range).otherwise("reason"))


def empty_column(column: Column, height: int) -> pl.DataFrame:
    """The result of `parse_column` for an optional column that a sheet does not have."""
    cells = pl.Series([None] * height, dtype=pl.String)
    return cells.to_frame("shown").select(
        pl.lit(None, DTYPES[column.type]).alias("value"), pl.lit(None, pl.String).alias("reason"), "shown",
    )
