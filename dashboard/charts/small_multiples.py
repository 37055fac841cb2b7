"""`small_multiples`: one small trend for each group of a breakdown, all on one scale, with level and change above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from dashboard.charts import axes, hover, layout, lines, palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Series, month_span, read_series
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure_of

_HEAD, _PLOT, _FOOT, _GAP = 40, 78, 30, 22
Row = dict[str, Any]


@dataclass(frozen=True)
class _Panel:
    code: str
    row: Row | None
    series: Series
    other: Series | None


def small_multiples(
    frames: Mapping[str, pl.DataFrame], *, labels: Mapping[str, str], now: pl.DataFrame, lang: Lang, width: int,
    references: Mapping[str, pl.DataFrame] | None = None, subject: str = "", share: bool = False,
) -> Drawing:  # fmt: skip
    """Panels of answers `by="month"`, one a group code; `now`: the answer by that breakdown with `compare`.

    Ordered by change, largest rise first, `other` last; panels without a clear change keep their place in that order.
    """
    references = references or {}
    measure = measure_of([now, *frames.values()], share=share)
    span = month_span([*frames.values()])
    if measure is None or not span:
        return layout.empty(text("charts.empty.nothing", lang), width)
    rows = {r["group"]: r for r in now.iter_rows(named=True)}
    panels = [
        _Panel(c, rows.get(c), read_series(f, measure, span),
               read_series(references[c], measure, span) if c in references else None)
        for c, f in frames.items()
    ]  # fmt: skip
    panels.sort(key=lambda p: (p.code == "other", -(p.row["change"] if p.row and judging.has_change(p.row) else -1e9)))
    across = max(2, min(4, (width + _GAP) // (132 + _GAP)))
    down = -(-len(panels) // across)
    cell = _HEAD + _PLOT + _FOOT
    fig = layout.sheet(width, down * cell + 4, left=2, right=8, top=0, bottom=4)
    ticks = axes.value_ticks([s for p in panels for s in (p.series, p.other) if s], count=3)
    notes: layout.Notes = []
    for i, panel in enumerate(panels):
        _draw(fig, notes, panel, i, across, span, ticks, labels.get(panel.code, panel.code), measure, lang)
    if len(panels) % across:
        _key(fig, notes, across, down, ticks, bool(references), subject, measure, lang)
    layout.add_notes(fig, notes)
    return fig


def _draw(
    fig: Drawing, notes: layout.Notes, panel: _Panel, place: int, across: int, span: Sequence[int],
    ticks: Sequence[float], label: str, measure: Measure, lang: Lang,
) -> None:  # fmt: skip
    left, right, top = _cell(fig, place, across)
    height = fig.height - 4
    number = "" if place == 0 else str(place + 1)
    x, y = f"x{number}", f"y{number}"
    first, last = fmt.axis_month(span[0]), fmt.axis_month(span[-1])
    base = layout.month_axis([fmt.axis_month(m) for m in span], len(span))
    fig.update_layout({
        f"xaxis{number}": base | {
            "visible": True, "domain": [left, right], "anchor": y, "tickvals": [], "ticks": "", "linecolor": palette.RULE,
        },
        f"yaxis{number}": layout.hidden_axis(
            domain=[1 - (top + _HEAD + _PLOT) / height, 1 - (top + _HEAD) / height], anchor=x, range=[ticks[0], ticks[-1]],
        ),
    })  # fmt: skip
    fig.add_shape(
        type="line", xref=f"{x} domain", yref=y, x0=0, x1=1, y0=ticks[-1], y1=ticks[-1], layer="below", name="grid",
        line={"color": palette.GRID, "width": 1},
    )  # fmt: skip
    ends = {"xaxis": x, "yaxis": y}
    if panel.other:
        lines.add_line(fig, panel.other, _thin(lines.REFERENCE), **ends)
    lines.add_band(fig, panel.series, lines.SUBJECT, **ends)
    lines.add_line(fig, panel.series, _thin(lines.SUBJECT), **ends)
    lines.add_absence(fig, panel.series, ticks[0], lang, **ends)
    texts = [hover.month_hover(p, label, measure, lang) for p in panel.series.points]
    lines.add_hover(fig, panel.series, texts, ticks[0], **ends)
    _words(notes, panel, label, x, y, (first, last), measure, lang)


def _words(
    notes: layout.Notes, panel: _Panel, label: str, x: str, y: str, ends: tuple[str, str], measure: Measure, lang: Lang
) -> None:
    head = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "bottom"}
    foot = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "top", "yshift": -4}
    layout.annotate(notes, f"<b>{label}</b>", 0, 1, **head, yshift=21, font={"color": palette.TEXT, "size": 13})
    layout.annotate(notes, ends[0], 0, 0, **foot)
    layout.annotate(notes, ends[1], 1, 0, **foot, xanchor="right")
    row = panel.row
    if row is None or not absence.is_drawn(row):
        word = absence.pill(row, lang) if row else text("words.pill.missing", lang)
        layout.annotate(notes, word, 1, 1, **head, yshift=21, xanchor="right")
        return
    level = fmt.level(row["estimate"], measure)
    layout.annotate(notes, level, 1, 1, **head, yshift=21, xanchor="right", font={"color": palette.TEXT})
    if judging.has_change(row):
        judged = judging.judge(row, measure)
        change = judging.signed_change(row, measure)
        shown = f"<b>{judged.sign} {change}</b>" if judged.clear else change
        layout.annotate(notes, shown, 0, 1, **head, yshift=5, font={"color": palette.WORD[judged.verdict]})
        interval = judging.interval_of_change(row, measure, lang, mark=False)
        layout.annotate(notes, interval, 1, 1, **head, yshift=5, xanchor="right")


def _key(
    fig: Drawing, notes: layout.Notes, across: int, down: int, ticks: Sequence[float], referenced: bool, subject: str,
    measure: Measure, lang: Lang,
) -> None:  # fmt: skip
    """How to read the panels, in the last free cell."""
    left, _, top = _cell(fig, across * down - 1, across)
    start = top + _HEAD
    words = [text("charts.multiples.line", lang, subject=subject)]
    words += [text("charts.multiples.reference", lang)] if referenced else []
    decimals = 0 if all(float(t).is_integer() for t in ticks) else 1
    top_value = fmt.number(ticks[-1], decimals) + ("%" if measure.is_share else "")
    words += [text("charts.multiples.provisional", lang), text("charts.multiples.scale", lang, top=top_value)]
    wide = (fig.width - 10 - (across - 1) * _GAP) / across
    label = "<br>".join(line for word in words for line in layout.wrap(word, wide))
    y = 1 - start / (fig.height - 4)
    layout.annotate(notes, label, left, y, xref="paper", yref="paper", yanchor="top")


def _cell(fig: Drawing, place: int, across: int) -> tuple[float, float, float]:
    """(left, right) as shares of the width, top in px."""
    whole = fig.width - 10
    wide = (whole - (across - 1) * _GAP) / across
    left = place % across * (wide + _GAP)
    return left / whole, (left + wide) / whole, place // across * (_HEAD + _PLOT + _FOOT)


def _thin(pen: lines.Pen) -> lines.Pen:
    is_subject = pen is lines.SUBJECT
    return replace(pen, width=1.5, dash="solid" if is_subject else "5px,3px", size=6.4, ends=is_subject)
