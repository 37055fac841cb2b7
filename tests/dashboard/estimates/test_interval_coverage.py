"""Do 95 % intervals cover the truth? 1,000 samples drawn from the demo's population, no files; see docs/demo.md."""

from dataclasses import dataclass

import numpy as np
import pytest

from dashboard.estimates.change import change_mean
from dashboard.estimates.design import Design
from dashboard.estimates.intervals import interval_linear, interval_share
from dashboard.estimates.level import estimate_level
from pipelines.contracts.indicators import INDICATORS
from pipelines.demo.population import Population, simulate
from pipelines.demo.scheme import Scheme

SAMPLES = 1000
NOW, BEFORE = (202607, 202609), (202507, 202509)


@dataclass(frozen=True)
class Draws:
    """The samples as the panels of one design; `city` is the domain of each entry."""

    population: Population
    units: np.ndarray
    panel: np.ndarray
    cities: list[str]
    city: np.ndarray

    def design(self, domain: np.ndarray, domains: int) -> Design:
        stratum = self.population.stratum[self.units].astype(np.int64)
        return Design(self.panel, stratum, domain, self.population.stratum_units.astype(float), (SAMPLES, domains))

    def values(self, indicator: str, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        months = np.array([first <= m <= last for m in self.population.months])
        num, den = self.population.terms(indicator)
        top = num[:, months].mean(axis=1)[self.units]
        return top, np.ones_like(top) if den is None else den[:, months].mean(axis=1)[self.units]

    def truths(self, indicator: str, first: int, last: int) -> np.ndarray:
        whole = [self.population.true_value(indicator, first, last)]
        return np.array(
            whole + [self.population.true_value(indicator, first, last, self.population.city_code == c) for c in self.cities]
        )


@pytest.fixture(scope="module")
def draws() -> Draws:
    population = simulate(Scheme(last_month=202610))
    rng = np.random.default_rng(77)
    samples = [population.draw(rng) for _ in range(SAMPLES)]
    units = np.concatenate(samples)
    cities = sorted(set(population.city_code))
    index = {code: k for k, code in enumerate(cities)}
    city = np.array([index[c] for c in population.city_code])[units]
    return Draws(population, units, np.repeat(np.arange(SAMPLES), [len(s) for s in samples]), cities, city)


def coverage(draws: Draws, low: list[np.ndarray], high: list[np.ndarray], truth: np.ndarray) -> tuple[float, float]:
    """Share of intervals that hold the truth: of the province, of all cities together."""
    province = (low[0][:, 0] <= truth[0]) & (truth[0] <= high[0][:, 0])
    cities = (low[1] <= truth[1:]) & (truth[1:] <= high[1])
    return float(province.mean()), float(cities.mean())


def both_designs(draws: Draws) -> tuple[Design, Design]:
    nought = np.zeros(len(draws.units), dtype=np.int64)
    return draws.design(nought, 1), draws.design(draws.city, len(draws.cities))


@pytest.mark.parametrize("indicator", ["meetings", "meeting_accompaniment_rate", "under35_share"])
def test_intervals_of_levels_cover_the_truth(draws: Draws, indicator: str) -> None:
    num, den = draws.values(indicator, *NOW)
    low, high = [], []
    for design in both_designs(draws):
        level = estimate_level(design, num, den)
        bounds = (
            interval_share(level.value, level.se, level.df, level.n_points)
            if INDICATORS[indicator].is_share
            else interval_linear(level.value, level.se, level.df)
        )
        low.append(bounds[0])
        high.append(bounds[1])
    province, cities = coverage(draws, low, high, draws.truths(indicator, *NOW))
    assert 0.93 <= province <= 0.97
    assert 0.93 <= cities <= 0.97


def test_intervals_of_a_change_cover_the_truth(draws: Draws) -> None:
    now, before = draws.values("meetings", *NOW)[0], draws.values("meetings", *BEFORE)[0]
    truth = 100 * (draws.truths("meetings", *NOW) / draws.truths("meetings", *BEFORE) - 1)
    low, high = [], []
    for design in both_designs(draws):
        change = change_mean(design, now, before)
        bounds = interval_linear(change.value, change.se, change.df)
        low.append(bounds[0])
        high.append(bounds[1])
    province, cities = coverage(draws, low, high, truth)
    assert 0.93 <= province <= 0.97
    assert 0.93 <= cities <= 0.97
