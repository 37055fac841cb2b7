"""What was due and what came, by region, month and ledger; and the reports that people must look after one by one."""

from functools import lru_cache
from typing import Literal

import polars as pl

from dashboard.answers.quality.scope import Scope, select_reports
from dashboard.warehouse import Snapshot

COUNTS = ("owed", "due", "reported", "awaited", "contradictory", "rejected")


@lru_cache(maxsize=128)
def count_receipts(
    snapshot: Snapshot, scope: Scope, first: int, last: int, by: Literal["city", "county"]
) -> pl.DataFrame:
    """`group, month, ledger` and counts, in their order; the group is null for points outside every such region.

    `owed` by active points, of those `due`, of those `reported`; `awaited` (a return came, its rows did not),
    `contradictory` (a nil return beside rows), point-months with `rejected` rows.
    """
    query, values = select_reports(snapshot, scope, first, last)
    return snapshot.query(
        f'SELECT {by}_code AS "group", month, ledger, count(*) AS owed, count(*) FILTER (is_due) AS due, '
        "count(*) FILTER (is_due AND reported) AS reported, count(*) FILTER (awaited) AS awaited, "
        "count(*) FILTER (contradictory) AS contradictory, count(*) FILTER (rejected > 0) AS rejected "
        f"FROM ({query}) GROUP BY ALL ORDER BY ALL",
        values,
    )


def sum_receipts(counts: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Counts summed by those keys, with `missing_share` of what was due (null where nothing was)."""
    summed = counts.group_by(keys, maintain_order=True).agg(pl.col(COUNTS).sum()) if keys else counts.select(pl.col(COUNTS).sum())
    share = 1 - pl.col("reported") / pl.when(pl.col("due") > 0).then("due")
    return summed.with_columns(missing_share=share)


@lru_cache(maxsize=32)
def list_open(snapshot: Snapshot, scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Reports that need a person, the newest month first: `kind` awaited or contradictory, which point, month, ledger."""
    query, values = select_reports(snapshot, scope, first, last)
    return snapshot.query(
        "SELECT CASE WHEN awaited THEN 'awaited' ELSE 'contradictory' END AS kind, city_code, county_code, point_id, "
        f"month, ledger, submitted_on FROM ({query}) WHERE awaited OR contradictory "
        "ORDER BY month DESC, kind, city_code, county_code, point_id, ledger",
        values,
    )
