"""The history of refreshes: `runs.jsonl`, appended by the writer only, published as `refresh_run`."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from pipelines.warehouse.layout import Layout


class Outcome(StrEnum):
    """How a refresh ended."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True)
class Run:
    """One refresh: when (ISO, local), how long, how it ended, and the row accounting of the whole raw folder.

    `snapshot` is the one that was current when it ended. Counts are null where the run ended before counting.
    """

    started_at: str
    seconds: float
    as_of: str
    outcome: Outcome
    snapshot: str | None
    full: bool
    accepted_drop: bool
    files: int | None = None
    rows_in: int | None = None
    rows_accepted: int | None = None
    rows_superseded: int | None = None
    rows_duplicate: int | None = None
    rows_quarantined: int | None = None
    message_zh: str = ""
    message_en: str = ""


SCHEMA: dict[str, Any] = {
    "started_at": pl.String, "seconds": pl.Float64, "as_of": pl.String, "outcome": pl.String, "snapshot": pl.String,
    "full": pl.Boolean, "accepted_drop": pl.Boolean, "files": pl.Int64, "rows_in": pl.Int64,
    "rows_accepted": pl.Int64, "rows_superseded": pl.Int64, "rows_duplicate": pl.Int64, "rows_quarantined": pl.Int64,
    "message_zh": pl.String, "message_en": pl.String,
}  # fmt: skip


def record(layout: Layout, run: Run) -> None:
    """Append a run to the history."""
    with layout.runs.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")


def list_runs(layout: Layout) -> list[Run]:
    """The history, oldest first; a line that a killed run left incomplete is passed over."""
    if not layout.runs.exists():
        return []
    runs = []
    for line in layout.runs.read_text(encoding="utf-8").splitlines():
        try:
            fields = json.loads(line)
            runs.append(Run(**(fields | {"outcome": Outcome(fields["outcome"])})))
        except (ValueError, TypeError, KeyError):
            continue
    return runs


def tabulate(runs: list[Run]) -> pl.DataFrame:
    """The history as the table `refresh_run`."""
    return pl.DataFrame([asdict(run) for run in runs], schema=SCHEMA)
