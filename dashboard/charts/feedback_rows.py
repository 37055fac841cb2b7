"""`feedback_rows`: messages about each region beside what its sample points report on the same matter. Rows by code."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts import layout, palette, ranges, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure

_TOP, _BOTTOM, _BARS, _NUMBER, _LEVEL = 44, 6, 130, 36, 46
Row = dict[str, Any]


def feedback_rows(
    frame: pl.DataFrame, *, names: Mapping[str, str], header: str, whole: str, lang: Lang, width: int, row_height: int = 20
) -> Drawing:
    """Rows of `dashboard.answers.verification.compare_counts`, in the order of codes, never by size.

    Left: messages as a bar with their number, a tick where the region's share of units would put it. Right: the estimate with
    its interval, the whole as a dashed line in its band. Regions to verify are set strong and named so.
    """
    rows = frame.to_dicts()
    if not rows:
        return layout.empty(text("feedback.nothing", lang), width)
    how = measure(rows[0]["indicator"])
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    labels = [names.get(r["group"], r["group"]) for r in rows]
    start = min(max(layout.text_width(n) for n in [*labels, header]) * 1.08, 170) + 14
    said = [layout.shorten(n, start - 14) for n in labels]
    strong = [f"<b>{n}</b>" if r["verify"] else n for n, r in zip(said, rows, strict=True)]
    table.add_column(fig, table.Column(start - 10, strong, "right", codes=[r["group"] for r in rows]))
    table.add_rules(fig, [0], strong=True)
    table.add_rules(fig, range(1, len(rows) + 1))
    bars = (start + _NUMBER, start + _NUMBER + _BARS)
    _add_messages(fig, rows, labels, bars, lang)
    level = bars[1] + 20 + _LEVEL
    tag = layout.text_width(text("feedback.rows.verify", lang)) + 12
    _add_levels(fig, rows, labels, how, (level + 14, table.inner(width) - tag - 8), lang)
    _add_words(fig, rows, how, level, table.inner(width), lang)
    table.add_header(fig, header, start - 10, "right")
    table.add_header(fig, text("feedback.rows.messages", lang), start + _NUMBER - 8, "left")
    table.add_header(fig, how.unit_label(lang), level, "right")
    key = text("feedback.rows.key", lang, whole=whole)
    layout.annotate(fig, key, table.inner(width), 1, xref="x2", yref="paper", xanchor="right", yanchor="bottom", yshift=26)
    return fig


def _add_messages(fig: Drawing, rows: list[Row], labels: list[str], ends: tuple[float, float], lang: Lang) -> None:
    most = max([1.0, *(float(r["messages"]) for r in rows), *(r["expected"] or 0.0 for r in rows)])
    table.place_axis(fig, "xaxis3", *ends, range=[0, most], tickvals=[])
    fig.add_bar(
        x=[r["messages"] for r in rows], y=list(range(len(rows))), orientation="h", xaxis="x3", width=0.6, name="messages",
        marker={"color": [palette.SUBJECT if r["many"] else palette.SUBJECT_SOFT for r in rows]},
        hovertext=[_hover(r, n, lang) for r, n in zip(rows, labels, strict=True)], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    known = [(i, r["expected"]) for i, r in enumerate(rows) if r["expected"] is not None]
    fig.add_scatter(
        x=[e for _, e in known], y=[i for i, _ in known], xaxis="x3", mode="markers", name="expected", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 10, "line": {"color": palette.TEXT, "width": 2}}, cliponaxis=False,
    )  # fmt: skip
    table.add_column(fig, table.Column(ends[0] - 6, [str(r["messages"]) for r in rows], "right"))


def _hover(row: Row, name: str, lang: Lang) -> str:
    expected = "–" if row["expected"] is None else fmt.number(row["expected"], 1)
    return text("feedback.rows.hover", lang, region=name, n=row["messages"], expected=expected)


def _add_levels(fig: Drawing, rows: list[Row], labels: list[str], how: Measure, ends: tuple[float, float], lang: Lang) -> None:
    shown = ranges.Shown.LEVEL
    drawn = [ranges.read(r, how, shown) if absence.is_drawn(r) else None for r in rows]
    band = [rows[0][k] for k in ("whole", "whole_low", "whole_high")]
    whole = [ranges.Interval(*(how.drawn(v) for v in band))] if None not in band else []
    axis = ranges.axis([*(d for d in drawn if d), *whole], shown, ends[1] - ends[0], how)
    table.place_axis(fig, "xaxis", *ends, **axis | {"showgrid": False, "side": "top", "ticklen": 0})
    for mark in whole:
        fig.add_shape(
            type="rect", xref="x", yref="y", x0=mark.low, x1=mark.high, y0=-0.5, y1=len(rows) - 0.5, layer="below",
            fillcolor=palette.RANGE, line={"width": 0}, name="whole",
        )  # fmt: skip
        fig.add_shape(
            type="line", xref="x", yref="y", x0=mark.value, x1=mark.value, y0=-0.5, y1=len(rows) - 0.5, layer="below",
            line={"color": palette.REFERENCE, "width": 1.6, "dash": "6px,4px"}, name="whole",
        )  # fmt: skip
    for filled in (True, False):
        places = [i for i, d in enumerate(drawn) if d and rows[i]["low"] == filled]
        ranges.add_dots(
            fig, [d for i in places if (d := drawn[i])], places, ranges.Style(palette.SUBJECT, "circle", filled=filled),
            name="low" if filled else "level", codes=[rows[i]["group"] for i in places],
            labels=[_hover(rows[i], labels[i], lang) for i in places],
        )  # fmt: skip
    for place, row in enumerate(rows):
        if drawn[place] is None:
            room = table.inner(fig.width)
            table.add_pill(fig, absence.pill(row, lang), absence.reason(row, lang), ends[0], place, room)


def _add_words(fig: Drawing, rows: list[Row], how: Measure, level: float, end: float, lang: Lang) -> None:
    levels = [fmt.level(r["estimate"], how) if absence.is_drawn(r) else "" for r in rows]
    table.add_column(fig, table.Column(level, levels, "right"))
    tags = [f"<b>{text('feedback.rows.verify', lang)}</b>" if r["verify"] else "" for r in rows]
    table.add_column(fig, table.Column(end, tags, "right", palette.TEXT))
