"""When reports came: the share that had arrived so many days around the due day, and how late each region's came.

The day is that of the accepted return, so of its latest version. A report whose rows came without a return has no day
and is left out, from the numerator and from the denominator.
"""

from functools import lru_cache
from typing import Any, Literal

import polars as pl

from dashboard.answers.periods import due_day
from dashboard.answers.quality.scope import Scope, list_due_ledgers, select_reports
from dashboard.warehouse import Snapshot

FIRST_DAY, LAST_DAY = -5, 30
CURVE: dict[str, Any] = {"month": pl.Int32, "day": pl.Int64, "arrived": pl.Int64, "due": pl.Int64, "share": pl.Float64}
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def find_settled_days(snapshot: Snapshot, scope: Scope, month: int) -> int:
    """Days since the latest of the due days of a month that had passed; negative where none had."""
    due = list_due_ledgers(snapshot, scope, month)
    if not due:
        return -1
    return min((snapshot.as_of - due_day(snapshot, ledger, month)).days for ledger in due)


@lru_cache(maxsize=64)
def trace_arrivals(snapshot: Snapshot, scope: Scope, first: int, last: int) -> pl.DataFrame:
    """`month, day, arrived, due, share`: reports that had arrived by each day around the due day, of those due.

    Only ledgers that had fallen due for the last month, in all months; days that were still to come are left out.
    """
    ledgers = list_due_ledgers(snapshot, scope, last)
    if not ledgers:
        return pl.DataFrame(schema=CURVE)
    same = Scope(scope.region, scope.point_type, ledgers, scope.selection)
    query, values = select_reports(snapshot, same, first, last)
    known = snapshot.query(
        "SELECT month, CASE WHEN reported THEN greatest(days, ?) END AS day, count(*) AS reports "
        f"FROM ({query}) WHERE is_due AND NOT (reported AND days IS NULL) GROUP BY ALL",
        [FIRST_DAY, *values],
    )
    due = known.group_by("month").agg(due=pl.col("reports").sum())
    days = pl.DataFrame({"day": range(FIRST_DAY, LAST_DAY + 1)}, schema={"day": pl.Int64})
    grid = due.join(days, how="cross").join(known.drop_nulls("day"), on=["month", "day"], how="left", validate="1:1")
    settled = {m: find_settled_days(snapshot, same, m) for m in due["month"]}
    return (
        grid.sort("month", "day")
        .with_columns(arrived=pl.col("reports").fill_null(0).cum_sum().over("month"))
        .filter(pl.col("day") <= pl.col("month").replace_strict(settled, return_dtype=pl.Int64))
        .select("month", "day", "arrived", "due", share=pl.col("arrived") / pl.col("due"))
    )


def compare_same_day(curves: pl.DataFrame) -> tuple[int, float, list[float]]:
    """Of a trace with any row: the last day of the last month, its share, and the earlier months' shares on that day."""
    month = curves["month"].max()
    now = curves.filter(month=month).sort("day")
    day = int(now["day"][-1])
    return day, float(now["share"][-1]), curves.filter(pl.col("month") != month, day=day)["share"].to_list()


@lru_cache(maxsize=64)
def measure_lateness(
    snapshot: Snapshot, scope: Scope, first: int, last: int, by: Literal["city", "county"]
) -> pl.DataFrame:
    """`group, reports, late, late_share` and quantiles `q05 … q95` of the days after the due day, in the order of codes."""
    query, values = select_reports(snapshot, scope, first, last)
    marks = ", ".join(f"quantile_cont(days, {q}) AS q{round(100 * q):02d}" for q in QUANTILES)
    return snapshot.query(
        f'SELECT {by}_code AS "group", count(*) AS reports, count(*) FILTER (days > 0) AS late, '
        f"count(*) FILTER (days > 0) / count(*) AS late_share, {marks} "
        f"FROM ({query}) WHERE is_due AND reported AND days IS NOT NULL GROUP BY ALL ORDER BY ALL",
        values,
    )
