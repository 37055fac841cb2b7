"""`visit_calendar`: who came when, a row a sample point and a column a day; visits soon after another are filled and tied."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import polars as pl

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from pipelines.contracts.codes import INSPECTION_KIND, LEVEL

_TOP, _BOTTOM, _STEP = 46, 6, 0.24
_ROOM = 1.4  # a wide figure is squeezed on a small screen, its words are not
_SYMBOLS = ("diamond", "square", "circle", "triangle-up")
Row = dict[str, Any]


def visit_calendar(
    visits: pl.DataFrame, *, labels: Mapping[str, str], first: date, last: date, lang: Lang, width: int, row_height: int = 26
) -> Drawing:
    """Rows of `dashboard.answers.visits.find_busiest`, a point a row in the order of `labels` (point id → words).

    A mark stands on the day a visit started, its shape and shade told by the level of who came; a bar ties a visit to the one
    before it, at most seven days earlier.
    """
    places = {point: i for i, point in enumerate(labels)}
    if not places:
        return layout.empty(text("inspections.visits.nothing", lang), width)
    start = max(layout.text_width(label) for label in labels.values()) * _ROOM + 14
    fig = table.table_sheet(width, len(places), row_height, top=_TOP, bottom=_BOTTOM)
    table.add_column(fig, table.Column(start - 10, list(labels.values()), "right"))
    days = (last - first).days + 1
    mondays = [d for d in range(days) if (first + timedelta(d)).weekday() == 0]
    table.place_axis(
        fig, "xaxis", start, table.inner(width), range=[-0.7, days - 0.3], side="top", anchor="y", tickvals=mondays,
        ticktext=[f"{first + timedelta(d):%m-%d}" for d in mondays], ticks="",
    )  # fmt: skip
    _shade_weekends(fig, first, days, len(places))
    table.add_rules(fig, range(len(places) + 1))
    rows = visits.with_columns(day=(pl.col("start_date") - first).dt.total_days()).to_dicts()
    _tie(fig, rows, places)
    heights = _spread(rows, places)
    for i, level in enumerate(LEVEL.codes):
        _mark(fig, [(r, h) for r, h in zip(rows, heights, strict=True) if r["level"] == level], i, labels, lang)
    _legend(fig, lang)
    return fig


def _shade_weekends(fig: Drawing, first: date, days: int, rows: int) -> None:
    """Saturdays and Sundays in grey, as one path."""
    starts = [d for d in range(-1, days) if (first + timedelta(d)).weekday() == 5]
    boxes = [(max(d - 0.5, -0.7), min(d + 1.5, days - 0.3)) for d in starts]
    path = " ".join(f"M {a},-0.5 L {b},-0.5 L {b},{rows - 0.5} L {a},{rows - 0.5} Z" for a, b in boxes)
    if path:
        fig.add_shape(
            type="path", xref="x", yref="y", path=path, layer="below", fillcolor=palette.PANEL, line={"width": 0}, name="weekend"
        )


def _tie(fig: Drawing, rows: Sequence[Row], places: Mapping[str, int]) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for row in rows:
        if row["is_repeat"] and row["gap"]:
            x += [max(row["day"] - row["gap"], -0.7), row["day"], None]
            y += [places[row["point_id"]], places[row["point_id"]], None]
    fig.add_scatter(x=x, y=y, mode="lines", line={"color": palette.RANGE_KEY, "width": 3}, hoverinfo="skip", name="tie")


def _spread(rows: Sequence[Row], places: Mapping[str, int]) -> list[float]:
    """Where each mark stands: those of one point and day beside each other, from top to bottom."""
    days: dict[tuple[str, int], list[int]] = {}
    for i, row in enumerate(rows):
        days.setdefault((row["point_id"], row["day"]), []).append(i)
    heights = [0.0] * len(rows)
    for (point, _), members in days.items():
        step = min(_STEP, 0.8 / len(members))
        for n, i in enumerate(members):
            heights[i] = places[point] + (n - (len(members) - 1) / 2) * step
    return heights


def _mark(fig: Drawing, marks: Sequence[tuple[Row, float]], level: int, labels: Mapping[str, str], lang: Lang) -> None:
    colour = palette.LEVELS[level]
    fills = [colour if row["is_repeat"] else palette.PAPER for row, _ in marks]
    fig.add_scatter(
        x=[row["day"] for row, _ in marks], y=[height for _, height in marks], mode="markers", name=LEVEL.codes[level],
        marker={"symbol": _SYMBOLS[level], "size": 8, "color": fills, "line": {"color": colour, "width": 1.5}},
        text=[_hover(row, labels[row["point_id"]], lang) for row, _ in marks], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _hover(row: Row, label: str, lang: Lang) -> str:
    told = text(
        "inspections.visits.hover", lang, point=label, day=f"{row['start_date']:%Y-%m-%d}", organiser=escape(row["organiser"]),
        kind=INSPECTION_KIND.label(row["kind"], lang),
    )  # fmt: skip
    again = f"inspections.visits.{'hover_same' if row['is_same'] else 'hover_again'}"
    return told.replace("\n", "<br>") + ("<br>" + text(again, lang, n=row["gap"]) if row["is_repeat"] else "")


def _legend(fig: Drawing, lang: Lang) -> None:
    glyphs = ("◆", "■", "●", "▲")
    words = [layout.coloured(g, c) + " " + e.label(lang) for g, c, e in zip(glyphs, palette.LEVELS, LEVEL.entries, strict=True)]
    words += [text("inspections.visits.key", lang)]
    layout.annotate(fig, "　".join(words), 0, 1, xref="paper", yref="paper", yanchor="bottom", yshift=24)
