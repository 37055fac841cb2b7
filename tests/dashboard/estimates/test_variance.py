"""The variance formula against a second, plain implementation, and its invariants."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from dashboard.estimates.change import change_mean, change_ratio
from dashboard.estimates.design import Design
from dashboard.estimates.level import estimate_level


def plain_variance(stratum: np.ndarray, scores: np.ndarray, population: np.ndarray) -> float:
    """Stratum by stratum, as the formula reads; scores outside the domain are zeros."""
    total = 0.0
    for h in np.unique(stratum):
        u = scores[stratum == h]
        n, rest = len(u), max(0.0, 1 - len(u) / population[h])
        total += rest * u[0] ** 2 if n == 1 else rest * n / (n - 1) * ((u - u.mean()) ** 2).sum()
    return total


@st.composite
def samples(draw: st.DrawFn) -> tuple[Design, np.ndarray, np.ndarray]:
    n = draw(st.integers(2, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    strata = draw(st.integers(1, 5))
    stratum = rng.integers(0, strata, n)
    domain = rng.integers(-1, draw(st.integers(1, 3)), n)
    population = np.bincount(stratum, minlength=strata) + rng.integers(0, 30, strata)
    groups = int(domain.max()) + 1 if domain.max() >= 0 else 1
    design = Design(np.zeros(n, dtype=np.int64), stratum, domain, population.astype(float), (1, groups))
    return design, rng.gamma(2.0, 3.0, n), rng.gamma(3.0, 2.0, n)


@settings(max_examples=150, deadline=None)
@given(samples())
def test_ratio_of_each_domain_equals_the_plain_formula(sample: tuple[Design, np.ndarray, np.ndarray]) -> None:
    design, num, den = sample
    level = estimate_level(design, num, den)
    counts = np.bincount(design.stratum, minlength=len(design.population))
    weight = design.population[design.stratum] / counts[design.stratum]
    for g in range(design.shape[1]):
        inside = design.domain == g
        if not inside.any():
            assert level.n_points[0, g] == 0
            continue
        bottom = (weight * den)[inside].sum()
        ratio = (weight * num)[inside].sum() / bottom
        scores = np.where(inside, weight * (num - ratio * den) / bottom, 0.0)
        assert_allclose(level.value[0, g], ratio, rtol=1e-12)
        assert_allclose(level.se[0, g] ** 2, plain_variance(design.stratum, scores, design.population), rtol=1e-9, atol=1e-25)
        assert level.n_strata[0, g] == len(np.unique(design.stratum[inside]))


def whole(n: int, population: float) -> Design:
    zero = np.zeros(n, dtype=np.int64)
    return Design(zero, zero, zero, np.array([population]), (1, 1))


def test_a_census_has_no_sampling_error() -> None:
    y = np.array([1.0, 5.0, 9.0])
    assert estimate_level(whole(3, 3.0), y, np.ones(3)).se[0, 0] == 0


def test_more_respondents_than_units_counts_as_a_census() -> None:
    assert estimate_level(whole(3, 2.0), np.array([1.0, 5.0, 9.0]), np.ones(3)).se[0, 0] == 0


def test_no_denominator_gives_no_ratio() -> None:
    level = estimate_level(whole(3, 9.0), np.zeros(3), np.zeros(3))
    assert np.isnan(level.value[0, 0])


def test_lonely_stratum_enters_uncentred() -> None:
    stratum = np.array([0, 0, 0, 1])
    zero = np.zeros(4, dtype=np.int64)
    design = Design(zero, stratum, zero, np.array([30.0, 10.0]), (1, 1))
    y = np.array([2.0, 4.0, 6.0, 20.0])
    mean = (10 * (2 + 4 + 6) + 10 * 20) / 40
    u = 10 * (y - mean) / 40
    expected = 0.9 * 3 / 2 * ((u[:3] - u[:3].mean()) ** 2).sum() + 0.9 * u[3] ** 2
    assert_allclose(estimate_level(design, y, np.ones(4)).se[0, 0] ** 2, expected, rtol=1e-12)


def test_panels_are_estimated_apart() -> None:
    panel, zero = np.array([0, 0, 1, 1]), np.zeros(4, dtype=np.int64)
    design = Design(panel, zero, zero, np.array([10.0]), (2, 1))
    level = estimate_level(design, np.array([1.0, 3.0, 10.0, 30.0]), np.ones(4))
    assert level.value[:, 0].tolist() == [2.0, 20.0]
    assert_allclose(level.se[1, 0], 10 * level.se[0, 0])


def test_change_of_a_doubled_mean_is_certain() -> None:
    before = np.array([1.0, 2.0, 6.0])
    change = change_mean(whole(3, 50.0), 2 * before, before)
    assert_allclose([change.value[0, 0], change.se[0, 0]], [100.0, 0.0], atol=1e-12)


def test_an_earlier_mean_of_zero_makes_the_change_not_estimable() -> None:
    assert np.isnan(change_mean(whole(3, 50.0), np.ones(3), np.zeros(3)).value[0, 0])


def test_change_of_a_ratio_is_in_its_own_unit() -> None:
    den = np.array([10.0, 10.0, 20.0])
    change = change_ratio(whole(3, 50.0), (0.3 * den, den), (0.2 * den, den))
    assert_allclose([change.value[0, 0], change.se[0, 0]], [0.1, 0.0], atol=1e-12)
