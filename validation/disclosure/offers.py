"""Every staff cell that is offered: what was asked, of whom, when, and whether a number or a suppressed cell came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.answers import Request, answer
from dashboard.warehouse import Snapshot
from pipelines.contracts import codes, months
from pipelines.contracts.indicators import INDICATORS

Span = tuple[int, int]
Where = tuple[tuple[str, str], ...]
Series = tuple[tuple[int, ...], bytes]
Geography = Literal["city", "county", "point_type"] | None
CODES = {
    "age_band": codes.AGE_BAND.codes, "gender": codes.GENDER.codes, "post_type": codes.POST_TYPE.codes,
    "move": (*codes.SEPARATED, *codes.JOINED), "to_level": (*codes.LEVEL.codes, ""),  # "": nowhere, never offered
}  # fmt: skip
_AGES = codes.AGE_BAND.codes
_EXITS = dict.fromkeys(codes.SEPARATED, 1.0)
# What else an indicator tells of the same unknowns: the groups of an axis that it adds up, with their sign.
SUMS: dict[str, tuple[tuple[str, str, dict[str, float]], ...]] = {
    "people": (
        ("under35_share", "age_band", dict.fromkeys(_AGES[:3], 1.0)), ("over50_share", "age_band", dict.fromkeys(_AGES[6:], 1.0)),
        ("public_institution_share", "post_type", {"public_institution": 1.0}),
    ),
    "flows": (
        ("separation_rate", "move", _EXITS), ("recruitment_rate", "move", dict.fromkeys(codes.JOINED, 1.0)),
        ("upward_drain_rate", "move", dict.fromkeys(codes.DRAINED, 1.0)), ("resignation_rate", "move", {"resigned": 1.0}),
        ("net_flow_rate", "move", dict.fromkeys(codes.JOINED, 1.0) | dict.fromkeys(codes.SEPARATED, -1.0)),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cube:
    """One kind of unknown, split by traits (`axes`). `indicator` counts its cells; where it is None, those of `SUMS` do."""

    name: str
    indicator: str | None
    axes: tuple[str, ...]
    depth: int = 2

    @property
    def universe(self) -> str:
        """Whose respondents stand behind it."""
        return INDICATORS[self.indicator or "separation_rate"].universe

    @property
    def shape(self) -> tuple[int, ...]:
        """Groups on each axis."""
        return tuple(len(CODES[a]) for a in self.axes)


@dataclass(frozen=True, eq=False)
class Cell:
    """`parts`: county × type that it adds up; `groups`: coefficient of each group; `hidden`: why, None where it is shown."""

    parts: tuple[int, ...]
    groups: NDArray[np.float64]
    span: Span
    hidden: str | None
    words: str

    @property
    def is_shown(self) -> bool:
        """Did a number come back, or that nobody is there?"""
        return self.hidden is None

    @property
    def series(self) -> Series:
        """What it is without its period."""
        return self.parts, self.groups.tobytes()


CUBES = (
    Cube("people", "headcount", ("age_band", "gender")), Cube("people", "headcount", ("age_band", "post_type")),
    Cube("people", "headcount", ("gender", "post_type")), Cube("people", "headcount", ("age_band", "gender", "post_type"), 3),
    Cube("seconded", "seconded_share", ("gender", "post_type")), Cube("ages", "mean_age", ("age_band", "gender")),
    Cube("flows", None, ("move", "gender")), Cube("flows", None, ("move", "to_level")),
    Cube("flows", None, ("move", "post_type")),
    Cube("vacancies", "vacancy_rate", ()),
)  # fmt: skip


def list_spans(first: int, last: int) -> list[Span]:
    """Periods from `first` to `last`: every month, rolling three, six and twelve months, and every year to date."""
    span = months.span(first, last)
    found = {(m, m) for m in span}
    for length in (3, 6, 12):
        found |= {(m, months.shift(m, length - 1)) for m in span if months.shift(m, length - 1) <= last}
    found |= {(m // 100 * 100 + 1, m) for m in span if m // 100 * 100 + 1 >= first}
    return sorted(found)


def list_parts(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """County × type, as city, county and type; the public register of points."""
    columns = snapshot.points.select("city_code", pl.col("county_code").fill_null(""), "point_type")
    return sorted(set(columns.rows()))


def collect(snapshot: Snapshot, cube: Cube, spans: Sequence[Span]) -> list[Cell]:
    """The cells of a cube over all places and periods, as they are answered."""
    parts = list_parts(snapshot)
    found = []
    for indicator, where, groups in list_contents(cube):
        for geography, fixed in list_places(where, parts):
            for span in spans:
                request = Request(indicator, first=span[0], last=span[1], by=geography, where=(*where, *fixed))
                for row in answer(snapshot, request).filter(pl.col("status") != "no_data").iter_rows(named=True):
                    place = _find_parts(parts, geography, row["group"], fixed)
                    words = f"{indicator} {row['group'] or ''} {dict(request.where)} {span}"
                    found.append(Cell(place, groups, span, row["reason"] if row["status"] == "suppressed" else None, words))
    return found


def list_contents(cube: Cube) -> Iterator[tuple[str, Where, NDArray[np.float64]]]:
    """Indicator, filters, and what they add up of the cube."""
    for depth in range(cube.depth + 1):
        for columns in combinations(cube.axes, depth):
            for picked in product(*(CODES[c] for c in columns)):
                where = tuple(zip(columns, picked, strict=True))
                if any(not code for code in picked):
                    continue
                if cube.indicator and (cube.indicator == "headcount" or "age_band" not in columns or depth < 2):
                    yield cube.indicator, where, _add_up(cube, {c: {code: 1.0} for c, code in where})
                for indicator, axis, told in SUMS.get(cube.name, ()):
                    own = dict(where).get(axis)
                    if axis not in cube.axes or (own and (cube.indicator or own not in told)):
                        continue
                    weights = {own: told[own]} if own else told
                    yield indicator, where, _add_up(cube, {c: {code: 1.0} for c, code in where} | {axis: weights})


def _add_up(cube: Cube, weights: dict[str, dict[str, float]]) -> NDArray[np.float64]:
    total = np.ones(1)
    for axis in cube.axes:
        told = weights.get(axis)
        total = np.outer(total, [told.get(code, 0.0) if told else 1.0 for code in CODES[axis]]).ravel()
    return total


def list_places(where: Where, parts: list[tuple[str, str, str]]) -> Iterator[tuple[Geography, Where]]:
    """The province, and its cities, counties and types beside each other; crossed with types where there are no traits."""
    yield from ((by, ()) for by in (None, "city", "county", "point_type"))
    if len(where) <= 1:
        for by in ("city", "county"):
            yield from ((by, (("point_type", t),)) for t in sorted({t for _, _, t in parts}))


def _find_parts(parts: list[tuple[str, str, str]], by: Geography, code: str | None, fixed: Where) -> tuple[int, ...]:
    column = {"city": 0, "county": 1, "point_type": 2}.get(by or "")
    type_ = dict(fixed).get("point_type")
    return tuple(
        i for i, part in enumerate(parts)
        if (column is None or part[column] == code) and type_ in (None, part[2])
    )  # fmt: skip
