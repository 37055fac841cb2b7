"""Conform: parsed files in; facts, quarantine and the accounting of every row out.

Belongs here: whatever needs more than one row: registers, corrections, duplicates, repeats, the calendar, the roster.
Not here: reading cells (`ingest`), counting and summing (`marts`).
"""

from pipelines.conform.conforming import Conformed, Part, add_up, conform, conform_points, conform_shared
from pipelines.conform.divisions import Divisions, read_divisions
from pipelines.conform.quarantine import list_wholes
from pipelines.conform.warnings import warn

__all__ = [
    "Conformed", "Divisions", "Part", "add_up", "conform", "conform_points", "conform_shared", "list_wholes", "read_divisions",
    "warn",
]
