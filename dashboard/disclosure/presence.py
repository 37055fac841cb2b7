"""Who reported around a boundary: only such places can hide another, since the public knows who did not report.

A boundary given up binds the months before and after it. A place hides a sibling there where, in both months, both have
reporting points of one type (two types: points of one county), so that moving people between the two changes no third place.
"""

import numpy as np

from dashboard.disclosure.counts import Floats, count_points
from dashboard.disclosure.places import NOWHERE, Bools, Ints, load_places
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept


@kept(8)
def find_present(snapshot: Snapshot, universe: str) -> Bools:
    """Which places reported both before and after each boundary, (places, months + 1)."""
    return _both(load_places(snapshot).member.astype(np.float64) @ count_points(snapshot, universe) > 0)


@kept(4)
def find_adjacent(snapshot: Snapshot) -> Bools:
    """Which sibling (last axis) can hide a place at each boundary, (months + 1, places, places) without crossed places."""
    places, counts = load_places(snapshot), count_points(snapshot, "staff_reported")
    rows = np.flatnonzero(~places.is_crossed)
    member, parent = places.member[rows], places.parent[rows]
    is_type = np.array([places.keys[i][0] == "province" for i in rows], dtype=bool)
    siblings = (parent[:, None] == parent[None, :]) & (parent != NOWHERE)[:, None]
    np.fill_diagonal(siblings, val=False)
    shared = np.stack([
        np.where(is_type[:, None], _share(member, counts[:, m], places.county_of_part),
                 _share(member, counts[:, m], places.type_of_part)) for m in range(counts.shape[1])
    ], axis=-1)  # fmt: skip
    absent = member.astype(np.float64) @ counts == 0
    both = _both(shared | absent[:, None, :]) & (siblings & (is_type[:, None] == is_type[None, :]))[:, :, None]
    return np.ascontiguousarray(np.moveaxis(both, -1, 0))


def _share(member: Bools, counts: Floats, label: Ints) -> Bools:
    """Which places have reporting points with a label in common."""
    held = (member * counts) @ np.eye(int(label.max(initial=0)) + 1)[label] > 0
    shared: Bools = held.astype(np.float64) @ held.T.astype(np.float64) > 0
    return shared


def _both(months: Bools) -> Bools:
    """What holds in the months on both sides of a boundary; before the first and after the last everything does."""
    held = np.ones((*months.shape[:-1], months.shape[-1] + 1), dtype=bool)
    held[..., :-1] &= months
    held[..., 1:] &= months
    return held
