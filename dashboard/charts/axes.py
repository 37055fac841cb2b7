"""Axes of monthly charts: the value axis from 0, the month axis; the same whichever chart they stand in."""

from collections.abc import Sequence

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Series
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure


def value_axis(
    fig: Drawing, drawn: Sequence[Series], measure: Measure, *, also: Sequence[float] = (), count: int = 4,
    name: str = "yaxis", **more: object,
) -> tuple[float, float]:  # fmt: skip
    """A value axis from 0 (from below only where an estimate is negative) that holds lines and bands; gives its ends."""
    ticks = value_ticks(drawn, also, count)
    labels = [fmt.number(t, 0 if all(float(v).is_integer() for v in ticks) else 1) for t in ticks]
    if measure.is_share:
        labels[-1] += "%"
    axis = layout.shown_axis(
        range=[ticks[0], ticks[-1] + 0.01 * (ticks[-1] - ticks[0])], tickvals=ticks, ticktext=labels, showgrid=True,
        gridcolor=palette.GRID, **more,
    )
    fig.update_layout({name: axis | {"visible": True}})
    return ticks[0], ticks[-1]


def value_ticks(drawn: Sequence[Series], also: Sequence[float] = (), count: int = 4) -> list[float]:
    """Round ticks from 0 over everything drawn."""
    highs = [v for s in drawn for v in s.highs()]
    lows = [v for s in drawn for v in s.lows()]
    values = [*also, *(v for s in drawn for p in s.drawn if (v := p.value) is not None)]
    low = min([0.0, *lows]) if min(values, default=0.0) < 0 else 0.0
    return layout.ticks_from(low, max([*highs, *also, 1e-6]), count)


def months(fig: Drawing, span: Sequence[int], width: float, name: str = "xaxis", **more: object) -> None:
    """The month axis of a plot of that many px."""
    axis = layout.month_axis([fmt.axis_month(m) for m in span], layout.month_step(len(span), width), **more)
    fig.update_layout({name: axis | {"visible": True}})
