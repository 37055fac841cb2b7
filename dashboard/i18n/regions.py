"""Names of regions from `dim_region`, by code, in the reader's language."""

import polars as pl

from dashboard.i18n.catalogue import Lang

_SUFFIXES = ("自治州", "地区", "市", "县", "区")


def region_names(dim_region: pl.DataFrame, lang: Lang) -> dict[str, str]:
    """Code → name. `dim_region`: `level, code, name, name_en`; 419001, a city and a county, has one name."""
    column = "name" if lang == "zh" else "name_en"
    return dict(dim_region.select("code", column).iter_rows())


def short_name(name: str, lang: Lang) -> str:
    """A name as it stands on a map: without 市, 县, 区 where two characters or more remain."""
    if lang == "zh":
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                return name.removesuffix(suffix)
    return name
