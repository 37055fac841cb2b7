"""What a published snapshot holds, read from its files alone: nothing here asks the product's own code."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from pipelines.contracts.ledgers import LEDGERS
from tests.faults.office import FATES, Fates

# What tells of the refreshes themselves, and so differs from a warehouse that was refreshed once.
HISTORY = frozenset({"refresh_run", "revision"})
REGISTERS = frozenset({"points", "frame"})


@dataclass(frozen=True)
class Part:
    """One file of a table, as the manifest has it."""

    table: str
    file: str
    rows: int
    sha256: str


def read_pointer(warehouse: Path) -> str | None:
    """The id in `current.json`; None where nothing was published. Raises ValueError where it is torn."""
    pointer = warehouse / "current.json"
    return str(json.loads(pointer.read_text(encoding="utf-8"))["snapshot"]) if pointer.exists() else None


def read_manifest(warehouse: Path, snapshot: str) -> dict[str, Any]:
    """The manifest of a snapshot."""
    text = (warehouse / "snapshots" / snapshot / "manifest.json").read_text(encoding="utf-8")
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def list_parts(manifest: dict[str, Any]) -> Iterator[Part]:
    """Every file that the manifest promises."""
    for table, entry in manifest["tables"].items():
        for part in entry.get("parts", [entry]):
            yield Part(table, part["file"], part["rows"], part["sha256"])


def find_damage(warehouse: Path, snapshot: str) -> list[str]:
    """What is absent from a snapshot, superfluous or not as its manifest says; empty where it is whole."""
    folder = warehouse / "snapshots" / snapshot
    try:
        parts = list(list_parts(read_manifest(warehouse, snapshot)))
    except (OSError, ValueError, KeyError) as error:
        return [f"{snapshot}: manifest {type(error).__name__}"]
    damage = []
    for part in parts:
        path = folder / part.file
        if not path.is_file():
            damage.append(f"{snapshot}/{part.file}: absent")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != part.sha256:
            damage.append(f"{snapshot}/{part.file}: checksum")
        elif pq.read_metadata(path).num_rows != part.rows:
            damage.append(f"{snapshot}/{part.file}: rows")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return damage + [f"{snapshot}/{name}: superfluous" for name in present - {p.file for p in parts} - {"manifest.json"}]


def read_tables(warehouse: Path, snapshot: str) -> dict[str, pl.DataFrame]:
    """Every table but the history, each part in the order of its name."""
    folder = warehouse / "snapshots" / snapshot
    parts: dict[str, list[Part]] = {}
    for part in list_parts(read_manifest(warehouse, snapshot)):
        if part.table not in HISTORY:
            parts.setdefault(part.table, []).append(part)
    return {
        table: pl.concat([
            pl.read_parquet(folder / p.file, memory_map=False, hive_partitioning=False) for p in sorted(own, key=lambda p: p.file)
        ])
        for table, own in parts.items()
    }  # fmt: skip


def read_current_tables(warehouse: Path) -> dict[str, pl.DataFrame]:
    """The tables of the current snapshot."""
    current = read_pointer(warehouse)
    assert current
    return read_tables(warehouse, current)


def find_differences(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> list[str]:
    """The names of the tables that do not hold the same rows; their order may differ, since tables may lie in parts."""
    names = one.keys() | other.keys()
    return sorted(t for t in names if t not in one or t not in other or not _sort(one[t]).equals(_sort(other[t])))


def _sort(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort(frame.columns)


def find_lost_rows(tables: dict[str, pl.DataFrame], manifest: dict[str, Any], fates: dict[str, Fates]) -> list[str]:
    """Rows of the list that did not end in exactly the one place where they must."""
    lost = []
    for name, fate in fates.items():
        if manifest["ledgers"][name] != fate.counts or sum(fate.counts[f] for f in FATES) != fate.counts["in"]:
            lost.append(f"{name}: {manifest['ledgers'][name]} instead of {fate.counts}")
        refused = list(tables["quarantine"].filter(ledger=name).select("file", "row").iter_rows())
        lost += _compare(f"{name}, quarantine", refused, fate.quarantined)
        if name not in REGISTERS:
            accepted = list(tables[LEDGERS[name].table].select("source_file", "source_row").iter_rows())
            lost += _compare(name, accepted, fate.accepted)
    return lost


def _compare(place: str, found: list[tuple[str, int]], wanted: frozenset[tuple[str, int]]) -> list[str]:
    wrong = sorted(set(found) ^ wanted) or sorted({row for row in found if found.count(row) > 1})
    return [f"{place}: {file} line {line}" for file, line in wrong]


def list_leftovers(warehouse: Path) -> list[str]:
    """Paths that no finished refresh may leave."""
    odd = []
    for path in warehouse.rglob("*"):
        name = path.relative_to(warehouse).as_posix()
        if path.name.startswith(".") or path.suffix in {".tmp", ".link", ".draft", ".removed"} or name.startswith("staging/"):
            odd.append(name)
    current = read_pointer(warehouse) or ""
    return odd + [f"snapshots/{path.name}" for path in (warehouse / "snapshots").iterdir() if path.name > current]


def list_cache(warehouse: Path) -> set[str]:
    """What the writer keeps for the next refresh."""
    return {path.relative_to(warehouse).as_posix() for path in (warehouse / "cache").rglob("*")}
