"""Dimension tables: regions from the list of divisions, strata and points from the registers, indicators from contracts."""

from pathlib import Path

import polars as pl

from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.ledgers import FRAME, POINTS

REGIONS = Path(__file__).parent.parent / "regions"
STRATUM = pl.concat_str("city_code", "point_type", separator="-").alias("stratum")


def build_dimensions(facts: dict[str, pl.DataFrame], divisions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """`dim_region`, `dim_stratum`, `dim_point`, `dim_indicator` (docs/architecture.md).

    `facts` holds the registers `points` and `frame`; `divisions` has `level, code, name, parent_code`.
    """
    regions = build_regions(divisions)
    return {
        "dim_region": regions,
        "dim_stratum": build_strata(facts["frame"]),
        "dim_point": build_points(facts["points"], regions),
        "dim_indicator": build_indicators(),
    }


def build_regions(divisions: pl.DataFrame) -> pl.DataFrame:
    """Province, cities and counties, one row a (level, code): 济源 419001 is a city and a county."""
    zones = pl.read_csv(REGIONS / "henan_functional_zones.csv", infer_schema=False)
    english = pl.read_csv(REGIONS / "names_en.csv", infer_schema=False).select("level", "code", "name_en")
    city = pl.when(level="city").then("code").when(level="county").then("parent_code").alias("city_code")
    has_polygon = ~((pl.col("level") == "county") & pl.col("code").is_in(zones["code"].to_list()))
    return (
        divisions.join(english, on=["level", "code"], how="left", validate="1:1")
        .with_columns(city, has_polygon.alias("has_polygon"))
        .select("level", "code", "name", "name_en", "parent_code", "city_code", "has_polygon")
    )


def build_strata(frame: pl.DataFrame) -> pl.DataFrame:
    """`stratum, city_code, point_type, population_units`, one row a stratum of the sampling frame."""
    return frame.with_columns(STRATUM).select("stratum", *(c.name for c in FRAME.columns))


def build_points(points: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The register with `stratum, city_code, county_code`; `county_code` is null for a unit of the city."""
    county = regions.filter(level="county").select(region_code="code", county_code="code", county_city="city_code")
    city = regions.filter(level="city").select(region_code="code", own_city="code")
    return (
        points.join(county, on="region_code", how="left", validate="m:1")
        .join(city, on="region_code", how="left", validate="m:1")
        .with_columns(city_code=pl.coalesce("county_city", "own_city"))
        .with_columns(STRATUM)
        .select(*(c.name for c in POINTS.columns), "stratum", "city_code", "county_code")
    )


def build_indicators() -> pl.DataFrame:
    """The indicators of the contracts, one row each; `rank` is `yes` or `withheld`."""
    return pl.DataFrame(
        [
            {
                "id": i.id, "kind": i.kind.value, "unit": i.unit.value, "better": i.better.value,
                "rank": "yes" if i.ranked else "withheld", "domain": i.domain.value, "name_zh": i.zh, "name_en": i.en,
                "definition_zh": i.definition_zh, "definition_en": i.definition_en,
            }
            for i in INDICATORS.values()
        ]
    )  # fmt: skip
