"""A reader that never stops: opens the current snapshot, counts its tables, asks a question; holds old snapshots too.

    python -m tests.faults.reader WAREHOUSE KEEP

Ends when its standard input closes; prints what it did as JSON.
"""

import json
import random
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.answers import Request, answer
from dashboard.warehouse import open_snapshot
from dashboard.warehouse.snapshot import Snapshot

QUESTION = Request("meetings", first=202601, last=202603, by="city")
REST = 6  # times as long as the last read took: readers and writers share the cores


@dataclass
class Reader:
    """Reads of one warehouse, and what went wrong in them."""

    warehouse: Path
    keep: int
    reads: int = 0
    snapshots: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    held: Snapshot | None = None

    def read(self) -> None:
        """One look at the current snapshot and one at an older one that a page still holds."""
        try:
            snapshot = open_snapshot(self.warehouse)
            self._ask(snapshot)
        except Exception:  # every kind of failure is a finding
            self.errors.append(traceback.format_exc(limit=-3))
            return
        self.snapshots.add(snapshot.id)
        self._ask_held()
        if self.held is None or random.random() < 0.05:
            self.held = snapshot

    def _ask(self, snapshot: Snapshot) -> None:
        self.reads += 1
        for table, entry in snapshot.manifest["tables"].items():
            found = snapshot.query(f"SELECT count(*) AS rows FROM {table}").item()
            if found != entry["rows"]:
                raise AssertionError(f"{snapshot.id}: {table} has {found} rows, {entry['rows']} expected")
        if answer(snapshot, QUESTION).is_empty():
            raise AssertionError(f"{snapshot.id}: no answer")

    def _ask_held(self) -> None:
        if self.held is None:
            return
        try:
            self._ask(self.held)
        except Exception:  # it may have been pruned meanwhile, as it should when it is no longer one of the last
            left = [path for path in self.held.folder.parent.iterdir() if not path.name.startswith(".")]
            if self.held.folder.exists() or len(left) < self.keep:
                self.errors.append("held: " + traceback.format_exc(limit=-3))
            self.held = None


def main() -> None:
    """Read until nobody wants it any more."""
    reader, done = Reader(Path(sys.argv[1]), int(sys.argv[2])), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    pause = 0.0
    while not done.wait(pause):
        started = time.perf_counter()
        reader.read()
        pause = REST * (time.perf_counter() - started)
    print(json.dumps({"reads": reader.reads, "snapshots": len(reader.snapshots), "errors": reader.errors}))


if __name__ == "__main__":
    main()
