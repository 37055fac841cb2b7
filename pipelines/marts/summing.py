"""Adding up rows by some columns: put in order by one packed number a row, then summed stretch by stretch.

The same as grouping, without a table of groups, which costs most where nearly every row is a group of its own; and what
comes out is in order.
"""

from collections.abc import Sequence

import polars as pl

from pipelines.marts.packing import find_order, pack


def add_up(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The sums of all other columns, one row a combination of `keys`; in their order, unless there are fractions.

    Keys are whole numbers or have a dictionary. In sums a null is nothing.
    """
    values = rows.select(pl.exclude(keys).fill_null(0))
    packed = pack([rows[name] for name in keys])
    if rows.is_empty() or packed is None or any(dtype.is_float() for dtype in values.dtypes):
        return rows.select(keys).hstack(values).group_by(keys).sum()
    order = find_order(packed)
    if order is not None:
        packed, values = packed.gather(order), values[order]
    starts = (packed != packed.shift(1)).fill_null(value=True).arg_true()
    ends = starts.shift(-1, fill_value=len(packed)) - 1
    # A sum is what has come together at its end, less what had at the end before.
    running = values.select(pl.all().cum_sum())[ends]
    sums = running.select(pl.all() - pl.all().shift(1, fill_value=0))
    return rows.select(keys)[starts if order is None else order.gather(starts)].hstack(sums)
