"""`region_rows`: regions compared, chart and table in one: name, level, dot with interval, change with interval, rank set."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import polars as pl

from dashboard.charts import hover, layout, palette, ranges, rank_sets, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure_of
from dashboard.i18n.regions import without_city
from dashboard.i18n.sentences import differs

Row = dict[str, Any]
Mode = Literal["change", "level"]
_TOP, _BOTTOM = 34, 24
_CHANGE, _INTERVAL, _UNIT = 54, 106, 80


def region_rows(
    frame: pl.DataFrame, *, names: Mapping[str, str], lang: Lang, width: int, province: pl.DataFrame | None = None,
    province_name: str | None = None, mode: Mode = "change", header: str = "", row_height: int = 21,
    share: bool = False,
) -> Drawing:  # fmt: skip
    """Rows of regions with the reference's line and interval behind them.

    `frame`: an answer `by="city"` or `"county"` with `compare`; `province`: the one-row answer of the reference.
    Ordered by the places of the answer, with their sets on the right where there is room; by code where it has none.
    `mode="level"` draws the level (filled where its interval and the reference's do not overlap). Dots and
    names carry the region code as `customdata`.
    """
    measure = measure_of([frame], share=share)
    if measure is None:
        return layout.empty(text("charts.empty.nothing", lang), width)
    present, absent = order_rows(frame, mode)
    reference = province.to_dicts()[0] if province is not None and province.height else None
    rows = [*present, *absent]
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    labels = [without_city(r["group"], names, lang) for r in rows]
    plot = _columns(fig, present, labels, [r["group"] for r in rows], measure, lang, header)
    _rules(fig, len(rows), len(present))
    if _rank_place(present, width):
        rank_sets.add_rank_sets(fig, present, len(rows), lang)
    if present:
        _plot(fig, present, labels, reference, province_name or text("words.province", lang), plot, measure, lang, mode)
    for place, row in enumerate(absent, start=len(present)):
        table.add_pill(fig, *_why(row, mode, lang), plot[0], place, table.inner(width))
    return fig


def order_rows(frame: pl.DataFrame, mode: Mode) -> tuple[list[Row], list[Row]]:
    """(rows to draw, rows without a number): by place where the answer ranks them, else by code."""
    rows = frame.sort("group").to_dicts()
    present = [r for r in rows if absence.is_drawn(r) and (mode == "level" or judging.has_change(r))]
    absent = [r for r in rows if r not in present]
    present.sort(key=lambda r: (r["rank"] is None, r["rank"] or 0))
    return present, absent


def _rank_place(present: Sequence[Row], width: int) -> int:
    """Px for the rank sets: none where there are no ranks or no room."""
    return rank_sets.PLACE if width >= layout.NARROW and rank_sets.has_ranks(present) else 0


def _columns(
    fig: Drawing, present: Sequence[Row], labels: Sequence[str], codes: Sequence[str], measure: Measure, lang: Lang,
    header: str,
) -> tuple[float, float]:  # fmt: skip
    """The words of the table; gives back where the plot starts and ends, in px."""
    width = fig.width
    whole = table.inner(width) - _rank_place(present, width)
    narrow = width < layout.NARROW
    decimals = fmt.level_decimals(measure, [r["estimate"] for r in present])
    levels = [fmt.number(r["estimate"] * measure.scale, decimals) if r["estimate"] else "0" for r in present]
    label = measure.unit_label(lang)
    unit = label if layout.text_width(label) <= _UNIT else text("charts.rows.level", lang)
    shown = labels[: len(present)] or labels  # a row without a number may run on under the level's heading
    name_end = min(max(map(layout.text_width, [header, *shown])), 0.4 * whole)
    level_end = name_end + 14 + max(layout.text_width(unit), 34)
    right = whole - (0 if narrow else _INTERVAL)
    compared = any(judging.has_change(r) for r in present)
    verdicts = [judging.judge(r, measure) for r in present]
    changes = [judging.signed_change(r, measure) for r in present]
    cut = [layout.shorten(n, name_end if i < len(present) else level_end + 14) for i, n in enumerate(labels)]
    table.add_column(fig, table.Column(0, cut, codes=codes))
    table.add_column(fig, table.Column(level_end, levels, "right"))
    table.add_header(fig, header, 0)
    table.add_header(fig, unit, level_end, "right")
    if present and not compared:
        return level_end + 22, whole - 8
    table.add_column(fig, table.Column(
        right, [f"<b>{c}</b>" if v.clear else c for c, v in zip(changes, verdicts, strict=True)], "right",
        [palette.WORD[v.verdict] for v in verdicts],
    ))  # fmt: skip
    mark = fmt.change_mark(measure, lang).strip()
    if narrow:
        table.add_header(fig, text("charts.rows.change_short", lang), right, "right")
    else:
        intervals = [judging.interval_of_change(r, measure, lang, mark=False) for r in present]
        table.add_column(fig, table.Column(whole, intervals, "right", palette.SECONDARY))
        heading = text("charts.rows.change", lang, unit=mark)
        if layout.text_width(heading) > _CHANGE + _INTERVAL + 20:
            heading = text("charts.rows.change_plain", lang)
        table.add_header(fig, heading, whole, "right")
    return level_end + 22, right - _CHANGE - 8


def _rules(fig: Drawing, rows: int, present: int) -> None:
    table.add_rules(fig, [0], strong=True)
    table.add_rules(fig, [*range(3, present, 3), *range(max(present, 1), rows)])


def _plot(
    fig: Drawing, rows: Sequence[Row], labels: Sequence[str], reference: Row | None, name: str,
    plot: tuple[float, float], measure: Measure, lang: Lang, mode: Mode,
) -> None:  # fmt: skip
    shown = ranges.Shown.CHANGE if mode == "change" else ranges.Shown.LEVEL
    drawn = [ranges.read(r, measure, shown) for r in rows]
    backdrop = ranges.read(reference, measure, shown) if reference else None
    axis = ranges.axis([*drawn, *([backdrop] if backdrop else [])], shown, plot[1] - plot[0], measure)
    table.place_axis(fig, "xaxis", *plot, **axis | {"showgrid": False})
    table.add_grid(fig, axis["tickvals"], len(rows))
    _backdrop(fig, backdrop, reference, name, shown, len(rows), measure)
    count = sum(r["rank"] is not None for r in rows)
    styles = [_style(r, reference, measure, mode) for r in rows]
    for style in sorted(set(styles)):
        places = [i for i, s in enumerate(styles) if s == style]
        ranges.add_dots(
            fig, [drawn[i] for i in places], places, style, codes=[rows[i]["group"] for i in places],
            labels=[_hover(rows[i], labels[i], measure, lang) + rank_sets.hover_line(rows[i], count, lang) for i in places],
        )  # fmt: skip
    ranges.add_arrows(fig, drawn, [s.colour for s in styles], axis["range"])


def _backdrop(
    fig: Drawing, interval: ranges.Interval | None, row: Row | None, name: str, shown: ranges.Shown, rows: int,
    measure: Measure,
) -> None:  # fmt: skip
    span = {"xref": "x", "yref": "y", "y0": -0.5, "y1": rows - 0.5, "layer": "below"}
    if shown is ranges.Shown.CHANGE:
        fig.add_shape(type="line", x0=0, x1=0, line={"color": palette.RULE, "width": 1.4}, name="zero", **span)
    if interval is None or interval.value is None or row is None:
        return
    if interval.low is not None and interval.high is not None:
        fig.add_shape(
            type="rect", x0=interval.low, x1=interval.high, fillcolor=palette.REFERENCE_BAND, line={"width": 0},
            name="reference band", **span,
        )  # fmt: skip
    fig.add_shape(
        type="line", x0=interval.value, x1=interval.value, name="reference",
        line={"color": palette.REFERENCE, "width": 1.8, "dash": "7px,4px"}, **span,
    )  # fmt: skip
    value = (
        judging.signed_change(row, measure) if shown is ranges.Shown.CHANGE else fmt.level(row["estimate"], measure)
    )
    layout.annotate(
        fig, f"{name} {value}", interval.value, 1, xref="x", yref="paper", xanchor="center", yanchor="bottom", yshift=7
    )


def _style(row: Row, reference: Row | None, measure: Measure, mode: Mode) -> ranges.Style:
    if mode == "level":
        return ranges.Style(palette.SUBJECT, "circle", filled=_is_filled(row, reference))
    verdict = judging.judge(row, measure).verdict
    return ranges.Style(palette.MARK[verdict], "square" if verdict is Verdict.HEAVIER else "circle", filled=True)


def _is_filled(row: Row, reference: Row | None) -> bool:
    """A level that differs from the reference, or any where there is none; a true zero is hollow."""
    return row["estimate"] != 0 and (reference is None or differs(row, reference))


def _why(row: Row, mode: Mode, lang: Lang) -> tuple[str, str]:
    """Pill and reason of a row that cannot be drawn; a level without a change says so, and whether that is suppressed."""
    if mode == "change" and absence.is_drawn(row):
        why = "change_hidden" if judging.hides_change(row) else "no_change"
        return judging.pill_of_no_change(row, lang), text(f"charts.rows.{why}", lang)
    return absence.pill(row, lang), absence.reason(row, lang)


def _hover(row: Row, name: str, measure: Measure, lang: Lang) -> str:
    return hover.estimate_lines(row, f"<b>{name}</b>", measure, lang) + hover.change_line(row, measure, lang)
