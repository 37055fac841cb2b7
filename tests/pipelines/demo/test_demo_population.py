"""The population: its design, its draw, and the truth that a sample is held against."""

from functools import cache

import numpy as np
import polars as pl
import pytest

from pipelines.contracts.errors import RequestError
from pipelines.demo import effects, sample
from pipelines.demo.effects import planted
from pipelines.demo.frame import TYPES, lay_out
from pipelines.demo.population import TRUE_INDICATORS, Population, simulate
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Rebound, Scheme

SCHEME = Scheme(last_month=202610)


@cache
def population() -> Population:
    return simulate(SCHEME)


def numbers_by_county(drawn: np.ndarray) -> pl.DataFrame:
    frame = population().frame
    ends = frame.groups["units"].cum_sum().to_numpy()
    numbers = np.diff(np.searchsorted(drawn, np.concatenate([[0], ends])))
    return frame.groups.with_columns(n=pl.Series(numbers)).group_by("county_code", "is_zone").agg(
        points=pl.col("n").sum(), types=(pl.col("n") > 0).sum(), fewest=pl.col("n").filter(pl.col("n") > 0).min())


def test_province_has_eighteen_cities_and_181_counties_of_which_24_are_zones() -> None:
    counties = [c for city in cities() for c in city.counties]
    assert len(cities()) == 18
    assert len(counties) == 181
    assert sum(c.is_zone for c in counties) == 24


def test_every_county_with_a_polygon_has_six_to_twelve_points_in_two_or_three_types() -> None:
    drawn = numbers_by_county(sample.draw_for_counties(population().frame, SCHEME.rng("draw"))).filter(~pl.col("is_zone"))
    assert drawn.height == 157
    assert drawn["points"].min() >= 6
    assert drawn["points"].max() <= 12
    assert set(drawn["types"]) == {2, 3}
    assert drawn["fewest"].min() >= 2


def test_zones_hold_few_points_and_some_none() -> None:
    points = numbers_by_county(sample.draw_for_counties(population().frame, SCHEME.rng("draw"))).filter("is_zone")["points"]
    assert points.max() <= 3
    assert 0 in points.to_list()
    assert 1 in points.to_list()


def test_frame_has_all_types_large_cities_and_an_uncovered_stratum() -> None:
    strata = population().frame.strata
    assert set(strata["point_type"]) == set(TYPES)
    assert strata.filter(pl.col("n") == 0).height == 2
    assert (strata["n"] <= strata["population_units"]).all()
    by_city = dict(strata.group_by("city_code").agg(pl.col("n").sum()).iter_rows())
    assert min(n for code, n in by_city.items() if code != "419001") >= 40
    assert 10 <= strata["population_units"].sum() / strata["n"].sum() <= 15


@pytest.mark.parametrize("points", [500, 1200, 2400])
def test_number_of_points_is_about_the_wanted_one(points: int) -> None:
    assert lay_out(Scheme(202610, points=points)).strata["n"].sum() == pytest.approx(points, rel=0.01)


def test_draw_is_stratified_with_the_designs_sizes_and_never_repeats_a_unit() -> None:
    drawn = population().draw(np.random.default_rng(1))
    strata = population().frame.strata
    assert len(np.unique(drawn)) == len(drawn)
    sizes = np.bincount(population().stratum[drawn], minlength=strata.height)
    assert (sizes == strata["n"].to_numpy()).all()


def test_weighted_means_of_many_draws_centre_on_the_true_value() -> None:
    values, n_h = population().statistics["meetings"][:, -3:].mean(1), population().frame.strata["n"].to_numpy()
    covered = n_h[population().stratum] > 0
    truth = population().true_value("meetings", 202608, 202610, covered)
    weight = population().stratum_units / np.maximum(n_h, 1)
    rng = np.random.default_rng(5)
    estimates = []
    for _ in range(150):
        drawn = population().draw(rng)
        w = weight[population().stratum[drawn]]
        estimates.append((w * values[drawn]).sum() / w.sum())
    assert abs(np.mean(estimates) - truth) < 4 * np.std(estimates) / np.sqrt(len(estimates))


def test_units_of_a_stratum_vary_moderately() -> None:
    values = population().statistics["meetings"][:, -3:].mean(1)
    strata = [values[population().stratum == h] for h in range(population().frame.strata.height)]
    spread = [s.std() / s.mean() for s in strata if len(s) > 10]
    assert 0.2 < np.median(spread) < 0.45
    assert np.quantile(spread, 0.95) < 0.55


