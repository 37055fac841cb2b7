"""The calendar of visits: marks on their days, repeats filled and tied to the visit before."""

from datetime import date

import polars as pl

from dashboard.charts.visit_calendar import visit_calendar

VISITS = pl.DataFrame([
    {"point_id": "A", "start_date": date(2026, 7, 2), "level": "city", "organiser": "<b>X</b>", "kind": "check",
     "is_repeat": False, "gap": None, "is_same": False},
    {"point_id": "A", "start_date": date(2026, 7, 6), "level": "city", "organiser": "X", "kind": "check",
     "is_repeat": True, "gap": 4, "is_same": True},
    {"point_id": "B", "start_date": date(2026, 7, 6), "level": "county", "organiser": "Y", "kind": "study",
     "is_repeat": False, "gap": None, "is_same": False},
    {"point_id": "B", "start_date": date(2026, 7, 6), "level": "county", "organiser": "Z", "kind": "study",
     "is_repeat": True, "gap": 0, "is_same": False},
])  # fmt: skip


def draw(visits: pl.DataFrame, labels: dict[str, str]):
    return visit_calendar(visits, labels=labels, first=date(2026, 7, 1), last=date(2026, 7, 31), lang="zh", width=900)


def test_marks_stand_on_their_days_and_repeats_are_filled() -> None:
    fig = draw(VISITS, {"A": "1 · 甲", "B": "2 · 乙"}).figure
    city = next(t for t in fig.data if t.name == "city")
    assert list(city.x) == [1, 5]
    assert list(city.marker.color) == ["#FFFFFF", "#2F6690"]
    county = next(t for t in fig.data if t.name == "county")
    assert list(county.x) == [5, 5]
    assert county.y[0] < 1 < county.y[1]
    tie = next(t for t in fig.data if t.name == "tie")
    assert list(tie.x) == [1, 5, None]
    assert "同一单位" in city.text[1]
    assert "&lt;b&gt;X" in city.text[0]


def test_without_points_it_says_so() -> None:
    fig = draw(VISITS.clear(), {}).figure
    assert "7 天内" in fig.layout.annotations[0].text
