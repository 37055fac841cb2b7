"""Henan's divisions as the demo needs them, from the package data in `pipelines/regions`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "regions"
PROVINCE = "410000"


@dataclass(frozen=True)
class County:
    """A county; `is_zone` marks a functional zone, which has no polygon."""

    code: str
    name: str
    city_code: str
    is_zone: bool

    @property
    def is_district(self) -> bool:
        """Is it an urban district (区)?"""
        return self.name.endswith("区") and not self.is_zone


@dataclass(frozen=True)
class City:
    """A city with its counties in code order, zones last."""

    code: str
    name: str
    counties: tuple[County, ...]

    @property
    def drawn(self) -> tuple[County, ...]:
        """The counties that have a polygon."""
        return tuple(c for c in self.counties if not c.is_zone)

    @property
    def zones(self) -> tuple[County, ...]:
        """The functional zones."""
        return tuple(c for c in self.counties if c.is_zone)


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cities() -> tuple[City, ...]:
    """The 18 cities in code order, with their 181 counties."""
    divisions = _read("henan_divisions.csv")
    zones = {row["code"] for row in _read("henan_functional_zones.csv")}
    counties = [
        County(row["code"], row["name"], row["parent_code"], row["code"] in zones)
        for row in divisions if row["level"] == "county"
    ]
    counties.sort(key=lambda c: (c.is_zone, c.code))
    return tuple(
        City(row["code"], row["name"], tuple(c for c in counties if c.city_code == row["code"]))
        for row in sorted(divisions, key=lambda r: r["code"]) if row["level"] == "city"
    )
