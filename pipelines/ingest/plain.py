"""Plain cells: whole numbers in digits, days as 2026-07-03, short ids. Most cells are, and are read without looking closer.

A cell counts as plain only where reading it closely would give the same value and no fault: nothing to clean, within the
bounds of its column, and too short to hold a mobile or ID-card number (11 digits at least).
"""

import polars as pl

from pipelines.contracts.ledgers import Column, ColumnType

_SHORT = 10
_DAY_BYTES = 10
_REPEATED = 8
_YEARS = (1900, 2199)
_SHORT_ID = r"^(?:[A-Za-z][A-Za-z0-9_-]{0,9}|[0-9]{1,10})$"


def read_plain(cells: pl.Series, column: Column, *, is_key: bool) -> pl.Series | None:
    """The values of the plain cells, null for every other; None where the type of the column has no plain style."""
    if column.type is ColumnType.INTEGER:
        values = cells.cast(pl.Int64, strict=False)
        plain = _is_within(values, column) & (cells.str.len_bytes() <= _SHORT)
    elif column.type is ColumnType.DATE:
        return _read_days(cells)
    elif column.type is ColumnType.TEXT and is_key:
        values, plain = cells, cells.str.contains(_SHORT_ID)
    else:
        return None
    return values if plain.all(ignore_nulls=True) else values.set(~plain, None)


def _read_days(cells: pl.Series) -> pl.Series:
    """Each distinct day is read once, where the same come again and again."""
    distinct = cells.unique().drop_nulls()
    repeated = _REPEATED * len(distinct) < len(cells)
    texts = distinct if repeated else cells
    values = texts.str.to_date("%Y-%m-%d", strict=False)
    plain = values.dt.year().is_between(*_YEARS) & (texts.str.len_bytes() == _DAY_BYTES)
    values = values if plain.all(ignore_nulls=True) else values.set(~plain, None)
    return values.gather(cells.cast(pl.Enum(distinct)).to_physical()) if repeated else values


def _is_within(values: pl.Series, column: Column) -> pl.Series:
    low, high = values.min(), values.max()
    within = values.is_not_null()
    if column.minimum is not None and isinstance(low, int) and low < column.minimum:
        within &= values >= column.minimum
    if column.maximum is not None and isinstance(high, int) and high > column.maximum:
        within &= values <= column.maximum
    return within
