"""Read-only access to published snapshots: which one is current, its manifest and tables, folded to one row a point.

Nothing here writes, estimates or decides what may be shown.
"""

from dashboard.warehouse.fold import Filter, Fold, fold
from dashboard.warehouse.snapshot import Snapshot, open_snapshot, resolve

__all__ = ["Filter", "Fold", "Snapshot", "fold", "open_snapshot", "resolve"]
