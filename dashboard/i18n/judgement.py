"""What a change means: direction (from its interval) and verdict (from the indicator's `better`), in signs and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.i18n import format as fmt
from dashboard.i18n.catalogue import Lang, text
from dashboard.i18n.measures import Measure
from pipelines.contracts.indicators import INDICATORS, Better, Domain

Row = Mapping[str, Any]


class Direction(StrEnum):
    """Where the interval of a change lies: below 0, above 0, around it; UNKNOWN where there is no interval."""

    FELL = "fell"
    ROSE = "rose"
    NO_CLEAR_CHANGE = "no_clear_change"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a change means for the burden; it gives the colour. NEUTRAL: clear, but neither direction is better."""

    LIGHTER = "lighter"
    HEAVIER = "heavier"
    UNCLEAR = "unclear"
    NEUTRAL = "neutral"


SIGN = {Direction.FELL: "▼", Direction.ROSE: "▲", Direction.NO_CLEAR_CHANGE: "–", Direction.UNKNOWN: ""}


@dataclass(frozen=True)
class Judgement:
    """A change judged: its direction and verdict, ready to be written."""

    direction: Direction
    verdict: Verdict

    @property
    def sign(self) -> str:
        """▼ ▲ – or nothing."""
        return SIGN[self.direction]

    @property
    def clear(self) -> bool:
        """Does the interval of the change exclude 0?"""
        return self.direction in (Direction.FELL, Direction.ROSE)

    def word(self, lang: Lang) -> str:
        """`好转`, `加重`, `无明显变化`, `不判好坏`."""
        return text(f"words.verdict.{self.verdict.value}", lang)


def has_change(row: Row) -> bool:
    """Has the row a change with its interval? A change without one is not shown."""
    return row["status"] in ("ok", "withheld") and row["change"] is not None and row["direction"] is not None


def judge(row: Row, measure: Measure) -> Judgement:
    """The judgement of an estimate row, from its `direction` alone."""
    if not has_change(row):
        return Judgement(Direction.UNKNOWN, Verdict.UNCLEAR)
    direction = Direction(row["direction"])
    if direction is Direction.NO_CLEAR_CHANGE:
        return Judgement(direction, Verdict.UNCLEAR)
    if measure.better is Better.NONE:
        return Judgement(direction, Verdict.NEUTRAL)
    relief = (direction is Direction.FELL) == (measure.better is Better.LOWER)
    return Judgement(direction, Verdict.LIGHTER if relief else Verdict.HEAVIER)


def hides_change(row: Row) -> bool:
    """Has a staff figure that was compared its level alone, because the change would tell a suppressed one?"""
    return row["status"] == "ok" and row["n_matched"] is None and INDICATORS[row["indicator"]].domain is Domain.STAFFING


def say_no_change(row: Row, lang: Lang) -> str:
    """Why a row has no change: there is none to estimate, or it is suppressed."""
    return text(f"words.no_change_{'shown' if hides_change(row) else 'estimate'}", lang)


def pill_of_no_change(row: Row, lang: Lang) -> str:
    """The same as a pill: `ⓢ 不公布` or `不可估计`."""
    return text(f"words.pill.{'suppressed' if hides_change(row) else 'not_estimable'}", lang)


def change_size(row: Row, measure: Measure, lang: Lang) -> str:
    """The size of a change without sign: `13%`, `1.8 个百分点`."""
    decimals = fmt.change_decimals(measure, [row["change"]], clear=judge(row, measure).clear)
    shown = fmt.change_number(abs(row["change"]), measure, decimals, signed=False)
    return shown if measure.relative else shown + fmt.change_mark(measure, lang)


def change_line(row: Row, measure: Measure, lang: Lang) -> str:
    """The line of a card: `▼ 下降 13% · 好转`, `– 无明显变化`, or why there is no change."""
    judged = judge(row, measure)
    if judged.direction is Direction.UNKNOWN:
        return say_no_change(row, lang)
    if not judged.clear:
        return f"{judged.sign} {judged.word(lang)}"
    key = f"words.card.{judged.direction.value}"
    line = f"{judged.sign} {text(key, lang, size=change_size(row, measure, lang))}"
    return line if judged.verdict is Verdict.NEUTRAL else f"{line} · {judged.word(lang)}"


def signed_change(row: Row, measure: Measure) -> str:
    """The change of a row in a table: `−13%`, `+1.8`; empty where there is none."""
    if not has_change(row):
        return ""
    decimals = fmt.change_decimals(measure, [row["change"]], clear=judge(row, measure).clear)
    return fmt.change_number(row["change"], measure, decimals)


def interval_of_change(row: Row, measure: Measure, lang: Lang, *, mark: bool = True) -> str:
    """The interval of a row's change: `−16% 至 −10%`; empty where there is none."""
    if not has_change(row):
        return ""
    return fmt.change_interval(row["change_low"], row["change_high"], measure, lang, mark=mark)


def interval_of_level(row: Row, measure: Measure, lang: Lang, *, mark: bool = True) -> str:
    """The interval of a row's level: `7.4 至 8.0`; empty where there is none."""
    if row["ci_low"] is None or row["ci_high"] is None:
        return ""
    return fmt.level_interval(row["ci_low"], row["ci_high"], measure, lang, mark=mark)
