"""Rejected rows as the raw folder stands: by reason and sender, by file, and one by one to be sent back."""

from functools import lru_cache
from typing import Any, Literal

import polars as pl

from dashboard.answers.periods import province_of
from dashboard.answers.quality.scope import LEDGERS, Scope, select_points
from dashboard.warehouse import Snapshot

MINUTE = 60


@lru_cache(maxsize=64)
def count_rejections(snapshot: Snapshot, scope: Scope, by: Literal["city", "county"]) -> pl.DataFrame:
    """`reason, group, rows` in their order; the group is null where the row's point is not known."""
    source, values = _select(snapshot, scope)
    return snapshot.query(
        f'SELECT reason, {by}_code AS "group", count(*) AS rows FROM ({source}) WHERE "row" IS NOT NULL '
        "GROUP BY ALL ORDER BY ALL",
        values,
    )


@lru_cache(maxsize=64)
def list_files(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Files with anything rejected, the most rows first, of as many the latest.

    `file, ledger` (the most frequent one, null where none), `rows`, `reason` (the most frequent) and `reason_rows`,
    `received` (UTC time of the file's last change).
    """
    source, values = _select(snapshot, scope)
    files = snapshot.query(
        'SELECT file, mode(ledger) AS ledger, count("row") AS rows, mode(reason) AS reason '
        f"FROM ({source}) GROUP BY file",
        values,
    )
    reasons = snapshot.query(f'SELECT file, reason, count("row") AS reason_rows FROM ({source}) GROUP BY ALL', values)
    received = {s["path"]: s["mtime_minute"] * MINUTE for s in snapshot.manifest["sources"]}
    return (
        files.join(reasons, on=["file", "reason"], how="left", validate="1:1")
        .with_columns(received=pl.col("file").replace_strict(received, default=None, return_dtype=pl.Int64))
        .with_columns(pl.from_epoch("received", time_unit="s"))
        .sort(["rows", "received", "file"], descending=[True, True, False])
    )


def list_rejected(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """The rejected rows, sheets and files: the columns of `quarantine`, with `city_code` and `county_code`."""
    source, values = _select(snapshot, scope)
    return snapshot.query(f'SELECT * FROM ({source}) ORDER BY file, sheet NULLS FIRST, "row" NULLS FIRST', values)


def _select(snapshot: Snapshot, scope: Scope) -> tuple[str, list[Any]]:
    """Entries of the quarantine in the scope; those whose point is not known belong to the whole province alone."""
    joined = "SELECT quarantine.*, city_code, county_code FROM quarantine LEFT JOIN dim_point USING (point_id)"
    parts: list[str] = []
    values: list[Any] = []
    if scope.region != province_of(snapshot) or scope.point_type:
        where, values = select_points(snapshot, scope)
        where = where.removeprefix("selection = ?").removeprefix(" AND ")  # rows of purposive points go back too
        parts, values = [where], values[1:]
    if set(scope.ledgers) != set(LEDGERS):
        parts.append(f"ledger IN ({', '.join('?' for _ in scope.ledgers)})")
        values = [*values, *scope.ledgers]
    return joined + (f" WHERE {' AND '.join(parts)}" if parts else ""), values
