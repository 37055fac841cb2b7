"""Boundaries of periods, worked out by hand."""

import numpy as np

from dashboard.disclosure.boundaries import Metric, find_boundaries
from pipelines.contracts import months

YEAR = months.span(202601, 202612)


def kept(*counts: float, least: float = 3, is_sum: bool = True) -> list[int]:
    values = np.array([counts], dtype=np.float64)
    return np.flatnonzero(find_boundaries([Metric(values, least, is_sum)], YEAR[: len(counts)])[0]).tolist()


def test_every_end_stays_where_all_months_are_large_enough_or_empty() -> None:
    assert kept(3, 0, 4, 5, 0, 6) == [0, 1, 2, 3, 4, 5, 6]


def test_a_small_month_is_bound_to_the_next_of_its_quarter() -> None:
    assert kept(3, 1, 4, 5, 5, 5) == [0, 1, 3, 4, 5, 6]


def test_the_last_month_of_a_quarter_is_bound_backwards() -> None:
    assert kept(3, 4, 1, 5, 5, 5) == [0, 1, 3, 4, 5, 6]


def test_small_months_are_bound_until_they_are_large_together() -> None:
    assert kept(1, 1, 1, 5, 5, 5) == [0, 3, 4, 5, 6]


def test_a_small_quarter_is_bound_to_another_of_the_year() -> None:
    assert kept(1, 0, 1, 5, 5, 5, 3, 3, 3, 3, 3, 3) == [0, *range(4, 13)]


def test_people_are_no_more_than_in_the_fullest_month() -> None:
    assert kept(2, 2, 2, 5, 5, 5, is_sum=False) == [0, 4, 5, 6]


def test_a_series_that_is_small_as_a_whole_keeps_no_end() -> None:
    assert kept(0, 1, 0, 1, 0, 0) == [0]


def test_all_counts_have_to_be_large_enough() -> None:
    many, few = (Metric(np.array([[5.0, 5.0, 5.0]]), 3), Metric(np.array([[9.0, 2.0, 9.0]]), 3))
    assert np.flatnonzero(find_boundaries([many, few], YEAR[:3])[0]).tolist() == [0, 1, 3]


def test_a_small_year_is_bound_to_its_neighbour() -> None:
    span = months.span(202511, 202602)
    values = np.array([[1.0, 0.0, 4.0, 4.0]])
    assert np.flatnonzero(find_boundaries([Metric(values, 3, is_sum=True)], span)[0]).tolist() == [0, 3, 4]
