"""Cells of traits (kind of post, age, gender, move, destination) within places: closed in pairs, over at least two places.

A small cell is closed together with its partner group, in its own place and in an adjacent one (for two traits: with the partners
of both). People could then be exchanged between the two groups of one place and the other way round in the other without
a change in anything that stays open, so nothing open tells a closed cell (the proof stands in docs/methods.md).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.places import NOWHERE, Ints, Places
from pipelines.contracts.breakdowns import CELLS

Bools = NDArray[np.bool_]
# Groups that are closed together, the first or the second of a pair taking the other with it. The pairs lie within what other
# indicators show of the same people: under 35, 50 and over, upward drain, recruitment.
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "post_type": (("support", "other"), ("public_institution", "civil_servant")),
    "age_band": (
        ("-24", "25-29"), ("30-34", "25-29"), ("35-39", "40-44"), ("45-49", "40-44"), ("60-", "55-59"), ("50-54", "55-59"),
    ),
    "gender": (("male", "female"),),
    "move": (
        ("selected_up", "appointed_up"), ("recruited", "transferred_in"), ("dismissed", "transferred_out"),
        ("resigned", "retired"), ("seconded_out", "returned"),
    ),
    "to_level": (("province", "city"), ("township", "county")),
}  # fmt: skip


def codes_of(column: str) -> list[str]:
    """The groups of a trait, in code-list order."""
    return list(next(b for cell in CELLS.values() if (b := cell.breakdown(column))).codes.codes)


def mark_pairs(closed: Bools, columns: Sequence[str]) -> Bools:
    """The pairs that a closed cell takes with it: (places, groups…, boundaries) → (places, pairs…, boundaries)."""
    for axis, column in enumerate(columns, start=1):
        closed = np.moveaxis(np.tensordot(_own(column), closed.astype(np.int8), (1, axis)), 0, axis) > 0
    return closed


def spread_pairs(marked: Bools, columns: Sequence[str]) -> Bools:
    """The cells of marked pairs: (places, pairs…, boundaries) → (places, groups…, boundaries)."""
    for axis, column in enumerate(columns, start=1):
        marked = np.moveaxis(np.tensordot(_members(column).T, marked.astype(np.int8), (1, axis)), 0, axis) > 0
    return marked


def complete(places: Places, marked: Bools, neighbours: Bools, adjacent: Bools) -> Bools:
    """Marked pairs (places, pairs…, boundaries) with those below a marked place, and with a sibling where none hides one.

    `neighbours`, `adjacent`: as `find_neighbours` and `find_adjacent` give them. First a sibling is found among all, so that it
    is the same whoever reports, then a further one where that one cannot hide a place. Where none can, its pairs are closed in
    the wider place.
    """
    rows = np.flatnonzero(~places.is_crossed)
    place = {row: i for i, row in enumerate(rows.tolist())}
    parent = np.array([place.get(p, NOWHERE) for p in places.parent[rows].tolist()], dtype=np.int64)
    below = [(p, np.flatnonzero(parent == p)) for p in np.argsort(parent, kind="stable").tolist() if (parent == p).any()]
    found = marked.reshape(len(marked), -1, marked.shape[-1])[rows]
    for b in np.flatnonzero(found.any(axis=(0, 1))).tolist():
        now = found[:, :, b]
        for near in (neighbours, adjacent[b]):
            before = None
            while not now.all() and (before is None or not np.array_equal(before, now)):
                before = now.copy()
                for p, inside in below:  # the province, which has no parent, before its cities
                    now[inside] |= now[p]
                _hide(places.size[rows], parent, places.is_free[rows], now, near)
    completed = marked.copy()
    completed[rows] = found.reshape(len(rows), *marked.shape[1:])
    return completed


def _hide(size: Ints, parent: Ints, is_free: Bools, marked: Bools, adjacent: Bools) -> None:
    """Mark a sibling, the smallest, of places that nobody hides: (places, pairs) at one boundary."""
    hidden = adjacent.astype(np.float32) @ marked.astype(np.float32) > 0
    alone = marked & ~hidden & ((parent != NOWHERE) & ~is_free)[:, None]
    for place in np.flatnonzero(alone.any(axis=1)).tolist():
        beside = np.flatnonzero(adjacent[place])
        still = alone[place] & ~marked[beside].any(axis=0)
        partner = min(beside.tolist(), key=lambda i: (size[i], i), default=int(parent[place]))
        marked[partner] |= still


def _members(column: str) -> NDArray[np.int8]:
    """(pairs, groups): which groups a pair holds."""
    return np.array([[code in pair for code in codes_of(column)] for pair in PAIRS[column]], dtype=np.int8)


def _own(column: str) -> NDArray[np.int8]:
    """(pairs, groups): the pair that each group takes, the first that holds it."""
    members = _members(column)
    own: NDArray[np.int8] = np.where(members.cumsum(axis=0) == 1, members, 0).astype(np.int8)
    return own
