"""However words are held while a table is made, every reader of its file sees text, and the same file comes out."""

from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet
import pytest

from pipelines.warehouse.tables import Checksums, write_part

WORDS = [None, "b", "A", "中", "b", "ARROW:schema", "b", None]
CODED = [pl.Categorical(), pl.Enum(["中", "ARROW:schema", "unused", "b", "A"])]


@pytest.mark.parametrize("dtype", CODED)
def test_words_are_text_to_every_reader(tmp_path: Path, dtype: pl.DataType) -> None:
    pl.Series(["elsewhere"], dtype=pl.Categorical())  # a word of another table, in the dictionary that all share
    words, none = pl.Series(WORDS, dtype=dtype), pl.Series([None] * 8, dtype=dtype)
    frame = pl.DataFrame({"word": words, "none": none, "source_row": range(8)})
    path = tmp_path / "fact_x.parquet"
    write_part("fact_x", frame, path)
    expected = pl.DataFrame({"word": WORDS, "none": pl.Series([None] * 8, dtype=pl.String), "source_row": range(8)})
    expected = expected.sort("word", "none", "source_row", nulls_last=False)
    assert pl.read_parquet(path).equals(expected)
    assert pl.read_parquet(path).schema == expected.schema
    assert pyarrow.parquet.read_table(path).to_pydict() == expected.to_dict(as_series=False)
    assert duckdb.sql(f"SELECT word FROM '{path}'").fetchall() == [(word,) for word in expected["word"]]
    assert b"elsewhere" not in path.read_bytes()
    again = tmp_path / "again.parquet"
    write_part("fact_x", frame.sample(fraction=1, shuffle=True, seed=1), again)
    assert again.read_bytes() == path.read_bytes()


def test_a_checksum_is_taken_anew_where_a_file_was_touched_and_once_under_two_names(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"1")
    other.hardlink_to(path)
    sums = Checksums()
    before = sums.look(path)
    assert sums.look(other) == before
    path.write_bytes(b"22")
    assert sums.look(other) != before
    assert sums.look(other) == Checksums().look(path)
