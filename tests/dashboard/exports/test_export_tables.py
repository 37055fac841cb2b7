import polars as pl
import pytest

from dashboard.exports.tables import write_csv


def test_a_file_starts_with_the_byte_order_mark_and_is_utf_8() -> None:
    content = write_csv(pl.DataFrame({"地区": ["南阳市"], "estimate": [7.5]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "地区,estimate\n南阳市,7.5\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    content = write_csv(pl.DataFrame({"name": [f"{start}cmd"]})).decode("utf-8-sig")
    assert pl.read_csv(content.encode(), infer_schema=False)["name"][0] == f"'{start}cmd"


def test_negative_numbers_stay_numbers() -> None:
    assert write_csv(pl.DataFrame({"change": [-1.5], "note": [None]}, schema={"change": pl.Float64, "note": pl.String})
                     ).decode("utf-8-sig") == "change,note\n-1.5,\n"  # fmt: skip
