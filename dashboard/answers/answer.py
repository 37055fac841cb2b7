"""Answer a question: read, estimate, compare; rows, absence and disclosure come from `tabulate`, places from `ranking`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from dashboard.answers.coverage import measure_coverage
from dashboard.answers.domains import find_domains
from dashboard.answers.matching import compare_values
from dashboard.answers.periods import Panel, default_period, earlier_panels, split_panels
from dashboard.answers.ranking import rank_records, rank_register, read_scores
from dashboard.answers.register import answer_register
from dashboard.answers.request import ESTIMATE_COLUMNS, Request
from dashboard.answers.tabulate import Parts, tabulate
from dashboard.answers.values import fold_values, group_codes, read_values
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.intervals import interval_linear, interval_share
from dashboard.estimates.level import Level, estimate_level
from dashboard.warehouse import Snapshot
from pipelines.contracts.indicators import INDICATORS, Indicator, Kind
from pipelines.contracts.policy import BurdenConstants


def answer(snapshot: Snapshot, request: Request, constants: BurdenConstants | None = None) -> pl.DataFrame:
    """The estimates that a request asks for, one row a group, columns `ESTIMATE_COLUMNS`.

    `constants` replaces those of `burden.toml` (试算). Raises RequestError where a period or a grouping does not fit.
    """
    indicator = INDICATORS[request.indicator]
    if request.first is None or request.last is None:
        request = request.over(*default_period(snapshot, indicator, request.region)) if indicator.universe else request
    if indicator.kind is Kind.REGISTER:
        counted = answer_register(snapshot, indicator, request)
        return _frame(rank_register(counted, request, indicator) if request.rank else counted)
    parts, design = _estimate(snapshot, indicator, request, constants or snapshot.policy.constants)
    frame = tabulate(parts)
    if not request.rank:
        return frame
    scores = read_scores(request, indicator, design, parts.values, parts.level, parts.comparison)
    return _frame(rank_records(frame.to_dicts(), request, indicator, scores))


def answer_as(snapshot: Snapshot, indicator: Indicator, request: Request, constants: BurdenConstants) -> pl.DataFrame:
    """The answer for an indicator made of terms of the one that the request names (a part of it, or a share of the whole)."""
    return tabulate(_estimate(snapshot, indicator, request, constants)[0])


@dataclass(frozen=True)
class Tested:
    """An answer with what a test of its change needs, an entry a row: standard error, degrees of freedom, and how many events
    (rows, people) of the matched points stand in the numerators of both periods together."""

    frame: pl.DataFrame
    se: Floats
    df: Ints
    events: Floats


def compare(snapshot: Snapshot, request: Request) -> Tested:
    """The answer to a request of one period that compares, ready to be tested. Raises RequestError as `answer`."""
    parts, _ = _estimate(snapshot, INDICATORS[request.indicator], request, snapshot.policy.constants)
    compared = parts.comparison
    assert compared is not None  # noqa: S101 - the request compares
    counted = np.abs(compared.matched.counted) + np.abs(compared.matched_before.counted)
    events = compared.design.total(counted)
    return Tested(tabulate(parts), compared.change.se[0], compared.change.df[0], events[0])


def series(
    snapshot: Snapshot, indicators: Sequence[str], first: int, last: int, *, region: str = "410000", by: str | None = "city",
    every: str = "month", where: tuple[tuple[str, str], ...] = (),
) -> Mapping[str, pl.DataFrame]:
    """Each indicator for the parts of a region and every month (quarter, year) of a period: by id, the columns of `answer`.

    `region_code` is the part (`by` None: the region itself), `group` the month; rows by part, then by month. Registers, which
    have no points, are left out. `where` filters points alone. What the indicators share is read and weighted once for all.
    """
    panels = split_panels(every, first, last)
    shared: dict[str, list[Indicator]] = {}
    for known in (INDICATORS[i] for i in indicators):
        if known.kind is not Kind.REGISTER:
            shared.setdefault(known.universe, []).append(known)
    found: dict[str, pl.DataFrame] = {}
    domains = find_domains(snapshot, Request(indicators[0], region, first, last, by, where)) if indicators else None
    for group in shared.values():
        assert domains is not None  # noqa: S101 - there is an indicator
        design = coverage = None
        for indicator, values in fold_values(snapshot, group, panels, domains, snapshot.policy.constants):
            if design is None or coverage is None:
                design = values.design(snapshot, domains, len(panels))
                coverage = measure_coverage(snapshot, domains, design, panels)
            request = Request(indicator.id, region, first, last, by, where)
            level = estimate_level(design, values.num, values.den)
            low, high = _interval(level, is_share=indicator.is_share)
            found[indicator.id] = tabulate(
                Parts(snapshot, indicator, request, domains, panels, [], values, level, low, high, coverage, None)
            )
    return {i: found[i] for i in indicators if i in found}


def _frame(records: list[dict[str, Any]]) -> pl.DataFrame:
    empty = dict.fromkeys(ESTIMATE_COLUMNS)
    return pl.DataFrame([empty | r for r in records], schema=ESTIMATE_COLUMNS, orient="row")


def _estimate(snapshot: Snapshot, indicator: Indicator, request: Request, constants: BurdenConstants) -> tuple[Parts, Design]:
    assert request.first is not None and request.last is not None  # noqa: S101, PT018 - filled in by the caller
    domains = find_domains(snapshot, request)
    periods = split_panels(request.by, request.first, request.last)
    values = read_values(snapshot, indicator, request, periods, domains, constants)
    panels = _label_groups(indicator, request, periods)
    design = values.design(snapshot, domains, len(panels))
    level = estimate_level(design, values.num, values.den)
    low, high = _interval(level, is_share=indicator.is_share or request.share)
    comparison, earlier = None, []
    if request.compare is not None:
        earlier = earlier_panels(request, periods, request.first, request.last)
        before = read_values(snapshot, indicator, request, earlier, domains, constants)
        is_mean = indicator.kind is Kind.MEAN and not request.share
        comparison = compare_values(snapshot, domains, len(panels), values, before, level, is_mean=is_mean)
    coverage = measure_coverage(snapshot, domains, design, panels)
    parts = Parts(snapshot, indicator, request, domains, panels, earlier, values, level, low, high, coverage, comparison)
    return parts, design


def _label_groups(indicator: Indicator, request: Request, periods: list[Panel]) -> list[Panel]:
    """The panels of the answer: the groups of a breakdown in the one period, else the periods."""
    groups = group_codes(indicator, request.by)
    return [replace(periods[0], label=g) for g in groups] if groups else periods


def _interval(level: Level, *, is_share: bool) -> tuple[Floats, Floats]:
    if is_share:
        return interval_share(level.value, level.se, level.df, level.n_points)
    return interval_linear(level.value, level.se, level.df)
