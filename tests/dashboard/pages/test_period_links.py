"""The table behind a chart of months or quarters is the keyboard's way to one of them."""

from pathlib import Path

import pytest

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.panel import say_pick
from dashboard.pages.period import Period
from dashboard.pages.tables import link_period, read_period, write_table
from dashboard.pages.view import View
from pipelines.contracts import months


@pytest.fixture
def view(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))
    return open_view(PAGES["meetings"], {"level": "county"})[0]


def test_groups_of_time_are_periods_and_others_are_not() -> None:
    assert read_period("2026-03") == Period(202603, 202603)
    assert read_period("2026-Q3") == Period(202607, 202609)
    assert read_period("2026") == Period(202601, 202612)
    for group in (None, "", "410100", "-24", "25-29", "2026-13", "2026-Q5", "county"):
        assert read_period(group) is None


def test_each_month_of_a_trend_is_a_link_to_its_view(view: View) -> None:
    written = write_table(view, view.trend("meetings"))
    for month in map(months.iso, months.span(view.bounds.months.first, view.period.last)):
        assert f"from={month}&amp;to={month}&amp;level=county" in written


def test_a_quarter_is_cut_to_the_months_that_an_address_may_name(view: View) -> None:
    first = view.bounds.months.first
    assert f"from={months.iso(first)}&amp;to={months.iso(first)}" in link_period(view, Period(months.shift(first, -2), first))
    assert "<a" not in link_period(view, Period(months.shift(first, -5), months.shift(first, -3)))
    assert say_pick(view, "month")["first"] == months.iso(first)
