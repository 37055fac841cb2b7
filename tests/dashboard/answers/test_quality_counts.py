"""Counts of the register of reports, by hand: three probability points in two cities, one purposive point, three months."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.answers import quality
from dashboard.answers.quality import Scope
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.refresh import refresh

PROVINCE = "410000"
MEETINGS = Scope(PROVINCE, ledgers=("meetings",))
MEETING = {
    "title": "例会", "level": "county", "organiser": "县政府办", "topic": "party", "form": "onsite", "stated_minutes": "",
    "actual_minutes": 50, "attendees": 8, "accompanying": 2, "principal_required": 1, "planned": 1, "merged": 0,
}  # fmt: skip
# Point, month, nil, submitted on, minutes: returns of meetings, due on the fifth.
RETURNS = [
    ("P1", "2026-01", 0, "2026-02-03", 10), ("P2", "2026-01", 1, "2026-02-09", 30), ("P3", "2026-01", 0, "2026-02-05", ""),
    ("P1", "2026-02", 1, "2026-03-05", ""), ("P1", "2026-03", 1, "2026-04-04", 20), ("P3", "2026-03", 1, "2026-04-08", ""),
    ("G1", "2026-01", 0, "2026-02-01", ""),
]  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def meeting(point: str, key: str, day: str, **rest: Any) -> dict[str, Any]:
    return {"point_id": point, "meeting_id": key, "date": day, **MEETING, **rest}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two snapshots: of 10 March, and of 10 April with one more meeting of January."""
    folder = tmp_path_factory.mktemp("register")
    raw = folder / "raw"
    raw.mkdir()
    places = {"P1": "410102", "P2": "410102", "P3": "410202", "G1": "410102"}
    write(raw / "points.csv", [
        {"point_id": p, "point_name": f"{p}镇", "point_type": "township", "region_code": r, "active_from": "2026-01",
         "selection": "purposive" if p == "G1" else "probability"} for p, r in places.items()
    ])  # fmt: skip
    write(raw / "frame.csv", [
        {"city_code": c, "point_type": "township", "population_units": 40} for c in ("410100", "410200")
    ])  # fmt: skip
    write(raw / "returns.csv", [
        {"point_id": p, "month": m, "ledger": "meetings", "nil_return": nil, "submitted_at": day, "minutes_spent": minutes}
        for p, m, nil, day, minutes in RETURNS
    ])  # fmt: skip
    write(raw / "survey.csv", [
        {"point_id": "P1", "month": "2026-03", "valid_forms": 5, "felt_relief": 2, "weekend_days": 1, "leave_entitled": 5,
         "leave_taken": 1}
    ])  # fmt: skip
    meetings = [meeting("P1", "a", "2026-01-05"), meeting("P1", "b", "2026-02-10"), meeting("P2", "c", "2026-02-11")]
    bad = [meeting("P1", "d", "2026-01-06", form="=1+1"), meeting("X9", "e", "2026-01-06"), meeting("P3", "", "2026-01-06")]
    write(raw / "meetings.csv", meetings + bad)
    refresh(raw, folder / "warehouse", today=date(2026, 3, 10))
    write(raw / "more.csv", [meeting("P1", "f", "2026-01-07")])
    refresh(raw, folder / "warehouse", today=date(2026, 4, 10))
    return folder / "warehouse"


@pytest.fixture(scope="module")
def snapshot(warehouse: Path) -> Snapshot:
    return open_snapshot(warehouse)


def test_what_was_due_came_is_awaited_or_contradicts_is_counted_by_city_and_month(snapshot: Snapshot) -> None:
    counts = quality.count_receipts(snapshot, MEETINGS, 202601, 202603, "city")
    assert counts.select("group", "month", "owed", "due", "reported", "awaited", "contradictory", "rejected").rows() == [
        ("410100", 202601, 2, 2, 2, 0, 0, 1), ("410100", 202602, 2, 2, 2, 0, 1, 0), ("410100", 202603, 2, 2, 1, 0, 0, 0),
        ("410200", 202601, 1, 1, 0, 1, 0, 1), ("410200", 202602, 1, 1, 0, 0, 0, 0), ("410200", 202603, 1, 1, 1, 0, 0, 0),
    ]  # fmt: skip
    whole = quality.sum_receipts(counts, "month")
    assert whole["missing_share"].to_list() == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_a_ledger_that_is_not_due_yet_owes_nothing_and_has_no_share(snapshot: Snapshot) -> None:
    counts = quality.count_receipts(snapshot, Scope(PROVINCE, ledgers=("survey",)), 202602, 202603, "city")
    sums = quality.sum_receipts(counts, "month").sort("month")
    assert sums.select("month", "owed", "due", "missing_share").rows() == [(202602, 3, 3, 1.0), (202603, 3, 0, None)]


