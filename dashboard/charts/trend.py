"""`trend`: one region's monthly line with its 95 % band against the province, reforms and the two compared periods."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts import axes, hover, layout, lines, palette, rules
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Series, month_span, read_series
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure_of
from pipelines.contracts import months
from pipelines.contracts.policy import Reform

Row = Mapping[str, Any]
_BOTTOM = 26


def trend(
    frame: pl.DataFrame, *, lang: Lang, subject: str, width: int, height: int = 260,
    reference: pl.DataFrame | None = None, reference_name: str | None = None, compared: pl.DataFrame | None = None,
    reforms: Sequence[Reform] = (), share: bool = False,
) -> Drawing:  # fmt: skip
    """The line of a region over months, from 0 (below 0 only where a net rate is negative).

    `frame`, `reference`: answers `by="month"`. `compared`: the one-row answers of the two compared periods (any order),
    drawn as short black bars. `subject`: the region's name. `share`: the frames hold shares of a breakdown.
    """
    measure = measure_of([frame, reference], share=share)
    span = month_span([frame, reference])
    if measure is None or not span:
        return layout.empty(text("charts.empty.nothing", lang), width, height)
    line = read_series(frame, measure, span)
    other = read_series(reference, measure, span) if reference is not None else None
    if not line.drawn and not (other and other.drawn):
        return layout.empty(text("charts.empty.no_month", lang, region=subject), width, height)
    ends = _end_labels(line, other, subject, reference_name or text("words.province", lang), measure, lang)
    right = round(max((layout.text_width(label) for label, *_ in ends), default=0)) + 18
    rule_rows = rules.rule_rows(reforms, span, width - 40 - right, lang)
    top = 20 + 16 * max(len(rule_rows), 1)
    fig = layout.sheet(width, height, left=40, right=right, top=top, bottom=_BOTTOM)
    periods = _drawn_periods(compared)
    also = [r["estimate"] * measure.scale for r in periods]
    low, high = axes.value_axis(fig, [s for s in (line, other) if s], measure, also=also)
    axes.months(fig, span, width - 40 - right)
    if other:
        lines.add_band(fig, other, lines.REFERENCE)
        lines.add_line(fig, other, lines.REFERENCE)
    lines.add_band(fig, line, lines.SUBJECT)
    lines.add_line(fig, line, lines.SUBJECT)
    lines.add_absence(fig, line, low, lang)
    rules.add_rules(fig, rule_rows, span)
    _add_compared(fig, periods, line, measure, lang, short=width < layout.NARROW)
    _place_labels(fig, ends, low, high, height - top - _BOTTOM)
    labels = [hover.month_hover(p, subject, measure, lang) for p in line.points]
    if other:
        labels = hover.with_reference(labels, other, reference_name or text("words.province", lang), measure, lang)
    lines.add_hover(fig, line, labels, low)
    return fig


def _end_labels(
    line: Series, other: Series | None, subject: str, name: str, measure: Measure, lang: Lang
) -> list[tuple[str, float, str]]:
    """(text, value, colour) at the line ends."""
    labels = []
    if line.last and line.last.value is not None and line.last.row:
        value = fmt.level(line.last.row["estimate"], measure)
        month = fmt.short_period(*line.last.span, lang)
        note = layout.coloured(text("charts.trend.provisional", lang, month=month), palette.SECONDARY)
        tail = "<br>" + note if line.last.provisional else ""
        labels.append((f"<b>{subject} {value}</b>{tail}", line.last.value, palette.SUBJECT))
    if other and other.last and other.last.value is not None and other.last.row:
        value = fmt.level(other.last.row["estimate"], measure)
        labels.append((f"{name} {value}", other.last.value, palette.SECONDARY))
    return labels


def _place_labels(fig: Drawing, labels: list[tuple[str, float, str]], low: float, high: float, px: float) -> None:
    wanted = [px * (1 - (value - low) / (high - low)) for _, value, _ in labels]
    for (label, _, colour), y in zip(labels, layout.spread(wanted, 26 if "<br>" in labels[0][0] else 16, 0, px), strict=True):
        layout.annotate(fig, label, 1, 1 - y / px, xref="paper", yref="paper", xshift=10, font={"color": colour})


def _drawn_periods(compared: pl.DataFrame | None) -> list[Row]:
    """The compared periods with a level that may be shown, the earlier first."""
    rows = [] if compared is None else compared.sort("period_to").to_dicts()
    return [r for r in rows if absence.is_drawn(r)]


def _add_compared(
    fig: Drawing, rows: Sequence[Row], line: Series, measure: Measure, lang: Lang, *, short: bool
) -> None:
    for row in rows:
        first, last = months.parse(row["period_from"]), months.parse(row["period_to"])
        places = [i for i, p in enumerate(line.points) if first <= p.month <= last]
        if not places:
            continue
        value = row["estimate"] * measure.scale
        fig.add_shape(
            type="line", x0=places[0] - 0.4, x1=places[-1] + 0.4, y0=value, y1=value, name="compared",
            line={"color": palette.COMPARED, "width": 2.5},
        )
        points = line.points[places[0] : places[-1] + 1]
        below = months.shift(last, 1) == months.parse(rows[-1]["period_from"])  # above it stands the next label
        lowest, highest = min(p.low or value for p in points), max(p.high or value for p in points)
        edge = min(value, lowest) if below else max(value, highest)
        name = "" if short else _period_name(row, rows[-1], lang) + " "
        label = f"<b>{name}{fmt.level(row['estimate'], measure)}</b>"
        at_end = places[-1] >= len(line.points) - 2  # there the line-end labels begin
        layout.annotate(
            fig, label, places[-1] + 0.4 if at_end else (places[0] + places[-1]) / 2, edge, xref="x", yref="y",
            xanchor="right" if at_end else "center", yanchor="top" if below else "bottom",
            yshift=-2 if below else 2, font={"color": palette.COMPARED},
        )  # fmt: skip


def _period_name(row: Row, latest: Row, lang: Lang) -> str:
    first, last = months.parse(row["period_from"]), months.parse(row["period_to"])
    if months.parse(latest["period_to"]) // 100 == last // 100 == first // 100:
        return fmt.short_period(first, last, lang)
    if months.shift(last, 12) == months.parse(latest["period_to"]):
        return text("charts.trend.year_before", lang, period=fmt.short_period(first, last, lang))
    return fmt.period(first, last, lang)
