"""Parts of the whole over the quarters, as stacked columns."""

from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds.bars import codes_of
from dashboard.briefing.kinds.drawn import Drawn, Figure, shown
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query
from dashboard.briefing.specs import Axis, Chart, Kind, Pen, Plot, Room, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import palette
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from pipelines.contracts import months

_LARGEST = 6


def shades_of(query: Query) -> list[str]:
    """The colours of the groups, in their order."""
    shades = palette.LEVELS if query.by in ("level", "to_level", None) else palette.CATEGORIES
    return [shades[min(i, len(shades) - 1)][1:] for i in range(len(codes_of(query).codes))]


def build(desk: Desk, query: Query, look: Look) -> Drawn:
    """The chart of the shares of each group in each quarter; the last quarter is cut to the period's last month."""
    how, codes, lang = measure(query.indicator, share=True), codes_of(query), desk.lang
    column = query.by or "level"
    frames = {
        code: desk.trend(query, by="quarter", where=(*query.where, (column, code)), share=True).to_dicts() for code in codes.codes
    }
    quarters = [r["period_to"] for r in next(iter(frames.values()))]
    labels = tuple(fmt.axis_quarter(months.parse(q)) for q in quarters)
    columns = [Column(LABELS, text("briefing.series.quarter", lang), labels)]
    columns += [
        Column(code, codes.label(code, lang), tuple(shown(r) for r in rows), "0%") for code, rows in frames.items()
    ]
    table = Table(tuple(columns), tuple(Series(code) for code in frames))
    shades = shades_of(query)
    styles = {code: Style(fill=shade, outline=Pen(look.paper, 0.75)) for code, shade in zip(frames, shades, strict=True)}
    chart = Chart(
        table, (Plot(Kind.COLUMN, styles, grouping="stacked", gap=35, overlap=100),), Axis(line=Pen(look.rule, 1), side="low"),
        Axis(0.0, 1.0, 0.25, "0%", grid=True), Room(0.09, 0.04, 0.89, 0.85),
    )  # fmt: skip
    now = {r["group"]: r for r in desk.ask(query.request(by=column, compare=True, share=True)).iter_rows(named=True)}
    asked = query.request(by=column, share=True)
    figures = [
        Figure(codes.label(code, lang), code, len(labels) - 1, "level", now[code], how, asked, newest=True)
        for code in list(codes.codes)[:_LARGEST] if code in now and absence.is_drawn(now[code])
    ]  # fmt: skip
    return Drawn(chart, tuple(figures))
