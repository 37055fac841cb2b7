"""A control chart: months with mean, limits and target; signals are points of series of their own."""

from typing import Any

from dashboard.briefing.desk import MONTH_FORM, Desk, days_of
from dashboard.briefing.kinds.drawn import Drawn, Figure, axis_form, level_form, month_request, shown
from dashboard.briefing.look import Look
from dashboard.briefing.queries import Query
from dashboard.briefing.specs import Axis, Chart, Kind, Labels, Marker, Pen, Plot, Room, Shown, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import layout
from dashboard.charts.control_chart import verdict_of
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts import months

Row = dict[str, Any]
LIMITS = ("upper", "centre", "lower")
_SIGNALS = {Verdict.LIGHTER: "better", Verdict.HEAVIER: "worse", Verdict.NEUTRAL: "signal"}


def build(desk: Desk, query: Query, look: Look) -> Drawn:
    """The control chart of the history."""
    how, chart = measure(query.indicator), desk.chart(query)
    span = months.span(*desk.window(query))
    known = {months.parse(r["group"]): r for r in chart.frame.iter_rows(named=True)}
    rows = [known.get(m) for m in span]
    table = _tabulate(desk, span, rows, how, chart.target)
    ticks = _ticks(table)
    step = 3 if len(span) > 12 else 1
    drawing = Chart(
        table, (Plot(Kind.LINE, _styles(look, table, how)),),
        Axis(line=Pen(look.rule, 1), every=step, dated=True, form=MONTH_FORM, side="low"),
        Axis(ticks[0], ticks[-1], round(ticks[1] - ticks[0], 9), axis_form(how), grid=True), Room(0.06, 0.04, 0.76, 0.86),
    )  # fmt: skip
    newest = rows[-1]
    label = text("briefing.figure.month", desk.lang, month=fmt.axis_month(query.last), region=desk.name(query.region))
    asked = month_request(query)
    figures = (Figure(label, "value", len(span) - 1, "level", newest, how, asked, newest=True),) if newest else ()
    return Drawn(drawing, figures)


def starts_at_zero(desk: Desk, query: Query) -> bool:
    """Does the axis of values start at 0?"""
    return _ticks(build(desk, query, Look()).chart.table)[0] == 0


def _ticks(table: Table) -> list[float]:
    ends = [v for c in table.columns[1:] for v in c.cells if isinstance(v, float)] or [0.0, 1.0]
    room = 0.12 * (max(ends) - min(ends) or 1.0)
    return layout.ticks_from(max(min(ends) - room, 0.0), max(ends) + room)


def _tabulate(desk: Desk, span: list[int], rows: list[Row | None], how: Measure, target: float | None) -> Table:
    lang, form = desk.lang, level_form(how)
    sides = [verdict_of(r["side"], how) if r and r["side"] else None for r in rows]
    late = [bool(r and r["provisional"]) for r in rows]
    value = [shown(r) for r in rows]

    def column(key: str, cells: list[float | None]) -> Column:
        return Column(key, text(f"briefing.series.{key}", lang), tuple(cells), form)

    columns = [
        Column(LABELS, text("briefing.series.month", lang), days_of(span[0], span[-1]), MONTH_FORM),
        *(column(key, [r[key] if r else None for r in rows]) for key in LIMITS),
        *([column("target", [target] * len(span))] if target is not None else []),
        column("value", value),
        *(column(key, [v if s is verdict else None for v, s in zip(value, sides, strict=True)])
          for verdict, key in _SIGNALS.items()),
        column("provisional", [v if p else None for v, p in zip(value, late, strict=True)]),
    ]  # fmt: skip
    return Table(tuple(columns), tuple(Series(c.key) for c in columns[1:]))


def _styles(look: Look, table: Table, how: Measure) -> dict[str, Style]:
    form = "0.0%" if "%" in level_form(how) else "#,##0.00" if how.decimals else "#,##0"
    at_end = Labels("r", look.secondary, Shown.NAME_AND_VALUE, form, last=True)
    limit = Style(Pen(look.rule, 1.25, "dash"), labels=at_end)
    styles = {
        "upper": limit, "lower": limit, "centre": Style(Pen(look.secondary, 1.5), labels=at_end),
        "target": Style(Pen(look.text, 1.25, "sysDot"), labels=Labels("r", look.text, Shown.NAME_AND_VALUE, form, last=True)),
        "value": Style(Pen(look.rule, 1.5), Marker("circle", 6, look.secondary, look.secondary)),
        "provisional": Style(marker=Marker("circle", 5, look.paper, look.paper)),
    }  # fmt: skip
    for verdict, key in _SIGNALS.items():
        symbol = "square" if verdict is Verdict.HEAVIER else "diamond" if verdict is Verdict.NEUTRAL else "circle"
        styles[key] = Style(marker=Marker(symbol, 9, look.mark(verdict), look.mark(verdict)))
    return {c.key: styles[c.key] for c in table.columns[1:]}
