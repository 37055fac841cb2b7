"""`stacked_share`: the parts of a whole by quarter as columns, and beside each part its share, count and change.

Stacked shares hide a rising total, so the count and its change stand beside every part.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import polars as pl

from dashboard.charts import hover, layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts import months

Row = Mapping[str, Any]
_LEFT, _TOP, _BOTTOM = 40, 26, 26
_INTERVAL: Final = 100


def stacked_share(
    shares: pl.DataFrame, *, parts: Mapping[str, str], lang: Lang, width: int, height: int = 262,
    counts: pl.DataFrame | None = None, ordered: bool = True, part_name: str = "",
) -> Drawing:  # fmt: skip
    """Columns of shares, one a period, parts from the top down in the order of `parts` (code → words).

    `shares`: answers `by=<breakdown>, share=True` of one period below those of the next (told apart by `period_from`).
    `counts`: the answer `by=<breakdown>` of the current period with `compare`. `ordered`: parts have an order (levels).
    """
    rows = [r for r in shares.sort("period_from").iter_rows(named=True) if r["group"] in parts]
    periods = list(dict.fromkeys((r["period_from"], r["period_to"]) for r in rows))
    if not any(absence.is_drawn(r) for r in rows):
        why = absence.reason(rows[-1], lang) if rows else ""
        return layout.empty(why or text("charts.empty.nothing", lang), width, height)
    how = measure(rows[0]["indicator"], share=True)
    at = {(r["group"], r["period_from"]): r for r in rows}
    beside = {r["group"]: r for r in counts.iter_rows(named=True)} if counts is not None else {}
    places = _columns(list(parts.values()), width, beside.values())
    table_width = round(max(places.values())) + 4
    fig = layout.sheet(width, height, left=_LEFT, right=table_width, top=_TOP, bottom=_BOTTOM)
    labels = [_period_label(first, last) for first, last in periods]
    colours = palette.LEVELS if ordered and len(parts) <= len(palette.LEVELS) else palette.CATEGORIES
    shades = {c: colours[min(i, len(colours) - 1)] for i, c in enumerate(parts)}
    for code in reversed(list(parts)):
        column = [at.get((code, first)) for first, _ in periods]
        _bars(fig, code, column, labels, shades[code], parts[code], how, lang)
    _absent_periods(fig, periods, at, list(parts), labels, lang)
    _frame_provisional(fig, periods, rows, lang)
    plot_width = width - _LEFT - table_width
    every = max(1, -(-len(labels) * 46 // plot_width))
    fig.update_xaxes(layout.shown_axis(
        type="category", categoryarray=labels, categoryorder="array", tickvals=labels[::every], ticktext=labels[::every],
        range=[-0.5, len(labels) - 0.5], visible=True,
    ))  # fmt: skip
    fig.update_yaxes(layout.shown_axis(
        range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticktext=["0", "25", "50", "75", "100%"], visible=True,
    ))  # fmt: skip
    fig.update_layout(barmode="stack", bargap=0.06)
    latest = [at.get((c, periods[-1][0])) for c in parts]
    _table(fig, parts, latest, beside, shades, how, lang, height - _TOP - _BOTTOM, part_name, places)
    return fig


def _bars(
    fig: Drawing, code: str, column: Sequence[Row | None], labels: Sequence[str], colour: str, name: str,
    how: Measure, lang: Lang,
) -> None:  # fmt: skip
    drawn = [r if r is not None and absence.is_drawn(r) else None for r in column]
    fig.add_bar(
        x=list(labels), y=[None if r is None else how.drawn(r["estimate"]) for r in drawn], name=code,
        marker={"color": colour, "line": {"color": palette.PAPER, "width": 1}}, customdata=[code] * len(drawn),
        hovertext=["" if r is None else hover.estimate_lines(r, f"<b>{name}</b>", how, lang) for r in drawn],
        hovertemplate="%{x}<br>%{hovertext}<extra></extra>",
    )  # fmt: skip


def _absent_periods(
    fig: Drawing, periods: Sequence[tuple[str, str]], at: Mapping[tuple[str, str], Row], parts: Sequence[str],
    labels: Sequence[str], lang: Lang,
) -> None:  # fmt: skip
    for (first, _), label in zip(periods, labels, strict=True):
        rows = [r for c in parts if (r := at.get((c, first)))]
        absent = [r for r in rows if not absence.is_drawn(r)]
        if absent and len(absent) == len(rows):
            layout.annotate(
                fig, absence.pill(absent[0], lang), label, 50, xref="x", yref="y", xanchor="center", textangle=-90
            )


def _frame_provisional(fig: Drawing, periods: Sequence[tuple[str, str]], rows: Sequence[Row], lang: Lang) -> None:
    for place, (first, _) in enumerate(periods):
        if any(r["provisional"] for r in rows if r["period_from"] == first):
            fig.add_shape(
                type="rect", xref="x", yref="y", x0=place - 0.5, x1=place + 0.5, y0=0, y1=100, name="provisional",
                line={"color": palette.SECONDARY, "width": 1.2, "dash": "1.5px,2.5px"},
            )  # fmt: skip
            if place == len(periods) - 1:
                layout.annotate(
                    fig, text("charts.stacked.provisional", lang), place + 0.5, 1, xref="x", yref="paper",
                    xanchor="right", yanchor="bottom", yshift=5,
                )  # fmt: skip


def _columns(names: Sequence[str], width: int, counts: Collection[Row]) -> dict[str, float]:
    """Right ends (px from the plot) of share, count, its change and interval; absent where there is none or no room."""
    end = 24 + max(map(layout.text_width, names)) + 50
    places = {"share": end}
    if counts:
        places["count"] = end + 44
    if any(judging.has_change(r) for r in counts):
        places["change"] = end + 124
        if width >= layout.NARROW:
            places["interval"] = end + 124 + _INTERVAL
    return places


def _table(
    fig: Drawing, parts: Mapping[str, str], latest: Sequence[Row | None], counts: Mapping[str, Row],
    shades: Mapping[str, str], how: Measure, lang: Lang, px: float, part_name: str,
    places: Mapping[str, float],
) -> None:  # fmt: skip
    shown = [how.drawn(r["estimate"]) if r is not None and absence.is_drawn(r) else 0.0 for r in latest]
    middles = [sum(shown[:i]) + s / 2 for i, s in enumerate(shown)]
    heights = layout.spread([px * m / max(sum(shown), 100.0) for m in middles], 18, 8, px - 8)
    notes: layout.Notes = []
    base = {"xref": "paper", "yref": "paper", "x": 1}
    for (code, name), row, y in zip(parts.items(), latest, heights, strict=True):
        line = {**base, "y": 1 - y / px}
        swatch = layout.coloured("■", shades[code])
        layout.annotate(notes, f"{swatch} {name}", **line, xshift=8, font={"color": palette.TEXT})
        words = _row_words(row, counts.get(code), how, lang)
        for column, at in places.items():
            label, colour = words[column]
            layout.annotate(notes, label, **line, xshift=at, xanchor="right", font={"color": colour})
    head = {**base, "y": 1, "yanchor": "bottom", "yshift": 5}
    layout.annotate(notes, part_name, **head, xshift=8)
    for column, at in places.items():
        layout.annotate(notes, text(f"charts.stacked.{column}", lang), **head, xshift=at, xanchor="right")
    layout.add_notes(fig, notes)


def _row_words(share: Row | None, count: Row | None, how: Measure, lang: Lang) -> dict[str, tuple[str, str]]:
    words = dict.fromkeys(("share", "count", "change", "interval"), ("", palette.TEXT))
    if share is not None:
        known = absence.is_drawn(share)
        words["share"] = (fmt.level(share["estimate"], how) if known else absence.pill(share, lang), palette.TEXT)
    if count is not None and absence.is_drawn(count):
        unit = measure(count["indicator"])
        judged = judging.judge(count, unit)
        change = judging.signed_change(count, unit)
        words["count"] = (fmt.level(count["estimate"], unit), palette.TEXT)
        words["change"] = (f"<b>{judged.sign} {change}</b>" if judged.clear else change, palette.WORD[judged.verdict])
        words["interval"] = (judging.interval_of_change(count, unit, lang, mark=False), palette.SECONDARY)
    return words


def _period_label(first: str, last: str) -> str:
    start, end = months.parse(first), months.parse(last)
    return fmt.axis_quarter(start) if months.quarter(start) == months.quarter(end) else fmt.axis_month(start)
