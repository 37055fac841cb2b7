"""The order of rows in a table: the columns that decide it, and a fast way to sort by them.

Each deciding column becomes small whole numbers in the order of its values; packed into one number a row, they are
sorted at once. What does not fit is sorted column by column, with the same outcome. Words with a dictionary get one that
is in order itself, so that their numbers are.
"""

from collections.abc import Sequence

import polars as pl

from pipelines.contracts.breakdowns import CELLS
from pipelines.marts.packing import find_order, pack

SOURCE = ("source_file", "source_sheet", "source_row")
CELL_KEYS = {cell.name: tuple(b.column for b in cell.breakdowns) for cell in CELLS.values()}
# Tables without provenance in which these columns tell every row from every other.
UNIQUE_BY = {"mart_point_month": ("month", "point_id"), "mart_reporting": ("month", "point_id", "ledger")}
_FEW = 50


def order_columns(name: str, frame: pl.DataFrame) -> list[str]:
    """Columns by which a table is sorted: together they tell every row from every other."""
    leading: list[str] = [c for c in ("month", "point_id") if c in frame.columns]
    if set(SOURCE) <= set(frame.columns):
        return [*leading, *SOURCE]
    if name in CELL_KEYS:
        return [*leading, *CELL_KEYS[name]]
    return list(UNIQUE_BY.get(name, frame.columns))


def sort_rows(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows by these columns, which tell every row from every other; nulls first, texts by code point."""
    if frame.height < 2:
        return frame
    packed = pack_columns([frame[c] for c in columns])
    if packed is None:
        coded = [c for c in columns if is_coded(frame.schema[c])]
        texts = frame.cast(dict.fromkeys(coded, pl.String()))
        return texts.sort(columns, nulls_last=False, maintain_order=True)
    order = find_order(packed)
    return frame if order is None else frame[order]


def is_coded(dtype: pl.DataType) -> bool:
    """Is it numbers with a dictionary?"""
    return dtype in (pl.Categorical, pl.Enum)


def order_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with dictionaries in the order of code points, of the words in use or of a short fixed list."""
    return frame.with_columns(_order_codes(frame[name]) for name, dtype in frame.schema.items() if is_coded(dtype))


def _order_codes(column: pl.Series) -> pl.Series:
    if column.is_empty():
        return column.cast(pl.String)
    if isinstance(column.dtype, pl.Enum) and column.dtype.categories.is_sorted():
        return column
    numbers = column.to_physical()
    codes = _list_codes(column.dtype, numbers)
    if codes.is_empty():
        return column.cast(pl.String)
    words = codes.cat.to(column.dtype).cast(pl.String)
    ordered = pl.Enum(words.sort())
    places = words.cast(ordered).to_physical()
    table = pl.zeros(int(codes[-1]) + 1, dtype=places.dtype, eager=True).scatter(codes, places)
    return table.gather(numbers).cat.to(ordered).alias(column.name)


def _list_codes(dtype: pl.DataType, numbers: pl.Series) -> pl.Series:
    """The numbers of the words to keep, ascending."""
    if isinstance(dtype, pl.Enum) and len(dtype.categories) <= _FEW:
        return pl.int_range(len(dtype.categories), eager=True).cast(numbers.dtype)
    highest = numbers.max()
    if not isinstance(highest, int):
        return numbers.clear()
    seen = pl.repeat(False, highest + 1, dtype=pl.Boolean, eager=True).scatter(numbers.drop_nulls(), values=True)
    return seen.arg_true().cast(numbers.dtype)


def pack_columns(columns: Sequence[pl.Series]) -> pl.Series | None:
    """One Int64 a row that sorts as these columns do, nulls first; None where it would not fit or a type has no numbers."""
    numbers = [_number(column) for column in columns]
    return None if any(n is None for n in numbers) else pack([n for n in numbers if n is not None])


def _number(column: pl.Series) -> pl.Series | None:
    """Numbers in the order of the values: whole ones, or those of a dictionary; None where there are none."""
    if column.dtype.is_integer():
        return column
    if is_coded(column.dtype):
        column = _order_codes(column)
    if column.dtype == pl.String:
        return column.cast(pl.Enum(column.unique().drop_nulls().sort()))
    return column if is_coded(column.dtype) else None
