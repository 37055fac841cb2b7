"""Who reported around a boundary: only such places can hide another, since the public knows who did not report.

A boundary given up binds the months before and after it; of the one after it counts who had reported when the one before was
cut fine, so that what comes later does not change who hides whom. A place hides a sibling there where, in both months, both have
reporting points of one type (two types: points of one county), so that moving people between the two changes no third place.
"""

import numpy as np

from dashboard.disclosure.counts import Floats, count_points
from dashboard.disclosure.places import NOWHERE, Bools, Ints, Places, load_places
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept


@kept(8)
def find_present(snapshot: Snapshot, universe: str, *, on_either_side: bool = False) -> Bools:
    """Which places reported both before and after each boundary (or on either side), (places, months + 1)."""
    member = load_places(snapshot).member.astype(np.float64)
    before, after = (member @ count_points(snapshot, universe, for_previous=p) > 0 for p in (False, True))
    return ~_both(~before, ~after) if on_either_side else _both(before, after)


@kept(4)
def find_adjacent(snapshot: Snapshot) -> Bools:
    """Which sibling (last axis) can hide a place at each boundary, (months + 1, places, places) without crossed places."""
    places = load_places(snapshot)
    before, after = (
        np.stack([_shares(places, counts[:, m], absent=True) for m in range(counts.shape[1])], axis=-1)
        for counts in (count_points(snapshot, "staff_reported", for_previous=p) for p in (False, True))
    )
    both = _both(before, after) & _siblings(places)[:, :, None]
    return np.ascontiguousarray(np.moveaxis(both, -1, 0))


@kept(4)
def find_neighbours(snapshot: Snapshot) -> Bools:
    """Which sibling (last axis) could hide a place by its registered points, whoever reports, (places, places)."""
    places = load_places(snapshot)
    registered = np.bincount(places.part_of_point, minlength=places.member.shape[1]).astype(np.float64)
    return _siblings(places) & _shares(places, registered, absent=False)


def _siblings(places: Places) -> Bools:
    """Which places stand beside each other in a wider one, regions and types apart; without crossed places."""
    rows = np.flatnonzero(~places.is_crossed)
    parent, is_type = places.parent[rows], _are_types(places)
    siblings: Bools = (parent[:, None] == parent[None, :]) & (parent != NOWHERE)[:, None] & (is_type[:, None] == is_type[None, :])
    np.fill_diagonal(siblings, val=False)
    return siblings


def _are_types(places: Places) -> Bools:
    return np.array([places.keys[i][0] == "province" for i in np.flatnonzero(~places.is_crossed)], dtype=bool)


def _shares(places: Places, counts: Floats, *, absent: bool) -> Bools:
    """Which places have points (counts by part) in common: of one type, or for types in one county.

    `absent`: a place without any has some in common with all: nothing of it is there to be hidden.
    """
    member = places.member[~places.is_crossed]
    shared = np.where(
        _are_types(places)[:, None], _share(member, counts, places.county_of_part), _share(member, counts, places.type_of_part)
    )
    if absent:
        shared |= (member.astype(np.float64) @ counts == 0)[:, None]
    return shared


def _share(member: Bools, counts: Floats, label: Ints) -> Bools:
    """Which places have reporting points with a label in common."""
    held = (member * counts) @ np.eye(int(label.max(initial=0)) + 1)[label] > 0
    shared: Bools = held.astype(np.float64) @ held.T.astype(np.float64) > 0
    return shared


def _both(before: Bools, after: Bools) -> Bools:
    """What holds in the months on both sides of a boundary; before the first and after the last everything does."""
    held = np.ones((*before.shape[:-1], before.shape[-1] + 1), dtype=bool)
    held[..., 1:] &= before
    held[..., :-1] &= after
    return held
