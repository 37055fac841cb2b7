"""An age pyramid: shares of five-year bands among men (to the left) and women (to the right), on two axes of values.

Both sides hold the estimates as they are, none turned negative; the left axis runs the other way.
"""

from dataclasses import replace
from typing import Any

from dashboard.answers import Request
from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds.drawn import Drawn, Figure, shown, whisker
from dashboard.briefing.look import Look
from dashboard.briefing.queries import PROVINCE, Query
from dashboard.briefing.specs import Axis, Chart, Kind, Pen, Plot, Room, Style
from dashboard.briefing.tables import LABELS, Column, Series, Table
from dashboard.charts import layout, palette
from dashboard.i18n import absence, text
from dashboard.i18n.measures import measure
from pipelines.contracts.codes import AGE_BAND, GENDER

Row = dict[str, Any]
SIDES = ("male", "female")


def bands(desk: Desk, query: Query, gender: str, region: str | None = None) -> dict[str, Row]:
    """Each age band's share of one gender, by band."""
    frame = desk.ask(request_of(query, gender, region))
    return {r["group"]: r for r in frame.iter_rows(named=True)}


def request_of(query: Query, gender: str, region: str | None = None) -> Request:
    """The question about one side."""
    where = (*query.where, ("gender", gender))
    return Request("headcount", region or query.region, query.first, query.last, "age_band", where, share=True)


def build(desk: Desk, query: Query, look: Look) -> Drawn:
    """The chart of the pyramid; the province stands behind as an outline."""
    how, lang = measure("headcount", share=True), desk.lang
    cells = {side: bands(desk, query, side) for side in SIDES}
    outline = {side: bands(desk, query, side, PROVINCE) for side in SIDES} if query.region != PROVINCE else {}
    columns = [Column(LABELS, text("briefing.series.band", lang), tuple(_label(cells, b, lang) for b in AGE_BAND.codes))]
    series = []
    for side in SIDES:
        rows = [cells[side].get(band) for band in AGE_BAND.codes]
        name = GENDER.label(side, lang)
        if outline:
            beside = [outline[side].get(band) for band in AGE_BAND.codes]
            header = text("briefing.series.outline", lang, gender=name)
            columns.append(Column(f"{side}_province", header, tuple(shown(r) for r in beside), "0%"))
            series.append(Series(f"{side}_province"))
        columns.append(Column(side, name, tuple(shown(r) for r in rows), "0%"))
        for key, end in (("plus", "ci_high"), ("minus", "ci_low")):
            header = f"{name} {text(f'briefing.series.{key}', lang)}"
            columns.append(Column(f"{side}_{key}", header, tuple(whisker(r, end, "estimate") for r in rows), "0%"))
        series.append(Series(side, plus=f"{side}_plus", minus=f"{side}_minus"))
    chart = _chart(Table(tuple(columns), tuple(series)), look)
    figures = [
        Figure(f"{GENDER.label(side, lang)} {AGE_BAND.label(band, lang)}", side, i, "level", cells[side][band], how,
               request_of(query, side))
        for side in SIDES for i, band in enumerate(AGE_BAND.codes)
        if band in cells[side] and absence.is_drawn(cells[side][band])
    ]  # fmt: skip
    return Drawn(chart, tuple(figures))


def _label(cells: dict[str, dict[str, Row]], band: str, lang: Any) -> str:
    """The band, marked where a side of it must not be shown."""
    label = AGE_BAND.label(band, lang).replace("岁", "")
    hidden = any(band in rows and absence.kind(rows[band]) == "suppressed" and not absence.is_drawn(rows[band])
                 for rows in cells.values())  # fmt: skip
    return f"{label} ⓢ" if hidden else label


def _chart(table: Table, look: Look) -> Chart:
    drawn = [c for c in table.columns[1:] if not c.key.endswith("us")]
    top = layout.ticks_from(0.0, max((v for c in drawn for v in c.cells if isinstance(v, float)), default=0.2) * 1.12, 3)
    step = round(top[1] - top[0], 6)
    shades = {"male": look.subject, "female": palette.SUBJECT_SOFT[1:]}
    plots = []
    for place, side in enumerate(SIDES):
        styles = {side: Style(fill=shades[side], whiskers=Pen(look.text, 1.3))}
        if any(c.key == f"{side}_province" for c in table.columns):
            styles[f"{side}_province"] = Style(outline=Pen(look.reference, 1.25, "sysDash"))
        plots.append(Plot(Kind.BAR, styles, grouping="clustered", gap=28, overlap=100, secondary=bool(place)))
    half = Axis(-top[-1], top[-1], step, "0%;;0%")
    return Chart(
        table, tuple(plots), Axis(line=Pen(look.rule, 1), side="high"),
        replace(half, turned=True, grid=True), Room(0.1, 0.09, 0.86, 0.8),
        legend=tuple(SIDES), second=half,
    )  # fmt: skip
