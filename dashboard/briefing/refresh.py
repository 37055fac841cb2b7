"""A deck refreshed in place: series, categories, caches, workbook cells, numbers of generated texts; nothing else.

Parts in which nothing of ours stands are copied byte for byte.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.briefing import claims, insert, matching, paragraphs, pictures, retelling, ties, workbook, xml
from dashboard.briefing.deck import BUILDERS, pick_month
from dashboard.briefing.desk import Desk
from dashboard.briefing.faults import Fault, find_fault
from dashboard.briefing.kinds.drawn import Drawn
from dashboard.briefing.look import Look
from dashboard.briefing.package import DeckError, Package
from dashboard.briefing.queries import Query, Tie, encode
from dashboard.briefing.report import Change, Kind, Remark, Report
from dashboard.briefing.tables import SHEET, Cell, Table
from dashboard.briefing.ties import Shape
from dashboard.briefing.xml import Element
from dashboard.charts import render
from dashboard.i18n import text
from dashboard.i18n.measures import measure
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.errors import RequestError

_LOOK: Final = Look()
CHART_KINDS: Final = (*BUILDERS, "map")


@dataclass(frozen=True)
class Refreshed:
    """A refreshed deck, and what changed in it."""

    content: bytes
    report: Report


def refresh(snapshot: Snapshot, content: bytes, *, to: int | None = None, name: str = "") -> Refreshed:
    """The deck with the data of `snapshot` up to the month `to`, by default the last that is settled.

    Raises DeckError where the file is no deck or holds nothing of ours, RequestError for a month without data.
    """
    deck = Package(content, name)
    shapes = list(ties.find_shapes(deck))
    known = [s.tie.query for s in shapes if s.tie is not None and find_fault(s.tie.query, snapshot) is None]
    if not known:
        raise DeckError(
            f"“{name}”中没有带联系的图；请用 burden brief create 生成，或把其中的图复制进来。",
            f"“{name}” holds no tied chart; make a deck with burden brief create, or copy a chart of one into it.",
        )
    desk = Desk(snapshot, known[0].lang)
    last = to or choose_month(desk, known)
    if snapshot.months is None or not snapshot.months[0] <= last <= snapshot.months[1]:
        raise RequestError(f"快照中没有{months.iso(last)}的数据；请另选月份。",
                           f"The snapshot holds no data for {months.iso(last)}; choose another month.")
    if any(q.subject == "map" for q in known):
        render.warm_up()
    before = Counter(q.last for q in known).most_common(1)[0][0]
    turn = _Turn(deck, desk, last, Report(before, last, snapshot.id))
    for shape in shapes:
        turn.take(shape)
    turn.tie_together(shapes)
    turn.read_own_texts(shapes)
    return Refreshed(deck.save(), turn.report)


def choose_month(desk: Desk, known: Sequence[Query]) -> int:
    """The month to which a deck goes when nobody says."""
    indicators = tuple(dict.fromkeys(i for q in known for i in q.indicators))
    spans = {q.span for q in known}
    return pick_month(desk, indicators, known[0].region, "q" if spans == {"q"} else "1")


class _Turn:
    """One refresh under way."""

    def __init__(self, deck: Package, desk: Desk, last: int, report: Report) -> None:
        self._deck, self._desk, self._last, self.report = deck, desk, last, report
        self._done: dict[str, list[Change]] = {}  # charts that two shapes share are written once
        self._beside: dict[str, list[Query]] = {}
        self._lines: dict[Element, str] = {}

    def take(self, shape: Shape) -> None:
        """Refresh one shape."""
        fault = Fault("unreadable") if shape.tie is None else find_fault(shape.tie.query, self._desk.snapshot, self._last)
        if shape.tie is None or fault is not None:
            self._keep(shape, fault or Fault("unreadable"))
            return
        query = replace(shape.tie.query.moved(self._last), snapshot=self._desk.snapshot.id)
        desk = self._desk.speaking(query.lang)
        if query.subject == "map":
            self._take_picture(shape, desk, query)
        elif query.subject in BUILDERS:
            self._take_chart(shape, desk, query)
        else:
            self._take_text(shape, desk, query)
        if query.subject in CHART_KINDS:
            self._beside.setdefault(shape.slide.part, []).append(query)

    def _tie(self, shape: Shape, tie: Tie) -> None:
        self._lines[shape.element] = encode(tie)
        ties.write_tie(self._deck, shape, encode(tie))

    def tie_together(self, shapes: Sequence[Shape]) -> None:
        """Have the footers carry the ties of the placeholders of their slides too."""
        lines = {n: self._lines[s.element] for n, s in enumerate(shapes) if s.element in self._lines}
        for shape, tie in ties.join_companions(shapes, lines):
            ties.write_tie(self._deck, replace(shape, lines={ties.Carrier.NAME: shape.name}), encode(tie))

    def _keep(self, shape: Shape, fault: Fault) -> None:
        why = text(f"briefing.why.{fault.why}", self._desk.lang, word=fault.word)
        self.report.remarks.append(Remark(Kind.KEPT, shape.slide.number, {"name": shape.name, "why": why}))

    def _take_chart(self, shape: Shape, desk: Desk, query: Query) -> None:
        assert shape.tie is not None  # noqa: S101 - looked at by the caller
        if shape.chart is None:
            self._keep(shape, Fault("no_chart"))
            return
        line = encode(Tie(query))
        if shape.chart not in self._done:
            drawn = BUILDERS[query.subject](desk, query, _LOOK)
            root = self._deck.root(shape.chart)
            table, sheet = self._write_book(shape, matching.anchor(root, drawn.chart.table), line, root)
            matched = matching.match(root, drawn.chart, table)
            if not matched:
                self._keep(shape, Fault("no_series"))
                return
            old = matching.read_table(matched)
            if matching.write_series(matched, table, sheet):
                self._deck.touch(shape.chart)
            self._done[shape.chart] = self._compare(shape, desk, query, drawn, old)
            if matching.is_cut(root, drawn.chart):
                words = {"chart": chart_name(query, desk)}
                self.report.remarks.append(Remark(Kind.CUT, shape.slide.number, words))
        self.report.changes += [replace(c, slide=shape.slide.number) for c in self._done[shape.chart]]
        self._tie(shape, Tie(query))
        self.report.charts += 1

    def _write_book(self, shape: Shape, table: Table, line: str, root: Element) -> tuple[Table, str | None]:
        """Write the cells of the embedded workbook, a new one where it was lost; (table as placed there, its sheet)."""
        assert shape.chart is not None  # noqa: S101 - looked at by the caller
        part, linked = ties.workbook_of(self._deck, shape.chart)
        if linked:
            self._keep(shape, Fault("linked"))
            return table, None
        if part is None:
            gone = xml.find(root, "c:externalData")
            if gone is not None:
                gone.getparent().remove(gone)
            insert.embed_book(self._deck, shape.chart, root, workbook.write_workbook(table, line))
            self._deck.touch(shape.chart)
            return table, SHEET
        try:
            written = workbook.rewrite(self._deck.read(part), table, line)
        except DeckError:
            written = None
        if written is None:
            return table, None
        content, placed = written
        if content != self._deck.read(part):
            self._deck.write(part, content)
        return placed, SHEET

    def _compare(
        self, shape: Shape, desk: Desk, query: Query, drawn: Drawn, old: dict[str, list[Cell]]
    ) -> list[Change]:
        assert shape.tie is not None  # noqa: S101 - looked at by the caller
        name = chart_name(query, desk)
        told = retelling.Telling(desk, shape.tie.query, query, drawn, old)
        return [Change(shape.slide.number, name, f.label, *words) for f in drawn.figures if (words := told.tell(f))]

    def _take_picture(self, shape: Shape, desk: Desk, query: Query) -> None:
        blip = xml.find(shape.element, "p:blipFill/a:blip")
        size = xml.find(shape.element, "p:spPr/a:xfrm/a:ext")
        if blip is None or size is None:
            self._keep(shape, Fault("no_chart"))
            return
        wide, high = (max(round(int(size.get(side)) / pictures.SCALE), 200) for side in ("cx", "cy"))
        try:
            png, svg, _ = pictures.draw_map(desk, query, wide, high)
        except render.NoBrowserError:
            self._keep(shape, Fault("browser"))
            return
        insert.replace_picture(self._deck, shape.slide.part, blip, png, svg)
        self._tie(shape, Tie(query))
        self.report.charts += 1

    def _take_text(self, shape: Shape, desk: Desk, query: Query) -> None:
        assert shape.tie is not None  # noqa: S101 - looked at by the caller
        body = xml.find(shape.element, "p:txBody")
        if body is None:
            self._keep(shape, Fault("unreadable"))
            return
        outcome = retelling.retell(body, shape.tie, desk, query)
        if outcome.tie is not None:
            self._tie(shape, outcome.tie)
            self.report.texts += 1
        if outcome.remark is not None:
            self.report.remarks.append(Remark(outcome.remark, shape.slide.number, {"text": outcome.old, "now": outcome.new}))

    def read_own_texts(self, shapes: Sequence[Shape]) -> None:
        """Look for sentences of the writer's own that the new data contradict."""
        ours = {id(s.element) for s in shapes}
        for slide in ties.list_slides(self._deck):
            queries = self._beside.get(slide.part, [])
            if not queries:
                continue
            desk = self._desk.speaking(queries[0].lang)
            for element in xml.every(self._deck.root(slide.part), ".//p:sp[p:txBody]"):
                if id(element) in ours:
                    continue
                words = paragraphs.text_of(xml.find(element, "p:txBody"))
                for claim in claims.find_false(words, queries, desk):
                    said = {"text": claim.text, "name": claim.name, "now": claim.now}
                    self.report.remarks.append(Remark(Kind.CLAIM_FREE, slide.number, said))


def chart_name(query: Query, desk: Desk) -> str:
    """What a chart is called in a report: its indicator and kind."""
    names = [measure(i).name(desk.lang) for i in query.indicators]
    kind = text(f"briefing.kind.{query.subject}", desk.lang)
    return f"{names[0]} {kind}" if len(names) == 1 or query.subject != "changes" else kind


__all__ = ["CHART_KINDS", "Refreshed", "choose_month", "refresh"]
