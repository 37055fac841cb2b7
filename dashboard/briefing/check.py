"""A deck looked through: what is tied and how old it is, what is stale, broken, altered, or contradicted by its data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from dashboard.briefing import claims, matching, numerals, paragraphs, ties, xml
from dashboard.briefing.deck import BUILDERS, pick_month
from dashboard.briefing.desk import Desk
from dashboard.briefing.faults import Fault, find_fault
from dashboard.briefing.look import Look
from dashboard.briefing.package import Package
from dashboard.briefing.queries import Query
from dashboard.briefing.refresh import CHART_KINDS, chart_name
from dashboard.briefing.tables import LABELS, Cell
from dashboard.briefing.ties import Shape, Slide
from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.warehouse import Snapshot
from pipelines.contracts import months

_STAMP: Final = re.compile(r"(\d{8})T\d{6}")


class Found(StrEnum):
    """What a check finds."""

    STALE = "stale_slide"
    REVISED = "revised_slide"
    ALTERED = "altered"
    BROKEN = "broken"
    NUMBER = "number"
    CLAIM = "claim"


@dataclass(frozen=True)
class Finding:
    """One thing to see to."""

    found: Found
    slide: int
    words: dict[str, str] = field(default_factory=dict)

    def line(self, lang: Lang) -> str:
        """The finding as a sentence."""
        return text(f"briefing.check.{self.found.value}", lang, slide=self.slide, **self.words)


@dataclass(frozen=True)
class TiedChart:
    """A tied chart: what it shows, of which snapshot, how old (days). `stale`: newer data are there."""

    slide: int
    chart: str
    query: Query
    age: int | None
    stale: bool

    def line(self, desk: Desk) -> str:
        """The chart as a sentence."""
        lang, query = desk.lang, self.query
        return text(
            "briefing.check.tied", lang, slide=self.slide, chart=text(f"briefing.kind.{query.subject}", lang),
            name=text("briefing.words.and", lang).join(measure(i).name(lang) for i in query.indicators),
            region=desk.name(query.region), period=fmt.period(query.first, query.last, lang), snapshot=query.snapshot or "?",
            age="?" if self.age is None else self.age, state=text(f"briefing.check.{'stale' if self.stale else 'fresh'}", lang),
        )  # fmt: skip


@dataclass
class Checked:
    """What a check came to."""

    charts: list[TiedChart] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def lines(self, snapshot: Snapshot, lang: Lang) -> Iterator[str]:
        """Every tied chart, then what was found, as sentences."""
        desk = Desk(snapshot, lang)
        if not self.charts:
            yield text("briefing.check.empty", lang)
        yield from (chart.line(desk) for chart in self.charts)
        yield from (finding.line(lang) for finding in self.findings)
        if self.charts and not self.findings:
            yield text("briefing.check.none", lang)

    def answer(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "charts": [
                {"slide": c.slide, "chart": c.query.subject, "indicators": list(c.query.indicators), "region": c.query.region,
                 "from": months.iso(c.query.first), "to": months.iso(c.query.last), "snapshot": c.query.snapshot,
                 "age_days": c.age, "stale": c.stale} for c in self.charts
            ],
            "findings": [{"kind": f.found.value, "slide": f.slide, **f.words} for f in self.findings],
        }  # fmt: skip


def check(snapshot: Snapshot, content: bytes, today: date, *, name: str = "", lang: Lang = "zh") -> Checked:
    """Look through a deck against the current snapshot; nothing is written. Raises DeckError."""
    deck = Package(content, name)
    shapes = list(ties.find_shapes(deck))
    look = _Look(deck, Desk(snapshot, lang), today)
    for shape in shapes:
        look.take(shape)
    for slide in ties.list_slides(deck):
        look.read_texts(slide, [s for s in shapes if s.slide == slide])
    return look.checked


class _Look:
    """One check under way."""

    def __init__(self, deck: Package, desk: Desk, today: date) -> None:
        self._deck, self._desk, self._today = deck, desk, today
        self.checked = Checked()
        self._queries: dict[int, list[Query]] = {}
        self._values: dict[int, list[float]] = {}

    def take(self, shape: Shape) -> None:
        """Look at one tied shape."""
        fault = Fault("unreadable") if shape.tie is None else find_fault(shape.tie.query, self._desk.snapshot)
        if shape.tie is None or fault is not None:
            self._break(shape, fault or Fault("unreadable"))
            return
        query, slide = shape.tie.query, shape.slide.number
        if query.subject not in CHART_KINDS:
            return
        self._queries.setdefault(slide, []).append(query)
        now = pick_month(self._desk, query.indicators, query.region, query.span)
        stale = now > query.last
        self.checked.charts.append(TiedChart(slide, shape.name, query, self._age(query.snapshot), stale))
        name = chart_name(query, self._desk)
        if stale:
            words = {"chart": name, "month": fmt.month(query.last, self._desk.lang), "now": fmt.month(now, self._desk.lang)}
            self.checked.findings.append(Finding(Found.STALE, slide, words))
        if query.subject in BUILDERS:
            self._compare(shape, query, name)

    def _break(self, shape: Shape, fault: Fault) -> None:
        why = text(f"briefing.why.{fault.why}", self._desk.lang, word=fault.word)
        self.checked.findings.append(Finding(Found.BROKEN, shape.slide.number, {"name": shape.name, "why": why}))

    def _age(self, snapshot: str) -> int | None:
        match = _STAMP.fullmatch(snapshot)
        return (self._today - datetime.strptime(match[1], "%Y%m%d").date()).days if match else None

    def _compare(self, shape: Shape, query: Query, name: str) -> None:
        """The values in the chart against those of the snapshot."""
        if shape.chart is None:
            self._break(shape, Fault("no_chart"))
            return
        desk = self._desk.speaking(query.lang)
        drawn = BUILDERS[query.subject](desk, query, Look())
        matched = matching.match(self._deck.root(shape.chart), drawn.chart, drawn.chart.table)
        if not matched:
            self._break(shape, Fault("no_series"))
            return
        kept, table = matching.read_table(matched), drawn.chart.table
        numbers = [c for cells in kept.values() for c in cells if isinstance(c, float)]
        self._values.setdefault(shape.slide.number, []).extend(numbers)
        whiskers = [(kept.get("change", []), kept.get(k, []), sign) for k, sign in (("plus", 1), ("minus", -1))]
        whiskers += [(kept.get("value", []), kept.get(k, []), sign) for k, sign in (("plus", 1), ("minus", -1))]
        self._values[shape.slide.number] += [
            m + sign * w for middle, width, sign in whiskers for m, w in zip(middle, width, strict=False)
            if isinstance(m, float) and isinstance(w, float)
        ]  # fmt: skip
        same = all(_equal(kept[c.key], c.cells) for c in table.columns if c.key in kept and c.key not in (LABELS, "edge"))
        if not same:
            found = Found.ALTERED if query.snapshot == desk.snapshot.id else Found.REVISED
            words = {"chart": name} | ({"snapshot": query.snapshot} if found is Found.ALTERED else {})
            self.checked.findings.append(Finding(found, shape.slide.number, words))

    def read_texts(self, slide: Slide, tied: Sequence[Shape]) -> None:
        """Numbers and claims in the texts of a slide with tied charts."""
        queries = self._queries.get(slide.number)
        if not queries:
            return
        desk = self._desk.speaking(queries[0].lang)
        known = {id(s.element): s for s in tied}
        said = [p for s in tied if s.tie for p in s.tie.printed]
        for element in xml.every(self._deck.root(slide.part), ".//p:sp[p:txBody]"):
            words = paragraphs.text_of(xml.find(element, "p:txBody"))
            shape = known.get(id(element))
            for number, sentence in self._wrong_numbers(words, shape, slide.number, said, desk):
                self.checked.findings.append(Finding(Found.NUMBER, slide.number, {"number": number, "text": sentence}))
            if shape is None:
                for claim in claims.find_false(words, queries, desk):
                    told = {"text": claim.text, "name": claim.name, "now": claim.now}
                    self.checked.findings.append(Finding(Found.CLAIM, slide.number, told))

    def _wrong_numbers(
        self, words: str, shape: Shape | None, slide: int, said: Sequence[str], desk: Desk
    ) -> Iterator[tuple[str, str]]:
        """Numbers typed by hand that no value of the charts beside them gives, with their sentences."""
        if shape is not None and (shape.tie is None or numerals.is_generated(words, shape.tie)):
            return
        own = numerals.read_numbers("\n".join(said))
        subjects = [measure(i).name(desk.lang) for q in self._queries[slide] for i in q.indicators] + list(desk.names.values())
        for number, sentence in numerals.read_sentences(words, subjects):
            if not numerals.is_known(number, self._values.get(slide, []), own):
                yield number.text, sentence


def _equal(kept: Sequence[Cell], wanted: Sequence[Cell]) -> bool:
    """The same numbers, however many empty cells end them."""
    rows = range(max(len(kept), len(wanted)))
    pairs = [(kept[i] if i < len(kept) else None, wanted[i] if i < len(wanted) else None) for i in rows]
    return all(
        a == b or (isinstance(a, float) and isinstance(b, float) and abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b)))
        for a, b in pairs if not isinstance(a, str) and not isinstance(b, str)
    )  # fmt: skip