@pytest.mark.parametrize("indicator", TRUE_INDICATORS)
def test_every_true_indicator_has_a_value_for_province_and_cities(indicator: str) -> None:
    for city in cities():
        assert population().true_value(indicator, 202511, 202610, population().city_code == city.code) > 0
    top, bottom = population().terms(indicator)
    assert top.shape == (len(population().stratum), 36)
    assert bottom is None or (bottom >= 0).all()


def test_true_value_is_the_ratio_of_sums_of_the_statistics() -> None:
    people = population().statistics
    by_hand = people["under35"][:, -1].sum() / people["headcount"][:, -1].sum()
    assert population().true_value("under35_share", 202610, 202610) == pytest.approx(by_hand)
    by_hand = 12 * people["separations"][:, -12:].sum() / people["headcount"][:, -12:].sum()
    assert population().true_value("separation_rate", 202511, 202610) == pytest.approx(by_hand)


@pytest.mark.parametrize("effect", [e for e in planted(SCHEME) if e.period], ids=lambda e: e.id)
def test_planted_effects_are_true_of_the_population(effect) -> None:  # type: ignore[no-untyped-def]
    inside = population().city_code == effect.region_code
    units = inside if inside.any() else np.ones(len(inside), dtype=bool)
    known = {k: v for k, v in effect.indicators.items() if k in TRUE_INDICATORS}
    for indicator, direction in known.items():
        now = population().true_value(indicator, *effect.period, units)
        then = population().true_value(indicator, *effect.earlier, units)
        assert (now > 1.03 * then) if direction == "rose" else (now < 0.97 * then), indicator


def test_rebound_is_about_thirty_per_cent_and_elsewhere_cities_differ() -> None:
    change = {}
    for city in cities():
        units = population().city_code == city.code
        now, then = (population().true_value("meetings", a, b, units) for a, b in ((202608, 202610), (202508, 202510)))
        change[city.code] = 100 * (now / then - 1)
    assert 22 < change.pop("411300") < 40
    assert min(change.values()) < -15
    assert max(change.values()) > -5


def test_spring_festival_dips_and_the_year_end_peaks() -> None:
    by_month = {m: population().true_value("inspections", m, m) for m in SCHEME.calendar}
    for year in (2024, 2025):
        usual = np.mean([by_month[year * 100 + m] for m in (4, 5, 6)])
        assert by_month[year * 100 + 12] > 1.25 * usual
        assert min(by_month[year * 100 + 1], by_month[year * 100 + 2]) < 0.85 * usual


def test_same_seed_gives_the_same_population_and_another_seed_does_not() -> None:
    small = Scheme(202610, points=500, months=13)
    one, same, other = simulate(small), simulate(small), simulate(Scheme(202610, points=500, months=13, seed=7))
    assert all((one.statistics[k] == same.statistics[k]).all() for k in one.statistics)
    assert not (one.statistics["meetings"][:400] == other.statistics["meetings"][:400]).all()


@pytest.mark.parametrize(("points", "months"), [(10, 36), (99_999, 36), (1200, 3), (1200, 999)])
def test_sizes_out_of_range_are_refused_with_the_option_to_change(points: int, months: int) -> None:
    with pytest.raises(RequestError, match=r"--(points|months)"):
        Scheme(202610, points=points, months=months)


def test_a_quiet_scheme_has_no_effect_and_a_rebound_can_be_moved() -> None:
    quiet = Scheme(last_month=202610, quiet=True)
    assert planted(quiet) == ()
    for curve in (effects.log_pace, effects.rebound, *(lambda s, n=n: effects.escorts(s)[n] for n in (0, 1))):
        assert not curve(quiet).any()
    for factor in (effects.drain, effects.young_intake, *(lambda s, n=n: effects.displacement(s)[n] for n in (0, 1))):
        assert (factor(quiet) == 1).all()
    moved = Scheme(last_month=202610, rebound=Rebound("410700", 0.25, months=4, ramp=0))
    surge = effects.rebound(moved)[[c.code for c in cities()].index("410700")]
    assert surge.tolist() == [0.0] * 32 + [0.25] * 4
    assert effects.rebound(moved).sum() == surge.sum()
    assert next(e for e in planted(moved) if e.id == "rebound").region_code == "410700"
