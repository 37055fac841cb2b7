"""Revisions: what a month's first published estimate was, among the snapshots that are kept, and what came since."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.answers.answer import answer
from dashboard.answers.periods import due_day
from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.statistics import UNIVERSES

TABLE = "revision"


@dataclass(frozen=True)
class Kept:
    """A snapshot in the warehouse: its id and the day of its refresh."""

    id: str
    as_of: date


@lru_cache(maxsize=8)
def list_kept(snapshot: Snapshot) -> tuple[Kept, ...]:
    """The snapshots up to this one that are still kept, oldest first."""
    kept = []
    for folder in sorted(snapshot.folder.parent.iterdir()):
        if folder.name > snapshot.id:
            continue
        try:
            as_of = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["as_of"]
            kept.append(Kept(folder.name, date.fromisoformat(as_of)))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # being removed, or no snapshot
    return tuple(kept)


@lru_cache(maxsize=64)
def compare_first(
    snapshot: Snapshot, indicator: str, region: str, point_type: str | None, first: int, last: int
) -> pl.DataFrame:
    """`month, first, latest, ci_low, ci_high, provisional, first_snapshot`, one row a month with a latest estimate.

    `first` is the estimate of the earliest kept snapshot made after the month was due; null where that is this one.
    """
    where = (("point_type", point_type),) if point_type else ()
    now = answer(snapshot, Request(indicator, region, first, last, "month", where))
    wanted: dict[str, list[int]] = {}
    for month in months.span(first, last):
        found = next((k for k in list_kept(snapshot) if _was_due(snapshot, indicator, month, k.as_of)), None)
        if found and found.id != snapshot.id:
            wanted.setdefault(found.id, []).append(month)
    before = {
        month: (value, id_)
        for id_, asked in wanted.items()
        for month, value in _ask_old(snapshot, id_, Request(indicator, region, min(asked), max(asked), "month", where)).items()
        if month in asked
    }
    rows = [
        {
            "month": month, "first": before.get(month, (None, None))[0], "latest": row["estimate"], "ci_low": row["ci_low"],
            "ci_high": row["ci_high"], "provisional": row["provisional"],
            "first_snapshot": before.get(month, (None, None))[1],
        }
        for row in now.iter_rows(named=True)
        if row["estimate"] is not None and row["status"] == "ok" and (month := months.parse(row["group"]))
    ]  # fmt: skip
    return pl.DataFrame(rows, schema={
        "month": pl.Int32, "first": pl.Float64, "latest": pl.Float64, "ci_low": pl.Float64, "ci_high": pl.Float64,
        "provisional": pl.Boolean, "first_snapshot": pl.String,
    })  # fmt: skip


def _was_due(snapshot: Snapshot, indicator: str, month: int, day: date) -> bool:
    return all(due_day(snapshot, ledger, month) <= day for ledger in UNIVERSES[INDICATORS[indicator].universe])


def _ask_old(snapshot: Snapshot, id_: str, request: Request) -> dict[int, float]:
    """Month → estimate in an older snapshot; nothing where it cannot be read any more or did not know the region."""
    try:
        old = open_snapshot(snapshot.folder.parents[1], id_)
        frame = answer(old, request)
    except BurdenError:
        return {}
    known = frame.filter(pl.col("estimate").is_not_null(), status="ok")
    return {months.parse(group): value for group, value in known.select("group", "estimate").iter_rows()}


@lru_cache(maxsize=8)
def count_revisions(snapshot: Snapshot) -> pl.DataFrame | None:
    """The table `revision` summed by snapshot, kind and ledger, newest first; None where the snapshot has none."""
    if TABLE not in snapshot.manifest["tables"]:
        return None
    return snapshot.query(
        f"SELECT snapshot, kind, ledger, sum(point_months)::BIGINT AS point_months, "
        "sum(rows_after - rows_before)::BIGINT AS rows_gained "
        f"FROM {TABLE} GROUP BY ALL ORDER BY snapshot DESC, kind, ledger"
    )
