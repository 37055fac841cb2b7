"""Names of regions in full, on maps, and of zones without their city."""

import polars as pl
import pytest

from dashboard.i18n.catalogue import Lang
from dashboard.i18n.regions import region_names, short_name, without_city


def test_names_by_code_and_language() -> None:
    regions = pl.DataFrame({
        "level": ["city", "county"], "code": ["419001", "419001"], "name": ["济源市"] * 2, "name_en": ["Jiyuan"] * 2,
    })  # fmt: skip
    assert region_names(regions, "zh") == {"419001": "济源市"}
    assert region_names(regions, "en") == {"419001": "Jiyuan"}


@pytest.mark.parametrize(
    ("name", "lang", "short"),
    [("南阳市", "zh", "南阳"), ("新县", "zh", "新县"), ("Erqi District", "en", "Erqi"), ("Jiyuan", "en", "Jiyuan")],
)
def test_short_names(name: str, lang: Lang, short: str) -> None:
    assert short_name(name, lang) == short


def test_a_zone_loses_the_name_of_its_city_and_others_keep_theirs() -> None:
    names = {"410500": "安阳市", "410571": "安阳高新技术产业开发区", "410522": "安阳县", "410523": "汤阴县"}
    assert without_city("410571", names, "zh") == "高新技术产业开发区"
    assert without_city("410522", names, "zh") == "安阳县"
    assert without_city("410500", names, "zh") == "安阳市"
    assert without_city("999999", names, "zh") == "999999"
    english = {"410700": "Xinxiang", "410721": "Xinxiang County", "410771": "Xinxiang High-tech Industrial Development Zone"}
    assert without_city("410721", english, "en") == "Xinxiang County"
    assert without_city("410771", english, "en") == "High-tech Industrial Development Zone"
