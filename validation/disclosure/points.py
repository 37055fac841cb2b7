"""The attack with everything: exact weights, every digit, point by point and month by month.

A point that missed a month of a period is averaged over those it reported, weights change with the number of respondents, and
a change rests on matched points with weights of their own. So the unknowns here are what every point holds in every month (and
group), and every figure shown is a known combination of them. A suppressed cell is told where it is a combination of those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsqr

from dashboard.answers import Request, answer
from dashboard.warehouse import Snapshot, load_point_months
from pipelines.contracts import months
from validation.disclosure.offers import Cell, Cube, Geography, Span, Where, list_contents, list_parts, list_places

CLOSE = 1e-3  # where a random vector leaves less than this on a cell, it is looked at by itself
ZERO = 1e-7
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Row = tuple[NDArray[np.int64], Floats]


@dataclass(frozen=True, eq=False)
class Figure:
    """`place`: the points that it is about; `matched`: another period in which they must have reported too, for a change;
    `groups`: coefficient of each group; `hidden`: why it is suppressed, None where it is shown; `universe`: whose respondents."""

    place: Bools
    span: Span
    matched: Span | None
    groups: Floats
    hidden: str | None
    words: str
    universe: str = "staff_reported"


def read_cells(snapshot: Snapshot, cells: Iterable[Cell], universe: str = "staff_reported") -> list[Figure]:
    """Cells as figures of points. What is shown by quarter alone is no secret over another period, as all of it is shown."""
    index = {part: i for i, part in enumerate(list_parts(snapshot))}
    rows = snapshot.points.select("city_code", pl.col("county_code").fill_null(""), "point_type").rows()
    part_of_point = np.array([index[row] for row in rows])
    return [
        Figure(np.isin(part_of_point, cell.parts), cell.span, None, cell.groups, cell.hidden, cell.words, universe)
        for cell in cells if cell.hidden != "by_quarter"
    ]  # fmt: skip


def collect_changes(snapshot: Snapshot, cube: Cube, pairs: Sequence[tuple[Span, Span]]) -> list[Figure]:
    """The headcounts of matched points, now and before, that changes and their parts tell of every place and group."""
    parts = list_parts(snapshot)
    found = []
    for indicator, where, groups in list_contents(cube):
        for (by, fixed), (now, before) in product(list_places(where, parts) if indicator == "headcount" else (), pairs):
            request = Request(indicator, first=now[0], last=now[1], by=by, where=(*where, *fixed), compare=before)
            for row in answer(snapshot, request).filter(pl.col("same").is_not_null()).iter_rows(named=True):
                words = f"change {row['group'] or ''} {dict(request.where)} {now} {before}"
                figure = Figure(_find_points(snapshot, by, row["group"], fixed), now, before, groups, None, words)
                found += [figure, replace(figure, span=before, matched=now)]
    return found


def recover_exactly(*offers: tuple[Snapshot, Sequence[Figure]]) -> list[Figure]:
    """The suppressed figures that those shown tell, of one snapshot or of several that were kept together.

    A figure that rests on the same reports as a shown one is no secret. Snapshots must have the same points and hold the same
    of every point and month that reported in both.
    """
    axis = _span_all(f for _, figures in offers for f in figures)
    rows = []
    for snapshot, figures in offers:
        reports = _Reports(snapshot, axis)
        rows += [(f, row) for f in figures if len((row := reports.combine(f))[0])]
    shown = [row for f, row in rows if f.hidden is None]
    same = {_name(row) for row in shown}
    asked = [(f, row) for f, row in rows if f.hidden and _name(row) not in same]
    width = len(offers[0][0].points) * len(axis) * len(offers[0][1][0].groups)
    told = find_told_rows(_stack(shown, width), _stack([row for _, row in asked], width))
    return [f for (f, _), is_told in zip(asked, told, strict=True) if is_told]


def find_told_points(snapshot: Snapshot, city: str, figures: Sequence[Figure]) -> list[str]:
    """The points of a city of which figures without groups tell anything at all, by id. Dense: some hundred points × months."""
    reports = _Reports(snapshot, _span_all(figures))
    inside = (snapshot.points["city_code"] == city).to_numpy()
    shown = [reports.combine(f) for f in figures if f.hidden is None and not (f.place & ~inside).any()]
    rows = _stack(shown, reports.points * len(reports.axis)).toarray()
    _, sizes, base = np.linalg.svd(rows, full_matrices=False)
    base = base[sizes > ZERO].reshape(-1, len(inside), len(reports.axis))  # what is known, orthonormal
    known = [i for i in np.flatnonzero(inside) if np.linalg.norm(base[:, i], 2) > 1 - ZERO]  # one of them lies within the point
    return [snapshot.points["point_id"][int(i)] for i in known]


class _Reports:
    """Who reported in the months of an axis, and what figures make of them."""

    def __init__(self, snapshot: Snapshot, axis: list[int]) -> None:
        self.axis, self.points, self.base = axis, len(snapshot.points), load_point_months(snapshot)
        self.stratum = snapshot.points["stratum_index"].to_numpy()
        self.units = snapshot.strata["population_units"].to_numpy()
        self._weights: dict[tuple[str, Span, Span | None], Floats] = {}

    def find_reported(self, universe: str) -> Bools:
        """Who reported when, (points, months of the axis)."""
        kept = self.base.reported[universe] & np.isin(self.base.month, self.axis)
        reported = np.zeros((self.points, len(self.axis)), dtype=bool)
        reported[self.base.point[kept], np.searchsorted(self.axis, self.base.month[kept])] = True
        return reported

    def combine(self, figure: Figure) -> Row:
        """The unknowns that a figure adds up and their coefficients, scaled to length 1; empty where none reported."""
        key = figure.universe, figure.span, figure.matched
        if key not in self._weights:
            self._weights[key] = self._weigh(*key)
        weights, size, groups = self._weights[key], len(figure.groups), np.flatnonzero(figure.groups)
        point, month = np.nonzero(weights * figure.place[:, None])
        columns = ((point * len(self.axis) + month)[:, None] * size + groups).ravel()
        values = (weights[point, month][:, None] * figure.groups[groups]).ravel()
        return columns, values / max(float(np.linalg.norm(values)), 1e-300)

    def _weigh(self, universe: str, span: Span, matched: Span | None) -> Floats:
        """(points, months): N ÷ n among those who reported (in both periods), divided among the months that they reported."""
        inside, reported = np.isin(self.axis, months.span(*span)), self.find_reported(universe)
        counts = reported[:, inside].sum(axis=1)
        counted = counts > 0
        if matched:
            counted &= reported[:, np.isin(self.axis, months.span(*matched))].any(axis=1)
        size = np.bincount(self.stratum, weights=counted, minlength=len(self.units))
        weight = np.where(counted, (self.units / np.maximum(size, 1))[self.stratum] / np.maximum(counts, 1), 0.0)
        found: Floats = weight[:, None] * (reported & inside)
        return found


def _span_all(figures: Iterable[Figure]) -> list[int]:
    spans = [s for f in figures for s in (f.span, f.matched) if s]
    return months.span(min(a for a, _ in spans), max(b for _, b in spans))


def find_told_rows(system: csr_matrix, asked: csr_matrix) -> list[bool]:
    """Which rows of `asked` are combinations of those of `system`; all of length 1."""
    if not asked.shape[0] or not system.shape[0]:
        return [False] * asked.shape[0]
    random, across = np.random.default_rng(7), system.T.tocsr()
    left = np.zeros(asked.shape[0])
    for _ in range(2):
        vector = random.normal(size=system.shape[1])
        left = np.maximum(left, np.abs(asked @ (vector - across @ _solve(across, vector))))
    told = left < CLOSE
    for i in np.flatnonzero(told):
        row = asked[[i]].toarray().ravel()
        told[i] = np.linalg.norm(row - across @ _solve(across, row)) < ZERO
    return [bool(t) for t in told]


def _solve(across: csr_matrix, vector: Floats) -> Floats:
    weights: Floats = lsqr(across, vector, atol=1e-14, btol=1e-14, iter_lim=20_000)[0]
    return weights


def _stack(rows: Sequence[Row], width: int) -> csr_matrix:
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *(columns for columns, _ in rows)])
    return csr_matrix((np.concatenate([np.zeros(0), *(values for _, values in rows)]), columns, starts), shape=(len(rows), width))


def _name(row: Row) -> tuple[bytes, bytes]:
    return row[0].tobytes(), row[1].round(9).tobytes()


def _find_points(snapshot: Snapshot, by: Geography, code: str | None, where: Where) -> Bools:
    column = {"city": "city_code", "county": "county_code", "point_type": "point_type"}
    place = np.ones(len(snapshot.points), dtype=bool)
    for name, value in [*where, *([(column[by], code)] if by else [])]:
        place &= (snapshot.points[name] == value).fill_null(value=False).to_numpy()
    return place
