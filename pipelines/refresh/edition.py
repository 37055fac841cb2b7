"""From source files to the tables of a snapshot: the rooms of the pipelines, one after the other."""

from datetime import date, datetime
from typing import Any

import polars as pl

from pipelines.conform import conform, read_divisions
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import SourceFile
from pipelines.marts import build_marts
from pipelines.refresh.cache import FileCache
from pipelines.refresh.inputs import Inputs
from pipelines.refresh.stages import Progress, Stage
from pipelines.warehouse import Edition, build_dimensions

REGISTERS = ("points", "frame")


def make_edition(
    inputs: Inputs, cache: FileCache, snapshot: str, today: date, *, fresh: bool, progress: Progress
) -> Edition:
    """Read, conform and count everything in the raw folder. `fresh` ignores the cache.

    The edition's tables are all of docs/architecture.md but `refresh_run`.
    """
    files = []
    for number, source in enumerate(inputs.sources):
        progress(Stage.READ, number, len(inputs.sources))
        files.append(cache.parse(source, fresh=fresh))
    progress(Stage.CONFORM, 0, 1)
    divisions = read_divisions()
    conformed = conform(files, divisions, today)
    progress(Stage.COUNT, 0, 1)
    marts = build_marts(conformed.facts, conformed.quarantine)
    facts = {LEDGERS[name].table: frame for name, frame in conformed.facts.items() if name not in REGISTERS}
    tables = {**build_dimensions(conformed.facts, divisions.frame), **facts, **marts, "quarantine": conformed.quarantine}
    fields = {
        "published_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "as_of": today.isoformat(),
        "contract_version": inputs.version,
        "synthetic": inputs.synthetic,
        "policy": inputs.policy.model_dump(mode="json"),
        "months": _find_span(marts["mart_point_month"]),
        "sources": [describe_source(source) for source in inputs.sources],
        "warnings": [{"zh": zh, "en": en} for zh, en in conformed.warnings],
        "fingerprint": inputs.fingerprint,
    }
    return Edition(snapshot, tables, conformed.accounting, fields)


def _find_span(point_months: pl.DataFrame) -> list[int] | None:
    """First and last month with any report."""
    if point_months.is_empty():
        return None
    return [point_months["month"].min(), point_months["month"].max()]  # type: ignore[list-item]


def describe_source(source: SourceFile) -> dict[str, Any]:
    """A source file as the manifest names it, path masked."""
    return {"path": source.shown, "size": source.size, "mtime_minute": source.mtime_minute, "sha256": source.sha256}
