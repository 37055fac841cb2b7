"""One column: text cells in, typed values and faults out. Each distinct text is read once."""

from dataclasses import dataclass

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger
from pipelines.ingest import dates, words
from pipelines.ingest.cleaning import clean
from pipelines.ingest.personal import holds_personal, mask_series

T = ColumnType
_LONGEST_VALUE = 200
_DAYS = {T.DATE: dates.parse_dates, T.MONTH: dates.parse_months, T.TIMESTAMP: dates.parse_timestamps}
_WORDS = {
    T.TEXT: words.parse_ids,
    T.POINT: words.parse_ids,
    T.INTEGER: words.parse_integers,
    T.NUMBER: words.parse_numbers,
    T.BOOLEAN: words.parse_booleans,
}


@dataclass(frozen=True)
class CellStyle:
    """What a sheet says about its cells: whether bare serials of days count from 1904."""

    epoch_1904: bool = False


def parse_column(
    rows: pl.Series, cells: pl.Series, column: Column, ledger: Ledger, style: CellStyle
) -> tuple[pl.Series, pl.DataFrame]:
    """The values (the column's dtype, null where empty or faulty) and the failures (`row`, `shown`, `reason`).

    `rows` are the line numbers of the `cells`. Bounds by another column are judged in `rules`.
    """
    is_key = column.name in ledger.key
    if column.type is T.TEXT and not is_key:
        return _parse_prose(rows, cells, column)
    if column.type is T.TEXT:
        # Nearly every id is distinct: a table of distinct ones would cost more than it saves.
        parsed = _parse_cells(cells, column, style, is_key=True)
        return parsed["value"], parsed.select(rows, "shown", "reason").filter(pl.col("reason").is_not_null())
    distinct = cells.unique().alias("raw")
    table = _parse_cells(distinct, column, style, is_key=is_key).with_columns(distinct)
    failing = table.filter(pl.col("reason").is_not_null()).select("raw", "shown", "reason")
    of_cells = pl.DataFrame({"row": rows, "raw": cells})
    values = of_cells.select("raw").join(
        table.select("raw", "value"), on="raw", how="left", nulls_equal=True, maintain_order="left", validate="m:1",
    )["value"]  # fmt: skip
    if failing.is_empty():
        return values, failing.select(rows.clear(), "shown", "reason")
    failures = of_cells.join(failing, on="raw", nulls_equal=True, maintain_order="left", validate="m:1")
    return values, failures.select("row", "shown", "reason")


def show(cells: pl.Series) -> pl.Series:
    """The cells as messages show them: clean, masked, cut off where long."""
    return mask_series(clean(cells)).str.slice(0, _LONGEST_VALUE)


def _parse_cells(cells: pl.Series, column: Column, style: CellStyle, *, is_key: bool) -> pl.DataFrame:
    """`value`, `reason` (null where fine) and `shown` of each cell."""
    texts = clean(cells)
    parsed = _judge_range(_parse(texts, column, style), column)
    personal = holds_personal(texts, whole=column.type not in (T.TEXT, T.POINT))
    empty = pl.lit(_empty_reason(column, is_key=is_key), pl.String)
    judged = parsed.with_columns(text=texts, personal=personal).select(
        "value", "text",
        reason=pl.when("personal").then(pl.lit(Reason.PERSONAL_DATA.value))
        .when(pl.col("text").is_null()).then(empty).otherwise("reason"),
    )  # fmt: skip
    failed = judged["reason"].is_not_null()
    if not failed.any():
        return judged.select("value", "reason", shown=pl.lit(None, pl.String))
    return judged.select(
        "reason", value=pl.when(pl.col("reason").is_null()).then("value"), shown=show(judged["text"]),
    )


def _parse_prose(rows: pl.Series, cells: pl.Series, column: Column) -> tuple[pl.Series, pl.DataFrame]:
    texts = mask_series(clean(cells, prose=True))
    texts = texts.set(words.is_formula_error(texts), None)
    empty = rows.filter(texts.is_null()) if column.required else rows.clear()
    reason = pl.lit(_empty_reason(column, is_key=False), pl.String)
    return texts, empty.to_frame().select("row", shown=pl.lit(None, pl.String), reason=reason)


def _empty_reason(column: Column, *, is_key: bool) -> str | None:
    if not column.required:
        return None
    return (Reason.MISSING_KEY if is_key else Reason.MISSING_VALUE).value


def _parse(texts: pl.Series, column: Column, style: CellStyle) -> pl.DataFrame:
    """`value` and `reason` of clean texts."""
    if column.codes is not None:
        return words.parse_codes(texts, column.codes)
    if column.type is T.REGION:
        return words.parse_regions(texts, below_county=column.below_county)
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
