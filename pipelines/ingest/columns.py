"""One column: text cells in, typed values and faults out.

Cells in the plainest style are read at once; of the others each distinct text is read once.
"""

from dataclasses import dataclass

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger
from pipelines.ingest import dates, words
from pipelines.ingest.cleaning import clean
from pipelines.ingest.personal import holds_personal, mask_series
from pipelines.ingest.plain import read_plain

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
    plain = read_plain(cells, column, is_key=is_key)
    if plain is None:
        return _parse_all(rows, cells, column, style, is_key=is_key)
    rest = plain.is_null()
    if not column.required:
        rest &= cells.is_not_null()
    if not rest.any():
        return plain, _no_failures(rows)
    values, failures = _parse_all(rows.filter(rest), cells.filter(rest), column, style, is_key=is_key)
    return plain.scatter(rest.arg_true(), values), failures


def _parse_all(
    rows: pl.Series, cells: pl.Series, column: Column, style: CellStyle, *, is_key: bool
) -> tuple[pl.Series, pl.DataFrame]:
    distinct = cells.unique().drop_nulls()
    if column.type is T.TEXT and 2 * len(distinct) > len(cells):
        # Nearly every text is distinct: a table of distinct ones would cost more than it saves.
        parsed = _parse_cells(cells, column, style, is_key=is_key)
        return parsed["value"], parsed.select(rows, "shown", "reason").filter(pl.col("reason").is_not_null())
    table = _parse_cells(distinct, column, style, is_key=is_key)
    values = table["value"]
    faulty = table["reason"].is_not_null().any() or (column.required and cells.null_count() > 0)
    if not faulty and values.dtype == pl.String and values.eq_missing(distinct).all():
        return cells, _no_failures(rows)
    if not faulty and values.dtype == pl.Boolean and values.null_count() == 0 and values.sum() == 1:
        return cells == distinct.filter(values)[0], _no_failures(rows)
    at = cells.cast(pl.Enum(distinct)).to_physical()
    if not faulty:
        return values.gather(at), _no_failures(rows)
    empty = pl.when(pl.lit(cells.is_null())).then(pl.lit(_empty_reason(column, is_key=is_key), pl.String))
    failures = pl.DataFrame([rows, table["shown"].gather(at), table["reason"].gather(at)]).with_columns(
        reason=pl.coalesce("reason", empty)
    )
    return values.gather(at), failures.filter(pl.col("reason").is_not_null())


def _no_failures(rows: pl.Series) -> pl.DataFrame:
    return pl.DataFrame(schema={"row": rows.dtype, "shown": pl.String, "reason": pl.String})


def show(cells: pl.Series) -> pl.Series:
    """The cells as messages show them: clean, masked, cut off where long."""
    return mask_series(clean(cells)).str.slice(0, _LONGEST_VALUE)


def _parse_cells(cells: pl.Series, column: Column, style: CellStyle, *, is_key: bool) -> pl.DataFrame:
    """`value`, `reason` (null where fine) and `shown` of each cell."""
    if column.type is T.TEXT and not is_key:
        return _parse_prose(cells, column)
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


def _parse_prose(cells: pl.Series, column: Column) -> pl.DataFrame:
    texts = mask_series(clean(cells, prose=True))
    texts = texts.set(words.is_formula_error(texts), None)
    reason = pl.when(pl.lit(texts.is_null())).then(pl.lit(_empty_reason(column, is_key=False), pl.String))
    return texts.alias("value").to_frame().select("value", reason=reason, shown=pl.lit(None, pl.String))


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
