"""Old and new of one shape: figures compared, and generated sentences told anew where they may be."""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from dashboard.briefing import paragraphs, xml
from dashboard.briefing.deck import wording_of
from dashboard.briefing.desk import Desk
from dashboard.briefing.drawing import colour
from dashboard.briefing.kinds.drawn import Drawn, Figure
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query, Tie
from dashboard.briefing.report import Judged, Kind
from dashboard.briefing.sentences import Part, Sentence, claim_of, find_kept, is_untouched, slots_of
from dashboard.briefing.tables import LABELS, Cell
from dashboard.briefing.xml import Element, make
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement, text
from dashboard.i18n.judgement import Verdict
from pipelines.contracts.errors import RequestError

_LOOK = Look()
_NUMBERS = re.compile(r"[\d.,−+]+")
_TOLD = ("title", "text", "finding")  # roles whose new words are worth telling
_MEANT = {_LOOK.word(v) for v in Verdict if v is not Verdict.UNCLEAR}


@dataclass(frozen=True)
class Outcome:
    """What became of a text: the tie to write (None: as it was), and what to remark on it."""

    tie: Tie | None
    remark: Kind | None = None
    old: str = ""
    new: str = ""


def retell(body: Element, tie: Tie, desk: Desk, query: Query) -> Outcome:
    """Write the numbers of a text anew in place.

    A sentence that says something else now is written anew only where nobody has touched it; an edited one stays as it
    is, and is told.
    """
    said, words = wording_of(desk, query), paragraphs.text_of(body)
    claim, slots = claim_of(said), slots_of(said)
    fresh = Tie(query, slots, claim)
    if claim == tie.claim and len(slots) == len(tie.printed):
        original = _with_numbers(said, tie.printed)
        changes = [
            (place, new) for place, old, new in zip(find_kept(original, words), tie.printed, slots, strict=True)
            if place is not None and old != new
        ]  # fmt: skip
        _splice(body, changes)
        return Outcome(fresh)
    before, now = _differing(words, said)
    if is_untouched(words, tie.printed, tie.claim):
        _rewrite(body, said)
        return Outcome(fresh, Kind.REWRITTEN if query.subject.startswith(_TOLD) else None, before, now)
    return Outcome(None, Kind.CLAIM, before, now)


def _differing(words: str, said: Sequence[Sentence]) -> tuple[str, str]:
    """The lines of a text that say something else now, before and now, numbers aside; all where they cannot be paired."""
    old, new = words.split("\n"), [s.text for s in said]
    pairs = list(zip(old, new, strict=False)) if len(old) == len(new) else []
    moved = [(a, b) for a, b in pairs if _NUMBERS.sub("", a) != _NUMBERS.sub("", b)] or [(" / ".join(old), " / ".join(new))]
    return " / ".join(a for a, _ in moved), " / ".join(b for _, b in moved)


def _with_numbers(said: Sequence[Sentence], printed: Sequence[str]) -> list[Sentence]:
    """The sentences as they were printed before."""
    numbers = iter(printed)
    return [Sentence(tuple(replace(p, text=next(numbers)) if p.slot else p for p in s.parts), s.size) for s in said]


def _splice(body: Element, changes: Sequence[tuple[tuple[int, int], str]]) -> None:
    """Put new numbers in the places of old ones; each keeps the run, and so the look, in which it began."""
    pieces: list[tuple[int, Element]] = []
    at = 0
    for n, paragraph in enumerate(xml.every(body, "a:p")):
        at += bool(n)
        for piece in xml.every(paragraph, ".//a:t"):
            pieces.append((at, piece))
            at += len(piece.text or "")
    for (start, end), new in sorted(changes, reverse=True):
        words = new
        for begin, piece in pieces:
            old = piece.text or ""
            low, high = max(start - begin, 0), min(end - begin, len(old))
            if low < high:
                piece.text, words = old[:low] + words + old[high:], ""


def _rewrite(body: Element, said: Sequence[Sentence]) -> None:
    """Paragraphs in the look of those that stood there, run by run; colours that mean something follow the meaning."""
    old = xml.every(body, "a:p")
    runs = [xml.every(p, "a:r/a:rPr") for p in old]
    spare = next((r[0] for r in runs if r), None)
    if len(said) != len(old):
        _retell_anew(body, old, said, runs)
        return
    fresh = []
    for n, sentence in enumerate(said):
        before = runs[min(n, len(runs) - 1)] if runs else []
        made = [_run(part, before[min(i, len(before) - 1)] if before else spare) for i, part in enumerate(sentence.parts)]
        properties = xml.find(old[min(n, len(old) - 1)], "a:pPr") if old else None
        fresh.append(make("a:p", None if properties is None else deepcopy(properties), *made))
    xml.drop(old)
    for paragraph in fresh:
        body.append(paragraph)


