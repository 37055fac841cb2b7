"""Where things stand in a warehouse folder, and which snapshot is current. Nothing is written here."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ID_FORMAT = "%Y%m%dT%H%M%S"
ID_PATTERN = "[0-9]" * 8 + "T" + "[0-9]" * 6


@dataclass(frozen=True)
class Layout:
    """The parts of a warehouse folder.

    `snapshots/<id>/` published and immutable; `staging/` the one being made; `cache/` parsed files; `current.json` the
    pointer; `runs.jsonl` the history of runs; `writer.lock` held by the one writer.
    """

    root: Path

    @property
    def snapshots(self) -> Path:
        """Folder of the published snapshots."""
        return self.root / "snapshots"

    @property
    def staging(self) -> Path:
        """Folder of what is not published yet."""
        return self.root / "staging"

    @property
    def cache(self) -> Path:
        """Folder of the parsed files."""
        return self.root / "cache"

    @property
    def pointer(self) -> Path:
        """The file that names the current snapshot."""
        return self.root / "current.json"

    @property
    def runs(self) -> Path:
        """The history of runs, a JSON object a line."""
        return self.root / "runs.jsonl"

    @property
    def lock(self) -> Path:
        """The file whose lock the writer holds."""
        return self.root / "writer.lock"

    @property
    def log(self) -> Path:
        """The file that takes the traceback of what was not foreseen."""
        return self.root / "burden.log"

    def list_snapshots(self) -> list[str]:
        """Ids of the snapshots in the folder, oldest first."""
        return sorted(p.name for p in self.snapshots.glob(ID_PATTERN) if p.is_dir())

    def read_current(self) -> str | None:
        """The id of the current snapshot; None where nothing is published or the pointer or its manifest is broken."""
        try:
            snapshot = json.loads(self.pointer.read_text(encoding="utf-8"))["snapshot"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return snapshot if isinstance(snapshot, str) and self.read_manifest(snapshot) else None

    def read_manifest(self, snapshot: str) -> dict[str, Any] | None:
        """The manifest of a snapshot; None where it is absent or not readable."""
        try:
            manifest = json.loads((self.snapshots / snapshot / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return manifest if isinstance(manifest, dict) else None

    def name_next(self, moment: datetime) -> str:
        """An id for a snapshot published at that moment, later than every other in code-point order."""
        latest = max(self.list_snapshots(), default="")
        name = moment.strftime(ID_FORMAT)
        if name <= latest:
            name = (datetime.strptime(latest, ID_FORMAT) + timedelta(seconds=1)).strftime(ID_FORMAT)
        return name
