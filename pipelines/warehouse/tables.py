"""Parquet files of a snapshot: order of rows, writing, checksums. The same content always gives the same bytes."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from pipelines.contracts.breakdowns import CELLS
from pipelines.warehouse.layout import Layout

SOURCE = ("source_file", "source_sheet", "source_row")
CELL_KEYS = {cell.name: tuple(b.column for b in cell.breakdowns) for cell in CELLS.values()}


@dataclass(frozen=True)
class TableEntry:
    """One table in the manifest: file name, number of rows, checksum of the file."""

    file: str
    rows: int
    sha256: str

    def as_json(self) -> dict[str, str | int]:
        """The entry as the manifest holds it."""
        return asdict(self)


def order_columns(name: str, frame: pl.DataFrame) -> list[str]:
    """Columns by which a table is sorted: together they tell every row from every other."""
    leading: list[str] = [c for c in ("month", "point_id") if c in frame.columns]
    if set(SOURCE) <= set(frame.columns):
        return [*leading, *SOURCE]
    if name in CELL_KEYS:
        return [*leading, *CELL_KEYS[name]]
    return leading if name == "mart_point_month" else list(frame.columns)


def write_table(name: str, frame: pl.DataFrame, folder: Path) -> TableEntry:
    """Write `<name>.parquet`, sorted. Raises OSError."""
    path = folder / f"{name}.parquet"
    ordered = frame.sort(order_columns(name, frame), nulls_last=False, maintain_order=True)
    ordered.write_parquet(path, compression="zstd", statistics=True)
    return TableEntry(path.name, frame.height, hash_file(path))


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows(path: Path) -> int:
    """Rows that the footer of a Parquet file states."""
    return int(pq.read_metadata(path).num_rows)


def read_table(layout: Layout, snapshot: str, name: str) -> pl.DataFrame | None:
    """A table of a published snapshot; None where it cannot be read."""
    try:
        return pl.read_parquet(layout.snapshots / snapshot / f"{name}.parquet", memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        return None
