"""`revisions`: a monthly estimate as it stands now, and below it what was added since its first publication."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts import layout, lines, palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Point, Series
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure

Row = Mapping[str, Any]
_TOP, _BOTTOM, _LEFT, _RIGHT = 24, 26, 44, 24
_UPPER, _LOWER = (0.48, 1.0), (0.0, 0.34)


def revisions(frame: pl.DataFrame, measure: Measure, *, lang: Lang, width: int, height: int = 280) -> Drawing:
    """`month, first, latest, ci_low, ci_high, provisional`; no bar where the first publication is the latest."""
    rows = frame.sort("month").to_dicts()
    if not rows:
        return layout.empty(text("charts.empty.nothing", lang), width)
    fig = layout.sheet(width, height, left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    _axes(fig, rows, measure, width)
    _add_levels(fig, rows, measure, lang)
    _add_bars(fig, rows, measure, lang)
    return fig


def _axes(fig: Drawing, rows: list[dict[str, Any]], measure: Measure, width: int) -> None:
    scale = measure.scale
    levels = layout.ticks_from(0, max(scale * (r["ci_high"] or r["latest"]) for r in rows), 3)
    reach = max([abs(_gap(r) or 0) * scale for r in rows] + [scale * _half(r) for r in rows] + [1e-6]) * 1.25
    ticks = [t for t in layout.ticks_from(-reach, reach, 5) if abs(t) <= reach]
    shared = {"gridcolor": palette.GRID, "showgrid": True}
    labels = [fmt.axis_month(r["month"]) for r in rows]
    decimals = 0 if all(t.is_integer() for t in ticks) else 1 if all((10 * t).is_integer() for t in ticks) else 2
    fig.update_layout(
        xaxis=layout.month_axis(labels, layout.month_step(len(rows), width - 70), anchor="y2") | {"visible": True},
        yaxis=layout.shown_axis(range=[0, levels[-1]], tickvals=levels, domain=_UPPER, **shared) | {"visible": True},
        yaxis2=layout.shown_axis(
            range=[-reach, reach], tickvals=ticks, ticktext=[fmt.number(t, decimals, signed=True) for t in ticks],
            domain=_LOWER, anchor="x", **shared,
        ) | {"visible": True},
    )  # fmt: skip


def _add_levels(fig: Drawing, rows: list[dict[str, Any]], measure: Measure, lang: Lang) -> None:
    series = Series(tuple(_point(r, measure) for r in rows))
    lines.add_band(fig, series, lines.SUBJECT)
    lines.add_line(fig, series, lines.SUBJECT)
    lines.add_hover(fig, series, [_hover(r, measure, lang) for r in rows], 0)
    last = series.points[-1]
    layout.annotate(fig, f"<b>{fmt.level(rows[-1]['latest'], measure)}</b>", last.label, last.value, xref="x", yref="y",
                    yanchor="top", yshift=-8, xanchor="center", font={"color": palette.SUBJECT})  # fmt: skip


def _point(row: Row, measure: Measure) -> Point:
    low, high = row["ci_low"], row["ci_high"]
    ends = (None, None) if low is None or high is None else (fmt.clip_low(low, measure), high)
    low, high = (None if end is None else measure.drawn(end) for end in ends)
    return Point(row["month"], measure.drawn(row["latest"]), low, high, row["provisional"], None)


def _add_bars(fig: Drawing, rows: list[dict[str, Any]], measure: Measure, lang: Lang) -> None:
    half = max((_half(r) for r in rows), default=0.0) * measure.scale
    fig.add_shape(type="rect", xref="paper", yref="y2", x0=0, x1=1, y0=-half, y1=half, fillcolor=palette.PANEL, layer="below",
                  line={"width": 0}, name="half")  # fmt: skip
    revised = [(fmt.axis_month(r["month"]), gap * measure.scale) for r in rows if (gap := _gap(r)) is not None]
    large = sorted((abs(g) for _, g in revised), reverse=True)[:2]
    fig.add_bar(
        x=[m for m, _ in revised], y=[g for _, g in revised], yaxis="y2", width=0.5, name="revision", hoverinfo="skip",
        marker={"color": [palette.SUBJECT if abs(g) in large else palette.SUBJECT_SOFT for _, g in revised]},
    )  # fmt: skip
    for month, gap in revised:
        if abs(gap) in large and abs(gap) >= 0.005:
            layout.annotate(fig, f"<b>{fmt.number(gap, 2, signed=True)}</b>", month, gap, xref="x", yref="y2", xanchor="center",
                            yanchor="top" if gap < 0 else "bottom", font={"color": palette.SUBJECT})  # fmt: skip
    fig.add_shape(type="line", xref="paper", yref="y2", x0=0, x1=1, y0=0, y1=0, line={"color": palette.RULE, "width": 1},
                  name="zero")  # fmt: skip
    title = text("quality.revision.below", lang, half=fmt.number(half, 2))
    head = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6, "xshift": -_LEFT + 4}
    layout.annotate(fig, title, 0, _LOWER[1], **head)
    layout.annotate(fig, text("quality.revision.above", lang), 0, 1, **head)


def _gap(row: Row) -> float | None:
    return None if row["first"] is None else row["latest"] - row["first"]


def _half(row: Row) -> float:
    """Half the width of the interval."""
    return 0.0 if row["ci_low"] is None or row["ci_high"] is None else (row["ci_high"] - row["ci_low"]) / 2


def _hover(row: Row, measure: Measure, lang: Lang) -> str:
    when, now = fmt.month(row["month"], lang), fmt.level(row["latest"], measure)
    if row["first"] is None:
        return text("quality.revision.hover_new", lang, month=when, now=now)
    gap = fmt.number(measure.scale * (row["latest"] - row["first"]), 2, signed=True)
    return text("quality.revision.hover", lang, month=when, now=now, first=fmt.level(row["first"], measure), gap=gap)
