"""The question: what `burden estimate` and every chart ask, already checked against the contracts."""

from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

Status = Literal["ok", "suppressed", "no_data", "not_estimable", "withheld"]

# The record of an estimate, in the order of the command line's keys. `group` is a region code, `2026-03`, `2026-Q1`,
# `2026`, a code-list word or null; shares are fractions; `change` is in percent for a mean, in the unit for a ratio.
ESTIMATE_COLUMNS: dict[str, pl.DataType] = {
    "indicator": pl.String(), "region_code": pl.String(), "group": pl.String(),
    "period_from": pl.String(), "period_to": pl.String(),
    "estimate": pl.Float64(), "se": pl.Float64(), "ci_low": pl.Float64(), "ci_high": pl.Float64(),
    "n_points": pl.Int64(), "n_strata": pl.Int64(), "df": pl.Int64(), "n_effective": pl.Float64(), "cv": pl.Float64(),
    "covered_share": pl.Float64(), "response_rate": pl.Float64(), "provisional": pl.Boolean(),
    "status": pl.String(), "reason": pl.String(),
    "change": pl.Float64(), "change_low": pl.Float64(), "change_high": pl.Float64(), "direction": pl.String(),
    "n_matched": pl.Int64(), "same": pl.Float64(), "came": pl.Float64(), "went": pl.Float64(),
    "rank": pl.Int64(), "rank_low": pl.Int64(), "rank_high": pl.Int64(), "snapshot": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One question, hashable (a cache key together with the snapshot id).

    `first`/`last` are months `YYYYMM`; both None means the last three months that are not provisional. `by` is `city`,
    `county`, `point_type`, `month`, `quarter`, `year`, a breakdown column, or None. `where` is (column, code) pairs,
    all of which hold. `compare` is (first, last) of the earlier period, `"year"` for the same months a year earlier,
    or None. `share` gives each group of a breakdown as a ratio of the whole. `rank` ranks regions on the change or the level.
    `control` asks for the limits and signals of a control chart, by month.
    """

    indicator: str
    region: str = "410000"
    first: int | None = None
    last: int | None = None
    by: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    compare: tuple[int, int] | Literal["year"] | None = None
    share: bool = False
    rank: Literal["change", "level"] | None = None
    control: bool = False

    def over(self, first: int, last: int) -> "Request":
        """The same question about another period."""
        return replace(self, first=first, last=last)
