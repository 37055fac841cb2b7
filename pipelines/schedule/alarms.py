"""What is worth telling, and when: a trouble once while it lasts, its end once. Decided here, delivered elsewhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pipelines.schedule.turns import Ending, Turn


class Kind(StrEnum):
    """What a notice is about."""

    FAILED = "failed"
    HELD = "held"
    STALE = "stale"
    RECOVERED = "recovered"


@dataclass(frozen=True)
class Notice:
    """Something to tell; `reason` is the refresh's sentence, empty where there is none."""

    kind: Kind
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """The troubles told since the last good refresh, by kind with their reasons, and when the first was (ISO)."""

    since: str = ""
    troubles: Mapping[str, str] = field(default_factory=dict)

    def after(self, notice: Notice, now: datetime) -> "Told":
        """What is told once this notice was."""
        if notice.kind is Kind.RECOVERED:
            return Told()
        return Told(self.since or now.isoformat(), {**self.troubles, notice.kind.value: notice.reason})


def decide(
    told: Told, turn: Turn | None, last_success: datetime | None, began: datetime, now: datetime, stale_hours: float
) -> list[Notice]:
    """The notices due after a turn (or, without one, as time passes).

    `began` is when the timetable did: data that never were refreshed are stale `stale_hours` after it.
    """
    notices = []
    if told.troubles and last_success and last_success > datetime.fromisoformat(told.since):
        notices.append(Notice(Kind.RECOVERED))
        told = Told()
    if turn and turn.ending in (Ending.FAILED, Ending.HELD):
        trouble = Notice(Kind(turn.ending.value), turn.reason)
        if not _is_same(told.troubles.get(trouble.kind), trouble.reason):
            notices.append(trouble)
    if (now - (last_success or began)).total_seconds() > stale_hours * 3600 and Kind.STALE not in told.troubles:
        notices.append(Notice(Kind.STALE))
    return notices


def _is_same(told: str | None, reason: str) -> bool:
    """Counts and times change from turn to turn while the trouble is the same."""
    return told is not None and re.sub(r"\d[\d,.]*", "0", told) == re.sub(r"\d[\d,.]*", "0", reason)


def read_told(path: Path) -> Told:
    """What was told before, by the file; nothing where it is absent or broken."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        told = Told(fields["since"], dict(fields["troubles"]))
        if told.troubles:
            datetime.fromisoformat(told.since)
    except (OSError, ValueError, KeyError, TypeError):
        return Told()
    return told


def write_told(path: Path, told: Told) -> None:
    """Keep what was told, for the next start. Raises OSError."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(told), ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)
