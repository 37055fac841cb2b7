"""Domains: the parts of the points that a question asks about, and the strata of the frame that touch each."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from dashboard.answers.periods import province_of
from dashboard.answers.request import Request
from dashboard.estimates.design import OUTSIDE, Ints
from dashboard.warehouse import Snapshot
from pipelines.contracts import codes
from pipelines.contracts.errors import RequestError

_GEOGRAPHIC = ("city", "county", "point_type")


@dataclass(frozen=True, eq=False)
class Domains:
    """`labels`: group of each domain (null: the whole region); `of_point`: domain of each row of `Snapshot.points`, −1 outside.

    `cities`: the city of each domain (null for the province); `cities_read`: cities to read, None for all.
    `counties`: the county code of each domain, None where it is no county. `point_types`: the type, None for all.
    """

    labels: list[str | None]
    of_point: Ints
    cities: list[str | None]
    counties: list[str | None]
    point_types: list[str | None]
    cities_read: tuple[str, ...] | None


def find_domains(snapshot: Snapshot, request: Request) -> Domains:
    """The domains of a request, in code (or code-list) order. Raises RequestError where a region has no such parts."""
    by = request.by if request.by in _GEOGRAPHIC else None
    return _find_domains(snapshot, request.region, by, dict(request.where).get("point_type"))


@lru_cache(maxsize=1024)
def _find_domains(snapshot: Snapshot, region: str, by: str | None, wanted: str | None) -> Domains:
    points = snapshot.points
    city, county = _place(snapshot, region)
    inside = np.ones(len(points), dtype=bool)
    if county:
        inside = (points["county_code"] == county).fill_null(False).to_numpy()
    elif city:
        inside = (points["city_code"] == city).to_numpy()
    if wanted:
        inside = inside & (points["point_type"] == wanted).to_numpy()
    labels, keys = _groups(snapshot, region, by, city, county)
    if by:
        column = points["point_type" if by == "point_type" else f"{by}_code"]
        index = column.replace_strict({k: i for i, k in enumerate(keys)}, default=OUTSIDE, return_dtype=pl.Int64)
        of_point = np.where(inside, index.fill_null(OUTSIDE).to_numpy(), OUTSIDE)
    else:
        of_point = np.where(inside, 0, OUTSIDE)
    by_city, by_county, by_type = (by == b for b in _GEOGRAPHIC)
    parents = dict(snapshot.regions.filter(pl.col("level") == "county").select("code", "city_code").iter_rows())
    return Domains(
        labels=labels,
        of_point=of_point.astype(np.int64),
        cities=[k if by_city else parents[k] if by_county else city for k in keys],
        counties=[k if by_county else county for k in keys],
        point_types=[k if by_type else wanted for k in keys],
        cities_read=(city,) if city else None,
    )


def _place(snapshot: Snapshot, region: str) -> tuple[str | None, str | None]:
    """(city, county) of a code: (None, None) for the province, a county's city with it. A city goes before a county."""
    if region == province_of(snapshot):
        return None, None
    row = snapshot.regions.filter((pl.col("code") == region) & pl.col("level").is_in(["city", "county"])).sort("level").row(
        0, named=True
    )
    return (region, None) if row["level"] == "city" else (row["city_code"], region)


def _groups(
    snapshot: Snapshot, region: str, by: str | None, city: str | None, county: str | None
) -> tuple[list[str | None], list[str]]:
    """Labels and keys of the domains."""
    if by == "point_type":
        keys = list(codes.POINT_TYPE.codes)
    elif by:
        regions = snapshot.regions.filter(pl.col("level") == by).sort("code")
        if by == "city" and city:
            regions = regions.filter((pl.col("code") == city) & (county is None))
        elif city:
            regions = regions.filter(pl.col("city_code") == city)
            regions = regions.filter(pl.col("code") == county) if county else regions
        keys = regions["code"].to_list()
    else:
        return [None], [region]
    if not keys:
        raise RequestError(f"“{region}”之下没有可分组的地区。", f"“{region}” has no parts of that kind.")
    return list(keys), keys
