"""The deck that the timetable keeps: made once, then refreshed after each publication from its newest version."""

import re
from pathlib import Path

from dashboard import briefing
from dashboard.cli.brief import read_file, write_file
from dashboard.warehouse import open_snapshot
from pipelines.contracts import months


def keep_brief(warehouse: Path, base: Path) -> Path | None:
    """Make or refresh the deck of `burden.toml`; the file written, None where none is asked for or nothing is new.

    Paths in the settings are seen from `base`. A writer's edits are kept: the newest version is refreshed into a new file, never
    over one that is there. Raises BurdenError.
    """
    snapshot = open_snapshot(warehouse)
    wanted = snapshot.policy.brief
    if not wanted.deck:
        return None
    deck = base / wanted.deck
    ours = re.compile(rf"{re.escape(deck.stem)}_\d{{4}}-\d{{2}}(_\d+)?")
    versions = [v for v in deck.parent.glob(f"{deck.stem}_*{deck.suffix}") if ours.fullmatch(v.stem)]
    source = max(versions, key=_order, default=deck if deck.exists() else None)
    if source is None:
        source_outline = wanted.outline if wanted.outline in ("monthly", "quarterly") else str(base / wanted.outline)
        made = briefing.create(
            snapshot, briefing.read_outline(source_outline, snapshot), wanted.lang, region=wanted.region,
            template=base / wanted.template if wanted.template else None, address=wanted.address,
        )  # fmt: skip
        write_file(deck, made.content)
        return deck
    done = briefing.refresh(snapshot, read_file(source), name=source.name)
    if done.report.before == done.report.after and not done.report.changes:
        return None
    target = _free_name(deck, done.report.after)
    write_file(target, done.content)
    return target


def _order(version: Path) -> tuple[str, int]:
    """By month, then by number."""
    month, _, number = version.stem.rpartition("_")
    return (month, int(number)) if number.isdigit() else (version.stem, 1)


def _free_name(deck: Path, month: int) -> Path:
    """`<name>_2026-11.pptx`, else with the first number that is free."""
    stem = f"{deck.stem}_{months.iso(month)}"
    names = [deck.with_name(f"{stem}{deck.suffix}"), *(deck.with_name(f"{stem}_{n}{deck.suffix}") for n in range(2, 1000))]
    return next(name for name in names if not name.exists())
