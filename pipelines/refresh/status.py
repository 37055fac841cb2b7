"""How the warehouse stands: the current snapshot, past runs, and the files that a refresh would take up."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.contracts.policy import Schedule
from pipelines.ingest import scan
from pipelines.refresh.edition import describe_source
from pipelines.warehouse import Layout, Outcome, Run, list_runs


@dataclass(frozen=True)
class Status:
    """`manifest` of the current snapshot (None: nothing published); `waiting` files (None: no raw folder); all `runs`."""

    manifest: dict[str, Any] | None
    waiting: int | None
    runs: list[Run]

    def find_age(self, now: datetime) -> float | None:
        """Hours since the last refresh that succeeded (also where it found nothing new); None where none did."""
        last = find_last_success(self.runs, self.manifest)
        return None if last is None else round((now - last).total_seconds() / 3600, 2)

    def is_stale(self, now: datetime) -> bool:
        """Did no refresh succeed for `stale_hours`, as the settings of the snapshot say?"""
        age = self.find_age(now)
        settings = (self.manifest or {}).get("policy", {}).get("schedule", {})
        return age is None or age > settings.get("stale_hours", Schedule().stale_hours)

    def as_json(self, runs: int, now: datetime) -> dict[str, Any]:
        """The keys of `burden status --json`, with the last `runs` runs."""
        kept = ("snapshot", "published_at", "as_of", "months", "rows", "ledgers")
        return {
            **{key: (self.manifest or {}).get(key) for key in kept},
            "synthetic": bool((self.manifest or {}).get("synthetic")),
            "age_hours": self.find_age(now),
            "stale": self.is_stale(now),
            "waiting": self.waiting,
            "runs": [asdict(run) for run in self.runs[-runs:]],
        }


def find_status(raw: Path, warehouse: Path) -> Status:
    """The state of a warehouse and of the raw folder that feeds it."""
    layout = Layout(warehouse)
    current = layout.read_current()
    manifest = layout.read_manifest(current) if current else None
    return Status(manifest, _count_waiting(raw, manifest) if raw.is_dir() else None, list_runs(layout))


def find_last_success(runs: list[Run], manifest: dict[str, Any] | None) -> datetime | None:
    """When a refresh last ended well: by the history, else by the snapshot."""
    for run in reversed(runs):
        if run.outcome in (Outcome.PUBLISHED, Outcome.UNCHANGED):
            return datetime.fromisoformat(run.started_at) + timedelta(seconds=run.seconds)
    return datetime.fromisoformat(manifest["published_at"]) if manifest else None


def _count_waiting(raw: Path, manifest: dict[str, Any] | None) -> int:
    """Files that are new, changed or taken away since the snapshot."""
    known = {tuple(source.values()) for source in (manifest or {}).get("sources", [])}
    present = {tuple(describe_source(source).values()) for source in scan(raw)}
    return len({path for path, *_ in known ^ present})
