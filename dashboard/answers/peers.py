"""Statistical peers of a city: the cities nearest to it in size and structure of the sampling frame.

The measure is that of `dashboard.estimates.peers`. The frame knows units by city and type of point and nothing below the city,
so a county has no peers.
"""

import numpy as np
import polars as pl

from dashboard.estimates.peers import find_nearest, measure_distance
from dashboard.warehouse import Snapshot
from pipelines.contracts import codes


def find_peers(snapshot: Snapshot, city: str) -> pl.DataFrame:
    """The city itself and its peers, the nearest first: `city_code, distance, units`, and the units of each type of point.

    Empty where the frame has no unit of that city.
    """
    kinds = list(codes.POINT_TYPE.codes)
    frame = (
        snapshot.strata.group_by("city_code")
        .agg(pl.col("population_units").filter(pl.col("point_type") == kind).sum().alias(kind) for kind in kinds)
        .sort("city_code")
    )
    frame = frame.with_columns(units=pl.sum_horizontal(kinds)).filter(pl.col("units") > 0)
    cities = frame["city_code"].to_list()
    if city not in cities:
        return frame.clear().with_columns(distance=pl.lit(None, pl.Float64))
    distance = measure_distance(frame.select(kinds).to_numpy().astype(np.float64))
    place = cities.index(city)
    rows = [place, *find_nearest(distance, place).tolist()]
    return frame.with_columns(pl.Series("distance", distance[place]))[rows]
