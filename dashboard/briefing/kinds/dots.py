"""Dots with whiskers in rows: regions, or indicators, by their change; a scatter, one series a verdict.

Which series a row stands in is data, so that a refresh moves dots between series and leaves every colour as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.answers import Request
from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds.drawn import Drawn, Figure, change_form, whisker
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query
from dashboard.briefing.specs import Axis, Chart, Kind, Labels, Marker, Pen, Plot, Room, Shown, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import layout, palette
from dashboard.i18n import absence, judgement, text
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure

Row = dict[str, Any]
_LONGEST = 150.0  # px of a name
_SIDES = {Verdict.LIGHTER: "lighter", Verdict.HEAVIER: "heavier", Verdict.UNCLEAR: "unclear", Verdict.NEUTRAL: "neutral"}


@dataclass(frozen=True)
class Line:
    """A row of the chart: its name, estimate and measure; `note` says why there is no dot."""

    name: str
    row: Row
    how: Measure
    note: str = ""

    @property
    def drawn(self) -> bool:
        """Has it a change with its interval?"""
        return judgement.has_change(self.row)

    @property
    def label(self) -> str:
        """The name, with the absence where there is no dot."""
        return f"{self.name}  {self.note}" if self.note else self.name


def regions(desk: Desk, query: Query, look: Look) -> Drawn:
    """The parts of a region by their change, in the order of their ranks; by code where these are withheld."""
    how = measure(query.indicator)
    frame = desk.parts(query)
    lines = [_line(layout.shorten(desk.short(r["group"]), _LONGEST), r, how, desk) for r in frame.iter_rows(named=True)]
    _, whole = desk.parts_of(query)
    reference = desk.row(query, region=whole)
    return _draw(desk, lines, how, look, query.request(), reference=Line(desk.name(whole), reference, how))


def changes(desk: Desk, query: Query, look: Look) -> Drawn:
    """Several indicators of one region by their change, in the order of the query."""
    lines = [_line(measure(i).name(desk.lang), desk.row(query, i), measure(i), desk) for i in query.indicators]
    return _draw(desk, lines, lines[0].how, look, query.request())


def _line(name: str, row: Row, how: Measure, desk: Desk) -> Line:
    if judgement.has_change(row):
        return Line(name, row, how)
    known = judgement.pill_of_no_change(row, desk.lang) if absence.is_drawn(row) else absence.pill(row, desk.lang)
    return Line(name, row, how, known)


def _draw(
    desk: Desk, lines: Sequence[Line], how: Measure, look: Look, asked: Request, *, reference: Line | None = None
) -> Drawn:
    low, high, step = _ends([*lines, *([reference] if reference else [])])
    table = _tabulate(desk, lines, how, low, reference)
    widest = max((layout.text_width(line.label) for line in lines), default=0.0)
    plots = _plot(look, table)
    room = min(0.46, 0.03 + widest / 540)
    chart = Chart(
        table, (plots,), Axis(low, high, step, change_form(how), grid=True),
        Axis(0.4, len(lines) + 1.2, labelled=False, line=Pen(look.rule, 1.2)), Room(room, 0.03, 0.97 - room, 0.86),
    )  # fmt: skip
    figures = [
        Figure(line.name, "change", i, "change", line.row, line.how, asked) for i, line in enumerate(lines) if line.drawn
    ]
    return Drawn(chart, tuple(figures))


def _ends(lines: Sequence[Line]) -> tuple[float, float, float]:
    """Ends of the axis with room for a later month, and its step."""
    known = [v for line in lines if line.drawn for v in (line.row["change_low"], line.row["change_high"])]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = 0.2 * (high - low or 1.0)
    ticks = layout.ticks_from(low - room if low < 0 else 0.0, high + room if high > 0 else 0.0, 7)
    return ticks[0], ticks[-1], round(ticks[1] - ticks[0], 9)


def _tabulate(desk: Desk, lines: Sequence[Line], how: Measure, low: float, reference: Line | None) -> Table:
    lang, form, count = desk.lang, change_form(how), len(lines)
    places = [float(count - i) for i in range(count)]
    sides = [_SIDES[judgement.judge(line.row, line.how).verdict] if line.drawn else None for line in lines]

    def column(key: str, cells: Sequence[float | None], written: str = "General") -> Column:
        return Column(key, text(f"briefing.series.{key}", lang), tuple(cells), written)

    columns = [
        Column(LABELS, text("briefing.series.row", lang), tuple(line.label for line in lines)),
        column("change", [line.row["change"] if line.drawn else None for line in lines], form),
        column("plus", [whisker(line.row, "change_high", "change") if line.drawn else None for line in lines], form),
        column("minus", [whisker(line.row, "change_low", "change") if line.drawn else None for line in lines], form),
        *(column(side, [p if s == side else None for p, s in zip(places, sides, strict=True)]) for side in _SIDES.values()),
        column("edge", [low] * count, form), column("place", places),
    ]  # fmt: skip
    columns += _spans(lines, places, sides, column, form)
    series = [Series(f"span_{side}", "span_at") for side in _SIDES.values()]
    series += [Series(side, "change", "plus", "minus") for side in _SIDES.values()]
    series.append(Series("place", "edge", labels=LABELS))
    if reference is not None and reference.drawn:
        value, rest = reference.row["change"], [None] * (count - 2)
        columns += [Column("reference_at", text("briefing.series.reference_at", lang, region=reference.name),
                           (value, value, *rest)[: max(count, 2)], form),
                    column("reference", [0.4, count + 0.75, *rest])]  # fmt: skip
        columns.append(Column("reference_label", text("briefing.series.reference_label", lang), (
            None, f"{reference.name} {judgement.signed_change(reference.row, how)}", *rest)))  # fmt: skip
        series.append(Series("reference", "reference_at", labels="reference_label"))
    return Table(_even(columns), tuple(series))


def _spans(
    lines: Sequence[Line], places: Sequence[float], sides: Sequence[str | None], column: Callable[..., Column], form: str
) -> list[Column]:
    """Both ends of every interval and a gap, as lines: what whiskers show, for programs that draw none across."""
    ends = [(r["change_low"], r["change_high"], None) if line.drawn else (None,) * 3 for line in lines for r in (line.row,)]
    spans = [column("span_at", [v for triple in ends for v in triple], form)]
    for side in _SIDES.values():
        cells = [(p, p, None) if s == side else (None,) * 3 for p, s in zip(places, sides, strict=True)]
        spans.append(column(f"span_{side}", [v for triple in cells for v in triple]))
    return spans


def _even(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns of one length (a single region still has both ends of the reference)."""
    longest = max(len(c.cells) for c in columns)
    return tuple(Column(c.key, c.header, (*c.cells, *[None] * (longest - len(c.cells))), c.form) for c in columns)


def _plot(look: Look, table: Table) -> Plot:
    styles = {}
    for verdict, side in _SIDES.items():
        shade = look.mark(verdict)
        symbol = "square" if verdict is Verdict.HEAVIER else "circle"
        fill = palette.RANGE_KEY[1:] if verdict is Verdict.UNCLEAR else shade
        styles[f"span_{side}"] = Style(Pen(shade, 1.5))
        styles[side] = Style(marker=Marker(symbol, 7, fill, shade), whiskers=Pen(shade, 1.5))
    styles["place"] = Style(labels=Labels("l", look.text, Shown.OWN))
    if any(c.key == "reference" for c in table.columns):
        label = Labels("t", look.secondary, Shown.OWN)
        styles["reference"] = Style(Pen(look.reference, 1.4, "dash"), labels=label)
    return Plot(Kind.SCATTER, styles)
