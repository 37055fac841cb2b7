"""The page of plans says what the register holds: breaches, projections, too little history, and nothing where nothing is."""

from pathlib import Path

import pytest

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.plans_findings import draw_findings
from dashboard.pages.plans_panels import find_watch
from dashboard.pages.plans_scope import find_parts, say_chance, say_end
from dashboard.pages.view import View
from tests.conftest import ROOT

needs_province = pytest.mark.skipif(not (ROOT / "../shared/province/raw").exists(), reason="the shared province is not here")


@pytest.fixture
def opened(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    def open_at(warehouse: Path = demo_warehouse, **params: str) -> View:
        monkeypatch.setenv("BURDEN_WAREHOUSE", str(warehouse))
        return open_view(PAGES["plans"], params)[0]

    return open_at


def test_the_planted_breaches_are_said_first(opened) -> None:
    html = draw_findings(opened())
    assert "平顶山市市级督查检查考核预计用到" in html
    assert "<b>1 项限额定得高于上年实际，不合“只减不增”</b>：商丘市市级会议" in html
    assert "Pingdingshan: City-level inspections projected" in draw_findings(opened(lang="en"))


def test_what_is_to_be_looked_into_is_breached_or_likelier_than_not_to_exceed(opened) -> None:
    rows = find_watch(opened()).to_dicts()
    assert rows[0]["region_code"] == "410400"
    assert [r["region_code"] for r in rows if r["raised"]] == ["411400"]
    assert all(r["raised"] or r["chance_over"] >= 0.5 for r in rows)


def test_the_parts_stand_by_what_they_used_and_are_never_summed(opened) -> None:
    used = find_parts(opened(plan="meetings", level="county"))["used"].to_list()
    assert len(used) == 18
    assert used == sorted(used, reverse=True)


def test_a_plan_that_keeps_no_history_is_not_projected(opened, small_warehouse: Path) -> None:
    view = opened()
    plan = find_watch(view).row(0, named=True)
    few = plan | dict.fromkeys(("pace", "projected", "projected_low", "projected_high", "chance_over"))
    assert say_end(view, few) == "往年进度不足 5 条，不推算"
    assert say_chance(view, few | {"issued": 3, "ceiling": 9}) == ""
    assert "没有登记河南省及其下级的计划" in draw_findings(opened(small_warehouse))


@needs_province
def test_a_province_of_one_year_says_that_history_is_too_short(opened, province_warehouse: Path) -> None:
    html = draw_findings(opened(province_warehouse))
    assert "<b>1 项已超限额</b>" in html
    assert "往年进度不足，无从推算年底" in html


def test_chances_are_told_in_calibrated_words(opened) -> None:
    view = opened()
    plan = find_watch(view).row(0, named=True) | {"issued": 50, "ceiling": 60}
    words = {
        0.004: "几乎不会 <1%", 0.05: "很不可能 5%", 0.5: "说不准 50%", 0.7: "较可能 70%", 0.95: "很可能 95%",
        0.999: "几乎肯定 >99%",
    }  # fmt: skip
    assert {chance: say_chance(view, plan | {"chance_over": chance}) for chance in words} == words
    assert say_chance(view, plan | {"issued": 61}) == "已超"
