"""Estimates become the rows of an answer: what is absent and why, and disclosure applied. Columns, not records: there are many.

Rows stand by domain, then by panel. Nothing is estimated here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.answers.coverage import Coverage, explain_absence
from dashboard.answers.domains import Domains
from dashboard.answers.matching import Comparison
from dashboard.answers.periods import Panel, is_recent, provisional_months
from dashboard.answers.policy import (
    KEPT,
    LEAST_PEOPLE,
    find_cut_off,
    find_open,
    find_telling,
    is_staff_figure,
    name_suppression,
)
from dashboard.answers.request import ESTIMATE_COLUMNS, Request
from dashboard.answers.values import Values, group_codes
from dashboard.disclosure import last_released
from dashboard.estimates.design import Floats
from dashboard.estimates.level import Level
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Indicator

Bools = NDArray[np.bool_]
Words = NDArray[np.object_]
_CHANGE = ("change", "change_low", "change_high", "direction", "n_matched", "same", "came", "went")
_FIGURES = tuple(c for c in ESTIMATE_COLUMNS if c not in KEPT and c not in ("status", "reason"))


@dataclass(frozen=True)
class Parts:
    """Everything that an answer is put together from; estimates have the shape (panels, domains)."""

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

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Panels and domains."""
        return len(self.panels), len(self.domains.labels)


class _Entries:
    """The entries of values by panel and domain."""

    def __init__(self, values: Values, parts: Parts) -> None:
        domain = parts.domains.of_point[values.point]
        self.cell = np.where(domain >= 0, values.panel * parts.shape[1] + domain, -1)
        self.order = np.argsort(self.cell, kind="stable")
        self.ends = np.searchsorted(self.cell[self.order], np.arange(parts.shape[0] * parts.shape[1] + 1))
        self.values, self.parts = values, parts

    def are_few(self) -> Bools:
        """Rows of the answer in whose denominator few or none stand, whatever is counted there."""
        inside = self.cell >= 0
        sums = np.bincount(self.cell[inside], self.values.base[inside], minlength=self.parts.shape[0] * self.parts.shape[1])
        return np.asarray(_flat(sums.reshape(self.parts.shape) < LEAST_PEOPLE))

    def name_suppression(self, panel: Panel, p: int, g: int) -> str | None:
        """Why the figure of one panel and domain is suppressed by itself."""
        cell = p * self.parts.shape[1] + g
        rows, values, parts = self.order[self.ends[cell] : self.ends[cell + 1]], self.values, self.parts
        return name_suppression(
            parts.snapshot, parts.indicator, parts.request, values.point[rows],
            (panel.first, panel.last), parts.panels[p].label if group_codes(parts.indicator, parts.request.by) else None,
            float(values.counted[rows].sum()), float(values.base[rows].sum()),
        )


