"""A bounded run of the simulation behind docs/validation.md, and that its truth is the population's own."""

import numpy as np
import polars as pl
import pytest

from pipelines.demo.population import Population, simulate
from pipelines.demo.scheme import Scheme
from validation import coverage
from validation.coverage import KINDS, draw, find_truth, list_questions, measure_coverage, summarise
from validation.province import LAST_MONTH


@pytest.fixture(scope="module")
def population() -> Population:
    return simulate(Scheme(last_month=LAST_MONTH))


def test_a_sample_has_the_design_size_in_every_stratum(population: Population):
    sample, units = draw(population, 5, np.random.default_rng(1), 2)
    assert sorted(set(sample.tolist())) == [0, 1]
    for number in range(2):
        own = units[sample == number]
        drawn = np.bincount(population.stratum[own], minlength=len(population.stratum_units))
        assert len(set(own)) == len(own)
        assert (drawn == np.minimum(population.stratum_units, 5)).all()
    assert set(units[sample == 0]) != set(units[sample == 1])


def test_the_truth_is_that_of_all_units(population: Population):
    level, change = list(list_questions(population))[:2]
    now = population.true_value("meetings", 202607, 202609)
    before = population.true_value("meetings", 202507, 202509)
    assert find_truth(level)[0] == pytest.approx(now, rel=1e-12)
    assert find_truth(change)[0] == pytest.approx(100 * (now / before - 1), rel=1e-9)


def test_intervals_of_many_samples_hold_the_truth_about_as_often_as_promised(population: Population):
    found = measure_coverage(population, samples=15, seed=4)
    assert set(summarise(found)["kind"]) == set(KINDS)
    found = found.filter(pl.col("intervals") > 3000, ~pl.col("kind").str.starts_with("rare"))
    assert found.height >= 5
    assert found["coverage"].is_between(0.87, 0.985).all()


def test_standard_errors_of_half_the_size_are_noticed(population: Population, monkeypatch: pytest.MonkeyPatch):
    whole = coverage.interval_linear
    monkeypatch.setattr(coverage, "interval_linear", lambda value, se, df: whole(value, se / 2, df))
    found = measure_coverage(population, samples=3, seed=4).filter(pl.col("kind") == "change", pl.col("intervals") > 300)
    assert found.height
    assert (found["coverage"] < found["wanted_low"]).all()


def test_a_summary_weighs_designs_and_bands_by_their_intervals_and_leaves_rare_events_out():
    rows = [
        ("2", "domain (county)", "1–4", 1, 300, 0.90), ("5", "domain (point type)", "10–19", 10, 100, 0.94),
        ("5", "domain (county)", "20–49", 20, 100, 0.92), ("5", "rare events, level", "1–4", 1, 50, 0.5),
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=["design", "kind", "df", "df_from", "intervals", "coverage"], orient="row").with_columns(
        wanted_low=pl.when(pl.col("df_from") >= 20).then(0.93).otherwise(0.90), wanted_high=pl.lit(0.98),
    )
    found = summarise(frame).rows()
    assert [(k, df, n, round(c, 9), h) for k, df, n, c, h in found] == [
        ("domain", "20+", 100, 0.92, False), ("domain", "1–19", 400, 0.91, True),
    ]
