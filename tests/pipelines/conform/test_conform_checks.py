"""Checks against the registers and the day of the refresh."""

from collections.abc import Callable
from datetime import date

import pytest
from small_raw import table

from pipelines.conform import Conformed

ConformFiles = Callable[..., Conformed]


def reasons(conformed: Conformed) -> list[tuple[str, str | None, str | None, str]]:
    return conformed.quarantine.select("ledger", "column", "value", "reason").rows()


@pytest.mark.parametrize(("ledger", "cells", "column", "value", "reason"), [
    ("meetings", {"point_id": "X9"}, "point_id", "X9", "unknown_point"),
    ("meetings", {"date": "2023-12-31"}, "date", "2023-12-31", "point_inactive"),
    ("meetings", {"point_id": "P2", "date": "2026-07-01"}, "date", "2026-07-01", "point_inactive"),
    ("meetings", {"date": "2026-11-23"}, "date", "2026-11-23", "future_date"),
    ("inspections", {"start_date": "2026-12-01", "end_date": "2026-12-02"}, "start_date", "2026-12-01", "future_date"),
    ("inspections", {"end_date": "2026-07-02"}, "end_date", "2026-07-02", "out_of_range"),
    ("staff", {"month": "2026-12"}, "month", "2026-12", "future_date"),
    ("standing", {"point_id": "P2", "month": "2026-02"}, "month", "2026-02", "point_inactive"),
    ("plans", {"as_of": "2026-11-23"}, "as_of", "2026-11-23", "future_date"),
    ("plans", {"region_code": "110000"}, "region_code", "110000", "unknown_region"),
    ("plans", {"region_code": "410102001"}, "region_code", "410102001", "unknown_region"),
    ("returns", {"submitted_at": "2026-11-23"}, "submitted_at", "2026-11-23 00:00", "future_date"),
    ("feedback", {"submitted_at": "2026-11-23 00:01"}, "submitted_at", "2026-11-23 00:01", "future_date"),
    ("feedback", {"region_code": "410199"}, "region_code", "410199", "unknown_region"),
    ("frame", {"city_code": "410102"}, "city_code", "410102", "unknown_region"),
    ("points", {"point_id": "P4", "region_code": "410000"}, "region_code", "410000", "unknown_region"),
    ("points", {"point_id": "P4", "active_to": "2023-12"}, "active_to", "2023-12", "out_of_range"),
])  # fmt: skip
def test_a_row_that_the_registers_or_the_day_refuse_is_named(
    conform_files: ConformFiles, ledger: str, cells: dict[str, str], column: str, value: str, reason: str
) -> None:
    conformed = conform_files({"a.csv": table(ledger, cells)})
    assert reasons(conformed) == [(ledger, column, value, reason)]


@pytest.mark.parametrize(("ledger", "cells"), [
    ("meetings", {"date": "2026-11-22"}), ("staff", {"month": "2026-11"}), ("meetings", {"date": "2024-01-01"}),
    ("meetings", {"point_id": "P2", "date": "2026-06-30"}), ("meetings", {"point_id": "P2", "date": "2026-03-01"}),
    ("points", {"point_id": "P4", "region_code": "410102001001"}), ("feedback", {"region_code": "410000"}),
    ("returns", {"submitted_at": "2026-11-22 23:59"}), ("feedback", {"region_code": "410102001001"}),
    ("feedback", {"submitted_at": "2026-11-22 23:59"}), ("points", {"point_id": "P4", "region_code": "419001"}),
])  # fmt: skip
def test_a_row_on_the_edge_is_accepted(conform_files: ConformFiles, ledger: str, cells: dict[str, str]) -> None:
    assert reasons(conform_files({"a.csv": table(ledger, cells)})) == []


def test_one_entry_a_row_the_first_in_column_order(conform_files: ConformFiles) -> None:
    rows = [{"point_id": "X9", "date": "x", "level": "国家"}, {"date": "2026-12-01", "attendees": "x"},
            {"meeting_id": "", "date": "2026-12-01"}]  # fmt: skip
    conformed = conform_files({"a.csv": table("meetings", *rows)})
    assert conformed.quarantine.select("row", "column", "reason").rows() == [
        (2, "point_id", "unknown_point"), (3, "date", "future_date"), (4, "meeting_id", "missing_key"),
    ]  # fmt: skip


def test_an_inactive_and_future_row_has_one_entry(conform_files: ConformFiles) -> None:
    conformed = conform_files({"a.csv": table("meetings", {"point_id": "P2", "date": "2026-12-01"})})
    assert conformed.quarantine.height == 1


def test_a_refused_point_is_unknown_to_its_rows(conform_files: ConformFiles) -> None:
    points = table("points", {"point_id": "P9", "region_code": "999999"})
    conformed = conform_files({"p.csv": points, "m.csv": table("meetings", {"point_id": "P9"})})
    assert sorted(conformed.quarantine["reason"]) == ["unknown_point", "unknown_region"]


def test_point_and_month_of_a_rejected_row_are_kept_where_known(conform_files: ConformFiles) -> None:
    rows = [{"attendees": "x"}, {"date": "x"}, {"point_id": "13812345678", "attendees": "x"}]
    conformed = conform_files({"a.csv": table("meetings", *rows)})
    assert conformed.quarantine.select("point_id", "month").rows() == [("P1", 202607), ("P1", None), (None, 202607)]


def test_the_same_rows_are_future_today_and_accepted_tomorrow(conform_files: ConformFiles) -> None:
    files = {"a.csv": table("meetings", {"date": "2026-07-03"})}
    assert conform_files(files, today=date(2026, 7, 2)).quarantine["reason"].to_list()[-1] == "future_date"
    assert conform_files(files, today=date(2026, 7, 3)).facts["meetings"].height == 1
