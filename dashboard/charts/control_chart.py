"""`control_chart`: one region's months with mean and control limits, signals as coloured points, survey error as whiskers.

The limits say how much months differ of themselves; a month's own 95 % interval, from the sample, is drawn apart as a thin
grey whisker and enters no rule. Signals and limits stand in the frame; nothing is judged here but their colour.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from dashboard.charts import axes, hover, layout, lines, palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Point, Series, month_span, read_series
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure_of
from pipelines.contracts.indicators import Better

_PEN = lines.Pen(palette.SECONDARY, "", 1.6, "solid", "circle", ends=False)
_DASHES = {"lower": "6px,4px", "centre": "solid", "upper": "6px,4px"}
_LEFT, _TOP, _BOTTOM = 40, 12, 26


def control_chart(
    frame: pl.DataFrame, *, lang: Lang, subject: str, width: int, height: int = 304, target: float | None = None
) -> Drawing:
    """The chart of an answer `by="month"` with `centre, lower, upper, signal, side`; its axis does not start at 0.

    `target` in the indicator's unit. Where the frame has no limits the months stand alone.
    """
    measure, span = measure_of([frame]), month_span([frame])
    if measure is None or not span:
        return layout.empty(text("charts.empty.nothing", lang), width, height)
    line = read_series(frame, measure, span)
    if not line.drawn:
        return layout.empty(text("charts.empty.no_month", lang, region=subject), width, height)
    goal = None if target is None else measure.drawn(target)
    ends = _end_labels(line, measure, goal, lang)
    right = round(max((layout.text_width(label) for label, _ in ends), default=0)) + 18
    fig = layout.sheet(width, height, left=_LEFT, right=right, top=_TOP, bottom=_BOTTOM)
    low, high = _value_axis(fig, line, measure, [value for _, value in ends])
    axes.months(fig, span, width - _LEFT - right)
    _add_whiskers(fig, line)
    _add_limits(fig, line, measure)
    if goal is not None:
        _add_level(fig, "target", [p.label for p in line.points], [goal] * len(span), palette.TEXT, "2px,3px")
    lines.add_line(fig, line, _PEN)
    _add_points(fig, line, measure)
    lines.add_absence(fig, line, low, lang)
    _place_labels(fig, ends, low, high, height - _TOP - _BOTTOM)
    lines.add_hover(fig, line, [_hover(p, subject, measure, lang) for p in line.points], low)
    return fig


def _value_axis(fig: Drawing, line: Series, measure: Measure, also: Sequence[float]) -> tuple[float, float]:
    values = [*also, *line.highs(), *line.lows(), *_limits(line, "lower", measure), *_limits(line, "upper", measure)]
    ticks = layout.ticks_from(min(values), max(values))
    labels = [fmt.number(t, 0 if all(v.is_integer() for v in ticks) else 1) for t in ticks]
    if measure.is_share:
        labels[-1] += "%"
    fig.update_layout(yaxis=layout.shown_axis(
        visible=True, range=[ticks[0], ticks[-1]], tickvals=ticks, ticktext=labels, showgrid=True, gridcolor=palette.GRID,
    ))  # fmt: skip
    return ticks[0], ticks[-1]


def _limits(line: Series, name: str, measure: Measure) -> list[float]:
    return [measure.drawn(p.row[name]) for p in line.points if p.row and p.row[name] is not None]


def _end_labels(line: Series, measure: Measure, goal: float | None, lang: Lang) -> list[tuple[str, float]]:
    """(text, value) of the lines at the right end: those of the newest segment, and the target."""
    labels = []
    newest = line.points[-1].row or {}
    for name in ("upper", "centre", "lower"):
        value = newest.get(name)
        if value is not None:
            shown = fmt.number(measure.drawn(value), fmt.level_decimals(measure, [value]) + 1)
            labels.append((text(f"charts.control.{name}", lang, value=shown), measure.drawn(value)))
    if goal is not None:
        labels.append((text("charts.control.target", lang, value=fmt.number(goal, 1)), goal))
    return labels


def _place_labels(fig: Drawing, labels: list[tuple[str, float]], low: float, high: float, px: float) -> None:
    wanted = [px * (1 - (value - low) / (high - low)) for _, value in labels]
    for (label, _), y in zip(labels, layout.spread(wanted, 16, 0, px), strict=True):
        layout.annotate(fig, label, 1, 1 - y / px, xref="paper", yref="paper", xshift=10)


def _add_limits(fig: Drawing, line: Series, measure: Measure) -> None:
    for name, dash in _DASHES.items():
        values = [measure.drawn(p.row[name]) if p.row and p.row[name] is not None else None for p in line.points]
        _add_level(fig, name, [p.label for p in line.points], values, palette.RULE, dash)


def _add_level(fig: Drawing, name: str, x: list[str], y: Sequence[float | None], colour: str, dash: str) -> None:
    shape = {"color": colour, "width": 1.3, "dash": dash, "shape": "hvh"}  # a step where limits start anew
    fig.add_scatter(x=x, y=list(y), mode="lines", line=shape, hoverinfo="skip", name=name)


def _add_whiskers(fig: Drawing, line: Series) -> None:
    known = [p for p in line.drawn if p.low is not None and p.high is not None]
    fig.add_scatter(
        x=[v for p in known for v in (p.label, p.label, None)], y=[v for p in known for v in (p.low, p.high, None)],
        mode="lines", line={"color": palette.RANGE_KEY, "width": 1.3}, hoverinfo="skip", name="interval",
    )  # fmt: skip


def verdict_of(side: int, measure: Measure) -> Verdict:
    """What a signal to that side means for the burden; UNCLEAR without a signal."""
    if not side:
        return Verdict.UNCLEAR
    if measure.better is Better.NONE:
        return Verdict.NEUTRAL
    return Verdict.LIGHTER if (side > 0) == (measure.better is Better.HIGHER) else Verdict.HEAVIER


_SYMBOL = {Verdict.LIGHTER: "circle", Verdict.HEAVIER: "square", Verdict.NEUTRAL: "diamond", Verdict.UNCLEAR: "circle"}


def _add_points(fig: Drawing, line: Series, measure: Measure) -> None:
    judged = [(p, verdict_of(p.row["side"] if p.row else 0, measure)) for p in line.drawn]
    shades = [palette.SECONDARY if v is Verdict.UNCLEAR else palette.MARK[v] for _, v in judged]
    marker: dict[str, Any] = {
        "symbol": [_SYMBOL[v] for _, v in judged], "size": [6 if v is Verdict.UNCLEAR else 9 for _, v in judged],
        "color": [palette.PAPER if p.provisional else c for (p, _), c in zip(judged, shades, strict=True)],
        "line": {"color": shades, "width": 1.6}, "opacity": 1,
    }  # fmt: skip
    fig.add_scatter(
        x=[p.label for p, _ in judged], y=[p.value for p, _ in judged], mode="markers", marker=marker, name="points",
        hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip


def _hover(point: Point, subject: str, measure: Measure, lang: Lang) -> str:
    signal = point.row["signal"] if point.row else None
    told = f"<br>{text(f'charts.control.rule.{signal}', lang)}" if signal else ""
    return hover.month_hover(point, subject, measure, lang) + told
