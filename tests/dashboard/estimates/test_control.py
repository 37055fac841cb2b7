"""Control charts against NHSRplotthedots and against series whose limits and signals were worked out by hand."""

import csv
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dashboard.estimates.control import Control, Signal, draw_limits, watch_limits
from tests.conftest import ROOT

ORACLE = ROOT / "../shared/oracles/spc_ae_rrk_breaches.csv"
_TYPES = {"Common Cause": "", "Above UCL": "limit", "Below LCL": "limit", "7 Points Below CL": "run", "7 Points Above CL": "run"}


def draw(*values: float | None, rebased: tuple[int, ...] = ()) -> Control:
    return draw_limits(np.array([[np.nan if v is None else v for v in values]], dtype=float), rebased)


def signals(control: Control) -> str:
    """One letter a month: l limit, t trend, p pair (2 of 3), r run, . none."""
    return "".join(".ltpr"[code] for code in control.signal[0])


@pytest.mark.skipif(not ORACLE.exists(), reason="the series of NHSRplotthedots is not here")
def test_agrees_with_nhsrplotthedots():
    with ORACLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    control = draw_limits(np.array([[float(r["value"]) for r in rows]]))
    for ours, theirs in ((control.centre, "mean"), (control.lower, "lpl"), (control.upper, "upl")):
        assert ours[0] == pytest.approx([float(r[theirs]) for r in rows], rel=1e-9)
    assert [Signal(s).name.lower().replace("none", "") for s in control.signal[0]] == [
        _TYPES[r["special_cause_type"]] for r in rows
    ]


def test_quiet_months_have_limits_and_no_signal():
    # 10 and 12 by turns: mean 11, every moving range 2, limits 11 ± 5.32; two thirds of the way is 14.547.
    control = draw(*[10, 12] * 6)
    assert (control.centre[0, 0], control.lower[0, 0], control.upper[0, 0]) == pytest.approx((11, 5.68, 16.32))
    assert signals(control) == "." * 12


def test_a_month_beyond_a_limit():
    # Mean 11.692; moving ranges 2 (×10), 10 and 8, of which neither is over 3.267 × 38/12 = 10.3: upper limit 20.116.
    control = draw(*[10, 12] * 5, 10, 20, 12)
    assert control.upper[0, 0] == pytest.approx(152 / 13 + 2.66 * 38 / 12)
    assert signals(control) == "." * 13
    # Ranges 2 (×10), 20, 18: their mean is 58/12 = 4.833 and 3.267 × that is 15.79, so both are screened out: limits from 2.
    control = draw(*[10, 12] * 5, 10, 30, 12)
    assert control.upper[0, 0] == pytest.approx(162 / 13 + 5.32)
    assert signals(control) == "rrrrrrrrrrrl."  # the eleven before it all lie below the mean of 12.46
    assert control.side[0, 11] == 1


def test_seven_rising_months_are_a_trend_the_first_too():
    # A saw of 10 and 20 keeps the limits wide (mean range 160/18); the rise from 12 to 18 crosses the mean, so it is no run.
    control = draw(*[10, 20] * 6, 12, 13, 14, 15.5, 16, 17, 18, 10)
    assert signals(control) == "............ttttttt."
    assert set(control.side[0, 12:19]) == {1}
    assert signals(draw(*[10, 20] * 6, 12, 13, 14, 15.5, 16, 17, 10, 20)) == "." * 20  # six are not seven


def test_two_of_three_beyond_two_thirds_of_the_way():
    # Mean 11.357, moving ranges 2 (×11), 4, 0: 2.0; limits 11.357 ± 5.32, two thirds at 14.904.
    values = [*[10, 12] * 5, 10, 12, 15, 15]
    control = draw(*values)
    assert (control.centre[0, 0], control.upper[0, 0] - control.centre[0, 0]) == (
        pytest.approx(sum(values) / 14), pytest.approx(2.66 * 25 / 13),
    )  # fmt: skip
    assert signals(control) == "............pp"
    # One side of the mean: a 10 between them is below it, so the three are not on one side.
    assert signals(draw(*[10, 12] * 5, 10, 12, 15, 10, 15)) == "." * 15
    # A month beyond the limit does not count for the two.
    assert "p" not in signals(draw(*[10, 12] * 6, 15, 30, 12))


