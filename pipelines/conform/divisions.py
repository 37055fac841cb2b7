"""Divisions: the cities and counties of the province, from the file that ships (GB/T 2260 codes).

The key is (level, code): 419001 is both a city and a county. Townships stand in the file and are not read.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import IO

import polars as pl

PROVINCE_CODE = "410000"
_PROVINCE = {"level": "province", "code": PROVINCE_CODE, "name": "河南省", "parent_code": None}
_LEVELS = ("province", "city", "county")


@dataclass(frozen=True)
class Divisions:
    """The province, its cities and counties. `frame`: `level, code, name, parent_code`, all String."""

    frame: pl.DataFrame

    @cached_property
    def _by_level(self) -> dict[str, frozenset[str]]:
        return {level: frozenset(self.frame.filter(level=level)["code"]) for level in _LEVELS}

    def codes(self, *levels: str) -> frozenset[str]:
        """The codes of these levels (`province`, `city`, `county`)."""
        return frozenset().union(*(self._by_level[level] for level in levels))


def read_divisions(stream: IO[bytes] | None = None) -> Divisions:
    """The divisions of a file with the columns `level,code,name,parent_code`; without one, of the file that ships."""
    if stream is None:
        with resources.files("pipelines").joinpath("regions/henan_divisions.csv").open("rb") as shipped:
            return read_divisions(shipped)
    listed = pl.read_csv(stream.read(), infer_schema=False).filter(pl.col("level").is_in(_LEVELS))
    return Divisions(pl.concat([pl.DataFrame([_PROVINCE], schema=listed.schema), listed]))
