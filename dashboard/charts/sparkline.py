"""`sparkline`: the small line of a card as inline SVG: months with band, the two compared periods, a hollow end.

Its vertical axis is its own range, not from 0; the card says so at the page's foot.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import polars as pl

from dashboard.charts import palette
from dashboard.charts.series import Point, Series, month_span, read_series
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure_of
from pipelines.contracts import months

_PAD = 6.0


@dataclass(frozen=True)
class _Scale:
    width: float
    height: float
    count: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return _PAD + (self.width - 2 * _PAD) * place / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        return _PAD + (self.height - 2 * _PAD) * (self.high - value) / (self.high - self.low)


def sparkline(
    frame: pl.DataFrame, *, lang: Lang, compared: pl.DataFrame | None = None, width: int = 200, height: int = 52,
    label: str = "", share: bool = False,
) -> str:  # fmt: skip
    """An SVG of the last 24 months of an answer `by="month"`; `compared`: the one-row answers of the two periods.

    `label` becomes its accessible name. Where no month has a value the SVG says so in a word.
    """
    measure = measure_of([frame], share=share)
    span = month_span([frame])[-24:]
    series = read_series(frame, measure, span) if measure else Series(())
    if measure is None or not series.drawn:
        return _svg([_word(text("words.pill.missing", lang), height)], width, height, label)
    bars = [] if compared is None else _bars(compared, series, measure)
    values = [*series.highs(), *series.lows(), *(b[2] for b in bars)]
    low, high = min(values), max(values)
    scale = _Scale(width, height, len(span), low, high if high > low else low + 1)
    place = {p.month: i for i, p in enumerate(series.points)}
    parts = [_band(run, place, scale) for run in series.runs()]
    parts += [_stroke(a, b, place, scale) for dotted in (False, True) for a, b in series.segments(provisional=dotted)]
    parts += [
        f'<line x1="{scale.x(x0):.1f}" x2="{scale.x(x1):.1f}" y1="{scale.y(y):.1f}" y2="{scale.y(y):.1f}" '
        f'stroke="{palette.COMPARED}" stroke-width="2" class="compared"/>' for x0, x1, y in bars
    ]
    parts += [_dot(p, place, scale) for p in series.drawn if (p.provisional and p.is_middle) or p is series.last]
    return _svg(parts, width, height, label)


def data_uri(svg: str) -> str:
    """The SVG as the `src` of an image."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def spark_labels(
    frame: pl.DataFrame, compared: pl.DataFrame, *, lang: Lang, share: bool = False
) -> tuple[str, str, str]:
    """The three words under a sparkline: first month, the earlier period's level, this period's level."""
    measure, span = measure_of([frame, compared], share=share), month_span([frame])[-24:]
    rows = compared.sort("period_to").to_dicts()
    start = fmt.axis_month(span[0]) if span else ""
    if measure is None or not rows:
        return start, "", ""
    levels = [fmt.level(r["estimate"], measure, mark=False) if absence.is_drawn(r) else "–" for r in rows]
    ends = [months.parse(r["period_to"]) for r in rows]
    key = "year_before" if months.shift(ends[0], 12) == ends[-1] else "before"
    before = text(f"charts.spark.{key}", lang, level=levels[0]) if len(rows) > 1 else ""
    return start, before, text("charts.spark.now", lang, level=levels[-1])


def _bars(compared: pl.DataFrame, series: Series, measure: Measure) -> list[tuple[float, float, float]]:
    bars = []
    for row in filter(absence.is_drawn, compared.iter_rows(named=True)):
        first, last = months.parse(row["period_from"]), months.parse(row["period_to"])
        inside = [i for i, p in enumerate(series.points) if first <= p.month <= last]
        if inside:
            bars.append((inside[0] - 0.4, inside[-1] + 0.4, row["estimate"] * measure.scale))
    return bars


def _band(run: Sequence[Point], place: dict[int, int], scale: _Scale) -> str:
    known = [p for p in run if p.low is not None and p.high is not None]
    upper = [f"{scale.x(place[p.month]):.1f},{scale.y(p.high or 0.0):.1f}" for p in known]
    lower = [f"{scale.x(place[p.month]):.1f},{scale.y(p.low or 0.0):.1f}" for p in reversed(known)]
    return f'<polygon points="{" ".join([*upper, *lower])}" fill="{palette.SUBJECT}" fill-opacity="0.15"/>'


def _stroke(a: Point, b: Point, place: dict[int, int], scale: _Scale) -> str:
    dotted = ' stroke-dasharray="1.5 2.5" class="provisional"' if a.provisional or b.provisional else ""
    ends = [(scale.x(place[p.month]), scale.y(p.value or 0.0)) for p in (a, b)]
    return (
        f'<line x1="{ends[0][0]:.1f}" y1="{ends[0][1]:.1f}" x2="{ends[1][0]:.1f}" y2="{ends[1][1]:.1f}" '
        f'stroke="{palette.SUBJECT}" stroke-width="1.5" stroke-linecap="round"{dotted}/>'
    )


def _dot(point: Point, place: dict[int, int], scale: _Scale) -> str:
    fill = palette.PAPER if point.provisional else palette.SUBJECT
    return (
        f'<circle cx="{scale.x(place[point.month]):.1f}" cy="{scale.y(point.value or 0.0):.1f}" r="2.6" fill="{fill}" '
        f'stroke="{palette.SUBJECT}" stroke-width="1.4"/>'
    )


def _word(label: str, height: int) -> str:
    return f'<text x="0" y="{height / 2:.0f}" font-size="12" fill="{palette.SECONDARY}">{label}</text>'


def _svg(parts: Sequence[str], width: int, height: int, label: str) -> str:
    name = f" role='img' aria-label={quoteattr(label)}" if label else " aria-hidden='true'"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"{name}>{"".join(parts)}</svg>'
    )
