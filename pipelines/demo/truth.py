"""The true values of the demo's population, as a document that stands beside the raw folder."""

from dataclasses import asdict
from typing import Any

import numpy as np

from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Kind
from pipelines.demo.effects import Effect, planted
from pipelines.demo.population import TRUE_INDICATORS, Population
from pipelines.demo.regions import PROVINCE, cities
from pipelines.demo.scheme import Scheme


def describe_truth(scheme: Scheme, population: Population) -> dict[str, Any]:
    """`effects` with the requests in which they show, and `values[indicator][region]`.

    Values are by month, by period, and the change of the last three months in a year;
    `change` is in per cent for a mean and in the indicator's own unit for a ratio, as the dashboard's.
    """
    regions = {PROVINCE: np.ones(len(population.stratum), dtype=bool)}
    regions |= {c.code: population.city_code == c.code for c in cities()}
    periods = _periods(scheme)
    return {
        "synthetic": True, "seed": scheme.seed, "points": scheme.points,
        "months": [months.iso(scheme.calendar[0]), months.iso(scheme.last_month)],
        "population_units": len(population.stratum), "effects": [_describe(e) for e in planted(scheme)],
        "periods": {name: [months.iso(a), months.iso(b)] for name, (a, b) in periods.items()},
        "values": {
            indicator: _values_by_region(population, indicator, regions, periods) for indicator in TRUE_INDICATORS
        },
    }


def _describe(effect: Effect) -> dict[str, Any]:
    """The effect with, for each indicator, the request in which it shows and the direction that it must have."""
    words = asdict(effect) | {"from_month": months.iso(effect.from_month), "requests": {}}
    if effect.period and effect.earlier:
        first, last, before, until = (months.iso(m) for m in (*effect.period, *effect.earlier))
        words["requests"] = {
            f"{indicator} --region {effect.region_code} --from {first} --to {last} --compare {before}..{until}": direction
            for indicator, direction in effect.indicators.items()
        }
    return {k: v for k, v in words.items() if k not in ("period", "earlier")}


def _periods(scheme: Scheme) -> dict[str, tuple[int, int]]:
    last = scheme.last_month
    found = {
        "last_3": (months.shift(last, -2), last), "last_12": (months.shift(last, -11), last),
        "last_3_a_year_earlier": (months.shift(last, -14), months.shift(last, -12)),
    }
    before = scheme.calendar[: scheme.reform]
    return found | {"before_reform": (before[0], before[-1])}


def _values_by_region(population: Population, indicator: str, regions: dict[str, np.ndarray],
                      periods: dict[str, tuple[int, int]]) -> dict[str, Any]:
    top, bottom = population.terms(indicator)
    below = np.ones_like(top) if bottom is None else bottom
    is_mean = INDICATORS[indicator].kind is Kind.MEAN
    return {
        code: _values(population.months, top[units].sum(0), below[units].sum(0), periods, is_mean)
        for code, units in regions.items()
    }


def _values(calendar: list[int], top: np.ndarray, below: np.ndarray, periods: dict[str, tuple[int, int]],
            is_mean: bool) -> dict[str, Any]:
    """One region's values from its sums by month."""
    place = {m: k for k, m in enumerate(calendar)}
    by_period = {name: float(top[place[a] : place[b] + 1].sum() / below[place[a] : place[b] + 1].sum())
                 for name, (a, b) in periods.items() if a in place}
    now, then = by_period["last_3"], by_period.get("last_3_a_year_earlier")
    change = None if then is None else 100 * (now / then - 1) if is_mean else now - then
    by_month = {months.iso(m): float(top[k] / below[k]) for m, k in place.items()}
    return {"months": by_month, "periods": by_period, "change_in_a_year": change}
