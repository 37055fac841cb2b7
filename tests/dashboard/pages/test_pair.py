"""Two regions or two periods side by side: what the words claim is what the intervals allow."""

from pathlib import Path

import pytest

from dashboard.i18n.measures import measure
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.pair import say_apart
from dashboard.pages.panel import collect
from dashboard.pages.view import View

PAGE = PAGES["accompaniment"]


@pytest.fixture
def opened(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))

    def open_at(**params: str) -> View:
        return open_view(PAGE, {"from": "2026-02", "to": "2026-03", **params})[0]

    return open_at


def row(low: float | None, high: float | None, status: str = "ok") -> dict[str, object]:
    return {"status": status, "estimate": 0.5, "ci_low": low, "ci_high": high, "reason": None}


def test_only_intervals_that_lie_apart_say_which_is_higher() -> None:
    how = measure("meetings")
    assert say_apart(row(5, 6), row(3, 4), how) == "higher"
    assert say_apart(row(3, 4), row(5, 6), how) == "lower"
    assert say_apart(row(3, 5), row(5, 6), how) == "overlap"
    assert say_apart(row(3, None), row(5, 6), how) == ""
    assert say_apart(row(3, 4, "suppressed"), row(5, 6), how) == ""
    assert say_apart(row(3, 4), row(5, 6), measure("video_share")) == "withheld"


def test_nothing_stands_beside_until_it_is_asked_for(opened) -> None:
    view = opened()
    assert "pair" not in collect(PAGE.paint, view)
    assert PAGE.find_table(view, "pair") is None


def test_two_periods_are_the_answers_of_both_and_the_change_of_the_same_points(opened) -> None:
    view = opened(pair="period", compare="2026-01..2026-01")
    frame = PAGE.find_table(view, "pair")
    assert frame is not None
    now, before = frame.head(len(PAGE.pair)), frame.tail(len(PAGE.pair))
    assert set(zip(now["period_from"], now["period_to"], strict=True)) == {("2026-02", "2026-03")}
    assert set(zip(before["period_from"], before["period_to"], strict=True)) == {("2026-01", "2026-01")}
    assert now["change"][0] == view.ask(PAGE.pair[0], compare=True)["change"][0] is not None
    assert "2026年2—3月与2026年1月" in collect(PAGE.paint, view)["pair"].panel.title


def test_another_region_takes_the_place_of_the_province_in_the_pictures(opened) -> None:
    code = next(r["group"] for r in opened().compare_parts(PAGE.pair[0]).iter_rows(named=True) if r["status"] == "ok")
    view = opened(pair=code)
    frame = PAGE.find_table(view, "pair")
    assert frame is not None
    assert frame["region_code"].to_list() == ["410000"] * len(PAGE.pair) + [code] * len(PAGE.pair)
    assert (view.reference, view.reference_name) == (code, view.name(code))
    drawn = collect(PAGE.paint, view)
    assert "不等于相同" in drawn["pair"].under
    assert view.name(code) in drawn[PAGE.pair[0]].figure.to_json()


def test_without_an_earlier_period_the_table_says_so(opened) -> None:
    drawn = collect(PAGE.paint, opened(pair="period", compare="none"))["pair"]
    assert "请在“对比期”中另选" in str(drawn.figure)
