"""The last refreshes that were tried, from the writer's history beside the snapshots; read only."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

HISTORY = "runs.jsonl"
TAIL = 65_536  # bytes from the end: some dozens of runs, whatever the length of the history
SUCCEEDED = ("published", "unchanged")


@dataclass(frozen=True)
class Run:
    """When it began, how long it took, how it ended (`published`, `unchanged`, `held`, `failed`), and its sentence."""

    started_at: datetime
    seconds: float
    outcome: str
    zh: str
    en: str

    @property
    def ended_at(self) -> datetime:
        """When it ended."""
        return self.started_at + timedelta(seconds=self.seconds)

    @property
    def succeeded(self) -> bool:
        """Was what it found published, or nothing new?"""
        return self.outcome in SUCCEEDED


def read_recent_runs(warehouse: Path) -> list[Run]:
    """The last runs, oldest first; lines that are not whole are passed over."""
    try:
        with (warehouse / HISTORY).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - TAIL))
            lines = file.read().decode("utf-8", errors="ignore").splitlines()
    except OSError:
        return []
    runs = []
    for line in lines:
        try:
            run = json.loads(line)
            runs.append(Run(
                datetime.fromisoformat(run["started_at"]), float(run["seconds"]), str(run["outcome"]),
                str(run["message_zh"]), str(run["message_en"]),
            ))  # fmt: skip
        except (ValueError, KeyError, TypeError):
            continue
    return runs