def _retell_anew(body: Element, old: Sequence[Element], said: Sequence[Sentence], runs: Sequence[Sequence[Element]]) -> None:
    """Another number of paragraphs: the size and typeface of most runs, weights and colours as a new deck has them."""
    flat = [r for known in runs for r in known]
    sizes = Counter(r.get("sz") for r in flat).most_common(1)
    usual = next((r for r in flat if sizes and r.get("sz") == sizes[0][0]), None)
    properties = xml.find(old[0], "a:pPr") if old else None
    fresh = []
    for sentence in said:
        made = []
        for part in sentence.parts:
            run = _run(part, usual)
            look = xml.find(run, "a:rPr")
            look.set("b", str(int(part.bold)))
            if sentence.size is not None:
                look.set("sz", str(round(sentence.size * 100)))
            if part.grey or (part.verdict is None and part.shade is None):
                xml.drop(xml.every(look, "a:solidFill"))
                fill = make("a:solidFill", colour(_LOOK.secondary if part.grey else _LOOK.text))
                xml.insert_in_order(look, fill, ("a:ln",))
            made.append(run)
        fresh.append(make("a:p", None if properties is None else deepcopy(properties), *made))
    xml.drop(old)
    for paragraph in fresh:
        body.append(paragraph)


def _run(part: Part, look: Element) -> Element:
    properties = make("a:rPr", lang="zh-CN") if look is None else deepcopy(look)
    fill = xml.find(properties, "a:solidFill")
    known = xml.every(properties, "a:solidFill/a:srgbClr")
    shade = part.shade or (None if part.verdict is None else _LOOK.word(part.verdict))
    if shade is None and known and known[0].get("val") in _MEANT:
        shade = _LOOK.text
    if shade is not None:
        if fill is not None:
            properties.remove(fill)
        xml.insert_in_order(properties, make("a:solidFill", colour(shade)), ("a:ln",))
    return make("a:r", properties, make("a:t", part.text))


class Telling:
    """The figures of one chart before and now."""

    def __init__(self, desk: Desk, old: Query, new: Query, drawn: Drawn, cells: dict[str, list[Cell]]) -> None:
        self._desk, self._old, self._new, self._drawn, self._cells = desk, old, new, drawn, cells
        self._same = (old.first, old.last) == (new.first, new.last)

    def tell(self, figure: Figure) -> tuple[str, str, Judged] | None:
        """(old, new, judged) of a figure; None where it is the same."""
        place, now = self._find(figure), self._drawn.chart.table[figure.key].cells[figure.place]
        column = self._cells.get(figure.key, [])
        before = column[place] if place is not None and place < len(column) else None
        if not isinstance(now, float) or before == now:
            return None
        if not isinstance(before, float):
            return "—", self._write(figure, now), Judged.UNKNOWN
        return self._write(figure, before), self._write(figure, now), self._judge(figure, place, before)

    def _find(self, figure: Figure) -> int | None:
        """Where the figure stood in the old table: in its row, or in the last month."""
        if figure.newest:
            return len(self._cells.get(figure.key, [])) - 1
        labels = self._cells.get(LABELS, [])
        wanted = self._drawn.chart.table[LABELS].cells[figure.place]
        return labels.index(wanted) if wanted in labels else None

    def _write(self, figure: Figure, value: float) -> str:
        how, lang = figure.measure, self._desk.lang
        if figure.what == "level":
            return fmt.level_with_unit(value, how, lang)
        decimals = fmt.change_decimals(how, [value], clear=False)
        return fmt.change_number(value, how, decimals) + ("" if how.relative else fmt.change_mark(how, lang))

    def _judge(self, figure: Figure, place: int | None, before: float) -> Judged:
        if self._same:
            return Judged.REVISED
        if figure.what == "change":
            return self._judge_change(figure, place, before)
        month = figure.request.first == figure.request.last != self._new.first or self._new.first == self._new.last
        span = (self._old.last, self._old.last) if month and figure.newest else (self._old.first, self._old.last)
        asked = figure.request
        try:
            earlier = span[1] < (asked.last or 0)
            request = replace(asked, compare=span) if earlier else replace(
                asked, first=span[0], last=span[1], compare=(asked.first or 0, asked.last or 0))  # fmt: skip
            rows = self._desk.ask(request).to_dicts()
        except RequestError:
            return Judged.UNKNOWN
        row = next((r for r in rows if r["group"] == figure.row["group"] or len(rows) == 1), None)
        if row is None or not judgement.has_change(row):
            return Judged.UNKNOWN
        return Judged.UNCLEAR if row["direction"] == "no_clear_change" else Judged.CLEAR

    def _judge_change(self, figure: Figure, place: int | None, before: float) -> Judged:
        """Two changes differ clearly where their intervals do not overlap."""
        ends = [self._cells.get(key, []) for key in ("plus", "minus")]
        if place is None or any(place >= len(e) or not isinstance(e[place], float) for e in ends):
            return Judged.UNKNOWN
        plus, minus = (e[place] for e in ends)
        assert isinstance(plus, float) and isinstance(minus, float)  # noqa: S101, PT018 - looked at above
        row = figure.row
        apart = row["change_low"] > before + plus or row["change_high"] < before - minus
        return Judged.CLEAR if apart else Judged.UNCLEAR


__all__ = ["Outcome", "Telling", "retell", "text"]
