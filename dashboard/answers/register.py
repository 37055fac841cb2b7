"""Registers: plans and feedback, counted as they are, without sampling error (DATA.md §4, kind `register`).

Their records have no points, no standard error and no rank; `plan_projection` has an 80 % prediction interval.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from dashboard.answers.feedback import count_feedback, default_feedback_period, within
from dashboard.answers.periods import Panel, province_of, split_panels
from dashboard.answers.plans import default_plan_period, pace_plans
from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.breakdowns import REGISTERS
from pipelines.contracts.indicators import Domain, Indicator

Record = dict[str, Any]
# indicator → columns of count_feedback: what is counted, and of what
_RATIOS = {"feedback_closed_30d_share": ("prompt", "old"), "feedback_action_share": ("acted", "closed")}


def answer_register(snapshot: Snapshot, indicator: Indicator, request: Request) -> list[Record]:
    """Records of a register, one row a group; of plans one row a region, item and level that the filters leave open."""
    is_plan = indicator.domain is Domain.PLANS
    if request.first is None or request.last is None:
        request = request.over(*(default_plan_period if is_plan else default_feedback_period)(snapshot))
    frame = {"indicator": indicator.id, "region_code": request.region, "provisional": False, "snapshot": snapshot.id}
    return [frame | record for record in (_plans if is_plan else _feedback)(snapshot, indicator, request)]


def _parts(snapshot: Snapshot, request: Request) -> list[str]:
    """The regions that stand in the answer by themselves: the region asked for, or its cities or counties."""
    if request.by not in ("city", "county"):
        return [request.region]
    regions = snapshot.regions.filter(pl.col("level") == request.by)
    whole = request.region == province_of(snapshot)
    inside = regions if whole else regions.filter((pl.col("city_code") == request.region) | (pl.col("code") == request.region))
    return inside["code"].sort().to_list()


def _plans(snapshot: Snapshot, indicator: Indicator, request: Request) -> Iterator[Record]:
    assert request.first is not None and request.last is not None  # noqa: S101, PT018 - filled in by the caller
    regions = _parts(snapshot, request)
    paces = pace_plans(snapshot, regions, request.first, request.last)
    for column, code in request.where:
        paces = paces.filter(pl.col(column) == code)
    span = {"period_from": months.iso(request.first), "period_to": months.iso(request.last)}
    absent = span | {"status": "no_data", "reason": "missing"}
    if paces.is_empty() and request.by is None:
        yield absent
    open_columns = [b.column for b in REGISTERS["plans"] if b.column not in dict(request.where)]
    named = [c for c in open_columns if c in ("item", request.by) or paces[c].n_unique() > 1]
    for region in regions if request.by in ("city", "county") else [None]:
        rows = paces if region is None else paces.filter(region_code=region)
        if rows.is_empty() and region is not None:
            yield absent | {"group": region}
        for row in rows.iter_rows(named=True):
            words = [*([region] if region else []), *(row[c] for c in named)]
            yield span | {"group": "/".join(words) or None} | _plan_figures(indicator, row)


def _plan_figures(indicator: Indicator, row: Record) -> Record:
    if row["used"] is None:
        return {"status": "not_estimable", "reason": "no_denominator"}
    if indicator.id == "plan_used_share":
        return {"estimate": row["used"], "status": "ok"}
    if row["projected"] is None:
        return {"status": "not_estimable", "reason": "few_years"}
    return {"estimate": row["projected"], "ci_low": row["projected_low"], "ci_high": row["projected_high"], "status": "ok"}


def _feedback(snapshot: Snapshot, indicator: Indicator, request: Request) -> Iterator[Record]:
    assert request.first is not None and request.last is not None  # noqa: S101, PT018 - filled in by the caller
    counts = count_feedback(snapshot, request.first, request.last, dict(request.where), _column(request))
    is_kept = snapshot.manifest["ledgers"]["feedback"]["accepted"] > 0
    for panel in split_panels(request.by, request.first, request.last):
        inside = counts.filter(pl.col("month").is_between(panel.first, panel.last))
        for group, rows in _split(snapshot, request, panel, inside):
            span = {"period_from": months.iso(panel.first), "period_to": months.iso(panel.last)}
            yield span | {"group": group} | _feedback_figures(indicator, rows, is_kept=is_kept)


def _column(request: Request) -> str | None:
    return request.by if request.by in {b.column for b in REGISTERS["feedback"]} else None


def _split(snapshot: Snapshot, request: Request, panel: Panel, counts: pl.DataFrame) -> Iterator[tuple[str | None, pl.DataFrame]]:
    """The group and the counts of each row of the answer."""
    column = _column(request)
    within = _within(snapshot, request.region, counts)
    if column:
        codes = next(b.codes.codes for b in REGISTERS["feedback"] if b.column == column)
        yield from ((code, within.filter(pl.col(column) == code)) for code in codes)
    elif request.by in ("city", "county"):
        yield from ((code, _within(snapshot, code, counts)) for code in _parts(snapshot, request))
    else:
        yield panel.label, within


def _within(snapshot: Snapshot, region: str, counts: pl.DataFrame) -> pl.DataFrame:
    """The messages about a region and what lies in it."""
    return counts.filter(within(snapshot, region))


def _feedback_figures(indicator: Indicator, counts: pl.DataFrame, *, is_kept: bool) -> Record:
    if not is_kept:
        return {"status": "no_data", "reason": "missing"}
    if indicator.id not in _RATIOS:
        return {"estimate": float(counts["messages"].sum()), "status": "ok"}
    part, whole = (int(counts[column].sum()) for column in _RATIOS[indicator.id])
    return {"estimate": part / whole, "status": "ok"} if whole else {"status": "not_estimable", "reason": "no_denominator"}
