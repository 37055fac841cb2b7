"""A what-if of the constants stands in the address, within bounds, is marked, and leaves published figures alone."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.exports.tables import write_csv
from dashboard.pages.burden import constants_of, find_parts, find_trial, find_weights, is_trial, say_changed, say_source
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.view import View
from pipelines.contracts.policy import CONSTANTS, BurdenConstants, Policy


@pytest.fixture
def opened(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))

    def open_at(**params: str) -> tuple[View, tuple[str, ...]]:
        return open_view(PAGES["overview"], {"from": "2026-02", "to": "2026-03", **params})

    return open_at


def test_without_parameters_the_published_constants_hold(opened) -> None:
    view, faults = opened()
    assert not faults
    assert not is_trial(view)
    assert constants_of(view) is view.snapshot.policy.constants
    assert not find_trial(view)["trial"].any()


def test_a_what_if_is_marked_and_changes_no_published_figure(opened) -> None:
    view, faults = opened(hours_per_report="4")
    assert not faults
    assert is_trial(view)
    assert constants_of(view).hours_per_report == 4.0
    assert say_changed(view) == "报一次材料 4 小时（公布用 2 小时）"
    published, tried = find_parts(view), find_trial(view)
    assert published.equals(find_parts(opened()[0]))
    assert tried["trial"].all()
    assert tried.filter(group="reports")["estimate"][0] == pytest.approx(2 * published.filter(group="reports")["estimate"][0])
    assert "trial" in write_csv(tried).decode("utf-8-sig").splitlines()[0]
    assert find_weights(view)["trial"].all()


def test_the_state_of_a_what_if_goes_back_into_the_address(opened) -> None:
    view, _ = opened(hours_per_report="4", counted="meetings")
    assert view.params()["hours_per_report"] == "4"
    assert "hours_per_report=4" in view.href(lang="en")
    assert "hours_per_report" not in view.href("meetings")


@pytest.mark.parametrize("value", ["0", "99", "-2", "1e1", "nan", "inf", "2;3", "٣", "<b>", "0x2"])
def test_a_value_outside_its_bounds_is_refused(opened, value: str) -> None:
    view, faults = opened(hours_per_report=value)
    assert faults == ("hours_per_report",)
    assert not is_trial(view)


def test_each_constant_says_where_its_value_comes_from(opened) -> None:
    view, _ = opened()
    reports = next(c for c in CONSTANTS if c.name == "hours_per_report")
    assert say_source(view, reports) == "假定：没有实测"

    def under(policy: Policy) -> str:
        return say_source(replace(view, snapshot=SimpleNamespace(policy=policy)), reports)

    changed = BurdenConstants(hours_per_report=1.5)
    assert under(Policy(constants=changed)) == "假定：burden.toml 设定，未注明来源"
    stated = Policy(constants=changed, sources={"hours_per_report": "2026 年用时调查"})
    assert under(stated) == "2026 年用时调查（burden.toml 注明）"
