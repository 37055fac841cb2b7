"""Answers of the writing commands as sentences and tables for people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.cli.texts import language, say
from pipelines.contracts import months
from pipelines.contracts.ledgers import LEDGERS
from pipelines.refresh import RefreshResult
from pipelines.warehouse import Run

WARNINGS_SHOWN = 10
COUNTS = ("in", "accepted", "superseded", "duplicate", "quarantined")


def show_result(result: RefreshResult, console: Console) -> None:
    """What a refresh did, and the state of the whole raw folder."""
    key = "refresh.published" if result.published else "refresh.unchanged"
    console.print(say(key, snapshot=result.snapshot, seconds=result.seconds))
    if result.damage:
        console.print(say("refresh.damaged", files=", ".join(result.damage)))
    show_accounting(result.manifest, console)


def show_accounting(manifest: Mapping[str, Any], console: Console) -> None:
    """Where the rows went, by ledger, and what was left out."""
    if manifest["synthetic"]:
        console.print(say("synthetic"))
    console.print(say("rows", **manifest["rows"]))
    table = Table(box=None, pad_edge=False)
    table.add_column(say("column.ledger"))
    for count in COUNTS:
        table.add_column(say(f"column.{count}"), justify="right")
    for name, ledger in LEDGERS.items():
        counts = manifest["ledgers"].get(name)
        if counts and counts["in"]:
            title = ledger.zh if language() == "zh" else ledger.en
            table.add_row(title, *(f"{counts[count]:,}" for count in COUNTS))
    console.print(table)
    unread = manifest["tables"]["quarantine"]["rows"] - manifest["rows"]["quarantined"]
    if unread:
        console.print(say("unread", count=unread))
    for warning in manifest["warnings"][:WARNINGS_SHOWN]:
        console.print(warning[language()])
    more = len(manifest["warnings"]) - WARNINGS_SHOWN
    if more > 0:
        console.print(say("warnings.more", count=more))


def show_snapshot(manifest: Mapping[str, Any], now: datetime, console: Console) -> None:
    """The current snapshot: id, moment, age and months."""
    published = datetime.fromisoformat(manifest["published_at"])
    span = manifest["months"]
    covered = "–".join(months.iso(m) for m in span) if span else say("status.no_months")
    console.print(
        say(
            "status.snapshot", snapshot=manifest["snapshot"], published=f"{published:%Y-%m-%d %H:%M}",
            days=(now - published).days, months=covered,
        )
    )  # fmt: skip


def show_runs(runs: list[Run], console: Console) -> None:
    """The given runs, newest first."""
    console.print(say("status.runs"))
    for run in reversed(runs):
        message = run.message_zh if language() == "zh" else run.message_en
        started = datetime.fromisoformat(run.started_at)
        console.print(f"  {started:%Y-%m-%d %H:%M}  {say(f'outcome.{run.outcome}')}  {run.snapshot or ''}  {message}")
