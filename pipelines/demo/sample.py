"""The draw of the sample points: simple random sampling without replacement within each stratum.

`draw` is the design itself. `draw_for_counties` repeats it, city by city, until every county with a polygon holds a
usable number of points; nothing else chooses the points.
"""

import numpy as np
import polars as pl

from pipelines.demo.frame import Frame

FEWEST, MOST, FEWEST_OF_TYPE, MOST_IN_ZONE = 6, 12, 2, 3
BATCH, BATCHES = 4000, 60
POINTS_FOR_COUNTIES = 1080, 1500  # with fewer or more in all, counties cannot hold such numbers


def draw(frame: Frame, rng: np.random.Generator) -> np.ndarray:
    """Unit numbers of one stratified simple random sample, ascending.

    Units are numbered stratum by stratum, and within a stratum county by county, from 0.
    """
    sizes, wanted = frame.strata["population_units"].to_numpy(), frame.strata["n"].to_numpy()
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    picks = [start + rng.choice(size, n, replace=False)
             for start, size, n in zip(starts, sizes, wanted, strict=True) if n]
    return np.sort(np.concatenate(picks))


def draw_for_counties(frame: Frame, rng: np.random.Generator) -> np.ndarray:
    """A draw, repeated by city until its counties hold 6–12 points, 2 or more of each of their types.

    The numbers of points by county that a draw gives are hypergeometric; they are drawn first, many at a time, the
    first acceptable set is kept (or the one with the fewest faults), and units are then drawn at random within it.
    Where the points in all are too few or too many for that, it is a single plain draw.
    """
    if not POINTS_FOR_COUNTIES[0] <= frame.strata["n"].sum() <= POINTS_FOR_COUNTIES[1]:
        return draw(frame, rng)
    per_group = np.zeros(frame.groups.height, dtype=np.int64)
    table = frame.groups.with_row_index("group").join(
        frame.strata.select("stratum", "city_code", "n"), on="stratum", validate="m:1"
    ).filter(pl.col("n") > 0)
    for city in table.partition_by("city_code", maintain_order=True):
        per_group[city["group"].to_numpy()] = _numbers_by_group(city, rng)
    ends = np.cumsum(frame.groups["units"].to_numpy())
    picks = [end - units + rng.choice(units, n, replace=False)
             for end, units, n in zip(ends, frame.groups["units"].to_numpy(), per_group, strict=True) if n]
    return np.sort(np.concatenate(picks))


def _numbers_by_group(city: pl.DataFrame, rng: np.random.Generator) -> np.ndarray:
    counties, county_of = np.unique(city["county_code"].to_numpy(), return_inverse=True)
    zone = city["is_zone"].to_numpy()
    best, fewest = np.zeros(city.height, dtype=np.int64), np.inf
    for _ in range(BATCHES):
        tried = np.concatenate([
            rng.multivariate_hypergeometric(s["units"].to_numpy(), s["n"][0], size=BATCH)
            for s in city.partition_by("stratum", maintain_order=True)
        ], axis=1)
        faults = _count_faults(tried, county_of, len(counties), zone)
        at = int(np.argmin(faults))
        if faults[at] < fewest:
            best, fewest = tried[at], faults[at]
        if fewest == 0:
            break
    return best


def _count_faults(tried: np.ndarray, county_of: np.ndarray, counties: int, zone: np.ndarray) -> np.ndarray:
    """How far each tried row (numbers by group) lies from what counties and zones should hold."""
    by_county = tried @ np.eye(counties, dtype=np.int64)[county_of]
    is_zone = np.zeros(counties, dtype=bool)
    is_zone[county_of[zone]] = True
    drawn, zones = by_county[:, ~is_zone], by_county[:, is_zone]
    faults = np.maximum(FEWEST - drawn, 0).sum(1) + np.maximum(drawn - MOST, 0).sum(1)
    faults += np.maximum(FEWEST_OF_TYPE - tried[:, ~zone], 0).sum(1) + np.maximum(zones - MOST_IN_ZONE, 0).sum(1)
    return np.asarray(faults)
