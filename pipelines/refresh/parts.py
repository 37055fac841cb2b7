"""Conformed and counted groups of points kept between refreshes, so that a correction costs what it changes.

A part hangs on everything that its tables rest on: the files that hold rows of its points (content, order, name), its
points in the register, the version of the code; on the day only while rows wait for theirs. Its files are linked into
the snapshots, so they are never written twice, and never linked without their checksum having been looked at.
"""

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contracts import months
from pipelines.contracts.errors import Reason
from pipelines.warehouse import Checksums, PartFile, write_part

STATE = "state.json"
QUARANTINE = "quarantine"


@dataclass(frozen=True)
class KeptPart:
    """A part in its folder. `notes` are what the refresh must know of it beside its tables."""

    folder: Path
    files: dict[str, PartFile]
    notes: dict[str, Any]

    def read(self, table: str, without: Collection[str] = ()) -> pl.DataFrame:
        """One of its tables, without some columns."""
        path = self.files[table].path
        columns = [name for name in pl.read_parquet_schema(path) if name not in without] if without else None
        return pl.read_parquet(path, columns=columns, memory_map=False)


@dataclass(frozen=True)
class PartCache:
    """The parts in a folder."""

    folder: Path
    checksums: Checksums = field(default_factory=Checksums)

    def find(self, key: str, today: date) -> KeptPart | None:
        """The part of that key, where it still holds on that day and every file is what was written."""
        folder = self.folder / key
        try:
            state = json.loads((folder / STATE).read_text(encoding="utf-8"))
            files = {name: PartFile(folder / f"{name}.parquet", **entry) for name, entry in state["files"].items()}
            sound = all(self.checksums.look(file.path) == file.sha256 for file in files.values())
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return KeptPart(folder, files, state["notes"]) if sound and holds_on(state["notes"], today) else None

    def keep(self, key: str, tables: Mapping[str, pl.DataFrame], notes: dict[str, Any]) -> KeptPart:
        """Write a part. Raises OSError."""
        folder, draft = self.folder / key, self.folder / f".{key}.draft"
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir(parents=True)
        written = {name: write_part(name, frame, draft / f"{name}.parquet") for name, frame in tables.items()}
        entries = {name: {"rows": file.rows, "sha256": file.sha256} for name, file in written.items()}
        (draft / STATE).write_text(json.dumps({"files": entries, "notes": notes}), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
        files = {name: PartFile(folder / f"{name}.parquet", file.rows, file.sha256) for name, file in written.items()}
        return KeptPart(folder, files, notes)

    def keep_only(self, keys: set[str]) -> None:
        """Remove every other part."""
        for folder in self.folder.glob("*"):
            if folder.name not in keys:
                shutil.rmtree(folder)

    def clear(self) -> None:
        """Remove every part."""
        self.keep_only(set())


def make_key(name: str, rests_on: object) -> str:
    """The folder name of a part."""
    text = json.dumps(rests_on, ensure_ascii=False, sort_keys=True, default=str)
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def note_days(quarantine: pl.DataFrame, today: date) -> dict[str, Any]:
    """From which day it was made, and the first month in which a row that lay in the future may be due."""
    waiting = quarantine.filter(reason=Reason.FUTURE_DATE.value)["month"].fill_null(months.of_date(today))
    return {"made_on": today.isoformat(), "due": waiting.min()}


def holds_on(notes: Mapping[str, Any], today: date) -> bool:
    """Would the part come out the same on that day? Going back in time may put accepted rows in the future."""
    made_on = date.fromisoformat(notes["made_on"])
    return today == made_on or (today > made_on and (notes["due"] is None or notes["due"] > months.of_date(today)))
