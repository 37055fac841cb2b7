"""Refresh: runs the rooms of the pipelines in order, from the raw folder to a published snapshot.

Belongs here: what is new, which parsed files can be used again, what is refused. Not here: how a file is read, a row is
judged, a statistic is counted or a snapshot is published.
"""

from pipelines.refresh import allocation as allocation  # before anything that brings Polars
from pipelines.refresh.run import RefreshResult, refresh
from pipelines.refresh.stages import Progress, Stage
from pipelines.refresh.status import Status, find_last_success, find_status

__all__ = ["Progress", "RefreshResult", "Stage", "Status", "find_last_success", "find_status", "refresh"]
