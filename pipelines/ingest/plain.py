"""Plain cells: whole numbers in digits, days as 2026-07-03, short ids. Most cells are, and are read without looking closer.

A cell counts as plain only where reading it closely would give the same value and no fault: nothing to clean, within the
bounds of its column, and too short to hold a mobile or ID-card number (11 digits at least).
"""

import polars as pl

from pipelines.contracts.ledgers import Column, ColumnType

_SHORT = 10
_DAY_BYTES = 10
_YEARS = (1900, 2199)
_SHORT_ID = r"^(?:[A-Za-z][A-Za-z0-9_-]{0,9}|[0-9]{1,10})$"


def read_plain(cells: pl.Series, column: Column, *, is_key: bool) -> pl.Series | None:
    """The values of the plain cells, null for every other; None where the type of the column has no plain style."""
    if column.type is ColumnType.INTEGER:
        values = cells.cast(pl.Int64, strict=False)
        plain = _is_within(values, column) & (cells.str.len_bytes() <= _SHORT)
    elif column.type is ColumnType.DATE:
        values = cells.str.to_date("%Y-%m-%d", strict=False)
        plain = values.dt.year().is_between(*_YEARS) & (cells.str.len_bytes() == _DAY_BYTES)
    elif column.type is ColumnType.TEXT and is_key:
        values, plain = cells, cells.str.contains(_SHORT_ID)
    else:
        return None
    return values if plain.all(ignore_nulls=True) else values.set(~plain, None)


def _is_within(values: pl.Series, column: Column) -> pl.Series:
    low, high = values.min(), values.max()
    within = values.is_not_null()
    if column.minimum is not None and isinstance(low, int) and low < column.minimum:
        within &= values >= column.minimum
    if column.maximum is not None and isinstance(high, int) and high > column.maximum:
        within &= values <= column.maximum
    return within
