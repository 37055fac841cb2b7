"""`plan_fans`: how each plan of a region fills up over the year, with its ceiling, last year's course and the year's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.plan_rows import is_over
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict

_TOP, _BOTTOM, _LEFT, _RIGHT, _BETWEEN = 76, 24, 40, 16, 54
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class PlanFan:
    """A plan: its name, its row of `pace_plans`, its reports of this year and the year before, and what to say above."""

    name: str
    plan: dict[str, Any]
    reports: pl.DataFrame
    said: str


def plan_fans(fans: Sequence[PlanFan], *, lang: Lang, width: int, height: int = 400) -> Drawing:
    """A panel a plan, side by side, each from 0 on an axis of its own."""
    fig = layout.sheet(width, height, left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    whole = width - _LEFT - _RIGHT
    room = (whole - _BETWEEN * (len(fans) - 1)) / len(fans)
    for number, fan in enumerate(fans):
        start = number * (room + _BETWEEN)
        tail = "" if number == 0 else str(number + 1)
        _add_axes(fig, fan, tail, (start / whole, (start + room) / whole), lang)
        _add_fan(fig, fan, tail, lang)
        head = f"<b>{layout.coloured(fan.name, palette.TEXT)}</b><br>{fan.said}"
        layout.annotate(fig, head, start / whole, 1, xref="paper", yref="paper", yanchor="bottom", yshift=20)
    return fig


def _add_axes(fig: Drawing, fan: PlanFan, tail: str, domain: tuple[float, float], lang: Lang) -> None:
    plan = fan.plan
    high = max(plan["ceiling"], plan["issued"], plan["previous_actual"], (plan["projected_high"] or 0) * plan["ceiling"], 1)
    ticks = layout.ticks_from(0, high, 4)
    fig.update_layout({
        f"xaxis{tail}": layout.shown_axis(
            domain=list(domain), anchor=f"y{tail}", range=[0, 1.02], tickvals=_QUARTERS[1:],
            ticktext=[fmt.short_period(m, m, lang) for m in (202603, 202606, 202609, 202612)], ticks="outside", ticklen=4,
            tickcolor=palette.RULE, showline=True, linecolor=palette.RULE,
        ) | {"visible": True},
        f"yaxis{tail}": layout.shown_axis(
            anchor=f"x{tail}", range=[0, ticks[-1] * 1.02], tickvals=ticks, ticktext=[fmt.number(t, 0) for t in ticks],
            showgrid=True, gridcolor=palette.GRID,
        ) | {"visible": True},
    })  # fmt: skip


def _add_fan(fig: Drawing, fan: PlanFan, tail: str, lang: Lang) -> None:
    axes, plan = {"xaxis": f"x{tail}", "yaxis": f"y{tail}"}, fan.plan
    refs = {"xref": f"x{tail}", "yref": f"y{tail}"}
    now = fan.reports.filter(year=plan["year"])
    before = fan.reports.filter(year=plan["year"] - 1)
    fig.add_shape(type="line", x0=0, x1=1, y0=plan["ceiling"], y1=plan["ceiling"], name="ceiling",
                  line={"color": palette.TEXT, "width": 1.6}, **refs)  # fmt: skip
    label = text("plans.fan.ceiling", lang, n=f"{plan['ceiling']:,}")
    layout.annotate(fig, label, 0.02, plan["ceiling"], yanchor="bottom", font={"color": palette.TEXT}, **refs)
    if before.height:
        fig.add_scatter(
            x=[0, *before["day"]], y=[0, *before["issued"]], mode="lines", name="before", hoverinfo="skip",
            line={"color": palette.REFERENCE, "width": 1.8, "dash": "7px,4px"}, **axes,
        )  # fmt: skip
    if plan["projected"] is not None:
        _add_end(fig, plan, float(now["day"][-1]), axes)
    hovers = [
        text("plans.fan.hover", lang, day=str(r["as_of"]), issued=f"{r['issued']:,}", ceiling=f"{r['ceiling']:,}")
        for r in now.iter_rows(named=True)
    ]
    fig.add_scatter(
        x=[0, *now["day"]], y=[0, *now["issued"]], mode="lines+markers", name="now", customdata=["", *hovers],
        line={"color": palette.SUBJECT, "width": 2}, hovertemplate="%{customdata}<extra></extra>",
        marker={"color": palette.SUBJECT, "size": [0, *[6] * now.height]}, **axes,
    )  # fmt: skip


def _add_end(fig: Drawing, plan: dict[str, Any], day: float, axes: dict[str, str]) -> None:
    """The fan from the last report to the year's end, and the projected count as a hollow dot."""
    value, low, high = (plan[k] * plan["ceiling"] for k in ("projected", "projected_low", "projected_high"))
    if day < 1:
        fig.add_scatter(
            x=[day, 1, 1, day], y=[plan["issued"], high, low, plan["issued"]], fill="toself", mode="lines", line={"width": 0},
            fillcolor=palette.SUBJECT_BAND, hoverinfo="skip", name="fan", **axes,
        )  # fmt: skip
        fig.add_scatter(
            x=[day, 1], y=[plan["issued"], value], mode="lines", hoverinfo="skip", name="towards",
            line={"color": palette.SUBJECT, "width": 1.8, "dash": "2px,4px"}, **axes,
        )  # fmt: skip
    colour = palette.MARK[Verdict.HEAVIER] if is_over(plan) else palette.SUBJECT
    fig.add_scatter(
        x=[1], y=[value], mode="markers", name="end", cliponaxis=False, hoverinfo="skip",
        marker={"symbol": "square" if is_over(plan) else "circle", "size": 9, "color": palette.PAPER,
                "line": {"color": colour, "width": 2}},
        error_y={"type": "data", "symmetric": False, "array": [high - value], "arrayminus": [value - low], "width": 0,
                 "thickness": 1.6, "color": colour}, **axes,
    )  # fmt: skip
