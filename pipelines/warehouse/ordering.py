"""The order of rows in a table: the columns that decide it, and a fast way to sort by them.

Each deciding column becomes small whole numbers in the order of its values; packed into one number a row, they are
sorted at once. What does not fit is sorted column by column, with the same outcome.
"""

from collections.abc import Sequence

import polars as pl

from pipelines.contracts.breakdowns import CELLS

SOURCE = ("source_file", "source_sheet", "source_row")
CELL_KEYS = {cell.name: tuple(b.column for b in cell.breakdowns) for cell in CELLS.values()}
# Tables without provenance in which these columns tell every row from every other.
UNIQUE_BY = {"mart_point_month": ("month", "point_id"), "mart_reporting": ("month", "point_id", "ledger")}
_MOST = 2**63
_PACKED = "_packed"


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
        coded = [c for c in columns if frame.schema[c] in (pl.Categorical, pl.Enum)]
        texts = frame.cast(dict.fromkeys(coded, pl.String()))
        return texts.sort(columns, nulls_last=False, maintain_order=True)
    if packed.is_sorted():
        return frame
    return frame.with_columns(packed.alias(_PACKED)).sort(_PACKED).drop(_PACKED)


def pack_columns(columns: Sequence[pl.Series]) -> pl.Series | None:
    """One Int64 a row that sorts as these columns do, nulls first; None where it would not fit or a type has no numbers."""
    packed, size = None, 1
    for column in columns:
        numbers = _number(column)
        if numbers is None:
            return None
        count = 1 + int(numbers.max() or 0)  # type: ignore[arg-type]
        size *= count
        if size >= _MOST:
            return None
        packed = numbers if packed is None else packed * count + numbers
    return packed


def _number(column: pl.Series) -> pl.Series | None:
    """Whole numbers from 1 in the order of the values, 0 for null; None where there are none."""
    if column.dtype.is_integer():
        low, high = column.min(), column.max()
        if not isinstance(low, int) or not isinstance(high, int):
            return pl.repeat(0, len(column), dtype=pl.Int64, eager=True)
        return (column.cast(pl.Int64) - (low - 1)).fill_null(0) if high - low < _MOST // 2 else None
    if column.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return None
    if column.dtype == pl.String:
        words = column.unique().drop_nulls().sort()
        return (column.cast(pl.Enum(words)).to_physical().cast(pl.Int64) + 1).fill_null(0)
    return _number_codes(column)


def _number_codes(column: pl.Series) -> pl.Series:
    """As `_number`, of numbers with a dictionary: only the words in use are sorted, then the numbers change places."""
    used = column.unique().drop_nulls()
    if used.is_empty():
        return pl.repeat(0, len(column), dtype=pl.Int64, eager=True)
    codes = used.to_physical().cast(pl.UInt32).gather(used.cast(pl.String).arg_sort())
    highest = int(codes.max() or 0)  # type: ignore[arg-type]
    places = (pl.int_range(highest + 1, eager=True) * 0).scatter(codes, pl.int_range(1, len(codes) + 1, eager=True))
    return places.gather(column.to_physical().cast(pl.UInt32)).fill_null(0)
