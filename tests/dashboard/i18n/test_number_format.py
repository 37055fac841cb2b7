"""Numbers, intervals and changes as they are written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure

MEETINGS = measure("meetings")
RATE = measure("meeting_accompaniment_rate")
HOURS = measure("burden_hours")
DRAIN = measure("upward_drain_rate")
PEOPLE = measure("headcount")
FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@given(FINITE, st.integers(0, 3), st.booleans())
def test_number_has_a_true_minus_and_reads_back(value: float, decimals: int, signed: bool) -> None:
    shown = fmt.number(value, decimals, signed=signed)
    assert "-" not in shown
    assert not (shown[0] in "+−" and float(shown[1:].replace(",", "")) == 0)
    assert math.isclose(float(shown.replace("−", "-").replace(",", "")), value, abs_tol=0.5001 * 10**-decimals)


@given(st.lists(FINITE.filter(lambda v: abs(v) >= 0.01), min_size=1, max_size=3))
def test_no_value_but_zero_is_written_as_zero(values: list[float]) -> None:
    decimals = fmt.enough_decimals(values, 0)
    assert all(float(fmt.number(abs(v), decimals).replace(",", "")) > 0 for v in values)


def test_levels_by_unit() -> None:
    assert fmt.level(7.678, MEETINGS) == "7.7"
    assert fmt.level(0.1864, RATE) == "18.6%"
    assert fmt.level(0.1864, RATE, mark=False) == "18.6"
    assert fmt.level(0.0221, DRAIN) == "2.2"
    assert fmt.level(164.4, HOURS) == "164"
    assert fmt.level(64.44, HOURS) == "64.4"
    assert fmt.level(17.6, PEOPLE) == "18"
    assert fmt.level(0.0, RATE) == "0%"
    assert fmt.level_with_unit(7.7, MEETINGS, "zh") == "7.7 场/点·月"
    assert fmt.level_with_unit(0.022, DRAIN, "en") == "2.2 per 100 people a year"


def test_level_interval_is_joined_by_the_word_and_clipped_at_zero() -> None:
    assert fmt.level_interval(0.178, 0.194, RATE, "zh") == "17.8% 至 19.4%"
    assert fmt.level_interval(-0.3, 1.2, MEETINGS, "en") == "0.0 to 1.2"
    assert fmt.level_interval(-0.035, -0.005, measure("net_flow_rate"), "zh") == "−3.5 至 −0.5"


def test_change_of_a_mean_is_a_whole_percentage() -> None:
    assert fmt.change_interval(-16.2, -10.1, MEETINGS, "zh") == "−16% 至 −10%"
    assert fmt.change_interval(-16.2, 3.4, MEETINGS, "en", mark=False) == "−16 to +3"


def test_an_interval_off_zero_does_not_seem_to_touch_it() -> None:
    assert fmt.change_interval(-5.0, -0.3, MEETINGS, "zh") == "−5.0% 至 −0.3%"
    assert fmt.change_interval(0.0003, 0.02, RATE, "zh") == "+0.03 至 +2.00"
    assert fmt.change_interval(-24.2, 0.3, MEETINGS, "zh") == "−24% 至 0%"


def test_change_of_a_share_is_in_points_and_of_a_rate_in_people() -> None:
    assert fmt.change_number(0.0179, RATE, 1) == "+1.8"
    assert fmt.change_mark(RATE, "zh") == " 个百分点"
    assert fmt.change_mark(RATE, "en") == " points"
    assert fmt.change_number(-0.007, DRAIN, 1) == "−0.7"
    assert fmt.change_mark(DRAIN, "zh") == " 人/百人·年"


def test_a_breakdown_asked_as_share_is_written_as_share() -> None:
    share = measure("meetings", share=True)
    assert fmt.level(0.48, share) == "48.0%"
    assert fmt.change_mark(share, "zh") == " 个百分点"
    assert not share.ranked


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        (202609, 202609, "2026年9月", "Sep 2026"),
        (202607, 202609, "2026年7—9月", "Jul–Sep 2026"),
        (202510, 202609, "2025年10月—2026年9月", "Oct 2025–Sep 2026"),
        (202501, 202512, "2025年", "2025"),
    ],
)
def test_periods(first: int, last: int, zh: str, en: str) -> None:
    assert fmt.period(first, last, "zh") == zh
    assert fmt.period(first, last, "en") == en


def test_months_on_axes() -> None:
    assert fmt.axis_month(202609) == "26-09"
    assert fmt.axis_quarter(202607) == "26-Q3"
    assert fmt.short_period(202607, 202609, "zh") == "7—9月"
    assert fmt.short_period(202609, 202609, "en") == "Sep"
