"""The sheet on which every chart is drawn: font, margins, axes, annotations, the sentence of an empty chart.

Nothing here knows an estimate.
"""

import math
import re
from collections.abc import Sequence
from typing import Any, Final

from dashboard.charts import palette
from dashboard.charts.drawing import Drawing

FONT: Final = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
SMALL: Final = 12
NARROW: Final = 560  # below this width a chart keeps only what it cannot do without
_TAG = re.compile(r"<[^>]+>")
_TALL_GLYPHS = 0x2E80  # from here on characters are as wide as the font is high


def sheet(width: int, height: int, *, left: int = 8, right: int = 8, top: int = 8, bottom: int = 8) -> Drawing:
    """An empty white figure of that size in px, without legend, dragging or zoom."""
    return Drawing({
        "width": width, "height": height, "paper_bgcolor": palette.PAPER,
        "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False, "uirevision": "fixed",
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FONT, "size": SMALL, "color": palette.SECONDARY},
        "hoverlabel": {"bgcolor": palette.PAPER, "bordercolor": palette.RULE,
                       "font": {"family": FONT, "size": SMALL, "color": palette.TEXT}},
        "xaxis": hidden_axis(), "yaxis": hidden_axis(),
    })  # fmt: skip


def hidden_axis(**more: Any) -> dict[str, Any]:
    """An axis that shows nothing and cannot be dragged."""
    return {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False, "automargin": False, **more}


def shown_axis(**more: Any) -> dict[str, Any]:
    """An axis with quiet tick labels and no line; give `range`, `tickvals`, `ticktext`."""
    return {
        "fixedrange": True, "showgrid": False, "zeroline": False, "showline": False, "automargin": False,
        "ticks": "", "tickangle": 0, "tickfont": {"color": palette.SECONDARY, "size": SMALL}, **more,
    }  # fmt: skip


def month_axis(labels: Sequence[str], every: int, **more: Any) -> dict[str, Any]:
    """A category axis of month labels (`26-09`), a tick every so many months from the first on."""
    shown = list(labels)[::every]
    return shown_axis(
        type="category", categoryorder="array", categoryarray=list(labels), tickvals=shown, ticktext=shown,
        range=[-0.5, len(labels) - 0.5], ticks="outside", ticklen=4, tickcolor=palette.RULE, showline=True,
        linecolor=palette.RULE, **more,
    )  # fmt: skip


def month_step(count: int, width: float) -> int:
    """Months between two tick labels so that they do not touch on an axis of that many px: 1, 2, 3, 6 or 12."""
    return next((step for step in (1, 2, 3, 6, 12) if count / step * 46 <= width), 12)


def ticks_from(low: float, high: float, count: int = 4) -> list[float]:
    """Round tick values that enclose low…high in about `count` steps of 1, 2, 3, 5 or (from 25 on) 2.5 × 10^k."""
    span = max(high - low, 1e-9)
    magnitude = 10.0 ** math.floor(math.log10(span / count))
    factors = (1, 2, 2.5, 3, 5, 10, 20) if magnitude >= 10 else (1, 2, 3, 5, 10, 20)
    step = next(f * magnitude for f in factors if span / (f * magnitude) <= count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


Notes = list[dict[str, Any]]


def annotate(target: Drawing | Notes, label: str, x: Any, y: Any, **more: Any) -> None:
    """One text without arrow, 12 px, secondary colour, anchored left and middle unless told otherwise."""
    font = {"color": palette.SECONDARY, "size": SMALL, **more.pop("font", {})}
    settings = {"showarrow": False, "xanchor": "left", "yanchor": "middle", "borderpad": 0, "align": "left", **more}
    note = {"text": label, "x": x, "y": y, "font": font, **settings}
    if isinstance(target, list):
        target.append(note)
    else:
        target.add_annotations([note])


def add_notes(fig: Drawing, notes: Notes) -> None:
    """Set gathered texts, after those that stand there."""
    fig.add_annotations(notes)


def text_width(label: str, size: int = SMALL) -> float:
    """About how many px a text takes, its longest line: a CJK character its size, a Latin one 0.56 of it."""
    plain = _TAG.sub("", label.replace("<br>", "\n"))
    return max(sum(size if ord(c) >= _TALL_GLYPHS else 0.56 * size for c in part) for part in plain.split("\n"))


def shorten(label: str, width: float, size: int = SMALL) -> str:
    """A label cut to that many px, with … where something is left out."""
    while text_width(label, size) > width and len(label) > 2:
        label = label.removesuffix("…")[:-1].rstrip() + "…"
    return label


def coloured(label: str, colour: str) -> str:
    """A piece of a text in its own colour."""
    return f"<span style='color:{colour}'>{label}</span>"


def wrap(label: str, width: float, size: int = SMALL) -> list[str]:
    """A sentence in lines of at most that many px; breaks at spaces, between any two CJK characters."""
    lines, line = [], ""
    for piece in _pieces(label):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
    return [*lines, line.rstrip()] if line.strip() else lines


def empty(sentence: str, width: int, height: int = 120) -> Drawing:
    """A figure that says in one sentence why there is nothing to draw; never a blank, nor more than a strip."""
    fig = sheet(width, min(height, 120))
    fig.update_xaxes(range=[0, 1])
    fig.update_yaxes(range=[0, 1])
    lines = "<br>".join(wrap(sentence, width - 64, 14))
    annotate(fig, lines, 0.5, 0.5, xref="paper", yref="paper", xanchor="center", align="center", font={"size": 14})
    return fig


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places (px) moved as little as needed so that neighbours are `gap` apart and all lie in low…high."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = [max(places[i], low) for i in order]
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    overflow = max(moved[-1] - high, 0.0) if moved else 0.0
    limit = math.inf
    for i in range(len(moved) - 1, -1, -1):
        ceiling = high - (len(moved) - 1 - i) * gap
        moved[i] = max(min(moved[i], ceiling, limit - gap), low) if overflow else max(moved[i], low)
        limit = moved[i]
    result = [0.0] * len(places)
    for rank, i in enumerate(order):
        result[i] = moved[rank]
    return result


def _pieces(label: str) -> list[str]:
    pieces, word = [], ""
    for character in label:
        if ord(character) >= _TALL_GLYPHS:
            pieces += [word, character] if word else [character]
            word = ""
        elif character == " ":
            pieces.append(word + " ")
            word = ""
        else:
            word += character
    return [*pieces, word] if word else pieces
