"""Numbers as people type them into a deck, and whether the data beside them give such a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.briefing.queries import Tie
from dashboard.briefing.sentences import is_untouched

_NUMBER: Final = re.compile(
    r"(?<![\d.\-/A-Za-z])(?P<sign>[-−+]?)(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|％|个百分点|百分点|points?\b)?(?![\d\-/])"
)
_SENTENCE: Final = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_LEVELS: Final = ("95%", "80%", "95％", "80％")  # of intervals
_MOVED: Final = re.compile(r"下降|上升|减少|增加|增长|回升|fell|rose|down|up|increas|decreas", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number of a text: as typed, its size, its decimals."""

    text: str
    size: float
    decimals: int


def read_numbers(words: str) -> list[Number]:
    """The numbers of a text that state a figure: with a per cent sign, with points, or with decimals."""
    found = []
    for match in _NUMBER.finditer(words):
        digits = match["digits"].replace(",", "")
        rest = digits.partition(".")[2]
        if (match["unit"] or rest) and match[0].strip() not in _LEVELS:
            found.append(Number(match[0].strip(), float(digits), len(rest)))
    return found


def read_sentences(words: str, subjects: Sequence[str]) -> Iterator[tuple[Number, str]]:
    """Each number of a sentence that names one of the subjects or says that something moved, with its sentence."""
    lowered = [s.casefold() for s in subjects]
    for sentence in _SENTENCE.split(words):
        if any(s in sentence.casefold() for s in lowered) or _MOVED.search(sentence):
            for number in read_numbers(sentence):
                yield number, sentence.strip()


def is_known(number: Number, values: Sequence[float], said: Sequence[Number]) -> bool:
    """Is it one of the numbers said beside it, or a value (a fraction read in per cent) rounded to its decimals?"""
    if any(n.size == number.size for n in said):
        return True
    half = 0.5 * 10.0**-number.decimals + 1e-9
    return any(abs(abs(v) * scale - number.size) <= half for v in values for scale in (1.0, 100.0))


def is_generated(words: str, tie: Tie) -> bool:
    """Was a text written by the machine and not touched since?"""
    return is_untouched(words, tie.printed, tie.claim)
