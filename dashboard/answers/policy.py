"""The policy layer: what may be shown of an estimate. Everything that shows or writes a figure passes here.

Disclosure (DATA.md §5.10), primary rule: a staff figure is suppressed when fewer than 3 points or fewer than 10 distinct
people (unweighted) stand in its denominator, and a cell of a staff breakdown also when its own count is 1 or 2.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.answers.request import Request
from dashboard.estimates.design import Floats, Ints
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.indicators import Domain, Indicator
from pipelines.contracts.statistics import LEDGER_OF

LEAST_POINTS = 3
LEAST_PEOPLE = 10
SMALL_CELL = (1, 2)
_PEOPLE = {b.column for ledger in ("staff", "staff_moves") for b in CELLS[ledger].breakdowns}
# What a suppressed row still says: which, where, when, and on how many points it would rest.
KEPT = {
    "indicator", "region_code", "group", "period_from", "period_to", "n_points", "n_strata", "covered_share",
    "response_rate", "provisional", "snapshot",
}  # fmt: skip


def is_staff_figure(indicator: Indicator) -> bool:
    """Does disclosure control bear on the indicator?"""
    return indicator.domain is Domain.STAFFING


def find_suppression(
    snapshot: Snapshot, indicator: Indicator, request: Request, point_ids: Sequence[str], span: tuple[int, int],
    group: str | None, counted: float, base: float,
) -> str | None:
    """Why a staff figure of these respondents must not be shown, or None.

    `counted`, `base`: unweighted sums of numerator and denominator statistics over the period (person-months of the roster,
    or events); `group`: the code of a breakdown. Person-months ÷ months is a floor of the people, so rosters are read only
    for the few that lie below it.
    """
    if len(point_ids) < LEAST_POINTS:
        return "few_points"
    filters = [f for f in request.where if f[0] != "point_type"]
    part = [*filters, *([(request.by, group)] if group and request.by else [])]
    of_moves = indicator.ledger == "staff_moves"
    length = len(months.span(*span))
    denominators = {LEDGER_OF[t.statistic] for t in indicator.denominator or indicator.numerator}
    if denominators == {"staff"}:
        floor = (base if indicator.denominator or request.share else counted) / length
        traits = _traits(filters if request.share else part)
        if floor < LEAST_PEOPLE and _count_people(snapshot, point_ids, span, traits) < LEAST_PEOPLE:
            return "few_people"
    elif denominators == {"standing"}:  # posts established less posts vacant: the people who hold them
        if (base - counted) / length < LEAST_PEOPLE and _count_people(snapshot, point_ids, span, []) < LEAST_PEOPLE:
            return "few_people"
    elif denominators == {"staff_moves"} and base < LEAST_PEOPLE:
        return "few_people"
    if part:
        is_large = counted / (1 if of_moves else length) > max(SMALL_CELL)
        own = counted if of_moves or is_large else _count_people(snapshot, point_ids, span, _traits(part))
        if own in SMALL_CELL:
            return "few_people"
    return None


def is_plain(
    indicator: Indicator, request: Request, points: Ints, counted: Floats, base: Floats, length: Ints
) -> NDArray[np.bool_]:
    """Where `find_suppression` would surely find nothing, from the floors alone; arrays of one shape, `length` in months.

    Only without a filter or breakdown of people: those are looked at one by one.
    """
    denominators = {LEDGER_OF[t.statistic] for t in indicator.denominator or indicator.numerator}
    if request.share or request.by in _PEOPLE or any(column in _PEOPLE for column, _ in request.where):
        return np.zeros(points.shape, dtype=bool)
    if denominators == {"staff"}:
        people = (base if indicator.denominator else counted) / length
    elif denominators == {"standing"}:
        people = (base - counted) / length
    else:
        people = base
    return (points >= LEAST_POINTS) & (people >= LEAST_PEOPLE)


def _traits(filters: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [f for f in filters if f[0] in ("post_type", "age_band", "gender")]


def _count_people(snapshot: Snapshot, point_ids: Sequence[str], span: tuple[int, int], traits: list[tuple[str, str]]) -> int:
    """Distinct people on the rosters of these points in the period, with these traits."""
    conditions = "".join(f" AND {column} = ?" for column, _ in traits)
    frame = snapshot.query(
        "SELECT count(DISTINCT person_id) AS people FROM fact_staff "
        f"WHERE point_id IN (SELECT unnest(?)) AND month BETWEEN ? AND ?{conditions}",
        [list(point_ids), *span, *(code for _, code in traits)],
    )
    return int(frame["people"][0])
