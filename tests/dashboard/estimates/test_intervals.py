"""Intervals against hand-computed and tabulated values."""

import numpy as np
from numpy.testing import assert_allclose
from scipy.stats import chi2

from dashboard.estimates.intervals import interval_count, interval_linear, interval_share, quantile_t

ONE = np.array([1])


def test_t_quantiles_agree_with_the_printed_table() -> None:
    assert_allclose(quantile_t(np.array([1, 5, 30, 120])), [12.7062, 2.5706, 2.0423, 1.9799], atol=5e-5)


def test_no_degrees_of_freedom_give_no_interval() -> None:
    for low, high in (
        interval_linear(np.array([3.0]), np.array([1.0]), np.array([0])),
        interval_share(np.array([0.3]), np.array([0.1]), np.array([0]), ONE),
        interval_share(np.array([0.0]), np.array([0.0]), np.array([0]), ONE),
    ):
        assert np.isnan(low[0])
        assert np.isnan(high[0])


def test_share_stays_inside_its_bounds_and_is_symmetric_on_the_logit() -> None:
    low, high = interval_share(np.array([0.02]), np.array([0.02]), np.array([40]), np.array([44]))
    assert 0 < low[0] < 0.02 < high[0] < 1

    def logit(p: float) -> float:
        return float(np.log(p / (1 - p)))

    assert_allclose(logit(high[0]) - logit(0.02), logit(0.02) - logit(low[0]), rtol=1e-9)


def test_clopper_pearson_at_nought_and_one() -> None:
    low, high = interval_share(np.array([0.0, 1.0]), np.zeros(2), np.array([9, 9]), np.array([10, 10]))
    assert_allclose([low[0], high[0], low[1], high[1]], [0, 0.30849710781876083, 1 - 0.30849710781876083, 1], rtol=1e-12)


def test_a_share_outside_its_bounds_is_linear() -> None:
    low, high = interval_share(np.array([-0.05, 1.2]), np.array([0.01, 0.1]), np.array([30, 30]), np.array([33, 33]))
    assert_allclose((low + high) / 2, [-0.05, 1.2])


def test_the_interval_of_a_count_is_garwoods() -> None:
    counts = np.array([0, 1, 10, 120])
    low, high = interval_count(counts)
    expected_low = [0.0, *(chi2.ppf(0.025, 2 * k) / 2 for k in counts[1:])]
    assert_allclose(low, expected_low, rtol=1e-9)
    assert_allclose(high, [chi2.ppf(0.975, 2 * k + 2) / 2 for k in counts], rtol=1e-9)
