"""The points of the demo: the drawn probability points, the purposive ones, their register entries and activity."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.contracts import codes, months
from pipelines.demo import sample
from pipelines.demo.counts import Units
from pipelines.demo.frame import TYPES
from pipelines.demo.population import Population
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme

PURPOSIVE = 42
LETTERS = dict(zip(TYPES, "DTSVCEMXHR", strict=True))
STARTED_LATE, STOPPED_EARLY = 0.02, 0.015  # shares of the points


@dataclass(frozen=True)
class Panel:
    """The points, probability points first, both in unit order.

    `unit`: number in the population; `units`: city and type positions; `point_id`, `county_code`; `purposive`,
    booleans; `active`: points × months. `register`: the ledger `points` for all of them. `city_name`, `county_name`:
    a name a point.
    """

    unit: np.ndarray
    units: Units
    point_id: np.ndarray
    purposive: np.ndarray
    active: np.ndarray
    register: pl.DataFrame
    city_name: pl.Series
    county_name: pl.Series

    def __len__(self) -> int:
        return len(self.unit)


def choose_points(scheme: Scheme, population: Population) -> Panel:
    """Draw the probability points, pick the purposive ones among the rest, and register them all."""
    drawn = sample.draw_for_counties(population.frame, scheme.rng("draw"))
    picked = _pick_purposive(scheme, population, drawn)
    unit = np.concatenate([drawn, picked])
    purposive = np.arange(len(unit)) >= len(drawn)
    rng = scheme.rng("panel")
    active = _draw_activity(scheme, purposive, rng)
    city_codes = [c.code for c in cities()]
    units = Units(np.array([city_codes.index(c) for c in population.city_code[unit]]),
                  np.array([TYPES.index(t) for t in population.point_type[unit]]))
    names = {(c.code, county.code): county.name for c in cities() for county in c.counties}
    places = list(zip(population.city_code[unit], population.county_code[unit], strict=True))
    county_name = pl.Series([names[p] for p in places])
    point_id, register = _register(scheme, population, unit, purposive, active, county_name)
    city_name = pl.Series([c.name for c in cities()]).gather(units.city)
    return Panel(unit, units, point_id, purposive, active, register, city_name, county_name)


def _pick_purposive(scheme: Scheme, population: Population, drawn: np.ndarray) -> np.ndarray:
    """Two or three busy units of each city that were not drawn: picked on purpose, so they represent nothing."""
    rng = scheme.rng("purposive")
    free = np.setdiff1d(np.arange(len(population.stratum)), drawn)
    mean = population.statistics["meetings"].mean(1)
    picked = []
    for k, city in enumerate(cities()):
        candidates = free[population.city_code[free] == city.code]
        busy = candidates[mean[candidates] > np.median(mean[candidates])]
        picked.append(rng.choice(busy, 3 if k % 3 == 0 else 2, replace=False))
    return np.sort(np.concatenate(picked))[:PURPOSIVE]


def _draw_activity(scheme: Scheme, purposive: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Points × months: a few points start later or stop earlier."""
    chance = rng.random(len(purposive))
    first = np.where(chance < STARTED_LATE, rng.integers(3, scheme.months // 2, len(purposive)), 0)
    last = np.where(chance > 1 - STOPPED_EARLY, rng.integers(scheme.months // 2, scheme.months - 3, len(purposive)),
                    scheme.months - 1)
    months_ = np.arange(scheme.months)
    return np.asarray((months_ >= first[:, None]) & (months_ <= last[:, None]))


def _register(scheme: Scheme, population: Population, unit: np.ndarray, purposive: np.ndarray, active: np.ndarray,
              county_name: pl.Series) -> tuple[np.ndarray, pl.DataFrame]:
    frame = pl.DataFrame({
        "county": population.county_code[unit], "city": population.city_code[unit],
        "point_type": population.point_type[unit], "purposive": purposive, "county_name": county_name,
        "first": active.argmax(1), "last": scheme.months - 1 - active[:, ::-1].argmax(1),
    }, schema_overrides={"county": pl.String, "city": pl.String, "point_type": pl.String})
    number = pl.int_range(1, pl.len() + 1).over("county", "point_type").cast(pl.String).str.zfill(2)
    letter = pl.col("point_type").replace_strict(LETTERS)
    label = pl.col("point_type").replace_strict({t: codes.POINT_TYPE.label(t, "zh") for t in TYPES})
    calendar = pl.lit(pl.Series(scheme.calendar, dtype=pl.Int32))
    of_city = pl.col("purposive") & (pl.int_range(pl.len()) % 7 == 0)  # a few observation points belong to the city
    before = months.shift(scheme.calendar[0], -1)
    register = frame.with_columns(number=number).select(
        point_id=pl.format("P{}{}{}", "county", letter, "number"),
        point_name=pl.format("{}{}{}", "county_name", label, "number"),
        point_type="point_type",
        region_code=pl.when(of_city).then("city").otherwise("county"),
        selection=pl.when("purposive").then(pl.lit("purposive")).otherwise(pl.lit("probability")),
        active_from=pl.when(pl.col("first") == 0).then(pl.lit(before, dtype=pl.Int32))
        .otherwise(calendar.gather("first")),
        active_to=pl.when(pl.col("last") < scheme.months - 1).then(calendar.gather("last")),
    )
    return register["point_id"].to_numpy(), register
