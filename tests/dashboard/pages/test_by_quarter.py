"""Staff figures of small places by calendar quarter: trends go by quarter, and a page over another period says where to look."""

from pathlib import Path

import pytest

from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds import trend as slide
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.panel import collect
from dashboard.pages.reading import write_suppressed
from dashboard.pages.region_parts import find_lines
from dashboard.pages.trends import find_trend
from dashboard.pages.view import View
from dashboard.warehouse import open_snapshot

COUNTY, CITY = "411303", "411300"
HALF = {"from": "2026-01", "to": "2026-06"}


@pytest.fixture
def opened(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))

    def open_at(page: str = "staffing", **params: str) -> View:
        return open_view(PAGES[page], {"region": COUNTY, **params})[0]

    return open_at


def test_the_trend_of_a_county_goes_by_whole_quarters_up_to_the_period(opened) -> None:
    for to, last in (("2026-06", "2026-Q2"), ("2026-08", "2026-Q2"), ("2026-09", "2026-Q3")):
        frame = find_trend(opened(**(HALF | {"to": to})), "under35_share")
        assert frame["group"][-1] == last
        assert frame["group"].str.contains("Q").all()
        assert "ok" in frame["status"]
        assert "by_quarter" not in frame["reason"]


def test_what_is_shown_of_every_month_stays_monthly(opened) -> None:
    for view, indicator in ((opened(region=CITY), "under35_share"), (opened("meetings"), "meetings")):
        assert not find_trend(view, indicator)["group"].str.contains("Q").any()


def test_small_trends_of_counties_go_by_quarter_and_those_of_cities_by_month(opened) -> None:
    counties, cities = (find_lines(opened(region=code), "under35_share") for code in (CITY, "410000"))
    assert all(frame["group"].str.contains("Q").all() for frame in counties.values())
    assert not any(frame["group"].str.contains("Q").any() for frame in cities.values())


def test_over_another_period_the_last_quarter_is_one_click_away(opened) -> None:
    view = opened(region=CITY, **HALF)
    said = write_suppressed(view, view.compare_parts("under35_share"))
    assert "按自然季度公布" in said
    assert "查看最近公布的季度：2026年4—6月" in said
    assert "from=2026-04&amp;to=2026-06" in said
    quarter = opened(region=CITY, **{"from": "2026-04", "to": "2026-06"})
    assert "查看" not in write_suppressed(quarter, quarter.compare_parts("under35_share"))


@pytest.mark.parametrize(("lang", "every", "why"), [
    ("zh", "季度", "没有逐月的数，不画控制图"), ("en", "quarterly", "no months for a control"),
])  # fmt: skip
def test_pictures_say_that_they_go_by_quarter(opened, lang: str, every: str, why: str) -> None:
    drawn = collect(PAGES["staffing"].draw, opened(lang=lang))
    assert every in drawn["ages"].panel.subtitle
    assert every in drawn["long_secondment_share"].panel.subtitle
    control = collect(PAGES["staffing"].draw, opened(lang=lang, chart="control"))
    assert why in control["long_secondment_share"].under


def test_a_slide_of_a_county_goes_by_quarter(demo_warehouse: Path) -> None:
    desk = Desk(open_snapshot(demo_warehouse), "zh")
    query = Query("trend", ("mean_age",), COUNTY, 202607, 202609)
    drawn = slide.build(desk, query, Look())
    values = next(c for c in drawn.chart.table.columns if c.key == "value").cells
    assert values[-1] == values[-2] == values[-3] == desk.trend(query)["estimate"][-1]
    whiskers = next(c for c in drawn.chart.table.columns if c.key == "plus").cells
    assert [w is None for w in whiskers[-3:]] == [True, False, True]
    assert [(f.request.first, f.request.last) for f in drawn.figures] == [(202607, 202609)]
    assert "26-Q3" in drawn.figures[0].label
