"""Dimensions: regions by (level, code), strata, points in their city and county, indicators."""

import polars as pl
import pytest

from pipelines.conform import read_divisions
from pipelines.contracts.indicators import INDICATORS
from pipelines.warehouse import build_dimensions

POINT = {
    "point_name": "点", "point_type": "township", "selection": "probability", "active_from": 202401, "active_to": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def dimensions():
    regions = {"county": "410102", "zone": "410171", "city": "410100", "jiyuan": "419001"}
    points = pl.DataFrame(
        [{"point_id": name, "region_code": code, **POINT} for name, code in regions.items()],
        schema_overrides={"active_to": pl.Int32, "active_from": pl.Int32},
    )
    frame = pl.DataFrame({"city_code": ["410100"], "point_type": ["township"], "population_units": [120]})
    return build_dimensions({"points": points, "frame": frame}, read_divisions().frame)


def test_regions_are_the_province_its_cities_and_its_counties(dimensions):
    regions = dimensions["dim_region"]
    assert dict(regions.group_by("level").len().iter_rows()) == {"province": 1, "city": 18, "county": 181}
    assert regions.filter(~pl.col("has_polygon"))["level"].to_list() == ["county"] * 24
    assert regions["name_en"].null_count() == 0
    assert regions.select("level", "code").is_duplicated().sum() == 0


def test_jiyuan_is_a_city_and_a_county(dimensions):
    rows = dimensions["dim_region"].filter(code="419001").sort("level")
    assert rows.select("level", "parent_code", "city_code", "has_polygon").rows() == [
        ("city", "410000", "419001", True), ("county", "419001", "419001", True),
    ]  # fmt: skip


def test_a_point_knows_its_city_county_and_stratum(dimensions):
    points = dimensions["dim_point"].select("point_id", "city_code", "county_code", "stratum")
    assert set(points.rows()) == {
        ("county", "410100", "410102", "410100-township"), ("zone", "410100", "410171", "410100-township"),
        ("city", "410100", None, "410100-township"), ("jiyuan", "419001", "419001", "419001-township"),
    }  # fmt: skip


def test_strata_and_indicators(dimensions):
    assert dimensions["dim_stratum"].rows() == [("410100-township", "410100", "township", 120)]
    indicators = dimensions["dim_indicator"]
    assert set(indicators["id"]) == set(INDICATORS)
    assert indicators.filter(id="video_share")["rank"].item() == "withheld"
