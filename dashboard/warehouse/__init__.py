"""Read-only access to published snapshots: which one is current, its manifest and tables, folded to one row a point.

Nothing here writes, estimates or decides what may be shown.
"""

from dashboard.warehouse.fold import Filter, Fold, Folded, count_reports, fold
from dashboard.warehouse.resident import load_cells, load_point_months, load_roster, load_statistics, load_submissions
from dashboard.warehouse.runs import Run, read_recent_runs
from dashboard.warehouse.snapshot import Snapshot, open_snapshot, resolve

__all__ = [
    "Filter", "Fold", "Folded", "Run", "Snapshot", "count_reports", "fold", "load_cells", "load_point_months", "load_roster",
    "load_statistics", "load_submissions", "open_snapshot", "read_recent_runs", "resolve",
]  # fmt: skip
