"""The difference of a region's levels to those of the whole province, many indicators at once, with its standard error.

The region is a part of the province, so the two move together: the difference is linearised as one, u = u_region − u_province,
and its variance taken over the whole design, so that it has the covariance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.answers.domains import find_domains
from dashboard.answers.periods import province_of, split_panels
from dashboard.answers.request import Request
from dashboard.answers.values import Values, fold_values
from dashboard.estimates.design import Design, Floats
from dashboard.estimates.level import estimate_level
from dashboard.estimates.variance import estimate_variance
from dashboard.warehouse import Snapshot
from pipelines.contracts.indicators import INDICATORS, Indicator, Kind

Where = tuple[tuple[str, str], ...]
WHOLES_KEPT = 8


@dataclass(frozen=True)
class Gap:
    """Level of the region less that of the province, in the indicator's unit; `df` of the region. NaN where not estimable.

    Without a standard error where the region's own is 0: points that are all alike say nothing of their error.
    """

    value: float
    se: float
    df: int


@dataclass(frozen=True)
class _Whole:
    """An indicator in the whole province: the respondents, their design, level and weighted linearised values."""

    values: Values
    design: Design
    level: float
    scores: Floats


def measure_gaps(snapshot: Snapshot, region: str, first: int, last: int, where: Where = ()) -> Mapping[str, Gap]:
    """The gap of each indicator that is estimated, in the order of the contracts. `where`: of points only."""
    request = Request(next(iter(INDICATORS)), region, first, last, where=where)
    domains = find_domains(snapshot, request)
    found = {}
    for indicator, whole in _read_whole(snapshot, first, last, where).items():
        level = estimate_level(whole.values.design(snapshot, domains, 1), whole.values.num, whole.values.den)
        variance = estimate_variance(whole.design, level.scores - whole.scores)[0, 0]
        se = float(np.sqrt(variance)) if level.se[0, 0] > 0 else np.nan
        found[indicator] = Gap(float(level.value[0, 0] - whole.level), se, int(level.df[0, 0]))
    return {i: found[i] for i in INDICATORS if i in found}


@lru_cache(maxsize=WHOLES_KEPT)
def _read_whole(snapshot: Snapshot, first: int, last: int, where: Where) -> dict[str, _Whole]:
    """Every indicator of points in the whole province; the same whichever region is held against it."""
    request = Request(next(iter(INDICATORS)), province_of(snapshot), first, last, where=where)
    domains, panels = find_domains(snapshot, request), split_panels(None, first, last)
    found = {}
    for group in _group_by_universe():
        design = None
        for indicator, values in fold_values(snapshot, group, panels, domains, snapshot.policy.constants):
            design = design or values.design(snapshot, domains, 1)
            level = estimate_level(design, values.num, values.den)
            found[indicator.id] = _Whole(values, design, float(level.value[0, 0]), level.scores)
    return found


def _group_by_universe() -> Iterator[list[Indicator]]:
    """Indicators of points that count the same point-months, and so have the same respondents."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in INDICATORS.values():
        if indicator.kind is not Kind.REGISTER:
            groups.setdefault(indicator.universe, []).append(indicator)
    yield from groups.values()
