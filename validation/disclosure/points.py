"""The attack with everything: exact weights, every digit, point by point and month by month.

A point that missed a month of a period is averaged over those it reported, and weights change with the number of respondents,
so a period is not the sum of its months. Here the unknowns are the headcounts of every point and month of one city; a figure
shown is a known combination of them, and of a point something is told where a combination of figures holds no other point.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.answers import Request, answer
from dashboard.warehouse import Snapshot, load_point_months
from pipelines.contracts import months
from validation.disclosure.offers import Geography, Span, Where

ZERO = 1e-7
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def find_told_points(snapshot: Snapshot, city: str, spans: Sequence[Span]) -> list[str]:
    """The points of a city of which the headcounts shown tell something, by id. Dense: some hundred points × months."""
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    axis = months.span(first, last)
    reported = _list_reported(snapshot, axis)
    inside = np.flatnonzero((snapshot.points["city_code"] == city).to_numpy())
    known = np.array([
        _build_row(snapshot, reported, inside, place, slice(axis.index(a), axis.index(b) + 1))
        for (a, b), place in _list_shown(snapshot, city, spans)
    ])  # fmt: skip
    unknown = reported[inside]
    system = known[:, unknown]
    _, sizes, rows = np.linalg.svd(system / np.linalg.norm(system, axis=1, keepdims=True), full_matrices=True)
    free = rows[int((sizes > ZERO).sum()) :].T  # what the figures leave open, (unknowns, dimensions)
    owner = np.broadcast_to(np.arange(len(inside))[:, None], unknown.shape)[unknown]
    told = [i for i in np.unique(owner) if np.linalg.matrix_rank(free[owner == i], ZERO) < (owner == i).sum()]
    return [snapshot.points["point_id"][int(inside[i])] for i in told]


def _list_shown(snapshot: Snapshot, city: str, spans: Sequence[Span]) -> Iterator[tuple[Span, Bools]]:
    """Periods and points of every headcount that is shown of the city, its counties, its types, and their crossings."""
    points = snapshot.points
    asked: list[tuple[Geography, Where]] = [(None, ()), ("county", ()), ("point_type", ())]
    types = points.filter(city_code=city)["point_type"].unique().sort().to_list()
    asked += [("county", (("point_type", t),)) for t in types]
    column = {"county": "county_code", "point_type": "point_type"}
    for span in spans:
        for by, where in asked:
            request = Request("headcount", region=city, first=span[0], last=span[1], by=by, where=where)
            for row in answer(snapshot, request).filter(status="ok").iter_rows(named=True):
                place = points["city_code"] == city
                for name, code in [*where, *([(column[by], row["group"])] if by else [])]:
                    place &= (points[name] == code).fill_null(value=False)
                yield span, place.to_numpy()


def _list_reported(snapshot: Snapshot, axis: list[int]) -> Bools:
    """(points, months) of the axis: did the point report its roster?"""
    base = load_point_months(snapshot)
    kept = base.reported["staff_reported"] & np.isin(base.month, axis)
    reported = np.zeros((len(snapshot.points), len(axis)), dtype=bool)
    reported[base.point[kept], np.searchsorted(axis, base.month[kept])] = True
    return reported


def _build_row(snapshot: Snapshot, reported: Bools, inside: NDArray[np.int64], place: Bools, span: slice) -> Floats:
    """The coefficients of a figure, (points of the city, months): weight N ÷ n, divided among the months reported."""
    counts = reported[:, span].sum(axis=1)
    stratum = snapshot.points["stratum_index"].to_numpy()
    size = np.bincount(stratum, weights=counts > 0, minlength=len(snapshot.strata))
    units = snapshot.strata["population_units"].to_numpy()
    weight = np.where(place & (counts > 0), (units / np.maximum(size, 1))[stratum] / np.maximum(counts, 1), 0.0)
    row = np.zeros((len(inside), reported.shape[1]))
    row[:, span] = weight[inside][:, None] * reported[inside][:, span]
    return row
