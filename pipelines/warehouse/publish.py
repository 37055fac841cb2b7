"""Publishing a snapshot: stage beside, verify, make durable, rename, then replace the pointer atomically.

A crash at any point leaves the last published snapshot in place and readable.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contracts.errors import PublicationHeldError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.tables import Checksums, PartFile, TableEntry, count_rows, hash_file, link_parts, write_table

MANIFEST = "manifest.json"
LARGEST_FALL = 0.2
ENDS = ("accepted", "superseded", "duplicate", "quarantined")
Accounting = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Edition:
    """What is to be published: tables, row accounting a ledger (`in` and the four ends) and further manifest fields.

    `parted`: tables that lie in files already, a file a part.
    """

    snapshot: str
    tables: dict[str, pl.DataFrame]
    ledgers: Accounting
    fields: dict[str, Any]
    parted: Mapping[str, Mapping[str, PartFile]] = field(default_factory=dict)

    @property
    def rows(self) -> dict[str, int]:
        """The accounting summed over the ledgers."""
        return {end: sum(counts[end] for counts in self.ledgers.values()) for end in ("in", *ENDS)}


def stage(layout: Layout, edition: Edition) -> dict[str, TableEntry]:
    """Write the edition's tables to the staging folder; a file that the current snapshot has too becomes a link to it."""
    folder = layout.staging / edition.snapshot
    folder.mkdir(parents=True)
    entries = {name: write_table(name, frame, folder) for name, frame in edition.tables.items()}
    entries |= {name: link_parts(name, parts, folder) for name, parts in edition.parted.items()}
    current = layout.read_current()
    if current:
        before = (layout.read_manifest(current) or {}).get("tables", {})
        for name, entry in entries.items():
            if name in edition.tables and before.get(name, {}).get("sha256") == entry.sha256:
                _link(layout.snapshots / current / entry.file, folder / entry.file, entry.sha256)
    return entries


def verify(
    layout: Layout, edition: Edition, entries: dict[str, TableEntry], accept_fall: bool, checksums: Checksums | None = None
) -> None:
    """Raise PublicationHeldError where rows do not add up, a file is not what was written, or accepted rows fall too far.

    `accept_fall` lets a fall of a ledger by over 20 % against the current snapshot pass. `checksums`: those taken before.
    """
    _check_rows(edition, entries)
    _check_files(layout.staging / edition.snapshot, entries, checksums or Checksums())
    if not accept_fall:
        _check_falls(layout, edition)


def publish(layout: Layout, edition: Edition, entries: dict[str, TableEntry]) -> dict[str, Any]:
    """Make the staged and verified tables the current snapshot. Returns its manifest."""
    folder = layout.staging / edition.snapshot
    manifest = {
        "snapshot": edition.snapshot,
        **edition.fields,
        "rows": edition.rows,
        "ledgers": {name: dict(counts) for name, counts in edition.ledgers.items()},
        "tables": {name: entry.as_json() for name, entry in sorted(entries.items())},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
        _sync(path)
    _sync(folder)
    layout.snapshots.mkdir(exist_ok=True)
    folder.rename(layout.snapshots / edition.snapshot)
    _sync(layout.snapshots)
    _point_to(layout, edition.snapshot)
    return manifest


def _point_to(layout: Layout, snapshot: str) -> None:
    draft = layout.pointer.with_suffix(".tmp")
    content = {"snapshot": snapshot, "manifest_sha256": hash_file(layout.snapshots / snapshot / MANIFEST)}
    draft.write_text(json.dumps(content) + "\n", encoding="utf-8")
    _sync(draft)
    draft.replace(layout.pointer)
    _sync(layout.root)


def _link(old: Path, new: Path, sha256: str) -> None:
    """Replace a staged file by a link to the same file of the snapshot before, where that one is sound."""
    try:
        if hash_file(old) != sha256:
            return
        link = new.with_suffix(".link")
        link.hardlink_to(old)
        link.replace(new)
    except OSError:
        return  # a file system without links keeps the staged copy


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_rows(edition: Edition, entries: Mapping[str, TableEntry]) -> None:
    """Rows in = accepted + superseded + duplicate + quarantined, and the tables hold what was accepted or rejected."""
    for name, counts in edition.ledgers.items():
        table = LEDGERS[name].table
        if counts["in"] != sum(counts[end] for end in ENDS) or entries[table].rows != counts["accepted"]:
            raise PublicationHeldError(
                f"暂停发布：{LEDGERS[name].zh}行数对不上（读入{counts['in']}，去向合计"
                f"{sum(counts[end] for end in ENDS)}，表内{entries[table].rows}）；请联系维护人员。",
                f"Publication held: the rows of {name} do not add up ({counts['in']} in, "
                f"{sum(counts[end] for end in ENDS)} accounted for, {entries[table].rows} in the table); "
                "tell the maintainers.",
            )
    rejected = edition.tables["quarantine"]["row"].count()
    if rejected != edition.rows["quarantined"]:
        raise PublicationHeldError(
            f"暂停发布：退回清单有{rejected}行，应为{edition.rows['quarantined']}行；请联系维护人员。",
            f"Publication held: {rejected} rows in quarantine, {edition.rows['quarantined']} expected; "
            "tell the maintainers.",
        )


def _check_files(folder: Path, entries: dict[str, TableEntry], checksums: Checksums) -> None:
    for entry in (file for table in entries.values() for file in table.files):
        path = folder / entry.file
        if checksums.look(path) != entry.sha256 or count_rows(path) != entry.rows:
            raise PublicationHeldError(
                f"暂停发布：“{entry.file}”的校验和或行数与写入时不符；请检查磁盘后重试。",
                f"Publication held: checksum or rows of “{entry.file}” differ from what was written; "
                "check the disk and run again.",
            )


def _check_falls(layout: Layout, edition: Edition) -> None:
    current = layout.read_current()
    before: Accounting = (layout.read_manifest(current) or {}).get("ledgers", {}) if current else {}
    for name, counts in before.items():
        was, now = counts["accepted"], edition.ledgers.get(name, {}).get("accepted", 0)
        if now < was * (1 - LARGEST_FALL):
            raise PublicationHeldError(
                f"暂停发布：{LEDGERS[name].zh}的有效行由{was}降至{now}，降幅超过20%；"
                "请检查原始文件夹是否缺文件，确认无误后用 --accept 发布。",
                f"Publication held: accepted rows of {name} fell from {was} to {now}, by over 20 %; "
                "check the raw folder for missing files, then publish with --accept.",
            )
