"""Names of regions from `dim_region`, by code, in the reader's language."""

from collections.abc import Mapping

import polars as pl

from dashboard.i18n.catalogue import Lang

_SUFFIXES = ("自治州", "地区", "市", "县", "区")
_ENGLISH_SUFFIXES = (" District", " County", " City")


def region_names(dim_region: pl.DataFrame, lang: Lang) -> dict[str, str]:
    """Code → name. `dim_region`: `level, code, name, name_en`; 419001, a city and a county, has one name."""
    column = "name" if lang == "zh" else "name_en"
    return dict(dim_region.select("code", column).iter_rows())


def short_name(name: str, lang: Lang) -> str:
    """A name as it stands on a map: without 市, 县, 区 (District, County) where two characters or more remain."""
    if lang == "zh":
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                return name.removesuffix(suffix)
        return name
    return next((name.removesuffix(s) for s in _ENGLISH_SUFFIXES if name.endswith(s)), name)


def name_on_map(code: str, names: Mapping[str, str], lang: Lang) -> str:
    """A zone's name without its city, any other name in short."""
    name = without_city(code, names, lang)
    return short_name(name, lang) if name == names.get(code, code) else name


def without_city(code: str, names: Mapping[str, str], lang: Lang) -> str:
    """A zone's name without that of its city in front (南阳市城乡一体化示范区: 城乡一体化示范区); others as they are."""
    name, city = names.get(code, code), names.get(f"{code[:4]}00", "")
    for prefix in (city, short_name(city, lang)):
        rest = name.removeprefix(prefix)
        if prefix and name not in (city, rest) and len(rest) > 3 and rest not in _ENGLISH_SUFFIXES:
            return rest.strip()
    return name
