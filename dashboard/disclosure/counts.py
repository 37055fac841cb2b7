"""Counts behind staff figures, unweighted, by part and month: points that reported, people on rosters, people who moved.

Counted are returns that were submitted until their month became final (`provisional_days` after it was due): what comes later
moves figures, but never what may be shown of them, so that snapshots do not differ in it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.places import load_places
from dashboard.warehouse import Snapshot, load_cells, load_point_months, load_statistics, load_submissions
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.statistics import UNIVERSES

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Axes:
    """First month of the snapshot, number of months, and for each point-month its part and place on the axis of months."""

    first: int
    length: int
    cell: NDArray[np.int64]
    parts: int


@kept(4)
def _load_axes(snapshot: Snapshot) -> _Axes:
    base, places = load_point_months(snapshot), load_places(snapshot)
    span = months.span(int(base.month[0]), int(base.month[-1])) if len(base.month) else []
    place = {month: i for i, month in enumerate(span)}
    at = np.array([place[m] for m in base.month.tolist()], dtype=np.int64)
    return _Axes(span[0] if span else 0, len(span), places.part_of_point[base.point] * len(span) + at, places.member.shape[1])


def list_months(snapshot: Snapshot) -> list[int]:
    """The months on the axis of all counts."""
    axes = _load_axes(snapshot)
    return [months.shift(axes.first, i) for i in range(axes.length)]


@kept(4)
def count_released(snapshot: Snapshot) -> int:
    """How many months, from the first on, are cut fine. The last on the axis never is: nothing of the next one is known."""
    axis = list_months(snapshot)
    return sum(snapshot.policy.due.find_release("staff", month) <= snapshot.as_of for month in axis[:-1])


@kept(8)
def find_timely(snapshot: Snapshot, universe: str, *, for_previous: bool = False) -> Bools:
    """Point-months whose reports came until their month was final, or (`for_previous`) the month before was cut fine.

    An entry a point-month, as in `load_point_months`.
    """
    base, axis = load_point_months(snapshot), list_months(snapshot)
    place = np.searchsorted(axis, base.month)
    timely, due = base.reported[universe].copy(), snapshot.policy.due
    for ledger in UNIVERSES[universe]:
        days = [
            due.find_release(ledger, months.shift(month, -1)) if for_previous else due.find_final(ledger, month) for month in axis
        ]
        timely &= ~(load_submissions(snapshot, ledger) > np.array(days, dtype="datetime64[D]")[place])
    return timely


def count_points(snapshot: Snapshot, universe: str, *, for_previous: bool = False) -> Floats:
    """Points that reported, (parts, months); `for_previous` as in `find_timely`."""
    return _sum(snapshot, find_timely(snapshot, universe, for_previous=for_previous).astype(np.float64))


def count_people(snapshot: Snapshot, universe: str) -> Floats:
    """People on the rosters of the points that reported, (parts, months)."""
    reported = find_timely(snapshot, universe)
    return _sum(snapshot, np.where(reported, load_statistics(snapshot, "staff")["headcount"], 0).astype(np.float64))


def count_whole(snapshot: Snapshot, statistic: str) -> Floats:
    """A statistic of moves in point-months whose roster was reported, (parts, months)."""
    reported = find_timely(snapshot, "staff_reported")
    return _sum(snapshot, np.where(reported, load_statistics(snapshot, "staff_moves")[statistic], 0).astype(np.float64))


def count_cells(snapshot: Snapshot, ledger: str, statistic: str, columns: tuple[str, ...]) -> Floats:
    """A statistic by groups of breakdowns, (parts, groups…, months); people of unknown group are in none."""
    axes, cells = _load_axes(snapshot), load_cells(snapshot, ledger)
    lengths = [len(b.codes.codes) for c in columns if (b := CELLS[ledger].breakdown(c))]
    wanted = find_timely(snapshot, "staff_reported")[cells.row]
    for column in columns:
        wanted = wanted & (cells.codes[column] >= 0)
    key = axes.cell[cells.row[wanted]] // axes.length
    for column, length in zip(columns, lengths, strict=True):
        key = key * length + cells.codes[column][wanted]
    key = key * axes.length + axes.cell[cells.row[wanted]] % axes.length
    shape = (axes.parts, *lengths, axes.length)
    values = cells.statistics[statistic][wanted]
    return np.bincount(key, values, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)


def _sum(snapshot: Snapshot, values: Floats) -> Floats:
    axes = _load_axes(snapshot)
    return np.bincount(axes.cell, values, minlength=axes.parts * axes.length).astype(np.float64).reshape(axes.parts, axes.length)
