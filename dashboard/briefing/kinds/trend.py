"""A trend: the months of one indicator with their intervals, low and high joined by broad lines; the province beside."""

from typing import Any

from dashboard.answers import Request
from dashboard.briefing.desk import MONTH_FORM, Desk, days_of
from dashboard.briefing.kinds.drawn import Drawn, Figure, axis_form, level_form, shown, whisker
from dashboard.briefing.look import Look
from dashboard.briefing.queries import PROVINCE, Query
from dashboard.briefing.specs import Axis, Chart, Kind, Labels, Marker, Pen, Plot, Room, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import palette
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts import months
from pipelines.contracts.indicators import Unit

Row = dict[str, Any]
_BAND_ROOM = 380.0  # points of width that the broad lines share


def build(desk: Desk, query: Query, look: Look) -> Drawn:
    """The chart of a trend."""
    how, span = measure(query.indicator), months.span(*desk.window(query))
    rows = _by_month(desk, query, query.region, span)
    beside = _by_month(desk, query, PROVINCE, span) if query.region != PROVINCE else None
    table = _tabulate(desk, query, span, rows, beside)
    low = None if how.unit is Unit.YEARS or query.indicator in ("net_flow_rate", "vacancy_rate") else 0.0
    step = 3 if len(span) > 12 else 2 if len(span) > 6 else 1
    chart = Chart(
        table, (_plot(look, table, len(span), level_form(how)),),
        Axis(line=Pen(look.rule, 1), every=step, dated=True, form=MONTH_FORM, side="low"),
        Axis(low=low, form=axis_form(how), grid=True),
        Room(0.085, 0.05, 0.895, 0.84),
    )  # fmt: skip
    newest = rows[-1]
    return Drawn(chart, (_figure(desk, query, how, len(span) - 1, newest),) if newest else ())


def _figure(desk: Desk, query: Query, how: Measure, place: int, newest: Row) -> Figure:
    """The newest value: of the last month, or of the quarter that ends with it."""
    first, last = months.parse(newest["period_from"]), months.parse(newest["period_to"])
    when = fmt.axis_month(last) if first == last else fmt.axis_quarter(last)
    label = text("briefing.figure.month", desk.lang, month=when, region=desk.name(query.region))
    asked = Request(query.indicator, query.region, first, last, None, query.where)
    return Figure(label, "value", place, "level", newest, how, asked, newest=True)


def _by_month(desk: Desk, query: Query, region: str, span: list[int]) -> list[Row | None]:
    frame = desk.trend(query, region=region)
    rows = {
        m: row for row in frame.iter_rows(named=True)
        for m in months.span(months.parse(row["period_from"]), months.parse(row["period_to"]))
    }  # fmt: skip
    return [rows.get(m) for m in span]


def _middle_of(row: Row) -> int:
    """The month of a row, or the middle one of its quarter, where its interval stands."""
    over = months.span(months.parse(row["period_from"]), months.parse(row["period_to"]))
    return over[len(over) // 2]


def _tabulate(desk: Desk, query: Query, span: list[int], rows: list[Row | None], beside: list[Row | None] | None) -> Table:
    lang, how = desk.lang, measure(query.indicator)
    form = level_form(how)
    middle = [r if r and m == _middle_of(r) else None for m, r in zip(span, rows, strict=True)]
    value = [shown(r) for r in rows]
    late = [bool(r and r["provisional"]) for r in rows]
    dotted = [v if late[i] or (i + 1 < len(late) and late[i + 1]) else None for i, v in enumerate(value)]
    earlier = query.earlier()
    marks = {"before": earlier[1] if earlier else 0, "now": query.last}

    def column(key: str, cells: list[float | None]) -> Column:
        return Column(key, text(f"briefing.series.{key}", lang), tuple(cells), form)

    columns = [
        Column(LABELS, text("briefing.series.month", lang), days_of(span[0], span[-1]), MONTH_FORM),
        column("low", [shown(r, "ci_low") for r in rows]), column("high", [shown(r, "ci_high") for r in rows]),
        column("plus", [whisker(r, "ci_high", "estimate") for r in middle]),
        column("minus", [whisker(r, "ci_low", "estimate") for r in middle]),
        column("value", value), column("provisional", dotted if any(late) else [None] * len(span)),
        *(column(key, [v if m == month else None for m, v in zip(span, value, strict=True)]) for key, month in marks.items()),
    ]  # fmt: skip
    if beside is not None:
        columns.insert(3, column("province", [shown(r) for r in beside]))
    drawn = [c.key for c in columns[1:] if c.key not in ("plus", "minus")]
    ends = {"value": ("plus", "minus")}  # whiskers inside the broad lines, which not every program draws
    return Table(tuple(columns), tuple(Series(key, None, *ends.get(key, (None, None))) for key in drawn))


def _plot(look: Look, table: Table, count: int, form: str) -> Plot:
    label = Labels("t", look.subject, form=form, bold=True)
    band = Pen(look.band, round(_BAND_ROOM / max(count, 6), 1))
    styles = {
        "low": Style(), "high": Style(),
        "province": Style(Pen(look.reference, 1.6, "dash")),
        "value": Style(Pen(look.subject, 2), whiskers=Pen(palette.SUBJECT_SOFT[1:], 1.25)),
        "provisional": Style(Pen(look.paper, 2.4, "sysDash")),
        "before": Style(marker=Marker("circle", 7, look.subject, look.paper), labels=label),
        "now": Style(marker=Marker("circle", 8, look.subject, look.subject), labels=label),
    }  # fmt: skip
    return Plot(Kind.LINE, {k: s for k, s in styles.items() if any(c.key == k for c in table.columns)}, high_low=band)
