"""Adding up in order gives what grouping gives."""

import polars as pl
import pytest

from pipelines.marts.packing import find_order, pack
from pipelines.marts.summing import add_up

KEYS = ["month", "word"]


def make_rows(count: int, dtype: pl.DataType, *, spread: int = 5) -> pl.DataFrame:
    numbers = pl.int_range(count, eager=True)
    words = pl.Series(["b", "a", None, "c"], dtype=pl.Enum(["a", "b", "c"]))
    return pl.DataFrame({
        "month": (numbers * 7 % 13 * spread).cast(pl.Int64).set(numbers == 3, None), "word": words.gather(numbers * 3 % 4),
        "x": (numbers * 31 % 17 - 5).cast(dtype).set(numbers % 5 == 0, None), "y": numbers.cast(dtype),
    })  # fmt: skip


@pytest.mark.parametrize("dtype", [pl.Int64(), pl.Float64()])
@pytest.mark.parametrize("count", [0, 1, 2, 300])
@pytest.mark.parametrize("spread", [5, 2**60 // 100])
def test_sums_are_those_of_grouping(count: int, dtype: pl.DataType, spread: int) -> None:
    rows = make_rows(count, dtype, spread=spread)
    expected = rows.group_by(KEYS).agg(pl.col("x", "y").sum()).sort(KEYS, nulls_last=False)
    found = add_up(rows, KEYS)
    assert found.select(rows.columns).sort(KEYS, nulls_last=False).equals(expected)
    if not dtype.is_float() and spread == 5:
        assert found.equals(found.sort(KEYS, nulls_last=False))
        assert add_up(found.drop("word"), KEYS[:1]).select("month", "x", "y").equals(
            rows.group_by("month").agg(pl.col("x", "y").sum()).sort("month", nulls_last=False)
        )


def test_numbers_are_put_in_order_whatever_their_size() -> None:
    for numbers in ([3, 1, 2, 1], [2**62, 0, 2**61, 0], [0], [1, 2, 2, 3]):
        order = find_order(pl.Series(numbers, dtype=pl.Int64))
        assert (numbers if order is None else [numbers[n] for n in order]) == sorted(numbers)


def test_what_does_not_fit_is_not_packed() -> None:
    wide = pl.Series([0, 2**62], dtype=pl.Int64)
    assert pack([wide, wide]) is None
    assert pack([pl.Series([None, None], dtype=pl.Int64)]).to_list() == [0, 0]
