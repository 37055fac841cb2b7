"""What burden hours are made of: their parts, what other constants would give, and how much each constant weighs.

Burden hours are a sum of statistics times constants (DATA.md §4), so a mean and its matched means are sums of the means of
single terms: other constants need no new reading of points for the estimate, only for its interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from dashboard.answers.answer import answer_as
from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts.indicators import INDICATORS, Kind, Unit
from pipelines.contracts.policy import CONSTANTS, BurdenConstants

HOURS = INDICATORS["burden_hours"]
# part → the statistics of its terms
PARTS: Mapping[str, tuple[str, ...]] = {
    "meetings": ("meeting_person_minutes",), "escorts": ("inspection_escort_days",),
    "materials": ("inspection_materials",), "reading": ("document_characters", "documents_without_characters"),
    "reports": ("reports_demanded",),
}  # fmt: skip
SENSITIVITY_COLUMNS: dict[str, pl.DataType] = {
    "constant": pl.String(), "value": pl.Float64(), "low": pl.Float64(), "high": pl.Float64(),
    "estimate_low": pl.Float64(), "estimate_high": pl.Float64(), "change_low": pl.Float64(), "change_high": pl.Float64(),
}  # fmt: skip


def compose(snapshot: Snapshot, request: Request, constants: BurdenConstants) -> pl.DataFrame:
    """Burden hours by part: the columns of `answer` with `group` the part, and `share`, `share_low`, `share_high` of the whole.

    `request`: one region and period, of `burden_hours`; with `compare` each part has its change.
    """
    frames = []
    for part, statistics in PARTS.items():
        terms = tuple(t for t in HOURS.numerator if t.statistic in statistics)
        hours = answer_as(snapshot, replace(HOURS, numerator=terms), request, constants)
        ratio = replace(HOURS, kind=Kind.RATIO, unit=Unit.SHARE, numerator=terms, denominator=HOURS.numerator)
        share = answer_as(snapshot, ratio, replace(request, compare=None), constants).select(
            share="estimate", share_low="ci_low", share_high="ci_high"
        )
        frames.append(pl.concat([hours.with_columns(group=pl.lit(part)), share], how="horizontal"))
    return pl.concat(frames)


@dataclass(frozen=True)
class _Means:
    """The mean of a term without its constant: of all respondents, and of the matched points now and before."""

    level: float
    now: float | None
    before: float | None


def weigh(snapshot: Snapshot, request: Request, constants: BurdenConstants, by: float) -> pl.DataFrame:
    """A row (SENSITIVITY_COLUMNS) a constant: it lower and higher by a part `by` of itself, all others as they are.

    `estimate_…` burden hours and `change_…` their change in per cent under the lower and the higher constant; null where there
    is no estimate or no change.
    """
    means = {t.statistic: _read_means(snapshot, request, t.statistic) for t in HOURS.numerator}
    rows = []
    for constant in CONSTANTS:
        value = float(getattr(constants, constant.name))
        ends = [replace_constant(constants, constant.name, value * (1 + sign * by)) for sign in (-1, 1)]
        hours = [_sum(means, end) for end in ends]
        rows.append({
            "constant": constant.name, "value": value, "low": value * (1 - by), "high": value * (1 + by),
            "estimate_low": hours[0][0], "estimate_high": hours[1][0],
            "change_low": hours[0][1], "change_high": hours[1][1],
        })  # fmt: skip
    return pl.DataFrame(rows, schema=SENSITIVITY_COLUMNS)


def replace_constant(constants: BurdenConstants, name: str, value: float) -> BurdenConstants:
    """The constants with one changed. Raises ValueError for a value that the policy does not allow."""
    return BurdenConstants.model_validate(constants.model_dump() | {name: value})


def _read_means(snapshot: Snapshot, request: Request, statistic: str) -> _Means | None:
    term = next(t for t in HOURS.numerator if t.statistic == statistic)
    bare = replace(HOURS, numerator=(replace(term, factor=1.0),))
    row = answer_as(snapshot, bare, request, snapshot.policy.constants).row(0, named=True)
    if row["estimate"] is None:
        return None
    if row["came"] is None:
        return _Means(row["estimate"], None, None)
    now = row["estimate"] - row["came"]
    return _Means(row["estimate"], now, now - row["same"])


def _sum(means: Mapping[str, _Means | None], constants: BurdenConstants) -> tuple[float | None, float | None]:
    """Burden hours and their change in per cent."""
    level = now = before = 0.0
    for term in HOURS.numerator:
        known, factor = means[term.statistic], term.coefficient(constants)
        if known is None:
            return None, None
        level += factor * known.level
        now, before = (
            (float("nan"), float("nan")) if known.now is None or known.before is None
            else (now + factor * known.now, before + factor * known.before)
        )  # fmt: skip
    return level, 100 * (now / before - 1) if before > 0 else None  # a comparison with no number is false

