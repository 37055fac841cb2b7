"""The policy layer: what may be shown of an estimate. Everything that shows or writes a figure passes here.

Disclosure (DATA.md §5.10): a staff figure is suppressed when fewer than 3 points or fewer than 10 distinct people (unweighted)
stand in its denominator, a cell of a staff breakdown also when its own count is 1 or 2; and where `dashboard.disclosure`
closed it because it would allow such a figure to be worked out (`complementary`), because its month is not yet cut fine
(`not_final`), or because it is shown by calendar quarter alone (`by_quarter`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.answers.domains import Domains
from dashboard.answers.periods import Panel, province_of
from dashboard.answers.request import Request
from dashboard.answers.values import group_codes
from dashboard.disclosure import (
    NOWHERE,
    codes_of,
    is_cut_off,
    is_open,
    is_quarterly,
    is_reweighted,
    last_released,
    load_places,
)
from dashboard.estimates.design import Design, Ints
from dashboard.warehouse import Snapshot, load_roster
from pipelines.contracts import months
from pipelines.contracts.indicators import Domain, Indicator
from pipelines.contracts.statistics import LEDGER_OF

Filters = tuple[tuple[str, str], ...]
LEAST_POINTS = 3
LEAST_PEOPLE = 10
SMALL_CELL = (1, 2)
# What a suppressed row still says: which, where, when, and on how many points it would rest.
KEPT = {
    "indicator", "region_code", "group", "period_from", "period_to", "n_points", "n_strata", "covered_share",
    "response_rate", "provisional", "snapshot",
}  # fmt: skip


def is_staff_figure(indicator: Indicator) -> bool:
    """Does disclosure control bear on the indicator?"""
    return indicator.domain is Domain.STAFFING


def find_open(
    snapshot: Snapshot, indicator: Indicator, request: Request, domains: Domains, panels: Sequence[Panel],
) -> NDArray[np.bool_]:
    """Which staff figures the pattern of the snapshot leaves open, (panels, domains). With a breakdown each group is a panel."""
    is_late = _judge(is_reweighted, snapshot, indicator, request, domains, panels)
    return _judge(is_open, snapshot, indicator, request, domains, panels) & ~is_late


def find_cut_off(
    snapshot: Snapshot, indicator: Indicator, request: Request, domains: Domains, panels: Sequence[Panel],
) -> NDArray[np.bool_]:
    """Which are shown by calendar quarter alone and asked over another period, (panels, domains)."""
    return _judge(is_cut_off, snapshot, indicator, request, domains, panels)


def is_by_quarter(snapshot: Snapshot, indicator: Indicator, region: str, where: Filters = ()) -> bool:
    """Is the figure of a region (a code, with filters) shown by calendar quarter alone?"""
    if not is_staff_figure(indicator):
        return False
    known, type_ = load_places(snapshot).of_key, dict(where).get("point_type")
    levels = ("city", "county") if region != province_of(snapshot) else ("province",)
    keys = [(level, "" if level == "province" else region, type_) for level in levels]
    place = next((known[key] for key in keys if key in known), NOWHERE)
    traits = tuple(f for f in where if f[0] != "point_type")
    return bool(is_quarterly(snapshot, indicator, traits, np.array([place]))[0])


def find_quarter(snapshot: Snapshot, last: int) -> tuple[int, int] | None:
    """The last calendar quarter that is cut fine and ends no later than a month; None where there is none."""
    end = min(last, last_released(snapshot))
    end = months.shift(end, -(end % 100 % 3)) if end else 0
    first = snapshot.months[0] if snapshot.months else end
    return (months.shift(end, -2), end) if end and months.shift(end, -2) >= first else None


def _judge(
    test: Callable[..., NDArray[np.bool_]], snapshot: Snapshot, indicator: Indicator, request: Request, domains: Domains,
    panels: Sequence[Panel],
) -> NDArray[np.bool_]:
    """A test of (places, spans) for every panel and domain."""
    places = _find_places(snapshot, domains)
    filters = tuple(f for f in request.where if f[0] != "point_type")
    spans = [(p.first, p.last) for p in panels]
    if not group_codes(indicator, request.by):
        return test(snapshot, indicator, filters, places, spans).T
    groups = [((request.by or "", p.label or ""), span) for p, span in zip(panels, spans, strict=True)]
    return np.array([test(snapshot, indicator, (*filters, g), places, [span])[:, 0] for g, span in groups])


def _find_places(snapshot: Snapshot, domains: Domains) -> Ints:
    """The place of every domain, `NOWHERE` where there are no points."""
    known = load_places(snapshot).of_key
    return np.array([known.get(_place(domains, g), NOWHERE) for g in range(len(domains.labels))], dtype=np.int64)


def _place(domains: Domains, g: int) -> tuple[str, str, str | None]:
    county, city = domains.counties[g], domains.cities[g]
    level, code = ("county", county) if county else ("city", city) if city else ("province", "")
    return level, code, domains.point_types[g]


def name_suppression(
    snapshot: Snapshot, indicator: Indicator, request: Request, points: Ints, span: tuple[int, int],
    group: str | None, counted: float, base: float,
) -> str | None:
    """Why a staff figure of these respondents must not be shown whatever else is: `few_points`, `few_people`, or None.

    `points`: rows of `Snapshot.points`. `counted`, `base`: unweighted sums of numerator and denominator statistics over the
    period (person-months of the roster, or events); `group`: the code of a breakdown. Person-months ÷ months is a floor of
    the people, so rosters are read only for the few that lie below it.
    """
    if len(points) < LEAST_POINTS:
        return "few_points"
    filters = [f for f in request.where if f[0] != "point_type"]
    part = [*filters, *([(request.by, group)] if group and request.by else [])]
    of_moves = indicator.ledger == "staff_moves"
    length = len(months.span(*span))
    denominators = {LEDGER_OF[t.statistic] for t in indicator.denominator or indicator.numerator}
    if denominators == {"staff"}:
        is_mean = not indicator.denominator and not request.share  # of points: the whole roster stands behind it
        floor = counted / length if is_mean else base / length
        traits = [] if is_mean else _traits(filters if request.share else part)
        if floor < LEAST_PEOPLE and _count_people(snapshot, points, span, traits) < LEAST_PEOPLE:
            return "few_people"
    elif denominators == {"standing"}:  # posts established less posts vacant: the people who hold them
        if (base - counted) / length < LEAST_PEOPLE and _count_people(snapshot, points, span, []) < LEAST_PEOPLE:
            return "few_people"
    elif denominators == {"staff_moves"} and base < LEAST_PEOPLE:
        return "few_people"
    if part:
        is_large = counted / (1 if of_moves else length) > max(SMALL_CELL)
        own = counted if of_moves or is_large else _count_people(snapshot, points, span, _traits(part))
        if own in SMALL_CELL:
            return "few_people"
    return None


def count_differing(whole: Design, matched: Design, entries: Ints) -> NDArray[np.float64]:
    """Points that make the difference between a figure of matched points and that of all, (panels, domains).

    `entries`: positions in `whole` of the entries of `matched`. A point differs that counts in one only, or with another weight.
    """
    weight = np.zeros(len(whole.panel))
    weight[entries] = matched.weight
    differs = np.abs(weight - whole.weight) > 1e-9 * whole.weight
    return whole.total(differs.astype(np.float64))


def find_telling(snapshot: Snapshot, domains: Domains, differing: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where matched points beside all points would tell of few, (panels, domains): one or two differ; or, below the city, any.

    `differing`: of `count_differing`, now and before. In a county the two are sums over its types with other weights, from
    which those of single types follow.
    """
    is_fine = np.append(load_places(snapshot).is_fine, False)[_find_places(snapshot, domains)]  # NOWHERE is the last
    telling: NDArray[np.bool_] = ((differing > 0) & ((differing < LEAST_POINTS) | is_fine)).any(axis=0)
    return telling


def _traits(filters: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [f for f in filters if f[0] in ("post_type", "age_band", "gender")]


def _count_people(snapshot: Snapshot, points: Ints, span: tuple[int, int], traits: list[tuple[str, str]]) -> int:
    """Distinct people on the rosters of these points in the period, with these traits."""
    roster = load_roster(snapshot)
    rows = np.concatenate([np.arange(roster.starts[p], roster.starts[p + 1]) for p in points.tolist()])
    wanted = (roster.month[rows] >= span[0]) & (roster.month[rows] <= span[1])
    for column, code in traits:
        wanted &= roster.codes[column][rows] == codes_of(column).index(code)
    return len(np.unique(roster.person[rows[wanted]]))
