"""Small editions of a warehouse: two tables, real files."""

from typing import Any

import polars as pl

from pipelines.warehouse import Edition, Layout, publish, stage, verify

QUARANTINE = {"file": pl.String, "row": pl.Int64, "reason": pl.String}


def make_edition(snapshot: str, meetings: int, quarantined: int = 0, **counts: int) -> Edition:
    """An edition with so many accepted meetings."""
    rows = [{"point_id": f"P{i}", "month": 202601, "meeting_id": str(i)} for i in range(meetings)]
    rejected = [{"file": "a.csv", "row": i, "reason": "bad_date"} for i in range(quarantined)]
    tables = {
        "fact_meeting": pl.DataFrame(rows, schema={"point_id": pl.String, "month": pl.Int32, "meeting_id": pl.String}),
        "quarantine": pl.DataFrame(rejected, schema=QUARANTINE),
    }
    accounting = {
        "in": meetings + quarantined, "accepted": meetings, "superseded": 0, "duplicate": 0, "quarantined": quarantined,
    } | counts  # fmt: skip
    fields: dict[str, Any] = {"as_of": "2026-02-01"}
    return Edition(snapshot, tables, {"meetings": accounting}, fields)


def release(layout: Layout, edition: Edition, accept_fall: bool = False) -> dict[str, Any]:
    """Stage, verify and publish."""
    entries = stage(layout, edition)
    verify(layout, edition, entries, accept_fall)
    return publish(layout, edition, entries)
