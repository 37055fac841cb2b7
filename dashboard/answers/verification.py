"""What to verify first: regions from which many messages come on a matter while the points there report little of it.

Both sides may be right: people may write more where they are asked to. This is a queue for verification, no verdict, and no
order of regions. "Many": the lower end of the exact interval of the count lies above what the region's share of units would
give. "Low": the interval of the estimate lies below that of the whole.
"""

from functools import lru_cache

import numpy as np
import polars as pl

from dashboard.answers.answer import answer
from dashboard.answers.request import Request
from dashboard.estimates.intervals import interval_count
from dashboard.warehouse import Snapshot

# theme of a message → the count that it can be held against
COUNTS = {
    "meetings": "meetings", "documents": "documents", "inspections": "inspections",
    "accompaniment": "meeting_accompaniment_rate", "standing": "responsibility_letters",
}  # fmt: skip


@lru_cache(maxsize=128)
def compare_counts(snapshot: Snapshot, theme: str, region: str, by: str, first: int, last: int) -> pl.DataFrame:
    """The parts of a region, by code: messages on a theme beside the estimate of what it is about.

    `theme, indicator, group, messages, expected, many, estimate, ci_low, ci_high, n_points, response_rate, status, reason,
    whole, whole_low, whole_high, low, verify`; `expected`: the messages shared out by units; null where there are no units.
    """
    asked = Request("feedback_count", region, first, last, by, (("theme", theme),))
    messages = answer(snapshot, asked).select("group", messages=pl.col("estimate").fill_null(0).cast(pl.Int64))
    indicator = COUNTS[theme]
    levels = answer(snapshot, Request(indicator, region, first, last, by))
    whole = answer(snapshot, Request(indicator, region, first, last)).row(0, named=True)
    rows = messages.join(levels, on="group", how="left", validate="1:1").join(
        count_units(snapshot, by, first, last), on="group", how="left", validate="1:1"
    )
    share = pl.col("units") / pl.col("units").sum()
    least = pl.Series(interval_count(messages["messages"].to_numpy())[0] if messages.height else np.empty(0))
    low = (pl.col("ci_high") < whole["ci_low"]) if whole["ci_low"] is not None else pl.lit(value=False)
    return (
        rows.with_columns(expected=pl.col("messages").sum() * share, least=least)
        .with_columns(
            theme=pl.lit(theme), indicator=pl.lit(indicator), many=(pl.col("least") > pl.col("expected")).fill_null(value=False),
            low=low.fill_null(value=False), whole=pl.lit(whole["estimate"]), whole_low=pl.lit(whole["ci_low"]),
            whole_high=pl.lit(whole["ci_high"]),
        )
        .with_columns(verify=pl.col("many") & pl.col("low"))
        .select(
            "theme", "indicator", "group", "messages", "expected", "many", "estimate", "ci_low", "ci_high", "n_points",
            "response_rate", "status", "reason", "whole", "whole_low", "whole_high", "low", "verify",
        )
        .sort("group")
    )  # fmt: skip


def count_units(snapshot: Snapshot, by: str, first: int, last: int) -> pl.DataFrame:
    """`group, units`: the units of the frame for which the points active in the period stand, by city or county."""
    points = snapshot.points.filter((pl.col("active_from") <= last) & (pl.col("active_to").fill_null(999912) >= first))
    strata = snapshot.strata.select("stratum", "population_units")
    return (
        points.join(strata, on="stratum", validate="m:1")
        .with_columns(weight=pl.col("population_units") / pl.len().over("stratum"))
        .drop_nulls(f"{by}_code").group_by(group=pl.col(f"{by}_code")).agg(units=pl.col("weight").sum())
    )  # fmt: skip
