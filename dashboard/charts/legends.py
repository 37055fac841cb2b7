"""Legends drawn inside a figure, so that a downloaded picture carries them: class boxes of a map, keys of marks."""

from collections.abc import Sequence
from typing import Final

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing

HEIGHT: Final = 78
WIDTH: Final = 176
_BOX = (26, 12)


def add_classes(fig: Drawing, colours: Sequence[str], breaks: Sequence[str], title: str, hatch: str = "") -> None:
    """Class boxes with their breaks at the top left of a figure drawn in px; `hatch`: what the hatched box means."""
    layout.annotate(fig, title, 4, 14, xref="x", yref="y")
    for i, colour in enumerate(colours):
        fig.add_shape(
            type="rect", x0=4 + i * _BOX[0], x1=3 + (i + 1) * _BOX[0], y0=24, y1=24 + _BOX[1], fillcolor=colour,
            line={"width": 0}, name="class",
        )  # fmt: skip
    for i, label in enumerate(breaks, start=1):
        layout.annotate(fig, label, 3.5 + i * _BOX[0], 45, xref="x", yref="y", xanchor="center")
    if hatch:
        x, y, (w, h) = 4, 58, _BOX
        fig.add_scatter(
            x=[x, x + w - 1, x + w - 1, x, x], y=[y, y, y + h, y + h, y], mode="lines", fill="toself", hoverinfo="skip",
            line={"width": 0}, fillcolor=palette.GRID, name="legend",
            fillpattern={"shape": "/", "size": 6, "solidity": 0.18, "fgcolor": palette.UNCLEAR_HATCH, "bgcolor": palette.GRID},
        )  # fmt: skip
        layout.annotate(fig, hatch, x + w + 4, y + h / 2, xref="x", yref="y")
