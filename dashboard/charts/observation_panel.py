"""`observation_panel`: purposive points as thin grey bars, one panel a point; no interval, a form no estimate has."""

from collections.abc import Mapping

import polars as pl

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts import months
from pipelines.contracts.codes import POINT_TYPE

_HEAD, _PLOT, _GAP = 24, 44, 22


def observation_panel(
    frame: pl.DataFrame, indicator: str, *, names: Mapping[str, str], lang: Lang, width: int, most: int = 12
) -> Drawing:
    """Panels of `dashboard.answers.observe`, by region code, at most so many; all on one scale from 0.

    Heads name county and kind of unit, never the unit. A hollow dot is a true zero, × a month without a report.
    """
    how = measure(indicator)
    points = frame.sort("region_code", "point_id").partition_by("point_id", maintain_order=True)
    if not points:
        return layout.empty(text("charts.observed.none", lang), width, 80)
    shown = points[:most]
    across = max(2, min(4, (width + _GAP) // (190 + _GAP)))
    down = -(-len(shown) // across)
    height = down * (_HEAD + _PLOT + 12) + (18 if len(points) > most else 0)
    fig = layout.sheet(width, height, left=2, right=6, top=0, bottom=0)
    fig.update_layout(paper_bgcolor=palette.PANEL)
    highest = frame["value"].max()
    top = layout.ticks_from(0.0, float(highest) * how.scale if isinstance(highest, float | int) else 1.0, 2)[-1]
    for place, point in enumerate(shown):
        _draw(fig, point, place, across, top, names, how, lang)
    if len(points) > most:
        layout.annotate(
            fig, text("charts.observed.more", lang, shown=most, n=len(points)), 0, 0, xref="paper", yref="paper",
            yanchor="bottom",
        )  # fmt: skip
    return fig


def _draw(
    fig: Drawing, point: pl.DataFrame, place: int, across: int, top: float, names: Mapping[str, str], how: Measure,
    lang: Lang,
) -> None:  # fmt: skip
    whole, height = fig.width - 8, fig.height
    wide = (whole - (across - 1) * _GAP) / across
    left, start = place % across * (wide + _GAP), place // across * (_HEAD + _PLOT + 12)
    number = "" if place == 0 else str(place + 1)
    x, y = f"x{number}", f"y{number}"
    span = months.span(point["month"].min(), point["month"].max())  # type: ignore[arg-type]
    labels = [fmt.axis_month(m) for m in span]
    rows = {r["month"]: r for r in point.iter_rows(named=True)}
    values = [(r["value"] if (r := rows.get(m)) and r["reported"] else None) for m in span]
    fig.update_layout({
        f"xaxis{number}": layout.hidden_axis(
            type="category", categoryarray=labels, categoryorder="array", domain=[left / whole, (left + wide) / whole],
            anchor=y, range=[-0.5, len(labels) - 0.5],
        ),
        f"yaxis{number}": layout.hidden_axis(
            domain=[1 - (start + _HEAD + _PLOT) / height, 1 - (start + _HEAD) / height], anchor=x, range=[0, top * 1.02],
        ),
    })  # fmt: skip
    texts = [_hover(m, v, how, lang) for m, v in zip(span, values, strict=True)]
    fig.add_bar(
        x=labels, y=[None if v is None else v * how.scale for v in values], width=0.22, xaxis=x, yaxis=y, name="observed",
        marker={"color": palette.OBSERVED}, hovertext=texts, hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    fig.add_shape(
        type="line", xref=f"{x} domain", yref=y, x0=0, x1=1, y0=0, y1=0, line={"color": palette.RULE, "width": 1}
    )
    zeros = [lab for lab, v in zip(labels, values, strict=True) if v == 0]
    absent = [lab for lab, v in zip(labels, values, strict=True) if v is None]
    _marks(fig, zeros, 0.0, "circle", x, y, texts_of=labels, texts=texts)
    _marks(fig, absent, top * 0.12, "x-thin", x, y, texts_of=labels, texts=texts)
    row = point.row(0, named=True)
    head = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "bottom", "yshift": 3}
    name = f"{names.get(row['region_code'][:6], row['region_code'])} · {POINT_TYPE.label(row['point_type'], lang)}"
    layout.annotate(fig, name, 0, 1, **head, font={"color": palette.TEXT})
    last = values[-1]
    missing = text("charts.observed.last_missing", lang, month=fmt.short_period(span[-1], span[-1], lang))
    latest = missing if last is None else _value(last, how)
    colour = palette.SECONDARY if last is None else palette.TEXT
    layout.annotate(fig, latest, 1, 1, **head, xanchor="right", font={"color": colour})


def _marks(
    fig: Drawing, labels: list[str], height: float, symbol: str, x: str, y: str, *, texts_of: list[str],
    texts: list[str],
) -> None:  # fmt: skip
    if labels:
        fig.add_scatter(
            x=labels, y=[height] * len(labels), xaxis=x, yaxis=y, mode="markers", cliponaxis=False,
            name="zero" if symbol == "circle" else "missing",
            marker={"symbol": symbol, "size": 6, "color": palette.PAPER, "line": {"color": palette.OBSERVED, "width": 1.3}},
            hovertext=[texts[texts_of.index(lab)] for lab in labels], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip


def _value(value: float, how: Measure) -> str:
    """One unit's count is a whole number and is written as one."""
    return fmt.number(value, 0) if not how.is_share and value.is_integer() else fmt.level(value, how)


def _hover(month: int, value: float | None, how: Measure, lang: Lang) -> str:
    unit = "" if how.is_share else f" {how.unit_label(lang)}"
    shown = text("words.pill.missing", lang) if value is None else _value(value, how) + unit
    return f"<b>{fmt.month(month, lang)}</b><br>{shown}"
