"""`two_lines`: two indicators of one region over months on one axis, each against the province, and their difference."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.charts import axes, hover, layout, lines, palette, rules
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Series, month_span, read_series
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure_of
from pipelines.contracts.policy import Reform

_BOTTOM, _LEFT, _LABEL = 26, 40, 31  # a label has two lines


@dataclass(frozen=True)
class Pair:
    """One of the lines: its label (`35岁以下`), the region's answer `by="month"` and the reference's."""

    label: str
    frame: pl.DataFrame
    reference: pl.DataFrame | None = None


def two_lines(
    pairs: Sequence[Pair], *, lang: Lang, subject: str, width: int, height: int = 300,
    reference_name: str | None = None, reforms: Sequence[Reform] = (), share: bool = False,
) -> Drawing:  # fmt: skip
    """Lines of the same unit, from 0, with bands, named at their ends; the references dashed without band."""
    frames = [f for p in pairs for f in (p.frame, p.reference)]
    measure, span = measure_of(frames, share=share), month_span(frames)
    drawn = [read_series(p.frame, measure, span) for p in pairs] if measure else []
    if measure is None or not any(s.drawn for s in drawn):
        return layout.empty(text("charts.empty.no_month", lang, region=subject), width, height)
    others = [read_series(p.reference, measure, span) if p.reference is not None else None for p in pairs]
    name = reference_name or text("words.province", lang)
    labels = _labels(pairs, drawn, others, subject, name, measure)
    right = round(max(layout.text_width(label) for label, _, _ in labels)) + 18
    rows = rules.rule_rows(reforms, span, width - _LEFT - right, lang)
    top = 12 + 16 * len(rows)
    fig = layout.sheet(width, height, left=_LEFT, right=right, top=top, bottom=_BOTTOM)
    low, high = axes.value_axis(fig, [*drawn, *(o for o in others if o)], measure)
    axes.months(fig, span, width - _LEFT - right)
    for other in others:
        if other:
            lines.add_line(fig, other, lines.REFERENCE)
    for series in drawn:
        lines.add_band(fig, series, lines.SUBJECT)
        lines.add_line(fig, series, lines.SUBJECT)
        lines.add_absence(fig, series, low, lang)
    rules.add_rules(fig, rows, span)
    px = height - top - _BOTTOM
    wanted = [px * (1 - (value - low) / (high - low)) for _, value, _ in labels]
    for (label, _, colour), y in zip(labels, layout.spread(wanted, _LABEL, 14, px), strict=True):
        layout.annotate(fig, label, 1, 1 - y / px, xref="paper", yref="paper", xshift=10, font={"color": colour})
    for pair, series in zip(pairs, drawn, strict=True):
        texts = [hover.month_hover(p, f"{subject} · {pair.label}", measure, lang) for p in series.points]
        lines.add_hover(fig, series, texts, low)
    return fig


def _labels(
    pairs: Sequence[Pair], drawn: Sequence[Series], others: Sequence[Series | None], subject: str, name: str,
    measure: Measure,
) -> list[tuple[str, float, str]]:  # fmt: skip
    labels = []
    for pair, series, other in zip(pairs, drawn, others, strict=True):
        if series.last and series.last.value is not None and series.last.row:
            value = fmt.level(series.last.row["estimate"], measure)
            labels.append((f"<b>{pair.label}<br>{subject} {value}</b>", series.last.value, palette.SUBJECT))
        if other and other.last and other.last.value is not None and other.last.row:
            value = fmt.level(other.last.row["estimate"], measure)
            labels.append((f"{pair.label}<br>{name} {value}", other.last.value, palette.SECONDARY))
    return labels
