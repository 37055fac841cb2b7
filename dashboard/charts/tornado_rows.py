"""`tornado_rows`: constants with value and source, and how far each moves the estimate when it is lower and higher by a part."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import layout, palette, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang

_TOP, _BOTTOM, _GAP, _ROW, _LABEL = 50, 24, 18, 58, 40
_HALF = 0.18  # of a row: half the height of a bar


@dataclass(frozen=True)
class Weight:
    """A constant: its words, value and source as they are read; the estimate under the lower and the higher constant."""

    name: str
    value: str
    source: str
    low: float | None
    high: float | None
    changed: bool = False


def tornado_rows(weights: Sequence[Weight], estimate: float, *, by: str, unit: str, lang: Lang, width: int) -> Drawing:
    """Rows in the order given; the rule is the estimate under the constants in force. `changed` ones are set apart."""
    fig = table.table_sheet(width, len(weights), _ROW, top=_TOP, bottom=_BOTTOM)
    whole = table.inner(width)
    start = 0.56 * whole
    value_end = start - _GAP - _LABEL
    ends = [v for w in weights for v in (w.low, w.high) if v is not None]
    low, high = min([estimate, *ends]), max([estimate, *ends])
    edge = 0.04 * max(high - low, 1e-9)
    ticks = [t for t in layout.ticks_from(low, high, 4) if low - edge <= t <= high + edge]
    table.place_axis(
        fig, "xaxis", start, whole - _LABEL, range=[low - edge, high + edge], tickvals=ticks, anchor="y",
        ticktext=[fmt.number(t, 0) for t in ticks],
    )  # fmt: skip
    table.add_grid(fig, ticks, len(weights))
    table.add_rules(fig, [0], strong=True)
    table.add_rules(fig, range(1, len(weights)))
    fig.add_shape(
        type="line", xref="x", yref="y", x0=estimate, x1=estimate, y0=-0.5, y1=len(weights) - 0.5, layer="below", name="estimate",
        line={"color": palette.TEXT, "width": 1.4},
    )  # fmt: skip
    notes: layout.Notes = []
    for place, weight in enumerate(weights):
        _write_words(notes, weight, place, value_end)
        _add_bars(fig, notes, weight, estimate, place)
    layout.add_notes(fig, notes)
    table.add_header(fig, text("burden.tornado.constant", lang), 0)
    table.add_header(fig, text("burden.tornado.value", lang), value_end, "right")
    table.add_header(fig, text("burden.tornado.estimate", lang, unit=unit), whole, "right")
    key = [layout.coloured("▬", palette.SUBJECT_SOFT) + " " + text("burden.tornado.lower", lang, by=by),
           layout.coloured("▬", palette.SUBJECT) + " " + text("burden.tornado.higher", lang, by=by)]  # fmt: skip
    layout.annotate(fig, "　".join(key), 1, 1, xref="paper", yref="paper", xanchor="right", yanchor="bottom", yshift=28)
    return fig


def _write_words(notes: layout.Notes, weight: Weight, place: int, end: float) -> None:
    """Name and value above, the source below in up to two lines."""
    at = {"xref": "x2", "yref": "y"}
    mark = palette.SUBJECT if weight.changed else palette.TEXT
    name = f"<b>{weight.name}</b>" if weight.changed else weight.name
    value = f"<b>{weight.value}</b>" if weight.changed else weight.value
    layout.annotate(notes, name, 0, place - 0.32, font={"color": mark}, **at)
    layout.annotate(notes, value, end, place - 0.32, xanchor="right", font={"color": mark}, **at)
    lines = layout.wrap(weight.source, end)
    shown = [*lines[:1], *([layout.shorten("".join(lines[1:]), end)] if len(lines) > 1 else [])]
    layout.annotate(notes, "<br>".join(shown), 0, place - 0.16, yanchor="top", hovertext=weight.source, **at)


def _add_bars(fig: Drawing, notes: layout.Notes, weight: Weight, estimate: float, place: int) -> None:
    for value, colour in ((weight.low, palette.SUBJECT_SOFT), (weight.high, palette.SUBJECT)):
        if value is None:
            continue
        fig.add_shape(
            type="rect", xref="x", yref="y", x0=estimate, x1=value, y0=place - _HALF, y1=place + _HALF, fillcolor=colour,
            line={"width": 0}, name="weight",
        )  # fmt: skip
        right = value >= estimate
        layout.annotate(
            notes, fmt.number(value, 1), value, place, xref="x", yref="y",
            xanchor="left" if right else "right", xshift=4 if right else -4, font={"color": palette.TEXT},
        )  # fmt: skip
