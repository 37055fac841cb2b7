"""`small_multiples`: one small trend for each group, on one scale or each on its own, with level and change above it."""

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
from dashboard.i18n.measures import Measure, measure, measure_of

_HEAD, _PLOT, _FOOT, _GAP = 40, 78, 30, 22
_MOST, _MOST_WIDE, _WIDE = 4, 6, 1000
Row = dict[str, Any]


@dataclass(frozen=True)
class _Panel:
    code: str
    measure: Measure
    row: Row | None
    series: Series
    other: Series | None


def small_multiples(
    frames: Mapping[str, pl.DataFrame], *, labels: Mapping[str, str], now: pl.DataFrame, lang: Lang, width: int,
    references: Mapping[str, pl.DataFrame] | None = None, subject: str = "", share: bool = False, shared: bool = True,
    ordered: bool = True, reference: str | None = None,
) -> Drawing:  # fmt: skip
    """Panels of answers `by="month"`, one a group code; `now`: the answer by that breakdown with `compare`.

    Ordered by change, largest rise first, `other` last (panels without a clear change keep their place in that order); as
    given where not `ordered`, as regions are. Not `shared`: each panel is an indicator of its own, named by its code, with
    its own scale from 0. `reference`: the name of what the references are, the province by default.
    """
    references = references or {}
    whole = measure_of([now, *frames.values()], share=share)
    span = month_span([*frames.values()])
    if whole is None or not span:
        return layout.empty(text("charts.empty.nothing", lang), width)
    rows = {r["group"] if shared else r["indicator"]: r for r in now.iter_rows(named=True)}
    panels = [
        _Panel(c, how, rows.get(c), read_series(f, how, span), read_series(references[c], how, span) if c in references else None)
        for c, f in frames.items()
        for how in (whole if shared else measure(c, share=share),)
    ]
    if ordered:
        panels.sort(key=lambda p: (p.code == "other", -(p.row["change"] if p.row and judging.has_change(p.row) else -1e9)))
    across = max(2, min(_MOST_WIDE if width > _WIDE else _MOST, (width + _GAP) // (132 + _GAP)))
    down = -(-len(panels) // across)
    cell = _HEAD + _PLOT + _FOOT
    fig = layout.sheet(width, down * cell + 4, left=2, right=8, top=0, bottom=4)
    scales = [_ticks(panels)] * len(panels) if shared else [_ticks([p]) for p in panels]
    notes: layout.Notes = []
    for i, (panel, ticks) in enumerate(zip(panels, scales, strict=True)):
        _draw(fig, notes, panel, i, across, span, ticks, labels.get(panel.code, panel.code), lang)
        if not shared:
            _say_scale(notes, i, ticks)
    if len(panels) % across:
        beside = (reference or text("words.province", lang)) if references else ""
        _key(fig, notes, across, down, scales[0] if shared else None, beside, subject, whole, lang)
    layout.add_notes(fig, notes)
    return fig


def _ticks(panels: Sequence[_Panel]) -> list[float]:
    return axes.value_ticks([s for p in panels for s in (p.series, p.other) if s], count=3)


def _say_scale(notes: layout.Notes, place: int, ticks: Sequence[float]) -> None:
    """The two ends of a panel's own scale, in the middle of its foot."""
    number = "" if place == 0 else str(place + 1)
    ends = {"xref": f"x{number} domain", "yref": f"y{number} domain", "xanchor": "center", "yanchor": "top", "yshift": -4}
    layout.annotate(notes, f"{_say_tick(ticks[0], ticks)}–{_say_tick(ticks[-1], ticks)}", 0.5, 0, **ends)


def _say_tick(value: float, ticks: Sequence[float]) -> str:
    return fmt.number(value, 0 if all(float(t).is_integer() for t in ticks) else 1)


def _draw(
    fig: Drawing, notes: layout.Notes, panel: _Panel, place: int, across: int, span: Sequence[int],
    ticks: Sequence[float], label: str, lang: Lang,
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
    texts = [hover.month_hover(p, label, panel.measure, lang) for p in panel.series.points]
    lines.add_hover(fig, panel.series, texts, ticks[0], **ends)
    _words(notes, panel, label, x, y, (first, last), (right - left) * (fig.width - 10), lang)


def _words(
    notes: layout.Notes, panel: _Panel, label: str, x: str, y: str, ends: tuple[str, str], wide: float, lang: Lang
) -> None:
    head = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "bottom"}
    foot = {"xref": f"{x} domain", "yref": f"{y} domain", "yanchor": "top", "yshift": -4}
    row = panel.row
    absent = row is None or not absence.is_drawn(row)
    shown = absence.pill(row, lang) if row and absent else text("words.pill.missing", lang)
    if row and not absent:
        shown = fmt.level(row["estimate"], panel.measure)
    name = layout.shorten(label, wide - 6 - layout.text_width(shown), 13)
    layout.annotate(notes, f"<b>{name}</b>", 0, 1, **head, yshift=21, font={"color": palette.TEXT, "size": 13}, hovertext=label)
    layout.annotate(notes, ends[0], 0, 0, **foot)
    layout.annotate(notes, ends[1], 1, 0, **foot, xanchor="right")
    ink = palette.SECONDARY if absent else palette.TEXT
    layout.annotate(notes, shown, 1, 1, **head, yshift=21, xanchor="right", font={"color": ink})
    if row and not absent and judging.has_change(row):
        measure = panel.measure
        judged = judging.judge(row, measure)
        change = judging.signed_change(row, measure)
        shown = f"<b>{judged.sign} {change}</b>" if judged.clear else change
        layout.annotate(notes, shown, 0, 1, **head, yshift=5, font={"color": palette.WORD[judged.verdict]})
        interval = judging.interval_of_change(row, measure, lang, mark=False)
        layout.annotate(notes, interval, 1, 1, **head, yshift=5, xanchor="right")


def _key(
    fig: Drawing, notes: layout.Notes, across: int, down: int, ticks: Sequence[float] | None, reference: str, subject: str,
    measure: Measure, lang: Lang,
) -> None:  # fmt: skip
    """How to read the panels, in the last free cell."""
    left, _, top = _cell(fig, across * down - 1, across)
    start = top + _HEAD
    words = [text("charts.multiples.line", lang, subject=subject)]
    words += [text("charts.multiples.reference", lang, name=reference)] if reference else []
    words += [text("charts.multiples.provisional", lang)]
    if ticks:
        top_value = _say_tick(ticks[-1], ticks) + ("%" if measure.is_share else "")
        words += [text("charts.multiples.scale", lang, top=top_value)]
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
