"""The published warehouse: dimensions, staging, verification, publication, run history and pruning (one writer).

How numbers are made from ledgers does not belong here.
"""

from pipelines.warehouse.damage import find_damage
from pipelines.warehouse.dimensions import build_dimensions
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.publish import Edition, publish, stage, verify
from pipelines.warehouse.runs import Outcome, Run, list_runs, record, restore_runs, tabulate
from pipelines.warehouse.tables import Checksums, PartFile, read_table, write_file, write_part
from pipelines.warehouse.tidy import clear_leftovers, hold_lock, prune

__all__ = [
    "Checksums",
    "Edition",
    "Layout",
    "Outcome",
    "PartFile",
    "Run",
    "build_dimensions",
    "clear_leftovers",
    "find_damage",
    "hold_lock",
    "list_runs",
    "prune",
    "publish",
    "read_table",
    "record",
    "restore_runs",
    "stage",
    "tabulate",
    "verify",
    "write_file",
    "write_part",
]
