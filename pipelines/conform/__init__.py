"""Conform: parsed files in; facts, quarantine and the accounting of every row out.

Belongs here: whatever needs more than one row: registers, corrections, duplicates, repeats, the calendar, the roster.
Not here: reading cells (`ingest`), counting and summing (`marts`).
"""

from pipelines.conform.conforming import Conformed, conform
from pipelines.conform.divisions import Divisions, read_divisions

__all__ = ["Conformed", "Divisions", "conform", "read_divisions"]
