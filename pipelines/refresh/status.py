"""How the warehouse stands: the current snapshot, past runs, and the files that a refresh would take up."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.ingest import scan
from pipelines.refresh.edition import describe_source
from pipelines.warehouse import Layout, Run, list_runs


@dataclass(frozen=True)
class Status:
    """`manifest` of the current snapshot (None: nothing published); `waiting` files (None: no raw folder); all `runs`."""

    manifest: dict[str, Any] | None
    waiting: int | None
    runs: list[Run]

    def as_json(self, runs: int) -> dict[str, Any]:
        """The keys of `burden status --json`, with the last `runs` runs."""
        kept = ("snapshot", "published_at", "as_of", "months", "rows", "ledgers")
        return {
            **{key: (self.manifest or {}).get(key) for key in kept},
            "synthetic": bool((self.manifest or {}).get("synthetic")),
            "waiting": self.waiting,
            "runs": [asdict(run) for run in self.runs[-runs:]],
        }


def find_status(raw: Path, warehouse: Path) -> Status:
    """The state of a warehouse and of the raw folder that feeds it."""
    layout = Layout(warehouse)
    current = layout.read_current()
    manifest = layout.read_manifest(current) if current else None
    return Status(manifest, _count_waiting(raw, manifest) if raw.is_dir() else None, list_runs(layout))


def _count_waiting(raw: Path, manifest: dict[str, Any] | None) -> int:
    """Files that are new, changed or taken away since the snapshot."""
    known = {tuple(source.values()) for source in (manifest or {}).get("sources", [])}
    present = {tuple(describe_source(source).values()) for source in scan(raw)}
    return len({path for path, *_ in known ^ present})