def tabulate(parts: Parts) -> pl.DataFrame:
    """The frame of an answer, columns `ESTIMATE_COLUMNS`, one row a domain and panel."""
    some = _flat(parts.level.n_points) > 0
    columns = _place(parts) | _figures(parts, some) | _change(parts, some)
    for i in np.flatnonzero(~some).tolist():
        columns["reason"][i] = _explain(parts, i % parts.shape[0], i // parts.shape[0])
    if is_staff_figure(parts.indicator):
        _suppress(parts, columns, some)
    length = len(some)
    series = [_series(name, kind, columns.get(name), length) for name, kind in ESTIMATE_COLUMNS.items()]
    return pl.DataFrame(series)


def _series(name: str, kind: Any, values: NDArray[Any] | None, length: int) -> pl.Series:
    if values is None:
        return _empty_series(name, length)
    if values.dtype == object:
        return pl.Series(name, values.tolist(), dtype=kind)
    if values.dtype == np.float64:
        return pl.Series(name, np.where(np.isfinite(values), values, np.nan), nan_to_null=True).cast(kind)
    return pl.Series(name, values, dtype=kind)


@lru_cache(maxsize=512)
def _empty_series(name: str, length: int) -> pl.Series:
    return pl.Series(name, [None], dtype=ESTIMATE_COLUMNS[name]).new_from_index(0, length)


def _flat(values: NDArray[Any]) -> NDArray[Any]:
    """(panels, domains) as rows by domain, then by panel."""
    return np.ascontiguousarray(values.T).ravel()


def _words(rows: Iterable[str | None], repeats: int = 1, copies: int = 1) -> Words:
    return np.tile(np.repeat(np.array(list(rows), dtype=object), repeats), copies)


def _place(parts: Parts) -> dict[str, NDArray[Any]]:
    """What, where, when, and what stands behind it. With groups in panels and domains the region is the domain's."""
    panels, domains = parts.shape
    labels = [p.label for p in parts.panels]
    regions: list[str | None] = [parts.request.region] * domains
    group = _words(labels, 1, domains) if labels[0] is not None else _words(parts.domains.labels, panels)
    if labels[0] is not None and parts.domains.labels[0] is not None:
        regions = parts.domains.labels
    return {
        "indicator": _words([parts.indicator.id], panels * domains), "region_code": _words(regions, panels), "group": group,
        "period_from": _words((months.iso(p.first) for p in parts.panels), 1, domains),
        "period_to": _words((months.iso(p.last) for p in parts.panels), 1, domains),
        "n_points": _flat(parts.level.n_points), "n_strata": _flat(parts.level.n_strata),
        "covered_share": _flat(parts.coverage.covered_share),
        "response_rate": _flat(parts.coverage.response_rate(parts.level.n_points)),
        "provisional": _flat(_find_provisional(parts)), "snapshot": _words([parts.snapshot.id], panels * domains),
    }  # fmt: skip


def _find_provisional(parts: Parts) -> Bools:
    places = zip(parts.domains.cities, parts.domains.counties, strict=True)
    spans = tuple((p.first, p.last) for p in parts.panels)
    codes = tuple((county, "county") if county else (city or parts.request.region, None) for city, county in places)
    return _mark_provisional(parts.snapshot, parts.indicator.universe, spans, codes)


@lru_cache(maxsize=512)
def _mark_provisional(
    snapshot: Snapshot, universe: str, spans: tuple[tuple[int, int], ...], codes: tuple[tuple[str, str | None], ...]
) -> Bools:
    """Which periods of which regions hold a provisional month; by universe, since many indicators share one."""
    indicator = next(i for i in INDICATORS.values() if i.universe == universe)
    recent = [is_recent(snapshot, indicator, last) for _, last in spans]
    months_of = [frozenset(months.span(*span)) for span in spans]
    late = [provisional_months(snapshot, indicator, code, level) for code, level in codes]
    return np.array([[r or not known.isdisjoint(m) for known in late] for r, m in zip(recent, months_of, strict=True)])


def _figures(parts: Parts, some: Bools) -> dict[str, NDArray[Any]]:
    value, se, df = _flat(parts.level.value), _flat(parts.level.se), _flat(parts.level.df)
    known = some & np.isfinite(value)
    sure = known & (df > 0)
    several = known & (_flat(parts.level.n_points) > 1)  # the linearised value of a single point is 0: nothing on its error
    with np.errstate(divide="ignore", invalid="ignore"):
        cv = np.where(several, se / np.abs(value), np.nan)
    status = np.where(sure, "ok", np.where(some, "not_estimable", "no_data")).astype(object)
    reason = np.full(len(some), None, dtype=object)
    reason[some & ~known] = "no_denominator"
    reason[known & ~sure] = "few_points"
    return {
        "estimate": np.where(known, value, np.nan), "se": np.where(several, se, np.nan), "cv": cv,
        "ci_low": np.where(sure, _flat(parts.low), np.nan), "ci_high": np.where(sure, _flat(parts.high), np.nan),
        "df": np.where(some, df, np.nan), "n_effective": np.where(known, _flat(parts.level.n_effective), np.nan),
        "status": status, "reason": reason,
    }  # fmt: skip


def _change(parts: Parts, some: Bools) -> dict[str, NDArray[Any]]:
    if parts.comparison is None:
        return {}
    compared, change = parts.comparison, parts.comparison.change
    numbers = {
        "change": change.value, "change_low": compared.low, "change_high": compared.high, "n_matched": change.n_points,
        "same": compared.same, "came": compared.came, "went": compared.went,
    }  # fmt: skip
    columns: dict[str, NDArray[Any]] = {name: np.where(some, _flat(values), np.nan) for name, values in numbers.items()}
    low, high = columns["change_low"], columns["change_high"]
    direction = np.full(len(some), None, dtype=object)
    direction[np.isfinite(low) & np.isfinite(high)] = "no_clear_change"
    direction[low > 0] = "rose"
    direction[high < 0] = "fell"
    return columns | {"direction": direction}


def _explain(parts: Parts, p: int, g: int) -> str:
    inside = np.flatnonzero(parts.domains.of_point == g)
    return explain_absence(parts.snapshot, parts.indicator, parts.panels[p], inside, int(parts.coverage.owed[p, g]))


def _suppress(parts: Parts, columns: dict[str, NDArray[Any]], some: Bools) -> None:
    """Take out what must not be shown: staff figures that are not open, and changes that would tell one."""
    own = _Entries(parts.values, parts)
    asked = parts.snapshot, parts.indicator, parts.request, parts.domains, parts.panels
    cut_off = _flat(find_cut_off(*asked))
    closed = cut_off | _flat(~find_open(*asked))
    hidden = some & closed
    for i in np.flatnonzero(some & (closed | own.are_few())).tolist():
        p, g = i % parts.shape[0], i // parts.shape[0]
        why = own.name_suppression(parts.panels[p], p, g)
        if closed[i] and not why:
            is_early = parts.panels[p].last > last_released(parts.snapshot)
            why = "by_quarter" if cut_off[i] else "not_final" if is_early else "complementary"
        if why:
            hidden[i] = True
            columns["status"][i], columns["reason"][i] = "suppressed", why
    telling = _find_telling(parts, some & ~hidden) if parts.comparison else hidden
    for names, rows in ((_FIGURES, hidden), (_CHANGE, telling)):
        for name in names:
            if name in columns:
                columns[name][rows] = None if columns[name].dtype == object else np.nan


def _find_telling(parts: Parts, shown: Bools) -> Bools:
    """Rows whose change would tell a suppressed figure: of the earlier period, of the matched points, or of those left out."""
    compared = parts.comparison
    assert compared is not None  # noqa: S101 - the caller asks only where there is one
    earlier = [parts.earlier[p if len(parts.earlier) > 1 else 0] for p in range(parts.shape[0])]
    before = [replace(e, label=p.label) for e, p in zip(earlier, parts.panels, strict=True)]
    asked = parts.snapshot, parts.indicator, parts.request, parts.domains, before
    is_closed = ~find_open(*asked) | find_cut_off(*asked)
    telling: Bools = shown & _flat(is_closed | find_telling(parts.snapshot, parts.domains, compared.differing))
    matched = _Entries(compared.matched, parts)
    for i in np.flatnonzero(shown & ~telling).tolist():
        p, g = i % parts.shape[0], i // parts.shape[0]
        telling[i] = matched.name_suppression(parts.panels[p], p, g) is not None
    return telling
