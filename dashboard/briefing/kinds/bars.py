"""Bars of groups with their intervals: a breakdown or kinds of points, one period."""

from dashboard.answers.parse import breakdowns_of
from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds.drawn import Drawn, Figure, axis_form, level_form, shown, whisker
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query
from dashboard.briefing.specs import Axis, Chart, Kind, Labels, Pen, Plot, Room, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import palette
from dashboard.i18n import absence, text
from dashboard.i18n.measures import measure
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.codes import CodeList
from pipelines.contracts.indicators import INDICATORS


def codes_of(query: Query) -> CodeList:
    """The code list of the query's breakdown."""
    column = query.by or "level"
    if column == POINT_TYPE.column:
        return POINT_TYPE.codes
    return breakdowns_of(INDICATORS[query.indicator])[column].codes


def build(desk: Desk, query: Query, look: Look) -> Drawn:
    """The chart of the groups of one period."""
    how, codes = measure(query.indicator), codes_of(query)
    rows = {r["group"]: r for r in desk.ask(query.request(by=query.by, compare=True)).iter_rows(named=True)}
    listed = [(codes.label(code, desk.lang), rows.get(code)) for code in codes.codes]
    form = level_form(how)
    labels = [name if r is None or absence.is_drawn(r) else f"{name} {absence.pill(r, desk.lang)}" for name, r in listed]
    rows_in_order = [r for _, r in listed]
    cells = {
        "value": tuple(shown(r) for r in rows_in_order),
        "plus": tuple(whisker(r, "ci_high", "estimate") for r in rows_in_order),
        "minus": tuple(whisker(r, "ci_low", "estimate") for r in rows_in_order),
    }
    columns = (
        Column(LABELS, text("briefing.series.row", desk.lang), tuple(labels)),
        *(Column(key, text(f"briefing.series.{key}", desk.lang), known, form) for key, known in cells.items()),
    )
    table = Table(columns, (Series("value", plus="plus", minus="minus"),))
    inside = Labels("inBase", look.text, form=form)
    style = Style(fill=palette.SUBJECT_SOFT[1:], whiskers=Pen(look.subject, 1.5), labels=inside)
    chart = Chart(
        table, (Plot(Kind.BAR, {"value": style}, grouping="clustered", gap=45),),
        Axis(turned=True, side="low", line=Pen(look.rule, 1)),
        Axis(low=0.0, form=axis_form(how), grid=True, crosses="max"), Room(0.2, 0.03, 0.77, 0.86),
    )  # fmt: skip
    asked = query.request(by=query.by)
    known = [(i, name, r) for i, (name, r) in enumerate(listed) if r and absence.is_drawn(r)]
    figures = [Figure(name, "value", i, "level", r, how, asked) for i, name, r in known]
    return Drawn(chart, tuple(figures))
