"""Trends as small pictures of the parts of a region: which, in what order, leading where, and the numbers behind them."""

from pathlib import Path

import pytest

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.panel import Drawn, collect
from dashboard.pages.trends import draw_trend
from dashboard.pages.view import View


@pytest.fixture
def opened(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))

    def open_at(**params: str) -> View:
        return open_view(PAGES["meetings"], {"chart": "parts", **params})[0]

    return open_at


def draw(view: View, indicator: str = "meetings") -> Drawn:
    return collect(lambda v: draw_trend(v, indicator, width=600, name="trend"), view)["trend"]


def order_of(drawn: Drawn, view: View) -> list[str]:
    html = str(drawn.figure)
    return sorted(view.part_codes, key=lambda code: html.index(f"region={code}"))


def test_every_part_has_a_picture_that_leads_to_its_region(opened) -> None:
    view = opened()
    assert order_of(draw(view), view) == view.part_codes
    assert str(draw(view).figure).count("<img") == len(view.part_codes)
    county = opened(region="411302")
    assert order_of(draw(county), county) == county.part_codes


def test_the_order_is_that_of_the_places_and_by_code_where_there_are_none(opened) -> None:
    view = opened(order="rank")
    assert order_of(draw(view), view) == view.rank_parts("meetings")["group"].to_list()
    assert "位次" in str(draw(view).figure)
    withheld = draw(view, "video_share")
    assert order_of(withheld, view) == view.part_codes
    assert "不排名" in withheld.panel.subtitle
    assert "位次" not in str(withheld.figure)


def test_the_file_has_the_months_of_every_part_under_every_filter(opened) -> None:
    whole, some = (PAGES["meetings"].find_table(opened(**more), "trend") for more in ({}, {"level": "county"}))
    assert whole is not None
    assert some is not None
    assert whole.select("region_code", "group").equals(some.select("region_code", "group"))
    assert (some["estimate"] <= whole["estimate"]).all()
    asked = opened().trend("meetings", region="411300", length=24)["estimate"]
    assert whole.filter(region_code="411300")["estimate"].to_list() == pytest.approx(asked.to_list())
