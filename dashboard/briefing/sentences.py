"""Sentences of a deck: words that make a claim, and numbers between them that a refresh may write anew.

A sentence is made of a message of the catalogue; what fills it in is a number (`slots`) or a word (`words`). Two sentences
make the same claim when their words are the same.
"""

import difflib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any

from dashboard.i18n import Lang
from dashboard.i18n.catalogue import messages
from dashboard.i18n.judgement import Verdict

_GAP = "\x00"


@dataclass(frozen=True)
class Part:
    """A piece of a sentence. `slot`: a number. `bold`, `verdict`: how it is set (the colour of a verdict's word)."""

    text: str
    slot: bool = False
    bold: bool = False
    verdict: Verdict | None = None
    grey: bool = False
    shade: str | None = None  # a colour of its own, as of a key


@dataclass(frozen=True)
class Sentence:
    """Pieces in order, all in one paragraph. `size` in points where it differs from the shape's."""

    parts: tuple[Part, ...]
    size: float | None = None

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(p.text for p in self.parts)


def say(key: str, lang: Lang, /, *, words: dict[str, str] | None = None, bold: bool = False, grey: bool = False,
        verdict: Verdict | None = None, **slots: Any) -> Sentence:  # fmt: skip
    """The message of a key (`briefing.title.fell`); what `words` fills in is a claim, all else a number."""
    return fill(messages(lang)[key], words or {}, {k: str(v) for k, v in slots.items()}, bold=bold, grey=grey, verdict=verdict)


def fill(message: str, words: dict[str, str], slots: dict[str, str], *, bold: bool = False, grey: bool = False,
         verdict: Verdict | None = None) -> Sentence:  # fmt: skip
    """A message with its `{names}` filled in. Raises KeyError for a name that is neither."""
    parts: list[Part] = []
    for literal, name, _, _ in Formatter().parse(message):
        plain = literal + (words[name] if name is not None and name in words else "")
        if plain:
            parts.append(Part(plain, False, bold, verdict, grey))
        if name is not None and name not in words:
            parts.append(Part(slots[name], True, bold, verdict, grey))
    return join([Sentence(tuple(parts))])


def join(sentences: Iterable[Sentence], between: str = "") -> Sentence:
    """One sentence of several; neighbouring words of one look become one piece."""
    parts: list[Part] = []
    for i, sentence in enumerate(sentences):
        glue = [Part(between, False, parts[-1].bold, parts[-1].verdict, parts[-1].grey)] if i and between and parts else []
        for part in (*glue, *sentence.parts):
            last = parts[-1] if parts else None
            same = last and replace(last, text="", slot=False) == replace(part, text="", slot=False)
            if last and same and not last.slot and not part.slot:
                parts[-1] = replace(last, text=last.text + part.text)
            elif part.text:
                parts.append(part)
    return Sentence(tuple(parts))


def slots_of(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The numbers of the paragraphs of a shape, in order."""
    return tuple(p.text for s in sentences for p in s.parts if p.slot)


def claim_of(sentences: Sequence[Sentence]) -> str:
    """A mark of the words of the paragraphs, whatever their numbers."""
    words = "\n".join("".join(_GAP if p.slot else p.text for p in s.parts) for s in sentences)
    return mark(words)


def mark(words: str) -> str:
    """A short mark of a text."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def find_slots(text: str, printed: Sequence[str]) -> list[tuple[int, int] | None]:
    """Where each printed number stands in a text, in order and not inside a longer number; None where it does not."""
    places: list[tuple[int, int] | None] = []
    start = 0
    for number in printed:
        place = _find(text, number, start)
        places.append(None if place is None else (place, place + len(number)))
        start = start if place is None else place + len(number)
    return places


def _find(text: str, number: str, start: int) -> int | None:
    place = text.find(number, start) if number else -1
    while place >= 0:
        before, after = text[:place][-1:], text[place + len(number) :]
        cut = number[0].isdigit() and (before.isdigit() or before == ".")
        longer = number[-1].isdigit() and (after[:1].isdigit() or (after[:1] == "." and after[1:2].isdigit()))
        if not cut and not longer:
            return place
        place = text.find(number, place + 1)
    return None


def is_untouched(text: str, printed: Sequence[str], claim: str) -> bool:
    """Does a shape still say word for word what was written into it?"""
    places = find_slots(text, printed)
    if any(p is None for p in places):
        return False
    pieces, at = [], 0
    for place in places:
        assert place is not None  # noqa: S101 - none is absent here
        pieces.append(text[at : place[0]])
        at = place[1]
    return mark(_GAP.join([*pieces, text[at:]])) == claim


def find_kept(original: Sequence[Sentence], text: str) -> list[tuple[int, int] | None]:
    """Where each number of the original paragraphs still stands in a text that was edited since; None where it was changed."""
    pieces, at, spans = [], 0, []
    for i, sentence in enumerate(original):
        for part in (*((Part("\n"),) if i else ()), *sentence.parts):
            spans += [(at, at + len(part.text))] if part.slot else []
            pieces.append(part.text)
            at += len(part.text)
    blocks = difflib.SequenceMatcher(None, "".join(pieces), text, autojunk=False).get_matching_blocks()
    kept: list[tuple[int, int] | None] = []
    for start, end in spans:
        block = next((b for b in blocks if b.a <= start and end <= b.a + b.size), None)
        kept.append(None if block is None else (start - block.a + block.b, end - block.a + block.b))
    return kept
