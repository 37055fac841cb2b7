"""Derived columns: days off, repeats, ages, traits of people who move."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_raw import table

from pipelines.conform import Conformed
from pipelines.conform.calendar import is_offday, unknown_years

ConformFiles = Callable[..., Conformed]
ORACLE = Path(__file__).parents[3] / "../shared/oracles/calendar_2024_2025.csv"


def test_days_off_agree_with_the_official_notices() -> None:
    if not ORACLE.exists():
        pytest.skip("../shared is absent")
    with ORACLE.open(encoding="utf-8") as stream:
        listed = {date.fromisoformat(line["date"]): line["type"] == "off" for line in csv.DictReader(stream)}
    day = date(2024, 1, 1)
    while day.year < 2026:
        assert is_offday(day) == listed.get(day, day.weekday() >= 5), day
        day += timedelta(days=1)


def test_meetings_are_marked_by_the_calendar(conform_files: ConformFiles) -> None:
    days = {"2025-01-26": False, "2025-01-28": True, "2026-07-04": True, "2026-07-06": False}
    rows = [{"meeting_id": day, "date": day} for day in days]
    meetings = conform_files({"a.csv": table("meetings", *rows)}).facts["meetings"]
    assert dict(meetings.select("meeting_id", "is_offday").iter_rows()) == days


def test_a_year_beyond_the_calendar_is_left_open_and_said(conform_files: ConformFiles) -> None:
    rows = [{"date": "2027-01-04"}, {"meeting_id": "M2", "date": "2026-07-06"}]
    conformed = conform_files({"a.csv": table("meetings", *rows)}, today=date(2027, 2, 1))
    assert conformed.facts["meetings"].sort("date")["is_offday"].to_list() == [False, None]
    assert any("2027" in zh and "2027" in en for zh, en in conformed.warnings)
    assert unknown_years([date(2003, 1, 1), date(2027, 1, 1), date(2026, 1, 1)]) == [2003, 2027]


def repeats(conformed: Conformed) -> list[tuple[bool, bool]]:
    facts = conformed.facts["documents"].sort("date", "source_file", "source_row")
    return list(facts.select("is_repeat", "is_cross_carrier_repeat").iter_rows())


def test_a_document_received_within_thirty_days_is_a_repeat(conform_files: ConformFiles) -> None:
    rows = [{"date": "2026-01-01"}, {"date": "2026-01-31"}, {"date": "2026-03-03"}, {"date": "2026-03-03", "point_id": "P3"}]
    conformed = conform_files({"a.csv": table("documents", *rows)})
    assert repeats(conformed) == [(False, False), (True, False), (False, False), (False, False)]


def test_a_repeat_may_follow_a_repeat_and_crosses_from_the_latest(conform_files: ConformFiles) -> None:
    rows = [{"date": "2026-01-01"}, {"date": "2026-01-20", "carrier": "电子"}, {"date": "2026-02-10", "carrier": "电子"},
            {"date": "2026-02-11"}]  # fmt: skip
    conformed = conform_files({"a.csv": table("documents", *rows)})
    assert repeats(conformed) == [(False, False), (True, True), (True, False), (True, True)]


def test_of_one_day_the_path_then_the_row_comes_first(conform_files: ConformFiles) -> None:
    conformed = conform_files({
        "b.csv": table("documents", {"carrier": "电子"}), "a.csv": table("documents", {"carrier": "工作群"}, {"carrier": "纸质"}),
    })  # fmt: skip
    facts = conformed.facts["documents"]
    first = facts.filter(~facts["is_repeat"])
    assert first.select("source_file", "source_row").rows() == [("a.csv", 2)]


def test_documents_without_a_number_are_never_repeats(conform_files: ConformFiles) -> None:
    rows = [{"document_no": "", "title": title} for title in "甲乙丙"]
    assert repeats(conform_files({"a.csv": table("documents", *rows)})) == [(False, False)] * 3


def test_inspections_within_seven_days_are_repeats_across_months(conform_files: ConformFiles) -> None:
    starts = {"I1": "2026-06-29", "I2": "2026-07-06", "I3": "2026-07-14", "I4": "2026-07-14"}
    rows = [{"inspection_id": i, "start_date": s, "end_date": s} for i, s in starts.items()]
    facts = conform_files({"a.csv": table("inspections", *rows)}).facts["inspections"]
    assert dict(facts.select("inspection_id", "is_repeat").iter_rows()) == {
        "I1": False, "I2": True, "I3": False, "I4": True,
    }  # fmt: skip


@pytest.mark.parametrize(("born", "months", "band"), [
    ("2001-08", 299, "-24"), ("2001-07", 300, "25-29"), ("1991-08", 419, "30-34"), ("1991-07", 420, "35-39"),
    ("1966-08", 719, "55-59"), ("1966-07", 720, "60-"),
])  # fmt: skip
def test_age_is_counted_in_whole_months(conform_files: ConformFiles, born: str, months: int, band: str) -> None:
    staff = conform_files({"a.csv": table("staff", {"birth_month": born})}).facts["staff"]
    assert staff.select("age_months", "age_band").row(0) == (months, band)


def test_traits_come_from_the_month_else_earlier_else_later(conform_files: ConformFiles) -> None:
    staff = [{"month": "2026-05", "post_type": "事业"}, {"month": "2026-06", "post_type": "工勤"},
             {"month": "2026-08", "post_type": "行政"}, {"person_id": "S2", "month": "2026-09", "gender": ""}]  # fmt: skip
    moves = [{"date": "2026-06-30"}, {"date": "2026-07-01"}, {"date": "2026-04-01"}, {"person_id": "S2"},
             {"person_id": "S3"}, {"point_id": "P3"}]  # fmt: skip
    files = {"a.csv": table("staff", *staff), "b.csv": table("staff_moves", *moves)}
    facts = conform_files(files).facts["staff_moves"].sort("source_row")
    assert facts["post_type"].to_list() == ["support", "support", "public_institution", "civil_servant", None, None]
    assert facts["gender"].to_list() == ["male", "male", "male", None, None, None]
    assert facts["roster_reported"].to_list() == [True, False, False, False, False, False]
    assert facts["month"].to_list() == [202606, 202607, 202604, 202607, 202607, 202607]
