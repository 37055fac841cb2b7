"""Days, months and times: every listed style is read, nothing is guessed."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.dates import parse_dates, parse_months, parse_timestamps

days = st.dates(date(1930, 1, 1), date(2099, 12, 31))
STYLES = {
    "iso": lambda d: d.isoformat(),
    "short dash": lambda d: f"{d.year}-{d.month}-{d.day}",
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "packed": lambda d: f"{d:%Y%m%d}",
    "serial": lambda d: str((d - date(1899, 12, 30)).days),
    "serial float": lambda d: f"{(d - date(1899, 12, 30)).days}.0",
    "midnight": lambda d: f"{d} 00:00:00",
    "morning": lambda d: f"{d} 09:30",
}


def one(parse: object, text: str | None, **options: bool) -> tuple[object, str | None]:
    return parse(pl.Series([text], dtype=pl.String), **options).row(0)  # type: ignore[operator, no-any-return]


@given(st.lists(st.tuples(days, st.sampled_from(sorted(STYLES))), min_size=1, max_size=30))
def test_every_listed_style_is_read_back(written: list[tuple[date, str]]) -> None:
    texts = pl.Series([STYLES[style](day) for day, style in written])
    parsed = parse_dates(texts)
    assert parsed["value"].to_list() == [day for day, _ in written]
    assert parsed["reason"].null_count() == len(written)
    assert parse_months(texts)["value"].to_list() == [day.year * 100 + day.month for day, _ in written]


@pytest.mark.parametrize("text", [
    "2026-13-40", "2026-02-30", "13/14/2026", "昨天", "2026-07", "202607", "7月3日", "3-Jul-2026",
    "20261301", "0001-01-01", "2026-7-3-1", "123", "4/4/2026", "31/7/2026", "2026-07-03 25:00",
])  # fmt: skip
def test_what_is_no_day_is_a_bad_date(text: str) -> None:
    assert one(parse_dates, text) == (None, "bad_date")


@pytest.mark.parametrize("text", ["3/7/2026", "03-07-2026", "3.7.2026", "7/3/26", "03/07/2026 10:00", "26-03-04", "5.6.26"])
def test_a_day_with_two_readings_is_ambiguous(text: str) -> None:
    assert one(parse_dates, text) == (None, "ambiguous_date")


@pytest.mark.parametrize(("text", "month"), [
    ("2026-07", 202607), ("2026-7", 202607), ("2026年7月", 202607), ("2026 年 7 月", 202607), ("202607", 202607),
    ("202607.0", 202607), ("2026/7", 202607), ("2026.7", 202607), ("2026.10", 202610), ("2026-07-31", 202607),
    ("2026-07-01 00:00:00", 202607), ("46204", 202607),
])  # fmt: skip
def test_months_are_read(text: str, month: int) -> None:
    assert one(parse_months, text) == (month, None)


@pytest.mark.parametrize(("text", "reason"), [
    ("2026.1", "ambiguous_date"), ("3/7/2026", "ambiguous_date"), ("2026-13", "bad_date"), ("202600", "bad_date"),
    ("7月", "bad_date"), ("2026", "bad_date"), ("07/2026", "bad_date"),
])  # fmt: skip
def test_what_is_no_month_says_why(text: str, reason: str) -> None:
    assert one(parse_months, text) == (None, reason)


@pytest.mark.parametrize(("text", "moment"), [
    ("2026-07-03", datetime(2026, 7, 3)), ("2026-07-03 9:05", datetime(2026, 7, 3, 9, 5)),
    ("2026年7月3日 10:30:15", datetime(2026, 7, 3, 10, 30, 15)), ("2026-07-03T10:30:00.000000", datetime(2026, 7, 3, 10, 30)),
    ("46206.5", datetime(2026, 7, 3, 12)), ("20260703 10:30", datetime(2026, 7, 3, 10, 30)),
])  # fmt: skip
def test_times_are_read(text: str, moment: datetime) -> None:
    assert one(parse_timestamps, text) == (moment, None)


def test_empty_cells_are_neither_value_nor_fault() -> None:
    assert one(parse_dates, None) == one(parse_months, None) == one(parse_timestamps, None) == (None, None)


def test_serials_count_from_1904_where_the_workbook_does() -> None:
    day = date(2026, 7, 3)
    serial = str((day - date(1904, 1, 1)).days)
    assert one(parse_dates, serial, epoch_1904=True) == (day, None)
    assert one(parse_dates, serial) == (day - timedelta(days=1462), None)
