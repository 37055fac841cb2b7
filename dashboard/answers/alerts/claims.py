"""What is claimed and tested: rises against the better direction, and pairs of channels of which one falls and one rises."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.indicators import INDICATORS, Better, Kind


class Theme(StrEnum):
    """What may move from a formal channel into an informal one."""

    DOCUMENTS = "documents"
    MEETINGS = "meetings"
    ACCOMPANIMENT = "accompaniment"
    INSPECTIONS = "inspections"


@dataclass(frozen=True)
class Claim:
    """A change in one direction: `side` +1 a rise, −1 a fall; `where`: (column, code) of a filter."""

    indicator: str
    side: int
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Move:
    """A formal channel falls while an informal one rises."""

    theme: Theme
    falls: Claim
    rises: Claim


CALENDAR_BOUND = frozenset({"offday_meeting_share"})  # holidays move between months: its change on a year is the calendar's too


COUNTS = ("meetings", "documents", "inspections")  # what the reform is about


def list_rises() -> list[Claim]:
    """Every sampled indicator of which one direction is better, against that direction, but those bound to the calendar."""
    return [
        Claim(i.id, 1 if i.better is Better.LOWER else -1)
        for i in INDICATORS.values()
        if i.kind is not Kind.REGISTER and i.better is not Better.NONE and i.id not in CALENDAR_BOUND
    ]


def list_moves() -> list[Move]:
    """The pairs of channels, the order of the code lists."""
    def pair(theme: Theme, indicator: str, falls: tuple[str, str], rises: tuple[str, str]) -> Move:
        return Move(theme, Claim(indicator, -1, (falls,)), Claim(indicator, 1, (rises,)))

    informal = (("kind", "letter"), ("kind", "plain"), ("carrier", "chat_group"), ("carrier", "app"))
    visited = ("supervision", "check", "assessment")
    return [
        *(pair(Theme.DOCUMENTS, "documents", ("kind", "formal"), channel) for channel in informal),
        pair(Theme.MEETINGS, "meetings", ("form", "onsite"), ("form", "video")),
        Move(Theme.ACCOMPANIMENT, Claim("principal_required_share", -1), Claim("meeting_accompaniment_rate", 1)),
        *(pair(Theme.INSPECTIONS, "inspections", ("kind", kind), ("kind", "study")) for kind in visited),
    ]
