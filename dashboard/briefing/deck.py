"""Decks made from an outline: slides with native charts, sentences, footers and notes, everything tied to its query."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from dashboard.briefing import drawing, insert, paragraphs, pictures, ties, wording, workbook
from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds import bars, control, dots, pyramid, shares, trend
from dashboard.briefing.kinds.drawn import Drawn
from dashboard.briefing.look import Look
from dashboard.briefing.outline import CHARTS, Outline, Slide
from dashboard.briefing.package import Package
from dashboard.briefing.queries import HISTORY, PROVINCE, Query, Tie, encode, start_of
from dashboard.briefing.sentences import Part, Sentence, claim_of, slots_of
from dashboard.briefing.template import TITLE_SIZE, Box, Frame, Stage, open_stage
from dashboard.charts import render
from dashboard.i18n import Lang, text
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.errors import RequestError

BUILDERS: Final[dict[str, Callable[[Desk, Query, Look], Drawn]]] = {
    "trend": trend.build, "regions": dots.regions, "changes": dots.changes, "bars": bars.build, "shares": shares.build,
    "pyramid": pyramid.build, "control": control.build,
}  # fmt: skip
ADDRESS: Final = "http://127.0.0.1:8501"
_SMALL, _BODY = 12.0, 14.0


@dataclass(frozen=True)
class Made:
    """A deck made: the file, its number of slides, and whether maps became other charts for want of a browser."""

    content: bytes
    slides: int
    without_browser: bool = False


@dataclass(frozen=True)
class _Pending:
    """A chart to be put on a slide once the slides stand."""

    slide: int
    box: Box
    query: Query
    words: str


def create(
    snapshot: Snapshot, outline: Outline, lang: Lang, *, region: str = PROVINCE, period: tuple[int, int] | None = None,
    template: Path | None = None, address: str = ADDRESS,
) -> Made:  # fmt: skip
    """A deck of the outline. Raises RequestError or DeckError."""
    desk = Desk(snapshot, lang)
    base = _base_query(desk, outline, region, period)
    if any(s.chart == "map" for s in outline.slides):
        render.warm_up()
    stage = open_stage(template)
    writer = _Writer(desk, stage, outline, base, address)
    for slide in outline.slides:
        writer.add(slide)
    _date(stage, desk, outline)
    deck = Package(stage.save())
    slides = ties.list_slides(deck)
    for pending in writer.pending:
        _insert(deck, slides[pending.slide].part, desk, pending, stage.look)
    shapes = list(ties.find_shapes(deck))
    lines = {place: shape.lines[ties.Carrier.NAME] for place, shape in enumerate(shapes)}
    footers = {shape.element: encode(tie) for shape, tie in ties.join_companions(shapes, lines)}
    for place, shape in enumerate(shapes):
        ties.write_tie(deck, shape, footers.get(shape.element, lines[place]))
    return Made(deck.save(), len(slides), writer.without_browser)


def _date(stage: Stage, desk: Desk, outline: Outline) -> None:
    """Title and day of the data as the properties of the file."""
    known = stage.presentation.core_properties
    first = stage.presentation.slides[0].shapes.title
    known.title = outline.titles[desk.lang == "en"] or ("" if first is None else first.text_frame.text)
    known.created = known.modified = datetime.combine(desk.snapshot.as_of, time())
    known.revision = 1


def queries_of(desk: Desk, outline: Outline, region: str = PROVINCE, period: tuple[int, int] | None = None) -> list[Query]:
    """The query of each slide of an outline, in order; `subject` is the slide's chart."""
    base = _base_query(desk, outline, region, period)
    return [query_of(slide, base) for slide in outline.slides]


def query_of(slide: Slide, base: Query) -> Query:
    """The query of a slide within a deck."""
    span = slide.span or base.span
    return replace(
        base, subject=slide.chart, indicators=slide.indicators or base.indicators, region=slide.region or base.region,
        span=span, first=base.first if slide.span is None else start_of(span, base.last), by=slide.by, where=slide.where,
        compare=slide.compare or base.compare, history=slide.months or HISTORY,
    )  # fmt: skip


def _base_query(desk: Desk, outline: Outline, region: str, period: tuple[int, int] | None) -> Query:
    if region not in desk.names:
        raise RequestError(f"没有区划代码“{region}”；请用六位区划代码，如 411300。",
                           f"There is no region “{region}”; use a six-digit code such as 411300.")
    indicators = outline.indicators or ("meetings",)
    if period is None:
        last = pick_month(desk, indicators, region, outline.span)
        first, span = start_of(outline.span, last), outline.span
    else:
        first, last = period
        same = start_of(outline.span, last) == first
        span = outline.span if same else str(len(months.span(first, last)))
    if desk.snapshot.months is None or not desk.snapshot.months[0] <= last <= desk.snapshot.months[1]:
        raise RequestError(f"快照中没有{months.iso(last)}的数据；请另选时期。",
                           f"The snapshot holds no data for {months.iso(last)}; choose another period.")
    return Query(
        "cover", indicators, region, first, last, span, compare=outline.compare, lang=desk.lang, snapshot=desk.snapshot.id
    )


