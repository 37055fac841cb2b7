"""Dots with intervals on a horizontal axis: reading them from rows, the axis that fits them, drawing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure

_WORTH_A_CUT = 1.3  # whiskers are cut only where that leaves the others this much more room


class Shown(StrEnum):
    """Which of a row's two numbers is drawn."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True)
class Interval:
    """A value and its interval in the reader's unit; None where the frame has none."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, order=True)
class Style:
    """Colour, symbol and filling of a dot; the whisker has the same colour."""

    colour: str
    symbol: str
    filled: bool


def read(row: Mapping[str, Any], measure: Measure, shown: Shown) -> Interval:
    """The level (its interval clipped at 0 where nothing can be negative) or the change of a row, scaled for reading."""
    if shown is Shown.LEVEL:
        low = None if row["ci_low"] is None else fmt.clip_low(row["ci_low"], measure)
        numbers, scale = (row["estimate"], low, row["ci_high"]), measure.scale
    else:
        numbers, scale = (row["change"], row["change_low"], row["change_high"]), measure.change_scale
    return Interval(*(None if n is None else round(n * scale, 6) for n in numbers))


def axis(intervals: Sequence[Interval], shown: Shown, width: float, measure: Measure) -> dict[str, Any]:
    """Range and tick labels: all dots and most whiskers inside (a few very wide ones are cut and get arrows)."""
    values = [i.value for i in intervals if i.value is not None]
    ends = [e for i in intervals for e in (i.low, i.high) if e is not None]
    reach = 1.6 * float(np.quantile(np.abs(ends), 0.8)) if ends else 0.0
    low, high = min([0.0, *values, *ends]), max([0.0, *values, *ends])
    cut = min([0.0, *values, *(max(e, -reach) for e in ends)]), max([0.0, *values, *(min(e, reach) for e in ends)])
    if high - low > _WORTH_A_CUT * (cut[1] - cut[0]):
        low, high = cut
    edge = max(high - low, 1e-6) * max(0.03, 7 / width)
    every = layout.ticks_from(low, high, max(2, round(width / 62)))
    ticks = [t for t in every if low - edge <= t <= high + edge]
    signed = shown is Shown.CHANGE
    decimals = 0 if all(t.is_integer() for t in ticks) else 1
    labels = [fmt.number(t, decimals, signed=signed) for t in ticks]
    if measure.relative if signed else measure.is_share:
        labels[-1] += "%"
    return {
        "range": [low - edge, high + edge], "tickvals": ticks, "ticktext": labels, "showgrid": True,
        "gridcolor": palette.GRID, "layer": "below traces",
    }  # fmt: skip


def add_dots(
    fig: Drawing, intervals: Sequence[Interval], places: Sequence[float], style: Style, *,
    codes: Sequence[str] | None = None, labels: Sequence[str] | None = None, size: float = 8.4, xaxis: str = "x",
    name: str = "dots",
) -> None:  # fmt: skip
    """Dots of one style with whiskers, at those rows. `labels` are the hover texts, `codes` the customdata."""
    fig.add_scatter(
        x=[i.value for i in intervals], y=list(places), mode="markers", xaxis=xaxis, name=name,
        marker={
            "symbol": style.symbol, "size": size, "color": style.colour if style.filled else palette.PAPER,
            "line": {"color": palette.PAPER if style.filled else style.colour, "width": 1 if style.filled else 1.6},
        },
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 1.5, "color": style.colour,
            "array": [_arm(i.high, i.value) for i in intervals],
            "arrayminus": [_arm(i.value, i.low) for i in intervals],
        },
        customdata=list(codes) if codes else None, text=list(labels) if labels else None,
        hovertemplate="%{text}<extra></extra>" if labels else None, hoverinfo=None if labels else "skip",
    )  # fmt: skip


def add_arrows(
    fig: Drawing, intervals: Sequence[Interval], colours: Sequence[str], span: Sequence[float], xaxis: str = "x"
) -> None:
    """Small triangles at the edge of the plot where a whisker goes on beyond it."""
    x: list[float] = []
    y: list[int] = []
    symbols: list[str] = []
    shades: list[str] = []
    for place, (interval, colour) in enumerate(zip(intervals, colours, strict=True)):
        for end, edge, symbol, beyond in (
            (interval.low, span[0], "triangle-left", -1), (interval.high, span[1], "triangle-right", 1),
        ):  # fmt: skip
            if end is not None and (end - edge) * beyond > 0:
                x.append(edge)
                y.append(place)
                symbols.append(symbol)
                shades.append(colour)
    if x:
        fig.add_scatter(
            x=x, y=y, mode="markers", xaxis=xaxis, name="beyond", hoverinfo="skip", cliponaxis=False,
            marker={"symbol": symbols, "size": 7, "color": shades},
        )  # fmt: skip


def _arm(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else upper - lower
