"""Several columns as one whole number a row, and the order of such numbers: faster than to compare rows column by column."""

from collections.abc import Sequence

import polars as pl

_MOST = 2**63


def pack(columns: Sequence[pl.Series]) -> pl.Series | None:
    """One Int64 a row that sorts as the columns' numbers do, nulls first; None where it would not fit.

    Columns are whole numbers or have a dictionary; without any, every row is alike.
    """
    packed, size = None, 1
    for column in columns:
        numbers = column.to_physical().cast(pl.Int64)
        low, high = numbers.min(), numbers.max()
        if not isinstance(low, int) or not isinstance(high, int):
            continue  # nothing but nulls
        count = high - low + 2
        size *= count
        if size >= _MOST:
            return None
        places = numbers - (low - 1)
        places = places.fill_null(0) if places.null_count() else places
        packed = places if packed is None else packed * count + places
    return pl.repeat(0, len(columns[0]), dtype=pl.Int64, eager=True) if packed is None else packed


def find_order(packed: pl.Series) -> pl.Series | None:
    """The places of numbers from 0 in ascending order, those of equal ones as they stand; None where they are in order."""
    if packed.is_sorted():
        return None
    rows, highest = len(packed), packed.max()
    if isinstance(highest, int) and (highest + 1) * rows < _MOST:
        # Numbers that carry their places are sorted in half the time that the places alone are.
        return (packed * rows + pl.int_range(rows, eager=True)).sort() % rows
    return packed.arg_sort()