def pick_month(desk: Desk, indicators: tuple[str, ...], region: str, span: str) -> int:
    """The month with which a deck ends when nobody says: the last that is settled; for quarters, the end of one."""
    last = desk.settled_month(indicators, region)
    return months.shift(last, -(last % 100 % 3)) if span == "q" else last


class _Writer:
    """Writes slides one after another; charts are put in once they stand."""

    def __init__(self, desk: Desk, stage: Stage, outline: Outline, base: Query, address: str) -> None:
        self._desk, self._stage, self._outline, self._base, self._address = desk, stage, outline, base, address
        self._count = 0
        self.pending: list[_Pending] = []
        self.without_browser = False

    def add(self, slide: Slide) -> None:
        """One slide."""
        query = query_of(slide, self._base)
        if slide.chart == "map" and not render.is_at_hand():
            self.without_browser = True
            query = query.about("regions")
        if slide.chart == "cover":
            self._cover(slide, query)
        elif slide.chart == "method":
            self._method(query)
        elif slide.chart in CHARTS:
            self._chart(slide, query)
        else:
            self._text(slide, query)
        self._count += 1

    def _say(
        self, holder: Any, query: Query, subject: str, *, wording: str = "", size: float | None = None, rows: float = 0.0,
    ) -> list[Sentence]:  # fmt: skip
        """Write the sentences of a role into a shape and tie it to them; `rows`: the height that they share."""
        asked = query.about(subject, wording)
        said = wording_of(self._desk, asked)
        leading = Emu(round(rows / len(said))).pt if rows else 0.0
        paragraphs.write(holder, said, self._stage.look, size, leading=leading)
        holder.name = encode(Tie(asked, slots_of(said), claim_of(said)))
        return said

    def _box(self, slide: Any, box: Box, *, anchor: Any = MSO_ANCHOR.TOP) -> Any:
        holder = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, anchor
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return holder

    def _head(self, slide: Any, frame: Frame, query: Query, spec: Slide) -> str:
        """Title and subtitle; gives the title."""
        own = spec.title
        holder = self._stage.title_of(slide, frame)
        size = None if holder.is_placeholder else TITLE_SIZE
        said = self._say(holder, query, "text" if own else f"title.{query.subject}", wording=own, size=size)
        paragraphs.fit_title(holder, said[0].text, frame.title.width, self._stage.title_size(slide))
        if query.subject in CHARTS:
            holder = self._box(slide, frame.subtitle)
            self._say(holder, query, f"subtitle.{query.subject}", size=_BODY)
        return said[0].text

    def _foot(self, slide: Any, frame: Frame, query: Query) -> None:
        box = frame.footer
        holder = self._box(slide, Box(box.left, box.top, box.width - Pt(90), box.height), anchor=MSO_ANCHOR.MIDDLE)
        self._say(holder, query, f"footer.{query.subject}", size=_SMALL)
        if self._desk.snapshot.is_synthetic:
            badge = self._box(slide, Box(box.left + box.width - Pt(88), box.top, Pt(88), Pt(20)), anchor=MSO_ANCHOR.MIDDLE)
            paragraphs.write_badge(badge, text("briefing.footer.synthetic", self._desk.lang), self._stage.look)

    def _note(self, slide: Any, query: Query) -> None:
        words = wording.notes(self._desk, query, query.subject, self._address)
        slide.notes_slide.notes_text_frame.text = words

    def _chart(self, spec: Slide, query: Query) -> None:
        slide, frame = self._stage.add("pair" if query.subject == "pair" else "chart")
        title = self._head(slide, frame, query, spec)
        content = frame.content
        layout = _LAYOUTS.get(query.subject)
        if query.subject == "pair":
            self._pair(slide, content, query, title)
        elif layout is not None:
            role, share = layout
            self.pending.append(_Pending(self._count, content.part(0, 0, share, 1), query, title))
            holder = self._box(slide, content.part(share + 0.025, 0.03, 0.975 - share, 0.94))
            rows = content.height * 0.86 if role == "groups" else 0.0
            self._say(holder, query, f"{role}.{query.subject}", size=_SMALL, rows=rows)
        else:
            self.pending.append(_Pending(self._count, content, query, title))
        if spec.text:
            holder = self._box(slide, content.part(0, 0.9, 1, 0.1))
            self._say(holder, query, "text", wording=spec.text, size=_BODY)
        self._foot(slide, frame, query)
        self._note(slide, query)

    def _pair(self, slide: Any, content: Box, query: Query, title: str) -> None:
        for kind, left, width in (("trend", 0.0, 0.51), ("regions", 0.55, 0.45)):
            holder = self._box(slide, content.part(left, 0, width, 0.11))
            self._say(holder, query, f"caption.{kind}", size=_SMALL)
            self.pending.append(_Pending(self._count, content.part(left, 0.12, width, 0.88), query.about(kind), title))

    def _cover(self, spec: Slide, query: Query) -> None:
        slide, frame = self._stage.add("cover")
        lang = self._desk.lang
        name = {"1": "monthly", "q": "quarterly"}.get(self._base.span, "own")
        shown = spec.title or self._outline.titles[lang == "en"] or text(f"briefing.words.deck_{name}", lang)
        head = self._stage.title_of(slide, frame)
        self._say(head, query, "text", wording=shown, size=None if head.is_placeholder else TITLE_SIZE)
        paragraphs.fit_title(head, shown, frame.title.width, self._stage.title_size(slide))
        lead = next((h for h in slide.placeholders if h.placeholder_format.idx != 0), None)
        holder = lead if lead is not None else self._box(slide, frame.subtitle)
        self._say(holder, query, "cover")
        if spec.indicators:
            needed = len(spec.indicators) * Pt(30)
            below = max(frame.subtitle.bottom, (holder.top or 0) + (holder.height or 0)) + Pt(18)
            if below + needed > frame.footer.top:  # a cover without room: the findings have a slide of their own
                self._foot(slide, frame, query)
                self._count += 1
                slide, frame = self._stage.add("text")
                self._head(slide, frame, query, Slide("text", title="{region} {period}"))
                below = frame.content.top
            body = self._box(slide, Box(frame.title.left, below, frame.title.width, needed))
            self._say(body, query, "finding", size=16.0, rows=needed)
        self._foot(slide, frame, query)
        self._note(slide, query)

    def _method(self, query: Query) -> None:
        left = list(self._outline.indicators or query.indicators)
        while left:
            slide, frame = self._stage.add("text")
            self._head(slide, frame, query, Slide("method"))
            top = frame.title.bottom + Pt(12)
            area = Box(frame.title.left, top, frame.title.width, frame.footer.top - top - Pt(6))
            first = len(left) == len(self._outline.indicators or query.indicators)
            if first:
                self._say(self._box(slide, area.part(0, 0, 0.36, 1)), query, "method", size=_SMALL)
            right = area.part(0.4, 0, 0.6, 1) if first else area
            shown = self._fill_page(query, left, right)
            self._say(self._box(slide, right), replace(query, indicators=shown), "definitions", size=_SMALL)
            self._foot(slide, frame, query)
            left = left[len(shown) :]
            self._count += bool(left)

    def _fill_page(self, query: Query, indicators: list[str], box: Box) -> tuple[str, ...]:
        """As many of the indicators as have room for their definitions."""
        room, used = Emu(box.height).pt, 0.0
        for n, indicator in enumerate(indicators):
            said = wording_of(self._desk, replace(query.about("definitions"), indicators=(indicator,)))
            used += paragraphs.count_lines(said[0].text, _SMALL, box.width) * _SMALL * 1.5 + 2
            if used > room and n:
                return tuple(indicators[:n])
        return tuple(indicators)

    def _text(self, spec: Slide, query: Query) -> None:
        slide, frame = self._stage.add("text")
        self._head(slide, frame, query, replace(spec, title=spec.title or "{region}"))
        holder = self._box(slide, frame.content)
        self._say(holder, query, "text", wording=spec.text, size=16.0)
        self._foot(slide, frame, query)
        self._note(slide, query)


