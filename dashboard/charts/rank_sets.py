"""The column of rank sets beside rows of regions: a light bar from the first to the last place of the set, its ends in figures.

A place is a thin tick inside its bar, never a figure of its own: what is known is the set.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

Row = Mapping[str, Any]
PLACE = 168  # px that the column takes on the right, its gap to what stands before it included
_GAP, _FIGURES = 22, 46
_HALF, _TICK = 0.3, 0.36  # of a row: half the height of a bar and of a tick


def has_ranks(rows: Sequence[Row]) -> bool:
    """Has any row a place?"""
    return any(r["rank"] is not None for r in rows)


def add_rank_sets(fig: Drawing, rows: Sequence[Row], rows_drawn: int, lang: Lang) -> None:
    """Draw the sets of the rows, in their order, at the right edge; `rows_drawn`: all rows of the sheet, for the axis below."""
    right = table.inner(fig.width)
    start, end = right - PLACE + _GAP, right - _FIGURES
    count = sum(r["rank"] is not None for r in rows)
    step = (end - start) / count
    bars, ticks, labels = [], [], []
    for y, row in enumerate(rows):
        if row["rank"] is None:
            labels.append("")
            continue
        low, high = start + (row["rank_low"] - 1) * step, start + row["rank_high"] * step
        middle = start + (row["rank"] - 0.5) * step
        bars.append(f"M {low},{y - _HALF} L {high},{y - _HALF} L {high},{y + _HALF} L {low},{y + _HALF} Z")
        ticks.append(f"M {middle},{y - _TICK} L {middle},{y + _TICK}")
        labels.append(f"{row['rank_low']}–{row['rank_high']}")
    both = {"type": "path", "xref": "x2", "yref": "y", "layer": "below"}
    fig.add_shape(path=" ".join(bars), fillcolor=palette.RANK_SET, line={"width": 0}, name="rank sets", **both)
    fig.add_shape(path=" ".join(ticks), line={"color": palette.SUBJECT, "width": 2}, name="places", **both)
    table.add_column(fig, table.Column(right, labels, "right"))
    table.add_header(fig, text("charts.rows.ranks", lang), right, "right")
    for place in _axis(count):
        layout.annotate(
            fig, str(place), start + (place - 0.5) * step, rows_drawn - 0.5, xref="x2", yref="y", xanchor="center",
            yanchor="top", yshift=2,
        )  # fmt: skip


def hover_line(row: Row, count: int, lang: Lang) -> str:
    """The place with its set as a further line; empty where there is none."""
    if row["rank"] is None:
        return ""
    places = {k: row[k] for k in ("rank", "rank_low", "rank_high")}
    return "<br>" + text("charts.hover.rank", lang, n=count, **places)


def _axis(count: int) -> list[int]:
    """Places named below the bars: the first, the last, and thirds where there is room."""
    return sorted({1, round(count / 3), round(2 * count / 3), count}) if count >= 9 else sorted({1, count})