def test_purposive_points_are_counted_apart(snapshot: Snapshot) -> None:
    scope = Scope(PROVINCE, ledgers=("meetings",), selection="purposive")
    counts = quality.count_receipts(snapshot, scope, 202601, 202603, "city")
    assert counts.select("month", "owed", "reported", "awaited").rows() == [
        (202601, 1, 0, 1), (202602, 1, 0, 0), (202603, 1, 0, 0),
    ]  # fmt: skip


def test_a_region_and_a_point_type_narrow_the_counts(snapshot: Snapshot) -> None:
    assert quality.count_receipts(snapshot, Scope("410202", None, ("meetings",)), 202601, 202601, "county").select(
        "group", "owed"
    ).rows() == [("410202", 1)]
    assert quality.count_receipts(snapshot, Scope(PROVINCE, "school"), 202601, 202603, "city").is_empty()


def test_points_are_listed_with_their_stratum_their_weight_and_what_came(snapshot: Snapshot) -> None:
    county = Scope("410102", ledgers=("meetings",))
    assert quality.list_points(snapshot, county, 202603).select("point_id", "point_name", "units", "points", "weight").rows() == [
        ("P1", "P1镇", 40, 2, 20.0), ("P2", "P2镇", 40, 2, 20.0), ("G1", "G1镇", 40, 2, None),
    ]  # fmt: skip
    assert quality.list_points(snapshot, county, 202512)["weight"].to_list() == [None, None, None]
    returns = quality.count_returns(snapshot, county, 202601, 202603)
    assert returns.select(pl.col("due").sum(), pl.col("reported").sum()).rows() == [(9, 5)]
    assert returns.filter(point_id="G1")["reported"].to_list() == [0, 0, 0]


def test_arrivals_add_up_around_the_due_day_and_stop_where_days_are_to_come(snapshot: Snapshot) -> None:
    curves = quality.trace_arrivals(snapshot, MEETINGS, 202601, 202603)
    shares = {(m, d): s for m, d, s in curves.select("month", "day", "share").iter_rows()}
    assert [shares[202601, d] for d in (-5, -3, -2, 3, 4, 30)] == pytest.approx([0, 0, 1 / 3, 1 / 3, 2 / 3, 2 / 3])
    assert [shares[202602, d] for d in (-1, 0, 30)] == pytest.approx([0, 1 / 2, 1 / 2])  # rows without a return have no day
    assert [shares[202603, d] for d in (-2, -1, 3, 5)] == pytest.approx([0, 1 / 3, 2 / 3, 2 / 3])
    assert max(d for m, d in shares if m == 202603) == 5
    day, share, before = quality.compare_same_day(curves)
    assert (day, share, sorted(before)) == (5, pytest.approx(2 / 3), pytest.approx([1 / 2, 2 / 3]))


def test_ledgers_not_due_for_the_newest_month_are_left_out_of_every_month(snapshot: Snapshot) -> None:
    both = quality.trace_arrivals(snapshot, Scope(PROVINCE, ledgers=("meetings", "survey")), 202601, 202603)
    assert both.equals(quality.trace_arrivals(snapshot, MEETINGS, 202601, 202603))
    assert quality.trace_arrivals(snapshot, Scope(PROVINCE, ledgers=("survey",)), 202603, 202603).is_empty()


def test_lateness_counts_from_the_day_after_the_due_day(snapshot: Snapshot) -> None:
    late = quality.measure_lateness(snapshot, MEETINGS, 202601, 202603, "city")
    assert late.select("group", "reports", "late", "late_share", "q50").rows() == [
        ("410100", 4, 1, 0.25, -0.5), ("410200", 1, 1, 1.0, 3.0),
    ]  # fmt: skip


