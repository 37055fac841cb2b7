"""Which staff figures are cut by calendar quarter alone, so that no two of their periods overlap (docs/methods.md, ADR 14).

The sum of a period is not that of its months where a point missed one of them. Of a place of few points a month and the quarter
around it, or two overlapping years, would tell what a single point reported.
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.pattern import Traits, is_group
from dashboard.disclosure.places import Ints, Places, load_places
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.indicators import Indicator

Bools = NDArray[np.bool_]
LEAST_POINTS = 20  # of a city or a type whose groups are shown over any period


def is_whole_quarter(first: int, last: int) -> bool:
    """Is it one calendar quarter?"""
    return first % 100 % 3 == 1 and last == months.shift(first, 2)


def is_quarterly(snapshot: Snapshot, indicator: Indicator, traits: Traits, places: Ints) -> Bools:
    """Which places (of `load_places`, `NOWHERE` where there are no points) show the indicator by calendar quarter alone."""
    if snapshot.policy.disclosure.staff_periods == "any":
        return np.zeros(len(places), dtype=bool)
    small = _find_small(snapshot) if is_group(indicator, traits) else load_places(snapshot).is_fine
    found: Bools = np.append(small, False)[places]  # NOWHERE is the last
    return found


def is_cut_off(snapshot: Snapshot, indicator: Indicator, traits: Traits, places: Ints, spans: list[tuple[int, int]]) -> Bools:
    """Which periods are no calendar quarter where only those are shown, (places, spans)."""
    other = np.array([not is_whole_quarter(*span) for span in spans], dtype=bool)
    found: Bools = is_quarterly(snapshot, indicator, traits, places)[:, None] & other[None, :]
    return found


@kept(4)
def _find_small(snapshot: Snapshot) -> Bools:
    return find_small(load_places(snapshot))


def find_small(places: Places) -> Bools:
    """Places whose groups are cut by quarter: counties, crossed places, and cities and types of few points.

    A single such city would be what the others leave of the province: the next ones join until enough points stand together.
    """
    small = places.is_fine.copy()
    for siblings in _list_siblings(places):
        few = siblings[places.size[siblings] < LEAST_POINTS]
        if not len(few):
            continue
        together = np.cumsum(places.size[siblings])
        enough = int(np.searchsorted(together, LEAST_POINTS)) + 1
        small[siblings[: max(2, len(few), enough)]] = True
    return small


def _list_siblings(places: Places) -> list[Ints]:
    """Cities, and types of the province, from few points to many."""
    found = []
    for level, is_type in (("city", False), ("province", True)):
        rows = [i for i, key in enumerate(places.keys) if key[0] == level and (key[2] is not None) == is_type]
        found.append(np.array(sorted(rows, key=lambda i: (places.size[i], places.keys[i])), dtype=np.int64))
    return found
