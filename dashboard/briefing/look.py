"""What a deck's charts and texts are dressed in: the colours of meaning, and the fonts and colours of its theme."""

from dataclasses import dataclass
from typing import Final

from dashboard.charts import palette
from dashboard.i18n.judgement import Verdict

FONT: Final = "Noto Sans CJK SC"
BAND: Final = "D5DEE6"  # the interval of the subject: 18 % of its blue on white paper, printable everywhere


@dataclass(frozen=True)
class Look:
    """Colours as `RRGGBB`, or names of the theme (`accent1`, `tx1`); fonts as names, or `+mn-lt`, `+mn-ea` of the theme.

    What a colour means (lighter, heavier, unclear) is the same in every deck, whatever its theme.
    """

    subject: str = palette.SUBJECT[1:]
    band: str = BAND
    text: str = palette.TEXT[1:]
    secondary: str = palette.SECONDARY[1:]
    reference: str = palette.REFERENCE[1:]
    grid: str = palette.GRID[1:]
    rule: str = palette.RULE[1:]
    paper: str = palette.PAPER[1:]
    latin: str = FONT
    east: str = FONT
    size: float = 12.0

    @staticmethod
    def mark(verdict: Verdict) -> str:
        """The colour of a mark."""
        return palette.MARK[verdict][1:]

    @staticmethod
    def word(verdict: Verdict) -> str:
        """The colour of a word."""
        return palette.WORD[verdict][1:]


THEMED: Final = Look(subject="accent1", text="tx1", paper="bg1", latin="+mn-lt", east="+mn-ea")