def test_what_needs_a_person_is_listed_the_newest_first(snapshot: Snapshot) -> None:
    found = quality.list_open(snapshot, MEETINGS, 202601, 202603)
    assert found.select("kind", "point_id", "month", "submitted_on").rows() == [
        ("contradictory", "P1", 202602, date(2026, 3, 5)), ("awaited", "P3", 202601, date(2026, 2, 5)),
    ]  # fmt: skip


def test_minutes_are_plain_means_of_what_returns_state(snapshot: Snapshot) -> None:
    costs = quality.average_minutes(snapshot, MEETINGS, 202601, 202603)
    assert costs.select("ledger", "returns", "stated", "minutes").rows() == [("meetings", 6, 3, 20.0)]


def test_rejections_belong_to_the_city_of_their_point_and_else_to_the_province_alone(snapshot: Snapshot) -> None:
    counts = quality.count_rejections(snapshot, Scope(PROVINCE), "city")
    assert set(counts.rows()) == {
        ("not_in_list", "410100", 1), ("missing_key", "410200", 1), ("unknown_point", None, 1),
    }  # fmt: skip
    assert quality.count_rejections(snapshot, Scope("410200"), "county").rows() == [("missing_key", "410202", 1)]
    files = quality.list_files(snapshot, Scope(PROVINCE))
    assert files.select("file", "ledger", "rows").rows() == [("meetings.csv", "meetings", 3)]
    assert quality.list_rejected(snapshot, Scope("410100"))["value"].to_list() == ["=1+1"]
    assert quality.list_rejected(snapshot, Scope(PROVINCE, ledgers=("survey",))).is_empty()


def test_a_revision_is_the_latest_estimate_less_the_first_one_kept_after_the_due_day(snapshot: Snapshot) -> None:
    kept = quality.list_kept(snapshot)
    assert [k.as_of for k in kept] == [date(2026, 3, 10), date(2026, 4, 10)]
    rows = quality.compare_first(snapshot, "meetings", PROVINCE, None, 202601, 202603).to_dicts()
    known = {r["month"]: (r["first"], r["latest"], r["first_snapshot"]) for r in rows}
    assert known[202601] == (0.5, 1.0, kept[0].id)
    assert known[202602] == (1.0, 1.0, kept[0].id)
    assert known.get(202603, (None,))[0] is None


def test_the_first_snapshot_has_nothing_to_compare_with(warehouse: Path, snapshot: Snapshot) -> None:
    first = open_snapshot(warehouse, quality.list_kept(snapshot)[0].id)
    assert len(quality.list_kept(first)) == 1
    assert quality.compare_first(first, "meetings", PROVINCE, None, 202601, 202602)["first"].null_count() == 2


def test_counts_of_the_demo_add_up_whichever_way_they_are_asked(demo_warehouse: Path) -> None:
    demo = open_snapshot(demo_warehouse)
    cities = quality.count_receipts(demo, Scope(PROVINCE), 202511, 202610, "city")
    counties = [quality.count_receipts(demo, Scope(c), 202511, 202610, "county") for c in cities["group"].unique()]
    for column in ("owed", "due", "reported", "awaited", "contradictory"):
        assert cities[column].sum() == sum(frame[column].sum() for frame in counties)
    assert cities.filter(pl.col("reported") > pl.col("due")).is_empty()
    rejected = quality.count_rejections(demo, Scope(PROVINCE), "city")
    assert rejected["rows"].sum() == demo.manifest["rows"]["quarantined"]
    assert quality.list_files(demo, Scope(PROVINCE))["rows"].sum() == demo.manifest["rows"]["quarantined"]
    curves = quality.trace_arrivals(demo, Scope(PROVINCE), 202511, 202610)
    falling = curves.sort("month", "day").select(pl.col("share").diff().over("month").min())
    assert falling.item() >= 0
    assert curves["share"].max() <= 1


def test_the_late_city_of_the_demo_is_the_late_one(demo_warehouse: Path) -> None:
    late = quality.measure_lateness(open_snapshot(demo_warehouse), Scope(PROVINCE), 202511, 202610, "city")
    worst = late.sort("late_share").row(-1, named=True)
    assert worst["group"] == "411400"  # planted: late_returns
    assert worst["late_share"] > 2 * late.sort("late_share")["late_share"][-2]
