"""Places: what staff figures are asked of (regions, types of points, their crossings) as sets of parts, county × type.

Two places with the same points are one place: a city of one county, a county of one type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Key = tuple[str, str, str | None]  # level, code ("" for the province), point type (None: all)
Part = tuple[str, str, str]  # city, county, type
REST = ""  # the county of a unit of the city
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Places:
    """`keys`: the places that have points, each set of points once; `member`: (places, parts), the parts that each is made of.

    `of_key`: the place of every key that has points. `size`: registered points of each place; `part_of_point`: part of each row
    of `Snapshot.points`. `is_crossed`: one type within a city or county. `parent`: the wider place whose parts it and its
    siblings are (a county's city; the province of a city or a type), −1 for the province and crossed places. `rest`: (city,
    type) of units of the city, which are never shown by themselves; `is_free`: counties beside which such units stand.
    `county_of_part`, `type_of_part`: numbers that tell counties (and types) of parts apart; `parts`: city, county, type of each.
    """

    keys: list[Key]
    member: Bools
    of_key: dict[Key, int]
    size: Ints
    part_of_point: Ints
    is_crossed: Bools
    parent: Ints
    rest: frozenset[tuple[str, str]]
    is_free: Bools
    parts: list[Part]
    county_of_part: Ints
    type_of_part: Ints

    @cached_property
    def is_fine(self) -> Bools:
        """Counties and crossed places: all but the province, its types and its cities."""
        fine: Bools = self.is_crossed | np.array([level == "county" for level, _, _ in self.keys], dtype=bool)
        return fine


@kept(4)
def load_places(snapshot: Snapshot) -> Places:
    """The places of a snapshot's probability points."""
    return build_places(snapshot.points.select("city_code", pl.col("county_code").fill_null(REST), "point_type").rows())


def build_places(points: Sequence[Part]) -> Places:
    """The places of points, each given as its city, county and type."""
    parts: list[Part] = sorted(set(points))
    index = {part: i for i, part in enumerate(parts)}
    sets = {key: frozenset(i for i, part in enumerate(parts) if _holds(key, part)) for key in _list_keys(parts)}
    first: dict[frozenset[int], Key] = {}
    for key, content in sets.items():
        first.setdefault(content, key)
    keys = list(first.values())
    place = {key: i for i, key in enumerate(keys)}
    of_key = {key: place[first[content]] for key, content in sets.items()}
    member = np.zeros((len(keys), len(parts)), dtype=bool)
    for i, content in enumerate(first):
        member[i, list(content)] = True
    part_of_point = np.array([index[p] for p in points], dtype=np.int64)
    crossed = np.array([key[0] != "province" and key[2] is not None for key in keys], dtype=bool)
    parent = np.array([_find_parent(key, parts, member[i], of_key) for i, key in enumerate(keys)], dtype=np.int64)
    rest = frozenset((c, t) for c, k, t in parts if k == REST)
    free = np.array([key[0] == "county" and any((parts[i][0], parts[i][2]) in rest for i in np.flatnonzero(member[row]))
                     for row, key in enumerate(keys)], dtype=bool)  # fmt: skip
    size = (member @ np.bincount(part_of_point, minlength=len(parts))).astype(np.int64)
    counties, types = (np.unique(np.array([part[i] for part in parts]), return_inverse=True)[1] for i in (1, 2))
    return Places(
        keys, member, of_key, size, part_of_point, crossed, parent, rest, free,
        parts, counties, types,
    )  # fmt: skip


def _list_keys(parts: list[Part]) -> list[Key]:
    """Every place that holds a part, the wider before the narrower, so that a set of points is named after the wider."""
    keys: dict[Key, None] = {("province", "", None): None}
    keys |= {("city", c, None): None for c, _, _ in parts}
    keys |= {("county", k, None): None for _, k, _ in parts if k != REST}
    keys |= {("province", "", t): None for t in sorted({t for _, _, t in parts})}
    keys |= {("city", c, t): None for c, _, t in parts}
    keys |= {("county", k, t): None for _, k, t in parts if k != REST}
    return list(keys)


def _holds(key: Key, part: Part) -> bool:
    level, code, type_ = key
    inside = level == "province" or code == part[0 if level == "city" else 1]
    return inside and type_ in (None, part[2])


def _find_parent(key: Key, parts: list[Part], member: Bools, of_key: dict[Key, int]) -> int:
    level, _, type_ = key
    if level == "county" and type_ is None:
        return of_key["city", parts[int(np.flatnonzero(member)[0])][0], None]
    is_below_province = (level == "city") == (type_ is None) and key != ("province", "", None)
    return of_key["province", "", None] if is_below_province and (level == "province" or type_ is None) else NOWHERE
