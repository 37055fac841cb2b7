"""Ranks against a slow second implementation, cases by hand, their invariants, and how often all sets hold at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from dashboard.estimates.design import Design
from dashboard.estimates.ranks import Ranks, critical_value, rank_values
from dashboard.estimates.variance import estimate_covariance, estimate_variance


def rank(values: list[float], se: list[float], df: int = 10**6) -> Ranks:
    return rank_values(np.array(values), np.diag(np.square(se)), np.full(len(values), df))


def sets(ranks: Ranks) -> list[tuple[int, int, int]]:
    return list(zip(ranks.place.tolist(), ranks.low.tolist(), ranks.high.tolist(), strict=True))


def rank_pair_by_pair(values: np.ndarray, covariance: np.ndarray, df: np.ndarray) -> list[tuple[int, int, int]]:
    """As the definition reads, with scipy's t."""
    n = len(values)
    level = 0.95 ** (2 / (n * (n - 1))) if n > 1 else 0.95
    found = []
    for j in range(n):
        place, low, high = 1, 1, n
        for k in range(n):
            if k == j:
                continue
            gap = values[j] - values[k]
            error = np.sqrt(covariance[j, j] + covariance[k, k] - 2 * covariance[j, k])
            half = stats.t(min(df[j], df[k])).ppf((1 + level) / 2) * error
            place += gap > 0
            low += gap - half > 0
            high -= gap + half < 0
        found.append((place, low, high))
    return found


def test_three_regions_by_hand() -> None:
    """Šidák: 1 − 0.95^(1/3) = 0.016952, so z = 2.3877; a difference of two of se 1 needs 2.3877 · √2 = 3.3767."""
    assert critical_value(np.array([10**7]), 3)[0] == pytest.approx(2.3877, abs=1e-4)
    assert sets(rank([0, 3.37, 10], [1, 1, 1])) == [(1, 1, 2), (2, 1, 2), (3, 3, 3)]
    assert sets(rank([0, 3.38, 10], [1, 1, 1])) == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_two_regions_of_little_freedom_need_the_quantile_of_t() -> None:
    """One pair: the 97.5 % quantile of t with 4 degrees of freedom is 2.776 (any table), times √2 = 3.926."""
    assert sets(rank([0, 3.92], [1, 1], df=4)) == [(1, 1, 2), (2, 1, 2)]
    assert sets(rank([0, 3.94], [1, 1], df=4)) == [(1, 1, 1), (2, 2, 2)]


def test_equal_values_share_the_lower_place() -> None:
    assert rank([2.0, 1.0, 1.0 + 1e-13, 5.0], [0.1] * 4).place.tolist() == [3, 1, 1, 4]


def test_without_a_standard_error_or_with_a_shaky_one_nothing_is_set_apart() -> None:
    assert sets(rank([0, 100, 200], [1, 0, 1])) == [(1, 1, 2), (2, 1, 3), (3, 2, 3)]
    shaky = rank_values(np.array([0.0, 100, 200]), np.eye(3), np.full(3, 50), shaky=np.array([True, False, False]))
    assert sets(shaky) == [(1, 1, 3), (2, 1, 2), (3, 2, 3)]


def test_one_region_is_the_first_of_one() -> None:
    assert sets(rank([3.0], [1.0])) == [(1, 1, 1)]


@st.composite
def regions(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n = draw(st.integers(1, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    root = rng.normal(size=(n, n)) * draw(st.sampled_from([0.05, 0.3, 1.0])) + np.diag(rng.uniform(0.1, 1, n))
    return rng.normal(scale=2, size=n).round(draw(st.integers(0, 6))), root @ root.T, rng.integers(1, 60, n)


@given(regions())
def test_sets_equal_those_taken_pair_by_pair(sample: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    assert sets(rank_values(*sample)) == rank_pair_by_pair(*sample)


@given(regions(), st.integers(0, 99))
def test_the_order_of_regions_does_not_matter(sample: tuple[np.ndarray, np.ndarray, np.ndarray], seed: int) -> None:
    values, covariance, df = sample
    order = np.random.default_rng(seed).permutation(len(values))
    whole = sets(rank_values(values, covariance, df))
    mixed = sets(rank_values(values[order], covariance[np.ix_(order, order)], df[order]))
    assert mixed == [whole[i] for i in order]


@given(regions(), st.floats(0, 3), st.integers(0, 11))
def test_a_larger_error_never_narrows_a_set(
    sample: tuple[np.ndarray, np.ndarray, np.ndarray], more: float, which: int
) -> None:
    values, covariance, df = sample
    wider = covariance.copy()
    wider[which % len(values), which % len(values)] += more
    before, after = rank_values(values, covariance, df), rank_values(values, wider, df)
    assert (after.low <= before.low).all()
    assert (after.high >= before.high).all()


@given(regions())
def test_a_place_lies_in_its_set(sample: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    found = rank_values(*sample)
    assert (found.low >= 1).all()
    assert (found.low <= found.place).all()
    assert (found.place <= found.high).all()
    assert (found.high <= len(sample[0])).all()


@pytest.mark.parametrize("spread", [0.0, 0.5, 2.0])
def test_all_sets_hold_at_once_in_95_of_100_samples(spread: float) -> None:
    """18 regions, standard errors estimated with 4 to 60 degrees of freedom; also where all true values are equal."""
    rng = np.random.default_rng(20260722)
    runs, n = 1500, 18
    truth = rng.normal(scale=spread, size=n)
    se, df = rng.uniform(0.2, 1.0, n), rng.integers(4, 60, n)
    place = 1 + (truth[:, None] > truth[None, :]).sum(axis=1)
    held = 0
    for _ in range(runs):
        values = truth + rng.normal(scale=se)
        found = rank_values(values, np.diag(se**2 * rng.chisquare(df) / df), df)
        held += bool(((found.low <= place) & (place <= found.high)).all())
    assert held / runs >= 0.95 - 2 * np.sqrt(0.95 * 0.05 / runs)


def test_the_variance_of_a_sum_of_domains_needs_their_covariance() -> None:
    """Var(a + b) of two domains in shared strata is that of the domain that holds both."""
    rng = np.random.default_rng(5)
    n = 60
    stratum, domain, scores = rng.integers(0, 4, n), rng.integers(-1, 3, n), rng.normal(1, 1, n)
    panel, population = np.zeros(n, dtype=np.int64), np.array([30.0, 90.0, 200.0, 15.0])
    covariance = estimate_covariance(Design(panel, stratum, domain, population, (1, 3)), scores)[0]
    for a, b in ((0, 1), (0, 2), (1, 2)):
        both = np.where((domain == a) | (domain == b), 0, -1)
        joint = estimate_variance(Design(panel, stratum, both, population, (1, 1)), scores)[0, 0]
        assert_allclose(covariance[a, a] + covariance[b, b] + 2 * covariance[a, b], joint, rtol=1e-12)
    assert_array_equal(covariance, covariance.T)


def test_domains_in_different_strata_have_no_covariance() -> None:
    stratum = np.array([0, 0, 0, 1, 1, 1])
    design = Design(np.zeros(6, dtype=np.int64), stratum, stratum, np.array([10.0, 10.0]), (1, 2))
    covariance = estimate_covariance(design, np.array([1.0, 2, 4, 3, 3, 9]))[0]
    assert covariance[0, 1] == covariance[1, 0] == 0
