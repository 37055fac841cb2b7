"""Charts that are tables at once: rows from top to bottom, text columns measured in px, plots between them.

`x2` runs in px over the whole inner width and carries the words; each plot has its own x axis inside it. Rows are
numbered from 0 at the top on the shared y axis.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing

MARGIN = 4
_LIFT = 0.06  # of a row: words stand a little above the middle of their line box


@dataclass(frozen=True)
class Column:
    """Words of one column: `at` px, aligned `left` or `right` of it; a colour for each row or one for all."""

    at: float
    labels: Sequence[str]
    align: str = "left"
    colours: Sequence[str] | str = palette.TEXT
    codes: Sequence[str] | None = None


def table_sheet(width: int, rows: int, row_height: int, *, top: int, bottom: int) -> Drawing:
    """A sheet with room for so many rows, `top` px of header and `bottom` px of axis."""
    fig = layout.sheet(width, rows * row_height + top + bottom, left=MARGIN, right=MARGIN, top=top, bottom=bottom)
    fig.update_yaxes(range=[rows - 0.5, -0.5])
    fig.update_layout(xaxis2=layout.hidden_axis(range=[0, width - 2 * MARGIN], domain=[0, 1], anchor="y"))
    return fig


def inner(width: int) -> int:
    """Px between the margins."""
    return width - 2 * MARGIN


def place_axis(fig: Drawing, name: str, start: float, end: float, **axis: object) -> None:
    """Put a plot's x axis (`xaxis`, `xaxis3` …) between two px positions."""
    whole = fig.width - 2 * MARGIN
    fig.update_layout({name: layout.shown_axis(domain=[start / whole, end / whole], **axis) | {"visible": True}})


def add_column(fig: Drawing, column: Column, first: int = 0) -> None:
    """The words of a column, one a row from row `first` on."""
    rows = [row + _LIFT for row in range(first, first + len(column.labels))]
    fig.add_scatter(
        x=[column.at] * len(rows), y=rows, xaxis="x2", mode="text", text=list(column.labels), name="words",
        textposition="middle right" if column.align == "left" else "middle left", hoverinfo="skip", cliponaxis=False,
        textfont={"color": column.colours if isinstance(column.colours, str) else list(column.colours), "size": 12},
        customdata=list(column.codes) if column.codes else None,
    )  # fmt: skip


def add_header(fig: Drawing, label: str, at: float, align: str = "left", lift: int = 7) -> None:
    """A column's heading above the first row."""
    layout.annotate(
        fig, label, at, 1, xref="x2", yref="paper", yanchor="bottom", yshift=lift,
        xanchor={"left": "left", "right": "right"}.get(align, "center"),
    )  # fmt: skip


def add_rules(fig: Drawing, rows: Iterable[float], *, strong: bool = False) -> None:
    """Hairlines over the whole width above rows, as one shape: many single ones make a figure slow to build."""
    path = " ".join(f"M 0,{row - 0.5} L 1,{row - 0.5}" for row in rows)
    if path:
        colour = palette.RULE if strong else palette.GRID
        fig.add_shape(
            type="path", xref="paper", yref="y", path=path, layer="below", line={"color": colour, "width": 1}, name="rule"
        )


def add_grid(fig: Drawing, values: Sequence[float], rows: int, xref: str = "x", first: int = 0) -> None:
    """Vertical hairlines behind the rows that carry dots, and no further."""
    path = " ".join(f"M {value},{first - 0.5} L {value},{rows - 0.5}" for value in values)
    if path:
        fig.add_shape(
            type="path", xref=xref, yref="y", path=path, layer="below", line={"color": palette.GRID, "width": 1}, name="grid"
        )


def add_pill(fig: Drawing, label: str, reason: str, at: float, row: int, width: float) -> None:
    """Why a row has no number: a word in a frame, then its reason, shortened where the row is too short."""
    layout.annotate(
        fig, f"\u00a0{label}\u00a0", at, row, xref="x2", yref="y", bordercolor=palette.HATCH, borderwidth=1,
        bgcolor=palette.PAPER, font={"color": palette.TEXT},
    )  # fmt: skip
    start = at + layout.text_width(label) + 18
    lines = layout.wrap(reason, width - start)
    layout.annotate(fig, lines[0] + ("…" if len(lines) > 1 else ""), start, row, xref="x2", yref="y", hovertext=reason)
