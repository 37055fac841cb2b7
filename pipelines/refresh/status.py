"""How the warehouse stands: the current snapshot, past runs, and the files that a refresh would take up."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.contracts.policy import Schedule
from pipelines.ingest import scan
from pipelines.refresh.edition import describe_source
from pipelines.refresh.reporting import Reporting, find_reporting
from pipelines.warehouse import Layout, Outcome, Run, find_damage, list_runs


@dataclass(frozen=True)
class Status:
    """`manifest` of the current snapshot (None: nothing published); `waiting` files (None: no raw folder); all `runs`.

    `damage`: files of the current snapshot that are not what was published. `reporting`: what was due and came; None where
    the snapshot does not tell.
    """

    manifest: dict[str, Any] | None
    waiting: int | None
    runs: list[Run]
    damage: list[str] = field(default_factory=list)
    reporting: Reporting | None = None

    @property
    def trouble(self) -> Run | None:
        """The last run, where what it found was not published."""
        last = self.runs[-1] if self.runs else None
        return last if last and last.outcome in (Outcome.HELD, Outcome.FAILED) else None

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
            "damage": self.damage,
            "held": asdict(self.trouble) if self.trouble else None,
            "reporting": self.reporting.as_json() if self.reporting else None,
            "runs": [asdict(run) for run in self.runs[-runs:]],
        }


def find_status(raw: Path, warehouse: Path, region: str | None = None) -> Status:
    """The state of a warehouse and of the raw folder that feeds it; reporting by city, or by county of the city `region`.

    Raises RequestError for a region that is no city.
    """
    layout = Layout(warehouse)
    current = layout.read_current()
    manifest = layout.read_manifest(current) if current else None
    waiting = _count_waiting(raw, manifest) if raw.is_dir() else None
    reporting = find_reporting(layout, manifest, region) if manifest else None
    return Status(manifest, waiting, list_runs(layout), find_damage(layout), reporting)


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
