"""Inspections one by one and their organisers, against a plain recount of the published rows."""

from collections import Counter

import pytest

from dashboard.answers.organisers import count_organisers
from dashboard.answers.quality import Scope
from dashboard.answers.visits import count_repeats, find_busiest, list_visits
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.organisers import name_organiser

CITY, FIRST, LAST = "411300", 202607, 202609


@pytest.fixture(scope="module")
def snapshot(demo_warehouse) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def facts(snapshot: Snapshot) -> list[dict]:
    """Every inspection of the city's probability points, all months."""
    rows = snapshot.query(
        "SELECT f.*, p.county_code FROM fact_inspection AS f JOIN dim_point AS p USING (point_id) "
        "WHERE p.city_code = '411300' AND p.selection = 'probability' ORDER BY point_id, start_date, inspection_id"
    )
    names = dict(snapshot.regions.select("code", "name").iter_rows())
    places = {"province": "河南省", "city": "南阳市"}
    return [
        r | {"name": name_organiser(r["organiser"], r["level"], places | (
            {"county": names[r["county_code"]]} if r["county_code"] else {}))}
        for r in rows.iter_rows(named=True)
    ]  # fmt: skip


def test_gaps_and_same_organisers_are_those_of_a_recount(snapshot: Snapshot, facts: list[dict]) -> None:
    visits = list_visits(snapshot, Scope(CITY), FIRST, LAST, ())
    expected = []
    for i, row in enumerate(facts):
        if not FIRST <= row["month"] <= LAST:
            continue
        before = [f for f in facts[:i] if f["point_id"] == row["point_id"] and (row["start_date"] - f["start_date"]).days <= 7]
        gap = (row["start_date"] - before[-1]["start_date"]).days if before else None
        expected.append((row["point_id"], row["start_date"], row["name"], gap, any(f["name"] == row["name"] for f in before)))
    found = visits.select("point_id", "start_date", "organiser", "gap", "is_same").rows()
    assert found == expected
    assert visits["is_repeat"].to_list() == [gap is not None for *_, gap, _ in expected]
    counted = count_repeats(visits)
    assert counted["repeats"] == sum(gap is not None for *_, gap, _ in expected) > 0
    assert counted["same"] == sum(same for *_, same in expected) > 0
    assert counted["points"] == len({e[0] for e in expected if e[3] is not None})


def test_a_filter_keeps_what_came_before_in_sight(snapshot: Snapshot) -> None:
    whole = list_visits(snapshot, Scope(CITY), FIRST, LAST, ())
    some = list_visits(snapshot, Scope(CITY), FIRST, LAST, (("level", "city"),))
    assert some.equals(whole.filter(level="city"))


def test_the_calendar_shows_the_points_with_most_repeats_in_the_order_of_regions(snapshot: Snapshot) -> None:
    whole = list_visits(snapshot, Scope(CITY), FIRST, LAST, ())
    shown = find_busiest(whole, 5)
    repeats = Counter(whole.filter("is_repeat")["point_id"].to_list())
    points = shown["point_id"].unique(maintain_order=True).to_list()
    assert len(points) == 5
    assert min(repeats[p] for p in points) >= max(n for p, n in repeats.items() if p not in points)
    places = shown.unique("point_id", maintain_order=True)["county_code"].fill_null("").to_list()
    assert places == sorted(places)
    assert "point_name" not in shown.columns


def test_organisers_are_counted_under_one_name_and_stand_in_the_order_of_names(snapshot: Snapshot, facts: list[dict]) -> None:
    found = count_organisers(snapshot, "inspections", Scope(CITY), FIRST, LAST, (), 3)
    inside = [f for f in facts if FIRST <= f["month"] <= LAST]
    counts = Counter((f["level"], f["name"]) for f in inside)
    for row in found.iter_rows(named=True):
        key = (row["level"], row["organiser"])
        assert row["rows"] == counts[key]
        assert row["points"] == len({f["point_id"] for f in inside if (f["level"], f["name"]) == key})
    for level in ("province", "city", "county", "township"):
        listed = found.filter(level=level)
        assert listed["organiser"].to_list() == sorted(listed["organiser"].to_list())
        least = listed["rows"].min()
        assert all(n <= least for (lv, name), n in counts.items() if lv == level and name not in listed["organiser"].to_list())
    assert found["level"].unique(maintain_order=True).to_list() == ["province", "city", "county", "township"]


def test_a_region_without_points_has_neither(snapshot: Snapshot) -> None:
    assert list_visits(snapshot, Scope("411371"), FIRST, LAST, ()).is_empty()
    assert count_organisers(snapshot, "inspections", Scope("411371"), FIRST, LAST, (), 5).is_empty()
