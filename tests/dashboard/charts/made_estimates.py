"""Frames of estimates made by hand: what the charts are given, without a warehouse."""

from typing import Any

import polars as pl

from dashboard.answers.request import ESTIMATE_COLUMNS
from pipelines.contracts import months


def estimate_row(**given: Any) -> dict[str, Any]:
    """A row of an estimate; what is not given is null, or what an ordinary row has."""
    row: dict[str, Any] = dict.fromkeys(ESTIMATE_COLUMNS)
    row |= {
        "indicator": "meetings", "region_code": "410000", "period_from": "2026-07", "period_to": "2026-09",
        "n_points": 88, "n_strata": 10, "df": 78, "covered_share": 1.0, "response_rate": 0.94, "provisional": False,
        "status": "ok", "n_matched": 80, "snapshot": "20261012-0630",
    }  # fmt: skip
    row |= given
    if row["change_low"] is not None and row["direction"] is None:
        low, high = row["change_low"], row["change_high"]
        row["direction"] = "fell" if high < 0 else "rose" if low > 0 else "no_clear_change"
    if row["status"] not in ("ok", "withheld"):
        row |= dict.fromkeys(("estimate", "ci_low", "ci_high", "change", "change_low", "change_high", "direction"))
    return row


def estimate_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as the frame that `answer` returns."""
    return pl.DataFrame([estimate_row(**r) for r in rows], schema=ESTIMATE_COLUMNS)


def month_frame(values: list[float | None], last: int = 202609, half: float = 0.6, **given: Any) -> pl.DataFrame:
    """A frame by month that ends at `last`; None is a month without a report."""
    rows = []
    for i, value in enumerate(values):
        month = months.iso(months.shift(last, i - len(values) + 1))
        absent = {"status": "no_data", "reason": "missing"} if value is None else {}
        ends = {} if value is None else {"estimate": value, "ci_low": value - half, "ci_high": value + half}
        rows.append({"group": month, "period_from": month, "period_to": month, **ends, **absent, **given})
    return estimate_frame(rows)


def mark_provisional(frame: pl.DataFrame, *groups: str) -> pl.DataFrame:
    """The frame with those months provisional."""
    return frame.with_columns(provisional=pl.col("group").is_in(groups))
