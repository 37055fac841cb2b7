import numpy as np
import pytest

from dashboard.estimates.projection import project, share_at


def test_the_share_of_a_day_lies_on_the_line_between_two_reports():
    quarters, counts = np.array([0.25, 0.5, 0.75, 1.0]), np.array([10.0, 16.0, 30.0, 40.0])
    assert share_at(0.625, quarters, counts) == pytest.approx(23 / 40)
    assert share_at(0.125, quarters, counts) == pytest.approx(5 / 40)
    assert share_at(0.75, quarters, counts) == 30 / 40


def test_reports_far_apart_tell_nothing_of_the_days_between():
    assert np.isnan(share_at(0.5, np.array([1.0]), np.array([40.0])))
    assert share_at(1.0, np.array([1.0]), np.array([40.0])) == 1.0


def test_five_equal_paths_double_what_stands_at_the_half():
    end = project(100, 190, np.full(5, 0.5))
    assert end is not None
    assert (end.value, end.low, end.high, end.chance_over) == (pytest.approx(200), pytest.approx(200), pytest.approx(200), 1.0)


def test_the_interval_is_that_of_one_more_log_normal_growth():
    # Growths 2.0 and 2.2 by turns: logs 0.693147, 0.788457; six of them have mean 0.740802 and s = 0.0522033.
    # t(5) at 0.9 is 1.475884 in printed tables; √(1 + 1/6) = 1.080123.
    end = project(100, 209.761770, 1 / np.array([2.0, 2.2] * 3))
    assert end is not None
    assert end.value == pytest.approx(100 * np.sqrt(2.0 * 2.2), rel=1e-9)
    assert np.log(end.high / end.value) == pytest.approx(1.475884 * 0.0522033 * 1.080123, rel=1e-5)
    assert np.log(end.value / end.low) == pytest.approx(np.log(end.high / end.value))
    assert end.chance_over == pytest.approx(0.5, abs=1e-6)


def test_a_year_never_ends_below_what_it_has_reached():
    end = project(100, 90, np.array([0.9, 0.99, 0.95, 0.999, 0.7]))
    assert end is not None
    assert end.low == 100
    assert end.chance_over == 1.0


@pytest.mark.parametrize(("issued", "shares"), [(100, np.full(4, 0.5)), (0, np.full(9, 0.5)), (100, np.zeros(9))])
def test_too_little_history_gives_no_projection(issued: float, shares: np.ndarray):
    assert project(issued, 200, shares) is None


def test_four_intervals_of_five_hold_the_year_that_came():
    rng = np.random.default_rng(7)
    growths = np.exp(rng.normal(0.6, 0.1, (4000, 9)))
    held = 0
    for past, new in zip(growths[:, :8], growths[:, 8], strict=True):
        end = project(50, 100, 1 / past)
        assert end is not None
        held += end.low <= 50 * new <= end.high
    assert 0.8 - 3 * np.sqrt(0.16 / 4000) < held / 4000 < 0.8 + 3 * np.sqrt(0.16 / 4000)