def test_seven_months_on_one_side_are_a_run_and_the_mean_breaks_it():
    assert signals(draw(*[10, 12] * 4, 8, *[11.6] * 7)).endswith("rrrrrrr")
    # Mean exactly 11: six above it, one on it, one above.
    values = [8, 13, 8, 13, 8, 11.5, 12, 11.5, 12, 11.5, 12, 11, 11.5]
    assert sum(values) / 13 == 11
    assert signals(draw(*values)) == "." * 13


def test_the_earlier_named_rule_is_told():
    # Nine rising months end beyond the limit: the last is a limit, the others a trend, though seven of them are a run too.
    control = draw(*[50, 51] * 12, 52, 53, 54, 55, 56, 57, 58, 80)
    assert signals(control)[-1] == "l"
    assert set(signals(control)[-7:-1]) <= {"t", "l"}
    runs = draw(*[10, 30] * 8, *[25, 26, 27, 28, 29, 31, 32])
    assert signals(runs)[-7:] == "t" * 7


def test_eleven_months_have_no_limits():
    control = draw(*range(11))
    assert np.isnan(control.centre).all()
    assert signals(control) == "." * 11


def test_a_gap_is_no_value_and_breaks_runs_and_trends():
    control = draw(*[10, 20] * 6, 12, 13, 14, None, 15.5, 16, 17, 18, 10)
    assert signals(control) == "." * 21
    filled = [10, 20] * 6 + [12, 13, 14, 15.5, 16, 17, 18, 10]
    assert control.centre[0, 0] == pytest.approx(sum(filled) / 20)
    steps = [abs(b - a) for a, b in itertools.pairwise(filled)]
    steps.remove(1.5)  # the one across the gap
    assert control.upper[0, 0] - control.centre[0, 0] == pytest.approx(2.66 * sum(steps) / len(steps))


@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e9 / 7, 0.0])
def test_equal_months_lie_on_their_mean(value: float):
    # The floating-point mean of twelve times 0.1 is not 0.1, and their limits have no width.
    assert signals(draw(*[value] * 13)) == "." * 13


def test_limits_start_anew_only_where_they_are_rebased():
    control = draw(*[10, 12] * 6, *[20, 22] * 6, rebased=(12,))
    assert control.centre[0, [0, 23]] == pytest.approx([11, 21])
    assert signals(control) == "." * 24
    assert "l" in signals(draw(*[10, 12] * 6, *[20, 22] * 6))
    assert np.isnan(draw(*[10, 12] * 6, 20, 22, rebased=(12,)).centre[0, 12:]).all()


def test_later_months_are_judged_by_the_limits_of_the_baseline():
    # Baseline 10, 12 by turns: mean 11, limits 11 ± 5.32. By all 18 months they would reach to 16.41.
    values = np.array([[*[10, 12] * 6, 10, 16.4, 16, 16, 16, 16]], dtype=float)
    watched = watch_limits(values, 12)
    assert (watched.centre[0, -1], watched.upper[0, -1]) == pytest.approx((11, 16.32))
    assert signals(watched) == ".............lpppp"
    assert "l" not in signals(draw_limits(values))
    assert signals(watch_limits(values, 11)) == "." * 18  # eleven baseline months are too few


@given(arrays(float, (3, 20), elements=st.integers(0, 40).map(float)), st.integers(-50, 50), st.sampled_from([0.5, 2.0, 4.0]))
def test_signals_follow_shift_scale_and_reflection(values: np.ndarray, shift: int, scale: float):
    control = draw_limits(values)
    moved = draw_limits(values * scale + shift)
    assert moved.upper == pytest.approx(control.upper * scale + shift, abs=1e-9)
    mirrored = draw_limits(-values)
    assert mirrored.lower == pytest.approx(-control.upper, abs=1e-9)
    settled = np.abs(values - control.centre) > 1e-9  # a value on the mean may fall to either side by rounding
    if settled.all() and not _touches(values, control):
        assert (moved.signal == control.signal).all()
        assert (mirrored.signal == control.signal).all()
        assert (mirrored.side == -control.side).all()


def _touches(values: np.ndarray, control: Control) -> bool:
    """Does a value lie on a limit or at two thirds of the way, where rounding decides?"""
    way = np.abs(values - control.centre) / np.maximum(control.upper - control.centre, 1e-12)
    return bool((np.abs(way - 1) < 1e-9).any() or (np.abs(way - 2 / 3) < 1e-9).any())
