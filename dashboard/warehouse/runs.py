"""The last refresh that was tried, from the writer's history beside the snapshots; read only."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HISTORY = "runs.jsonl"
TAIL = 65_536  # bytes from the end: some dozens of runs, whatever the length of the history
BAD = ("held", "failed")


@dataclass(frozen=True)
class LastRun:
    """When it began, how long it took, how it ended (`published`, `unchanged`, `held`, `failed`), and its sentence."""

    started_at: datetime
    seconds: float
    outcome: str
    zh: str
    en: str

    @property
    def was_held_back(self) -> bool:
        """Did it end without what it found being published?"""
        return self.outcome in BAD


def read_last_run(warehouse: Path) -> LastRun | None:
    """The last whole line of the history; None where there is none."""
    try:
        with (warehouse / HISTORY).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - TAIL))
            lines = file.read().decode("utf-8", errors="ignore").splitlines()
    except OSError:
        return None
    for line in reversed(lines):
        try:
            run = json.loads(line)
            return LastRun(
                datetime.fromisoformat(run["started_at"]), float(run["seconds"]), str(run["outcome"]),
                str(run["message_zh"]), str(run["message_en"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError):
            continue
    return None
