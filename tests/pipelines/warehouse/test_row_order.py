"""The order of rows: however ids and words are held, tables are sorted by code point, nulls first."""

import polars as pl
import pytest

from pipelines.warehouse.ordering import sort_rows

WORDS = ["b", "A", "中", None, "é", "", "a1", "b", None, "zz", "a"]


@pytest.mark.parametrize("dtype", [pl.String(), pl.Categorical(), pl.Enum(["zz", "中", "unused", "b", "a1", "a", "é", "A", ""])])
@pytest.mark.parametrize("words", [WORDS, WORDS[:2], [None, None], [None, "b"]])
def test_words_are_sorted_by_code_point(dtype: pl.DataType, words: list[str | None]) -> None:
    frame = pl.DataFrame({"word": pl.Series(words, dtype=dtype), "number": range(len(words), 0, -1)})
    expected = sorted(zip(words, frame["number"], strict=True), key=lambda row: (row[0] is not None, row[0] or "", row[1]))
    assert sort_rows(frame, ["word", "number"]).rows() == expected
