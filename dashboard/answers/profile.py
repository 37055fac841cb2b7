"""The profile of one region: every indicator of points beside the province, its peers and the other parts, with what of it
is more than chance.

Two families of tests are asked at once, the differences to the province and the changes; in each the rate of false findings is
held at 10 % under any dependence (`dashboard.estimates.discovery`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import polars as pl

from dashboard.answers.answer import answer
from dashboard.answers.gaps import Where, measure_gaps
from dashboard.answers.periods import province_of
from dashboard.answers.ranking import withhold_reason
from dashboard.answers.request import ESTIMATE_COLUMNS, Request
from dashboard.estimates.design import Floats
from dashboard.estimates.discovery import RATE, discover, weigh_change
from dashboard.estimates.intervals import CONFIDENCE, interval_linear, quantile_t
from dashboard.warehouse import Snapshot
from pipelines.contracts.indicators import INDICATORS, Kind

CHANCE = 1 - CONFIDENCE  # of so many differences that are none, an interval excludes 0 in this share
FALSE_RATE = RATE
LEAST_PARTS = 3  # from here on a standard deviation stands for the parts
PROFILE_COLUMNS: dict[str, pl.DataType] = ESTIMATE_COLUMNS | {
    "whole": pl.Float64(), "gap": pl.Float64(), "gap_low": pl.Float64(), "gap_high": pl.Float64(),
    "gap_found": pl.Boolean(), "change_found": pl.Boolean(), "spread": pl.Float64(),
    "parts_low": pl.Float64(), "parts_high": pl.Float64(), "peers_low": pl.Float64(), "peers_high": pl.Float64(),
}  # fmt: skip
POINT_INDICATORS = tuple(i.id for i in INDICATORS.values() if i.kind is not Kind.REGISTER)
Answers = Mapping[str, pl.DataFrame]
Comparison = tuple[int, int] | Literal["year"] | None


def compare_parts(
    snapshot: Snapshot, region: str, by: str, first: int, last: int, compare: Comparison, where: Where = ()
) -> Answers:
    """Every indicator of points for the cities of the province, or the counties of a city, ranked where they may be."""
    asked = Request("", region, first, last, by, where, compare, rank="change" if compare else "level")
    return {i: answer(snapshot, replace(asked, indicator=i)) for i in POINT_INDICATORS}


def compare_whole(snapshot: Snapshot, first: int, last: int, compare: Comparison, where: Where = ()) -> Answers:
    """Every indicator of points for the whole province, a row each."""
    asked = Request("", province_of(snapshot), first, last, None, where, compare)
    return {i: answer(snapshot, replace(asked, indicator=i)) for i in POINT_INDICATORS}


def draw_profile(
    snapshot: Snapshot, region: str, whole: Answers, parts: Answers, peers: tuple[str, ...], first: int, last: int,
    where: Where = (),
) -> pl.DataFrame:  # fmt: skip
    """A row an indicator of points, in the order of the contracts: PROFILE_COLUMNS.

    `whole`, `parts`: the answers of `compare_whole` and `compare_parts`; the region is one of the parts, or the province.
    `whole`: the province's level; `gap…`: the region less the province with a 95 % interval; `gap_found`, `change_found`: more
    than chance; `spread`: the standard deviation of the parts' levels; `…_low`, `…_high`: the range of parts and peers,
    null where regions are not ranked. What is suppressed has no gap.
    """
    own = region != province_of(snapshot)
    gaps = measure_gaps(snapshot, region, first, last, where) if own else {}
    rows = []
    for indicator in POINT_INDICATORS:
        frame = parts[indicator].filter(pl.col("group") == region) if own else whole[indicator]
        row = frame.row(0, named=True) | {"whole": whole[indicator]["estimate"][0]}
        rows.append(row | _measure_spread(row, parts[indicator], peers))
    found = pl.DataFrame([dict.fromkeys(PROFILE_COLUMNS) | r for r in rows], schema=PROFILE_COLUMNS, orient="row")
    return _judge_changes(_judge_gaps(found, [gaps.get(i) for i in POINT_INDICATORS]))


def _measure_spread(row: Mapping[str, Any], parts: pl.DataFrame, peers: tuple[str, ...]) -> dict[str, float | None]:
    """Standard deviation and range of the parts' levels that are published; the range of the peers'."""
    levels = parts.filter(pl.col("status").is_in(["ok", "withheld"]))
    known = levels["estimate"]
    told: dict[str, float | None] = {"spread": known.std() if len(known) >= LEAST_PARTS else None}  # type: ignore[dict-item]
    indicator = INDICATORS[row["indicator"]]
    if withhold_reason(indicator, Request(indicator.id)):
        return told
    near = levels.filter(pl.col("group").is_in(list(peers)))["estimate"]
    for name, values in (("parts", known), ("peers", near)):
        told |= {f"{name}_low": values.min(), f"{name}_high": values.max()}  # type: ignore[dict-item]
    return told


def _judge_gaps(found: pl.DataFrame, gaps: list[Any]) -> pl.DataFrame:
    shown = found["status"].is_in(["ok", "withheld"]).to_numpy() & np.array([g is not None for g in gaps])
    value, se = (np.array([getattr(g, f) if s else np.nan for g, s in zip(gaps, shown, strict=True)]) for f in ("value", "se"))
    df = np.array([g.df if s else 0 for g, s in zip(gaps, shown, strict=True)])
    low, high = interval_linear(value, se, df)
    columns = {"gap": value, "gap_low": low, "gap_high": high}
    series = [pl.Series(n, np.where(np.isfinite(v), v, np.nan), nan_to_null=True) for n, v in columns.items()]
    return found.with_columns(*series, pl.Series("gap_found", discover(_weigh(value, se, df))))


def _judge_changes(found: pl.DataFrame) -> pl.DataFrame:
    """The standard error of a change from its interval, which is linear; degrees of freedom: matched points less strata."""
    change, low, high = (found[c].cast(pl.Float64).fill_null(np.nan).to_numpy() for c in ("change", "change_low", "change_high"))
    df = (found["n_matched"].fill_null(0) - found["n_strata"].fill_null(0)).clip(lower_bound=0).to_numpy()
    se = (high - low) / 2 / quantile_t(df)
    return found.with_columns(pl.Series("change_found", discover(_weigh(change, se, df))))


def _weigh(value: Floats, se: Floats, df: Any) -> Floats:
    """Two-sided p-values."""
    both: Floats = np.minimum(2 * np.fmin(weigh_change(value, se, df, 1), weigh_change(value, se, df, -1)), 1)
    return both
