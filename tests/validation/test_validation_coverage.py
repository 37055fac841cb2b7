"""A bounded run of the simulation behind docs/validation.md, and that its truth is the population's own."""

import numpy as np
import polars as pl
import pytest

from pipelines.demo.population import Population, simulate
from pipelines.demo.scheme import Scheme
from validation import coverage
from validation.coverage import LAST_MONTH, draw, find_truth, list_questions, measure_coverage


@pytest.fixture(scope="module")
def population() -> Population:
    return simulate(Scheme(last_month=LAST_MONTH))


def test_a_sample_has_the_design_size_in_every_stratum(population: Population):
    units = draw(population, 5, np.random.default_rng(1))
    drawn = np.bincount(population.stratum[units], minlength=len(population.stratum_units))
    assert len(set(units)) == len(units)
    assert (drawn == np.minimum(population.stratum_units, 5)).all()


def test_the_truth_is_that_of_all_units(population: Population):
    level, change = list(list_questions(population))[:2]
    now = population.true_value("meetings", 202607, 202609)
    before = population.true_value("meetings", 202507, 202509)
    assert find_truth(level)[0] == pytest.approx(now, rel=1e-12)
    assert find_truth(change)[0] == pytest.approx(100 * (now / before - 1), rel=1e-9)


def test_intervals_of_many_samples_hold_the_truth_about_as_often_as_promised():
    found = measure_coverage(samples=15, seed=4).filter(pl.col("intervals") > 3000, ~pl.col("kind").str.starts_with("rare"))
    assert found.height >= 5
    assert found["coverage"].is_between(0.87, 0.985).all()


def test_standard_errors_of_half_the_size_are_noticed(monkeypatch: pytest.MonkeyPatch):
    whole = coverage.interval_linear
    monkeypatch.setattr(coverage, "interval_linear", lambda value, se, df: whole(value, se / 2, df))
    found = measure_coverage(samples=3, seed=4).filter(pl.col("kind") == "change", pl.col("intervals") > 300)
    assert (found["coverage"] < found["wanted_low"]).all()
