"""Boundaries of periods, worked out by hand."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.disclosure.boundaries import Metric, find_boundaries
from pipelines.contracts import months

YEAR = months.span(202601, 202612)


def kept(*counts: float, least: float = 3, is_sum: bool = True) -> list[int]:
    values = np.array([counts], dtype=np.float64)
    return np.flatnonzero(find_boundaries([Metric(values, least, is_sum)], YEAR[: len(counts)], 4.0)[0]).tolist()


def test_every_end_stays_where_all_months_are_ample_or_empty() -> None:
    assert kept(12, 0, 13, 20, 0, 16) == [0, 1, 2, 3, 4, 5, 6]


def test_sums_that_are_large_enough_but_not_ample_end_with_a_quarter() -> None:
    assert kept(3, 3, 3, 11, 1, 0) == [0, 3, 5, 6]


def test_a_small_quarter_is_bound_to_the_next_beyond_the_year_too() -> None:
    assert kept(1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1) == [0, 6, 7, 8, 9, 10, 11]


def test_a_small_month_of_people_is_bound_to_the_next() -> None:
    assert kept(5, 2, 5, 5, 5, 5, is_sum=False) == [0, 1, 3, 4, 5, 6]


def test_people_are_no_more_than_in_the_fullest_month() -> None:
    assert kept(2, 2, 2, 5, 5, 5, is_sum=False) == [0, 4, 5, 6]


def test_a_series_that_is_small_as_a_whole_keeps_no_end_after_its_first_people() -> None:
    assert kept(0, 1, 0, 1, 0, 0) == [0, 1]


def test_all_counts_have_to_be_large_enough() -> None:
    many, few = (Metric(np.array([[5.0, 5.0, 5.0]]), 3), Metric(np.array([[9.0, 2.0, 9.0]]), 3))
    assert np.flatnonzero(find_boundaries([many, few], YEAR[:3])[0]).tolist() == [0, 1, 3]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(1, 30), st.booleans())
def test_later_months_take_no_end_back_and_periods_are_none_or_large_enough(counts: list[int], cut: int, is_sum: bool) -> None:
    span = months.span(202401, 202612)[: len(counts)]
    values = np.array([counts], dtype=np.float64)
    ends = find_boundaries([Metric(values, 3, is_sum)], span, 4.0)[0]
    before = find_boundaries([Metric(values[:, :cut], 3, is_sum)], span[:cut], 4.0)[0]
    assert ends[: len(before)].tolist() == before.tolist()
    join = sum if is_sum else max
    stays = np.flatnonzero(ends).tolist()
    for first, last in pairwise(stays):
        assert join(counts[first:last]) == 0 or join(counts[first:last]) >= 3
