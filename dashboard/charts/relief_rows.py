"""`relief_rows`: regions with the change of what is counted beside the change of what is felt, and what both intervals say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import hover, layout, palette, ranges, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure

Row = Mapping[str, Any]
_TOP, _BOTTOM, _GAP = 50, 24, 16
_NAME = 0.22  # of the width, at most, for the names


@dataclass(frozen=True)
class Pair:
    """A region: its rows of both indicators, and what they say together (in words, with the verdict that colours them)."""

    name: str
    counted: Row
    felt: Row
    said: str
    verdict: Verdict


def relief_rows(
    pairs: Sequence[Pair], measures: tuple[Measure, Measure], *, header: str, lang: Lang, width: int, row_height: int = 20
) -> Drawing:
    """Rows in the order given; the two plots have axes of their own, each with its 0 as a rule."""
    if not pairs:
        return layout.empty(text("charts.empty.nothing", lang), width)
    fig = table.table_sheet(width, len(pairs), row_height, top=_TOP, bottom=_BOTTOM)
    names = [layout.shorten(p.name, _NAME * width) for p in pairs]
    start = max(map(layout.text_width, [header, *names])) + _GAP
    end = table.inner(width) - max(map(layout.text_width, [text("relief.column", lang), *(p.said for p in pairs)])) - _GAP
    half = (end - start - 2 * _GAP) / 2
    table.add_column(fig, table.Column(0, names, codes=[p.counted["group"] for p in pairs]))
    table.add_header(fig, header, 0)
    table.add_column(fig, table.Column(end + _GAP, [p.said for p in pairs], colours=[palette.WORD[p.verdict] for p in pairs]))
    table.add_header(fig, text("relief.column", lang), end + _GAP)
    table.add_rules(fig, [0], strong=True)
    table.add_rules(fig, range(3, len(pairs), 3))
    for number, (how, rows) in enumerate(zip(measures, ([p.counted for p in pairs], [p.felt for p in pairs]), strict=True)):
        left = start + number * (half + 2 * _GAP)
        _add_plot(fig, rows, [p.name for p in pairs], how, ("x", "x3")[number], (left, left + half), lang)
    return fig


def _add_plot(
    fig: Drawing, rows: Sequence[Row], names: Sequence[str], how: Measure, name: str, at: tuple[float, float], lang: Lang
) -> None:
    known = [(i, r) for i, r in enumerate(rows) if judging.has_change(r)]
    drawn = {i: ranges.read(r, how, ranges.Shown.CHANGE) for i, r in known}
    axis = ranges.axis(list(drawn.values()), ranges.Shown.CHANGE, at[1] - at[0], how)
    table.place_axis(fig, f"xaxis{name[1:]}", *at, **axis | {"showgrid": False, "anchor": "y"})
    table.add_grid(fig, axis["tickvals"], len(rows), name)
    fig.add_shape(
        type="line", xref=name, yref="y", x0=0, x1=0, y0=-0.5, y1=len(rows) - 0.5, layer="below", name="zero",
        line={"color": palette.RULE, "width": 1.4},
    )  # fmt: skip
    heading = f"{how.name(lang)}<br>{text('relief.change', lang, unit=fmt.change_mark(how, lang).strip())}"
    table.add_header(fig, heading, (at[0] + at[1]) / 2, "center")
    styles = {i: _style(judging.judge(r, how).verdict) for i, r in known}
    for style in sorted(set(styles.values())):
        places = [i for i, s in styles.items() if s == style]
        ranges.add_dots(
            fig, [drawn[i] for i in places], places, style, codes=[rows[i]["group"] for i in places], xaxis=name,
            labels=[hover.estimate_lines(rows[i], f"<b>{names[i]}</b>", how, lang) + hover.change_line(rows[i], how, lang)
                    for i in places],
        )  # fmt: skip
    colours = [styles[i].colour for i, _ in known]
    _add_arrows(fig, known, drawn, colours, axis["range"], name)
    for place, row in enumerate(rows):
        if place not in drawn:
            word, reason = _why(row, lang)
            layout.annotate(
                fig, f"\u00a0{word}\u00a0", (at[0] + at[1]) / 2, place, xref="x2", yref="y", xanchor="center", hovertext=reason,
                bordercolor=palette.HATCH, borderwidth=1, bgcolor=palette.PAPER, font={"color": palette.TEXT},
            )  # fmt: skip


def _why(row: Row, lang: Lang) -> tuple[str, str]:
    """Pill and reason of a row without a change."""
    if absence.is_drawn(row):
        return text("words.pill.not_estimable", lang), text("charts.rows.no_change", lang)
    return absence.pill(row, lang), absence.reason(row, lang)


def _add_arrows(
    fig: Drawing, known: Sequence[tuple[int, Row]], drawn: Mapping[int, ranges.Interval], colours: Sequence[str],
    span: Sequence[float], name: str,
) -> None:  # fmt: skip
    """Arrows where a whisker is cut; rows without a change have none."""
    last = max((i for i, _ in known), default=-1)
    whole = [drawn.get(i, ranges.Interval(None, None, None)) for i in range(last + 1)]
    shades = dict(zip((i for i, _ in known), colours, strict=True))
    ranges.add_arrows(fig, whole, [shades.get(i, palette.RULE) for i in range(last + 1)], span, name)


def _style(verdict: Verdict) -> ranges.Style:
    return ranges.Style(palette.MARK[verdict], "square" if verdict is Verdict.HEAVIER else "circle", filled=True)
