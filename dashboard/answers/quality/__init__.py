"""Counts of the register of reports: what came, when, what was sent back, what was revised, and what it cost.

These are counts, not estimates: without weights, without intervals, never ranked. Purposive points are counted apart.
"""

from dashboard.answers.quality.arrivals import compare_same_day, find_settled_days, measure_lateness, trace_arrivals
from dashboard.answers.quality.costs import average_minutes
from dashboard.answers.quality.points import count_returns, list_points
from dashboard.answers.quality.receipts import count_receipts, list_open, sum_receipts
from dashboard.answers.quality.rejections import count_rejections, list_files, list_rejected
from dashboard.answers.quality.revisions import Kept, compare_first, count_revisions, list_kept
from dashboard.answers.quality.scope import LEDGERS, Scope

__all__ = [
    "LEDGERS", "Kept", "Scope", "average_minutes", "compare_first", "compare_same_day", "count_receipts", "count_rejections",
    "count_returns", "count_revisions", "find_settled_days", "list_files", "list_kept", "list_open", "list_points",
    "list_rejected", "measure_lateness", "sum_receipts", "trace_arrivals",
]  # fmt: skip
