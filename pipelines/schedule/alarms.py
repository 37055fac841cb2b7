"""What is worth telling, and when: a trouble once while it lasts, its end once, an alert of the data when it is new. Decided
here, delivered elsewhere."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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
    ALERT = "alert"


@dataclass(frozen=True)
class Notice:
    """Something to tell; `reason` is the refresh's sentence, empty where there is none."""

    kind: Kind
    reason: str = ""


Raised = tuple[str, str]  # an alert of the published data: its key, the same in every snapshot, and its sentence
FindRaised = Callable[[], Sequence[Raised]]


@dataclass(frozen=True)
class Told:
    """The troubles told since the last good refresh, by kind with their reasons, and when the first was (ISO).

    `alerts`: the keys of the alerts of the last publication, which all were told.
    """

    since: str = ""
    troubles: Mapping[str, str] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()

    def after(self, notice: Notice, now: datetime) -> "Told":
        """What is told once this notice of a trouble, or of its end, was."""
        if notice.kind is Kind.RECOVERED:
            return Told(alerts=self.alerts)
        return replace(self, since=self.since or now.isoformat(), troubles={**self.troubles, notice.kind.value: notice.reason})

    def find_new(self, raised: Sequence[Raised]) -> list[str]:
        """The sentences of the alerts that were not there at the last publication."""
        return [sentence for key, sentence in raised if key not in self.alerts]

    def with_alerts(self, raised: Sequence[Raised]) -> "Told":
        """What is told once these alerts are; one that went away is new when it comes back."""
        return replace(self, alerts=tuple(key for key, _ in raised))


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
        told = Told(fields["since"], dict(fields["troubles"]), tuple(str(key) for key in fields.get("alerts", ())))
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
