"""Feedback: messages of the 谈减负 channel, counted as they came (DATA.md §4, `feedback_…`). A register: no sampling error.

A region's messages are those sent about it and about what lies in it.
"""

import polars as pl

from dashboard.answers.periods import province_of
from dashboard.warehouse import Snapshot
from pipelines.contracts import months

PROMPT_DAYS = 30


def count_feedback(
    snapshot: Snapshot, first: int, last: int, where: dict[str, str] | None = None, by: str | None = None
) -> pl.DataFrame:
    """`region_code, month[, by], messages, old, prompt, closed, acted`: messages submitted in the period, by region and month.

    `where`: column (`kind`, `theme`) → code; `by`: one of these to keep apart.

    `old`: older than 30 days on the day of the snapshot; `prompt`: of those, closed within 30 days; `acted`: closed with an
    action other than none.
    """
    conditions = "".join(f" AND {column} = ?" for column in where or {})
    rows = snapshot.query(
        "SELECT region_code, kind, theme, submitted_at::DATE AS day, status, closed_at, action FROM fact_feedback "
        f"WHERE year(submitted_at) * 100 + month(submitted_at) BETWEEN ? AND ?{conditions}",
        [first, last, *(where or {}).values()],
    )
    keys = ["region_code", "month", *([by] if by else [])]
    took = (pl.col("closed_at") - pl.col("day")).dt.total_days()
    old = (pl.lit(snapshot.as_of) - pl.col("day")).dt.total_days() > PROMPT_DAYS
    closed = pl.col("status") == "closed"
    return (
        rows.with_columns(month=pl.col("day").dt.year() * 100 + pl.col("day").dt.month().cast(pl.Int32))
        .group_by(keys)
        .agg(
            messages=pl.len(), old=old.sum(), prompt=(old & closed & (took <= PROMPT_DAYS)).fill_null(value=False).sum(),
            closed=closed.sum(), acted=(closed & (pl.col("action") != "none")).sum(),
        )
        .sort(keys)
    )  # fmt: skip


def within(snapshot: Snapshot, region: str) -> pl.Expr:
    """Is a message about the region or what lies in it? Over `region_code`."""
    if region == province_of(snapshot):
        return pl.lit(value=True)
    parts = snapshot.regions.filter((pl.col("code") == region) | (pl.col("city_code") == region))["code"]
    return pl.col("region_code").is_in(parts.implode())


def default_feedback_period(snapshot: Snapshot) -> tuple[int, int]:
    """The last three full months before the day of the snapshot."""
    now = months.of_date(snapshot.as_of)
    return months.shift(now, -3), months.shift(now, -1)
