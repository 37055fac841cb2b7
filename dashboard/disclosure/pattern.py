"""The pattern of a snapshot: for every series of staff figures the boundaries between which its periods may be shown.

A series is one statistic of one place and, at most, two traits. Thresholds are those of DATA.md §5.10, as lower bounds from
monthly counts, so that what is open here is never too small.

Only months that were released are cut fine (by traits, by counties, by types within a city). What is decided of a month then
rests on nothing that comes later, neither months nor late returns, so that a later snapshot opens and closes the same
(docs/methods.md).
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.disclosure.boundaries import Metric, find_boundaries
from dashboard.disclosure.counts import (
    count_cells,
    count_people,
    count_points,
    count_released,
    count_whole,
    list_months,
)
from dashboard.disclosure.margins import close_margins
from dashboard.disclosure.places import Ints, load_places
from dashboard.disclosure.presence import find_adjacent, find_neighbours, find_present
from dashboard.disclosure.traits import codes_of, complete, mark_pairs, spread_pairs
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.indicators import Indicator
from pipelines.contracts.statistics import LEDGER_OF

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Columns = tuple[str, ...]
Traits = tuple[tuple[str, str], ...]
LEAST_POINTS = 3
LEAST_PEOPLE = 10
LEAST_OF_GROUP = 3
AMPLE = 2.0, 4.0  # how many times the least a sum has to be to end within a quarter: of the province, of other places
DEPTH = 2  # traits at once; finer cells are closed
_FLOWS = ("separations", "drained", "resigned", "joined")
_OF_MOVES = ("move", "to_level")
KEPT = 4 * 64


def is_open(
    snapshot: Snapshot, indicator: Indicator, traits: Traits, places: Ints, spans: list[tuple[int, int]]
) -> Bools:
    """Which figures are open, (places, spans). `places`: of `load_places`, −1 where there are no points; `spans` in months.

    `traits`: the groups that the figure is about. Places without points are open: there is nothing to tell.
    """
    axis = list_months(snapshot)
    if not axis:
        return np.ones((len(places), len(spans)), dtype=bool)
    keep = _find_series(snapshot, indicator, tuple(sorted(traits)))
    base = months.ordinal(axis[0])
    ends = np.array([[months.ordinal(a) - base, months.ordinal(b) - base + 1] for a, b in spans]).clip(0, len(axis))
    found = keep[places][:, ends].all(axis=2)
    found |= (ends[:, 0] >= ends[:, 1])[None, :] | (places < 0)[:, None]
    return found


def is_group(indicator: Indicator, traits: Traits) -> bool:
    """Is the figure about a group of a breakdown, by its filters or by name?"""
    return bool(traits or _groups_by_name(indicator))


def last_released(snapshot: Snapshot) -> int:
    """The last month that is cut fine; 0 before the first."""
    released = count_released(snapshot)
    return list_months(snapshot)[released - 1] if released else 0


@kept(KEPT)
def _find_series(snapshot: Snapshot, indicator: Indicator, traits: Traits) -> Bools:
    """(places, boundaries) of one figure: all the series that it would tell have to be open there."""
    keep = find_whole(snapshot, indicator.universe).copy()
    told: list[tuple[str, Traits]] = []
    if indicator.ledger == "staff_moves":
        told += [(indicator.id if LEDGER_OF[indicator.denominator[0].statistic] == "staff_moves" else "flows", traits)]
    elif traits:
        told += [("people" if indicator.id == "headcount" else "detail", traits)]
    columns = [column for column, _ in traits]
    for trait in _groups_by_name(indicator):
        if trait[0] not in columns:
            told += [("flows" if trait[0] == "move" else "people", tuple(sorted((*traits, trait))))]
    for kind, cell in told:
        if cell:  # without traits a share of moves is judged by itself: neither of its sums is ever shown
            keep &= _find_cell(snapshot, kind, cell)
    return keep


def _groups_by_name(indicator: Indicator) -> list[tuple[str, str]]:
    """The group that an indicator is by another name."""
    statistics = {t.statistic for t in indicator.numerator}
    named = {"resigned": ("move", "resigned"), "public_institution": ("post_type", "public_institution")}
    return [trait for statistic, trait in named.items() if statistics == {statistic}]


def _find_cell(snapshot: Snapshot, kind: str, traits: Traits) -> Bools:
    columns = tuple(column for column, _ in traits)
    if len(columns) > DEPTH:
        return np.zeros((len(load_places(snapshot).keys), len(list_months(snapshot)) + 1), dtype=bool)
    keep = ~spread_pairs(find_marks(snapshot, kind, columns), columns)
    for column, code in traits:
        keep = keep[:, codes_of(column).index(code)]
    return keep


@kept(8)
def find_whole(snapshot: Snapshot, universe: str) -> Bools:
    """Boundaries of places without traits, (places, boundaries)."""
    places = load_places(snapshot)
    member = places.member.astype(np.float64)
    metrics = [
        Metric(member @ count_points(snapshot, universe), LEAST_POINTS),
        Metric(member @ count_people(snapshot, universe), LEAST_PEOPLE),
    ]
    axis = list_months(snapshot)
    safe, present = find_boundaries(metrics, axis), find_present(snapshot, universe).copy()
    if snapshot.policy.disclosure.staff_periods == "quarters":  # of the fine ones nothing but whole quarters is shown
        ends = 1 + np.flatnonzero([month % 100 % 3 == 0 for month in axis])
        fine = np.flatnonzero(places.is_fine)
        safe[np.ix_(fine, ends)] = find_boundaries(metrics, axis, by_quarter=True)[np.ix_(fine, ends)]
    later = slice(count_released(snapshot) + 1, None)
    present[:, later] = True  # nothing fine is shown there that could tell who stands for whom
    touched = find_present(snapshot, universe, on_either_side=True) | present
    keep = close_margins(places, safe, present, places.size >= LEAST_POINTS, touched)
    keep[places.is_fine, later] = False
    return keep


@kept(KEPT)
def find_marks(snapshot: Snapshot, kind: str, columns: Columns) -> Bools:
    """Closed pairs, (places, pairs…, boundaries). `columns` in alphabetical order.

    `people`: how many there are; `detail`: what else is said of them; `flows`: how many came and went; else the id of an
    indicator that is a share of moves.
    """
    places, axis = load_places(snapshot), list_months(snapshot)
    is_province = np.arange(len(places.keys)) == places.of_key["province", "", None]
    ample = np.expand_dims(np.where(is_province, *AMPLE), tuple(range(1, 1 + len(columns))))
    closed = ~find_boundaries(_list_metrics(snapshot, kind, columns), axis, ample)
    closed[places.is_crossed] = True
    marked = mark_pairs(closed, columns)
    whole = ~find_whole(snapshot, "staff_reported")
    marked |= np.expand_dims(whole, tuple(range(1, 1 + len(columns))))
    for of, wider in _list_wider(kind, columns):
        held = find_marks(snapshot, of, wider)
        marked |= np.expand_dims(held, tuple(i for i, column in enumerate(columns, start=1) if column not in wider))
    released = slice(count_released(snapshot) + 1)
    found = np.ones_like(marked)
    found[..., released] = complete(
        places, marked[..., released], find_neighbours(snapshot), find_adjacent(snapshot)[released]
    )
    found[is_province, ..., released.stop :] = marked[is_province, ..., released.stop :]
    return found


def _list_wider(kind: str, columns: Columns) -> list[tuple[str, Columns]]:
    """Kinds and traits whose closed pairs are closed here too."""
    fewer = [tuple(c for c in columns if c != left) for left in columns] if len(columns) > 1 else []
    people = tuple(c for c in columns if c not in _OF_MOVES)
    if kind == "people":
        return [("detail", wider) for wider in fewer]
    if kind == "detail":
        return [("people", columns), *(("detail", wider) for wider in fewer)]
    wider = [(kind, w) for w in fewer] + ([("detail", people)] if people else [])
    return wider + ([(kind, ())] if kind != "flows" and columns else [])


def _list_metrics(snapshot: Snapshot, kind: str, columns: Columns) -> list[Metric]:
    member = load_places(snapshot).member.astype(np.float64)

    def count(ledger: str, statistic: str) -> Floats:
        if not columns:
            return member @ count_whole(snapshot, statistic)
        return np.tensordot(member, count_cells(snapshot, ledger, statistic, columns), (1, 0))

    if kind in ("people", "detail"):
        return [Metric(count("staff", "headcount"), LEAST_OF_GROUP if kind == "people" else LEAST_PEOPLE)]
    if kind == "flows":
        return [Metric(count("staff_moves", name), LEAST_OF_GROUP, is_sum=True) for name in _FLOWS]
    named = {"in_term_departure_share": ("departures_in_term", "departures_term_known"),
             "long_secondment_share": ("long_secondments", "secondments_months_known")}  # fmt: skip
    top, bottom = named[kind]
    own = [Metric(count("staff_moves", top), LEAST_OF_GROUP, is_sum=True)] if columns else []
    return [Metric(count("staff_moves", bottom), LEAST_PEOPLE, is_sum=True), *own]
