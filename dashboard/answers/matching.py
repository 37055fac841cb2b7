"""The change of a question: the earlier values, the points that reported in both periods, the decomposition."""

from dataclasses import dataclass

import numpy as np

from dashboard.answers.domains import Domains
from dashboard.answers.policy import count_differing
from dashboard.answers.values import Values
from dashboard.estimates.change import Change, change_mean, change_ratio
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.intervals import interval_linear
from dashboard.estimates.level import Level, estimate_level
from dashboard.warehouse import Snapshot


@dataclass(frozen=True)
class Comparison:
    """By panel and domain: the change with its interval, and its parts in the unit of the level (DATA.md §5.6).

    `matched`, `matched_before`: the values of the matched points in both periods, entry by entry, and their `design`;
    `before`: those of all respondents of the earlier period. `differing`: points that differ from the level's, now and before.
    """

    design: Design
    matched: Values
    matched_before: Values
    before: Values
    change: Change
    low: Floats
    high: Floats
    same: Floats
    came: Floats
    went: Floats
    differing: Floats


def compare_values(
    snapshot: Snapshot, domains: Domains, panels: int, now: Values, before: Values, level: Level, *, is_mean: bool,
) -> Comparison:
    """Compare two periods on matched points. `level`: the published level of now."""
    rows_now, rows_before = _match(now, before)
    matched_now, matched_before = now.take(rows_now), before.take(rows_before)
    design = matched_now.design(snapshot, domains, panels)
    if is_mean:
        change = change_mean(design, matched_now.num, matched_before.num)
    else:
        change = change_ratio(design, (matched_now.num, matched_now.den), (matched_before.num, matched_before.den))
    low, high = interval_linear(change.value, change.se, change.df)
    design_now, design_before = (v.design(snapshot, domains, panels) for v in (now, before))
    earlier = estimate_level(design_before, before.num, before.den)
    return Comparison(
        design, matched_now, matched_before, before, change, low, high,
        same=change.now - change.before,
        came=level.value - change.now,
        went=change.before - earlier.value,
        differing=np.array([count_differing(design_now, design, rows_now), count_differing(design_before, design, rows_before)]),
    )


def _match(now: Values, before: Values) -> tuple[Ints, Ints]:
    """Positions of the entries with the same panel and point in both."""
    width = int(max(now.point.max(initial=0), before.point.max(initial=0))) + 1
    _, rows_now, rows_before = np.intersect1d(
        now.panel * width + now.point, before.panel * width + before.point, assume_unique=True, return_indices=True
    )
    return rows_now, rows_before
