"""`arrival_curve`: the share of reports that had come by each day around the due day, a month against those before it."""

import polars as pl

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

_TOP, _BOTTOM, _LEFT = 14, 40, 40
_TICKS = (-5, 0, 5, 10, 20, 30)


def arrival_curve(
    curves: pl.DataFrame, *, lang: Lang, width: int, provisional: bool = False, height: int = 260
) -> Drawing:
    """The last month of `curves` (`month, day, share`) as a line, the earlier ones as their median and range."""
    if curves.is_empty():
        return layout.empty(text("quality.arrival.nothing", lang), width)
    month = int(curves["month"].max())  # type: ignore[arg-type]
    now = curves.filter(month=month).sort("day")
    before = (
        curves.filter(pl.col("month") != month).group_by("day")
        .agg(low=pl.col("share").min(), middle=pl.col("share").median(), high=pl.col("share").max(), n=pl.len())
        .sort("day")
    )  # fmt: skip
    end = ""
    if before.height:
        end = text("quality.arrival.before", lang, n=before["n"].max(), share=_percent(before["middle"][-1]))
    right = round(max(layout.text_width(line) for line in end.split("<br>"))) + 20 if end else 20
    fig = layout.sheet(width, height, left=_LEFT, right=right, top=_TOP, bottom=_BOTTOM)
    first, last = int(curves["day"].min()), int(curves["day"].max())  # type: ignore[arg-type]
    _axes(fig, first, last, lang)
    if before.height:
        _add_before(fig, before, end)
    _add_now(fig, now, before, month, provisional, lang)
    return fig


def _axes(fig: Drawing, first: int, last: int, lang: Lang) -> None:
    ticks = [t for t in _TICKS if first <= t <= last]
    labels = [f"<b>{text('quality.arrival.due', lang)}</b>" if t == 0 else fmt.number(t, 0, signed=True) for t in ticks]
    fig.update_layout(
        xaxis=layout.shown_axis(
            range=[first, last], tickvals=ticks, ticktext=labels, ticks="outside", ticklen=4, tickcolor=palette.RULE,
            showline=True, linecolor=palette.RULE,
            title={"text": text("quality.arrival.axis", lang), "standoff": 4, "font": {"size": layout.SMALL}},
        ) | {"visible": True},
        yaxis=layout.shown_axis(
            range=[0, 1.01], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0", "25", "50", "75", "100%"], showgrid=True,
            gridcolor=palette.GRID,
        ) | {"visible": True},
    )  # fmt: skip
    fig.add_shape(type="line", x0=0, x1=0, y0=0, y1=1, yref="paper", line={"color": palette.RULE, "width": 1}, name="due")


def _add_before(fig: Drawing, before: pl.DataFrame, label: str) -> None:
    days = before["day"].to_list()
    fig.add_scatter(
        x=[*days, *reversed(days)], y=[*before["high"], *reversed(before["low"].to_list())], fill="toself", mode="lines",
        line={"width": 0}, fillcolor=palette.RANGE, hoverinfo="skip", name="range",
    )  # fmt: skip
    fig.add_scatter(
        x=days, y=before["middle"].to_list(), mode="lines", line={"color": palette.REFERENCE, "width": 1.8, "dash": "7px,4px"},
        hoverinfo="skip", name="before",
    )  # fmt: skip
    layout.annotate(fig, label, 1, before["middle"][-1], xref="paper", yref="y", xshift=8, yanchor="top", yshift=8)


def _add_now(
    fig: Drawing, now: pl.DataFrame, before: pl.DataFrame, month: int, provisional: bool, lang: Lang
) -> None:
    days, shares = now["day"].to_list(), now["share"].to_list()
    hovers = [_hover(day, share, before, lang) for day, share in zip(days, shares, strict=True)]
    fig.add_scatter(
        x=days, y=shares, mode="lines", line={"color": palette.SUBJECT, "width": 2}, name="now", customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=days[-1:], y=shares[-1:], mode="markers", hoverinfo="skip", name="end", cliponaxis=False,
        marker={
            "size": 9, "color": palette.PAPER if provisional else palette.SUBJECT,
            "line": {"color": palette.SUBJECT, "width": 2},
        },
    )  # fmt: skip
    name = fmt.short_period(month, month, lang)
    name = text("quality.arrival.provisional", lang, month=name) if provisional else name
    lines = [f"<b>{layout.coloured(f'{name} {fmt.number(100 * shares[-1], 0)}%', palette.SUBJECT)}</b>"]
    same = before.filter(day=days[-1])
    if same.height:
        lines.append(text("quality.arrival.same_day", lang, low=_percent(same["low"][0]), high=_percent(same["high"][0])))
    late = days[-1] > (days[0] + 30) / 2
    layout.annotate(
        fig, "<br>".join(lines), days[-1], shares[-1] - 0.07, xref="x", yref="y", yanchor="top", xshift=-8 if late else 8,
        xanchor="right" if late else "left", align="right" if late else "left",
    )  # fmt: skip


def _hover(day: int, share: float, before: pl.DataFrame, lang: Lang) -> str:
    said = text("quality.arrival.hover", lang, day=fmt.number(day, 0, signed=True), share=_percent(share))
    same = before.filter(day=day)
    if not same.height:
        return said
    return said + "<br>" + text(
        "quality.arrival.same_day", lang, low=_percent(same["low"][0]), high=_percent(same["high"][0])
    )


def _percent(share: float) -> str:
    return fmt.number(100 * share, 0) + "%"
