"""The sampling frame of the demo: which types live in which county, how many units, how many points are drawn.

Every stratum city × type lives wholly in the two or three counties of the city that were given the type (and, for
one or two units in a hundred, in functional zones), so that a simple random sample of the stratum puts enough points
into a county for an estimate of the county. Counts only; what the units do stands in `population`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.contracts import codes
from pipelines.demo.regions import City, County, cities
from pipelines.demo.scheme import USUAL_POINTS, Scheme

TYPES = codes.POINT_TYPE.codes
# Units of a type in one county that has it.
GROUP_UNITS = {
    "county_department": 33, "township": 30, "subdistrict": 21, "village": 52, "community": 44, "enterprise": 30,
    "mine_factory": 19, "school": 46, "hospital": 24, "research_institute": 15,
}  # fmt: skip
RURAL = (
    ("township", "village"), ("county_department", "village", "school"), ("village", "hospital"),
    ("township", "school"), ("village", "enterprise"), ("county_department", "township", "mine_factory"),
)  # fmt: skip
URBAN = (
    ("subdistrict", "community"), ("community", "school"), ("subdistrict", "enterprise", "county_department"),
    ("community", "hospital", "research_institute"),
)  # fmt: skip
ONLY_COUNTY = ("township", "village", "school")
ZONE_TYPES = ("enterprise", "community", "school", "village", "township")
UNCOVERED = (("411000", "mine_factory", 5), ("410900", "research_institute", 3))
FEWEST_OF_STRATUM = 3
PAIR_STRATUM = ("411100", "research_institute")  # two points: now and then only one of them reports


@dataclass(frozen=True)
class Frame:
    """Strata and the county groups within them.

    `strata`: `stratum` (0…H−1), `city_code, point_type, population_units, n` (points to draw; 0 = uncovered).
    `groups`: `stratum, county_code, units, is_zone`, in stratum order.
    """

    strata: pl.DataFrame
    groups: pl.DataFrame


def lay_out(scheme: Scheme) -> Frame:
    """The frame of the whole province, about 14,000 units (more where more points are wanted)."""
    rng = scheme.rng("frame")
    scale = max(1.0, scheme.points / USUAL_POINTS)
    rows = [row for k, city in enumerate(cities()) for row in _city_groups(city, k, scale, rng)]
    groups = pl.DataFrame(rows, schema=_GROUP_SCHEMA, orient="row")
    strata = (
        groups.group_by("city_code", "point_type")
        .agg(pl.col("units").sum().alias("population_units"), pl.col("wanted").sum())
        .sort("city_code", pl.col("point_type").replace_strict(TYPES, range(len(TYPES)), return_dtype=pl.Int32))
        .with_row_index("stratum")
    )
    strata = strata.with_columns(n=_allocate(strata, scheme.points)).drop("wanted")
    keys = ["city_code", "point_type"]
    groups = groups.join(strata.select("stratum", *keys), on=keys, validate="m:1").sort("stratum", "county_code")
    return Frame(strata, groups.select("stratum", "county_code", "units", "is_zone"))


_GROUP_SCHEMA = {
    "city_code": pl.String, "county_code": pl.String, "point_type": pl.String, "units": pl.Int64, "wanted": pl.Float64,
    "is_zone": pl.Boolean,
}  # fmt: skip
_Group = tuple[str, str, str, int, float, bool]


def _city_groups(city: City, turn: int, scale: float, rng: np.random.Generator) -> list[_Group]:
    """Groups of one city: two or three types a county, one or none a zone, and strata that nobody is drawn from."""
    per_type = 4.0 if len(city.drawn) <= 6 else 3.6
    rows: list[_Group] = []
    urban, rural = turn, 2 * turn
    for county in city.drawn:
        if len(city.drawn) == 1:
            types: tuple[str, ...] = ONLY_COUNTY  # 济源
        elif county.is_district:
            types, urban = URBAN[urban % len(URBAN)], urban + 1
        else:
            types, rural = RURAL[rural % len(RURAL)], rural + 1
        rows += [_group(county, t, per_type if len(types) == 2 or types is ONLY_COUNTY else 3.0, scale, rng) for t in types]
    present = {row[2] for row in rows}
    for k, zone in enumerate(city.zones):
        kind = next(t for t in ZONE_TYPES[(turn + k) % 3 :] if t in present)
        if k < 2:  # a third zone of a city has no unit at all
            rows.append((city.code, zone.code, kind, round(GROUP_UNITS[kind] * scale / per_type), 1.0, True))
    rows += [(c, city.drawn[0].code, kind, n, 0.0, False) for c, kind, n in UNCOVERED
             if c == city.code and kind not in present]
    return rows


def _group(county: County, kind: str, wanted: float, scale: float, rng: np.random.Generator) -> _Group:
    units = round(GROUP_UNITS[kind] * scale * rng.uniform(0.9, 1.1))
    return county.city_code, county.code, kind, units, wanted, False


def _allocate(strata: pl.DataFrame, points: int) -> pl.Series:
    """Points to draw in each stratum: in proportion to what is wanted, at least 3, at most the units there are."""
    wanted, units = strata["wanted"].to_numpy(), strata["population_units"].to_numpy()
    pair = ((strata["city_code"] == PAIR_STRATUM[0]) & (strata["point_type"] == PAIR_STRATUM[1])).to_numpy()
    fewest = np.where(wanted > 0, np.where(pair, 2, FEWEST_OF_STRATUM), 0)

    def scale(factor: float) -> np.ndarray:
        return np.asarray(np.minimum(np.maximum(fewest, np.rint(np.where(pair, 0, wanted) * factor)), units))

    factors = np.linspace(0, 2 * points / wanted.sum(), 2000)
    nearest = min(factors, key=lambda f: abs(scale(float(f)).sum() - points))
    return pl.Series(scale(float(nearest)).astype(np.int64))
