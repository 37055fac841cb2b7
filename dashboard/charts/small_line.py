"""Lines of a table row or a small multiple as inline SVG: gaps where there is no number, provisional ends hollow.

Compact on purpose: a page carries dozens of them, and no chart library has to draw them.
"""

from collections.abc import Callable, Sequence

import polars as pl

from dashboard.charts import layout, palette
from dashboard.charts.series import Point, Series, month_span, read_series
from dashboard.i18n.measures import measure_of

Ends = tuple[float, float]
ROOM = 1.05  # above the highest line


def draw_line(frame: pl.DataFrame, *, width: int, height: int, ends: Ends | None = None, band: bool = False) -> str:
    """The SVG of an answer by month; empty where no month has a number. `ends`: of the vertical axis, else its own range."""
    span = month_span([frame])
    series = _read(frame, span)
    if series is None or not series.drawn:
        return ""
    values = [p.value for p in series.drawn if p.value is not None]
    low, high = ends or (min(values), max(values))
    place = {p.month: i for i, p in enumerate(series.points)}

    def x(point: Point) -> str:
        return f"{4 + (width - 8) * place[point.month] / max(len(span) - 1, 1):.1f}"

    def y(value: float | None) -> str:
        share = ((value or 0.0) - low) / (high - low) if high > low else 0.5
        return f"{height - 4 - (height - 8) * share:.1f}"

    parts = [_band(run, x, y) for run in series.runs()] if band else []
    parts += [
        f'<path d="M{"L".join(f"{x(p)} {y(p.value)}" for p in run)}" fill="none" stroke="{palette.SUBJECT}" '
        f'stroke-width="1.3"{_dots(late)}/>'
        for late in (False, True) for run in series.strokes(provisional=late)
    ]  # fmt: skip
    last = series.drawn[-1]
    fill = palette.PAPER if last.provisional else palette.SUBJECT
    parts.append(
        f'<circle cx="{x(last)}" cy="{y(last.value)}" r="2.2" fill="{fill}" stroke="{palette.SUBJECT}" stroke-width="1.2"/>'
    )
    if ends:
        base = f'<path d="M0 {height - 4}H{width}M0 4H{width}" stroke="{palette.GRID}"/>'
        parts.insert(0, base)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{''.join(parts)}</svg>"
    )


def share_axis(frames: Sequence[pl.DataFrame]) -> Ends | None:
    """The ends of one vertical axis for several lines, from 0 (from below where a number is negative); None without a number.

    It holds the lines; a band of few points that goes on beyond it is cut.
    """
    known = [s for f in frames if (s := _read(f, month_span([f]))) is not None]
    values = [p.value for s in known for p in s.drawn if p.value is not None]
    if not values:
        return None
    ticks = layout.ticks_from(min(0.0, *values), max(*values, 1e-6) * ROOM, 3)
    return ticks[0], ticks[-1]


def _read(frame: pl.DataFrame, span: Sequence[int]) -> Series | None:
    measure = measure_of([frame])
    return read_series(frame, measure, span) if measure else None


def _band(run: Sequence[Point], x: Callable[[Point], str], y: Callable[[float | None], str]) -> str:
    known = [p for p in run if p.low is not None and p.high is not None]
    if not known:
        return ""
    upper, lower = (f"{x(p)} {y(p.high)}" for p in known), (f"{x(p)} {y(p.low)}" for p in reversed(known))
    return f'<path d="M{"L".join([*upper, *lower])}z" fill="{palette.SUBJECT}" fill-opacity=".15"/>'


def _dots(late: bool) -> str:
    return ' stroke-dasharray="1.5 2"' if late else ""