_LAYOUTS: Final = {"control": ("panel", 0.76), "shares": ("parts", 0.72), "bars": ("groups", 0.66)}


def wording_of(desk: Desk, query: Query) -> list[Sentence]:
    """The sentences of a role; an empty list becomes one empty paragraph."""
    return wording.sentences_of(desk, query) or [Sentence((Part(""),))]


def _insert(deck: Package, slide: str, desk: Desk, pending: _Pending, look: Look) -> None:
    query = pending.query
    line = encode(Tie(query))
    if query.subject == "map":
        size = round(pending.box.width / pictures.SCALE), round(pending.box.height / pictures.SCALE)
        png, svg, drawn = pictures.draw_map(desk, query, *size)
        wide, high = (round(v * pictures.SCALE) for v in drawn)
        box = Box(pending.box.left + (pending.box.width - wide) // 2, pending.box.top, wide, high)
        insert.add_picture(deck, slide, box, png, svg, line, text("briefing.alt.map", desk.lang, title=pending.words))
        return
    drawn_chart = BUILDERS[query.subject](desk, query, look)
    book = workbook.write_workbook(drawn_chart.chart.table, line)
    kind = text(f"briefing.kind.{query.subject}", desk.lang)
    words = text("briefing.alt.chart", desk.lang, kind=kind, title=pending.words)
    insert.add_chart(deck, slide, pending.box, drawing.draw(drawn_chart.chart, look), book, line, words)


__all__ = ["ADDRESS", "BUILDERS", "Made", "create", "pick_month", "queries_of", "query_of"]
