"""Answer a question: read, estimate, compare, say what is absent and why, apply policy."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from dashboard.answers.coverage import Coverage, explain_absence, measure_coverage
from dashboard.answers.domains import Domains, find_domains
from dashboard.answers.matching import Comparison, compare_values
from dashboard.answers.periods import Panel, default_period, earlier_panels, is_recent, provisional_months, split_panels
from dashboard.answers.policy import find_suppression, is_staff_figure, suppress
from dashboard.answers.ranking import Scores, rank_records, rank_register, read_scores
from dashboard.answers.register import answer_register
from dashboard.answers.request import ESTIMATE_COLUMNS, Request
from dashboard.answers.values import Values, group_codes, read_values
from dashboard.estimates.design import Floats
from dashboard.estimates.intervals import interval_linear, interval_share
from dashboard.estimates.level import Level, estimate_level
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Indicator, Kind
from pipelines.contracts.policy import BurdenConstants


@dataclass(frozen=True)
class _Parts:
    """Everything that a record of the answer is put together from."""

    snapshot: Snapshot
    indicator: Indicator
    request: Request
    domains: Domains
    panels: list[Panel]
    earlier: list[Panel]
    values: Values
    level: Level
    low: Floats
    high: Floats
    coverage: Coverage
    comparison: Comparison | None
    scores: Scores | None


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
    parts = _estimate(snapshot, indicator, request, constants or snapshot.policy.constants)
    records = _records(parts)
    return _frame(rank_records(records, request, indicator, parts.scores) if parts.scores else records)


def _frame(records: list[dict[str, Any]]) -> pl.DataFrame:
    empty = dict.fromkeys(ESTIMATE_COLUMNS)
    return pl.DataFrame([empty | r for r in records], schema=ESTIMATE_COLUMNS, orient="row")


def _estimate(snapshot: Snapshot, indicator: Indicator, request: Request, constants: BurdenConstants) -> _Parts:
    assert request.first is not None and request.last is not None  # noqa: S101, PT018 - filled in by the caller
    domains = find_domains(snapshot, request)
    periods = split_panels(request.by, request.first, request.last)
    values = read_values(snapshot, indicator, request, periods, domains, constants)
    groups = group_codes(indicator, request.by)
    panels = [replace(periods[0], label=g) for g in groups] if groups else periods
    design = values.design(snapshot, domains, len(panels))
    level = estimate_level(design, values.num, values.den)
    is_share = indicator.is_share or request.share
    low, high = (
        interval_share(level.value, level.se, level.df, level.n_points)
        if is_share
        else interval_linear(level.value, level.se, level.df)
    )
    comparison, earlier = None, []
    if request.compare is not None:
        earlier = earlier_panels(request, periods, request.first, request.last)
        before = read_values(snapshot, indicator, request, earlier, domains, constants)
        is_mean = indicator.kind is Kind.MEAN and not request.share
        comparison = compare_values(snapshot, domains, len(panels), values, before, level, is_mean=is_mean)
    coverage = measure_coverage(snapshot, domains, design, panels)
    scores = read_scores(request, indicator, design, values, level, comparison) if request.rank else None
    return _Parts(
        snapshot, indicator, request, domains, panels, earlier, values, level, low, high, coverage, comparison, scores
    )


def _records(parts: _Parts) -> list[dict[str, Any]]:
    records = []
    for g in range(len(parts.domains.labels)):
        city, county = parts.domains.cities[g], parts.domains.counties[g]
        code, level = (county, "county") if county else (city or parts.request.region, None)
        provisional = provisional_months(parts.snapshot, parts.indicator, code, level)
        records += [_record(parts, p, g, provisional) for p in range(len(parts.panels))]
    return records


def _record(parts: _Parts, p: int, g: int, provisional: frozenset[int]) -> dict[str, Any]:
    panel, level = parts.panels[p], parts.level
    points = int(level.n_points[p, g])
    record: dict[str, Any] = {
        "indicator": parts.indicator.id, "region_code": parts.request.region,
        "group": panel.label if panel.label is not None else parts.domains.labels[g],
        "period_from": months.iso(panel.first), "period_to": months.iso(panel.last),
        "n_points": points, "n_strata": int(level.n_strata[p, g]),
        "covered_share": _number(parts.coverage.covered_share[p, g]),
        "response_rate": _number(parts.coverage.response_rate(level.n_points)[p, g]),
        "provisional": is_recent(parts.snapshot, parts.indicator, panel.last)
        or not provisional.isdisjoint(months.span(panel.first, panel.last)),
        "snapshot": parts.snapshot.id,
    }  # fmt: skip
    if points == 0:
        inside = np.flatnonzero(parts.domains.of_point == g)
        point_ids = parts.snapshot.points["point_id"].gather(inside).to_list()
        reason = explain_absence(parts.snapshot, parts.indicator, panel, point_ids, int(parts.coverage.owed[p, g]))
        return record | {"status": "no_data", "reason": reason}
    record |= _figures(parts, p, g)
    if not is_staff_figure(parts.indicator):
        return record | _change(parts, p, g)
    hidden = _suppression(parts, parts.values, panel, p, g)
    if hidden:
        return suppress(record, hidden)
    return record if _tells_suppressed(parts, p, g) else record | _change(parts, p, g)


def _figures(parts: _Parts, p: int, g: int) -> dict[str, Any]:
    level = parts.level
    value, se, df = level.value[p, g], level.se[p, g], int(level.df[p, g])
    if np.isnan(value):
        return {"df": df, "status": "not_estimable", "reason": "no_denominator"}
    figures = {"estimate": float(value), "df": df, "n_effective": _number(level.n_effective[p, g])}
    if level.n_points[p, g] > 1:  # the linearised value of a single point is 0, which says nothing of its error
        figures |= {"se": _number(se), "cv": _number(se / abs(value)) if value else None}
    if df == 0:
        return figures | {"status": "not_estimable", "reason": "few_points"}
    return figures | {"ci_low": _number(parts.low[p, g]), "ci_high": _number(parts.high[p, g]), "status": "ok"}


def _change(parts: _Parts, p: int, g: int) -> dict[str, Any]:
    comparison = parts.comparison
    if comparison is None:
        return {}
    change = comparison.change
    low, high = _number(comparison.low[p, g]), _number(comparison.high[p, g])
    direction = None
    if low is not None and high is not None:
        direction = "rose" if low > 0 else "fell" if high < 0 else "no_clear_change"
    return {
        "change": _number(change.value[p, g]), "change_low": low, "change_high": high, "direction": direction,
        "n_matched": int(change.n_points[p, g]), "same": _number(comparison.same[p, g]),
        "came": _number(comparison.came[p, g]), "went": _number(comparison.went[p, g]),
    }  # fmt: skip


def _tells_suppressed(parts: _Parts, p: int, g: int) -> bool:
    """Would the change tell a suppressed figure: of the earlier period, or of the few points that reported in both?"""
    comparison = parts.comparison
    if comparison is None:
        return False
    earlier = parts.earlier[p if len(parts.earlier) > 1 else 0]
    return any(
        _suppression(parts, values, panel, p, g) is not None
        for values, panel in ((comparison.before, earlier), (comparison.matched, parts.panels[p]))
    )


def _suppression(parts: _Parts, values: Values, panel: Panel, p: int, g: int) -> str | None:
    rows = (values.panel == p) & (parts.domains.of_point[values.point] == g)
    return find_suppression(
        parts.snapshot, parts.indicator, parts.request, parts.snapshot.points["point_id"].gather(values.point[rows]).to_list(),
        (panel.first, panel.last), parts.panels[p].label if group_codes(parts.indicator, parts.request.by) else None,
        float(values.counted[rows].sum()), float(values.base[rows].sum()),
    )


def _number(value: float) -> float | None:
    """A float for the record; null where it is not a number."""
    return float(value) if np.isfinite(value) else None
