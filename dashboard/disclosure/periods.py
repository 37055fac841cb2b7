"""Which staff figures are cut by calendar quarter alone, so that no two of their periods overlap (docs/methods.md, ADR 14).

The sum of a period is not that of its months where a point missed one of them. Of a place of few points a month and the quarter
around it, or two overlapping years, would tell what a single point reported. Two snapshots would too where a point is heard of
after its quarter was shown: all others of its city and type get other weights.
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.pattern import Traits, is_group, is_open
from dashboard.disclosure.places import REST, Ints, Places, load_places
from dashboard.warehouse import Snapshot, load_point_months, load_submissions
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.indicators import Indicator
from pipelines.contracts.statistics import UNIVERSES

Bools = NDArray[np.bool_]
LEAST_FOR_ANY = 20  # points of a city or a type whose groups are shown over any period; below it, by quarter


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


def is_reweighted(snapshot: Snapshot, indicator: Indicator, traits: Traits, places: Ints, spans: list[tuple[int, int]]) -> Bools:
    """Counties whose figure of a quarter has got other weights since it was first shown, (places, spans).

    With the figure shown before it would tell the points of one type, where those are not shown by themselves.
    """
    found = np.zeros((len(places), len(spans)), dtype=bool)
    if snapshot.policy.disclosure.staff_periods == "any":
        return found
    known = load_places(snapshot)
    for part, last in _find_late(snapshot, indicator.universe):
        at = np.array([span[1] == last for span in spans], dtype=bool)
        city, _, type_ = known.parts[part]
        for county in sorted({k for c, k, t in known.parts if (c, t) == (city, type_) and k != REST}):
            whole, crossed = (known.of_key["county", county, t] for t in (None, type_))
            if known.is_fine[whole] and whole != crossed:
                open_ = is_open(snapshot, indicator, traits, np.array([crossed]), spans)[0]
                found |= (places == whole)[:, None] & (at & ~open_)[None, :]
    return found


@kept(8)
def _find_late(snapshot: Snapshot, universe: str) -> list[tuple[int, int]]:
    """Parts and the last month of quarters in which all that a point of theirs sent came after these were cut fine."""
    base, due = load_point_months(snapshot), snapshot.policy.due
    ends = np.array([months.shift(m, 2 - (m % 100 - 1) % 3) for m in base.month.tolist()], dtype=np.int64)
    reported = base.reported[universe]
    timely = reported.copy()
    for ledger in UNIVERSES[universe]:
        days = {end: np.datetime64(due.find_release(ledger, end)) for end in np.unique(ends).tolist()}
        timely &= ~(load_submissions(snapshot, ledger) > np.array([days[e] for e in ends.tolist()], dtype="datetime64[D]"))
    sent, heard = ({*zip(base.point[w].tolist(), ends[w].tolist(), strict=True)} for w in (reported, timely))
    part = load_places(snapshot).part_of_point
    return sorted({(int(part[point]), end) for point, end in sent - heard})


@kept(4)
def _find_small(snapshot: Snapshot) -> Bools:
    return find_small(load_places(snapshot))


def find_small(places: Places) -> Bools:
    """Places whose groups are cut by quarter: counties, crossed places, and cities and types of few points.

    A single such city would be what the others leave of the province: the next ones join until enough points stand together.
    """
    small = places.is_fine.copy()
    for siblings in _list_siblings(places):
        few = siblings[places.size[siblings] < LEAST_FOR_ANY]
        if not len(few):
            continue
        together = np.cumsum(places.size[siblings])
        enough = int(np.searchsorted(together, LEAST_FOR_ANY)) + 1
        small[siblings[: max(2, len(few), enough)]] = True
    return small


def _list_siblings(places: Places) -> list[Ints]:
    """Cities, and types of the province, from few points to many."""
    found = []
    for level, is_type in (("city", False), ("province", True)):
        rows = [i for i, key in enumerate(places.keys) if key[0] == level and (key[2] is not None) == is_type]
        found.append(np.array(sorted(rows, key=lambda i: (places.size[i], places.keys[i])), dtype=np.int64))
    return found
