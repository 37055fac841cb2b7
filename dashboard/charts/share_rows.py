"""`share_rows`: several numbers of one unit as rows: subject with interval, reference, range of regions, change, word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.charts import hover, layout, palette, ranges, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure

Row = dict[str, Any]
_TOP, _BOTTOM = 50, 6
_WORD, _REFERENCE, _LEAST_PLOT = 96, 68, 120


def share_rows(
    frame: pl.DataFrame, *, lang: Lang, subject: str, width: int, labels: Mapping[str, str] | None = None,
    header: str = "", reference: pl.DataFrame | None = None, reference_name: str | None = None,
    regions: pl.DataFrame | None = None, regions_label: str = "", row_height: int = 30, share: bool = False,
) -> Drawing:  # fmt: skip
    """One row an indicator, or a group of a breakdown, in the order of `frame`.

    `frame`: one-row answers below each other (rows told apart by `indicator` and `group`), with `compare` where a change
    is to be shown; `reference`: the same of the province. `regions`: answers `by="city"` of the indicators, whose lowest
    and highest estimate make the grey range. `labels`: indicator id or group code → words.
    """
    rows = frame.to_dicts()
    if not rows:
        return layout.empty(text("charts.empty.nothing", lang), width)
    measures = [measure(r["indicator"], share=share) for r in rows]
    names = [_label(r, m, labels or {}, lang) for r, m in zip(rows, measures, strict=True)]
    others = {_key(r): r for r in reference.to_dicts()} if reference is not None else {}
    name = reference_name or text("words.province", lang)
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    plot = _words(fig, rows, names, measures, others, lang, subject, name, header)
    table.add_rules(fig, [0], strong=True)
    table.add_rules(fig, range(1, len(rows) + 1))
    _plot(fig, rows, names, measures, others, _spans(rows, regions), plot, lang)
    _legend(fig, subject, name if others else "", regions_label if regions is not None else "", lang)
    return fig


@dataclass(frozen=True)
class _Columns:
    """Where the text columns end or start (px), and which of them there is room for."""

    value: float
    plot: tuple[float, float]
    reference: float | None
    change: float | None
    word: float | None


def _place(
    names: Sequence[str], changes: Sequence[str], header: str, subject: str, width: int, lang: Lang, *,
    referenced: bool, changed: bool,
) -> _Columns:  # fmt: skip
    """Leave out the reference's number, then the judgement (colour and sign stay), while the plot is too small."""
    value = max(map(layout.text_width, [header, *names])) + 12 + max(48, layout.text_width(subject))
    whole = float(table.inner(width))
    if not changed:
        end = whole - (_REFERENCE if referenced else 8)
        return _Columns(value, (value + 20, end), whole if referenced else None, None, None)
    wide = max(map(layout.text_width, changes))
    for with_reference, with_word in ((True, True), (False, True), (False, False)):
        word = whole - (_WORD if lang == "zh" else 116) if with_word else None
        change = whole if word is None else word - 14
        end = change - wide - 18
        shown = with_reference and referenced
        plot = (value + 20, end - (_REFERENCE if shown else 0))
        if plot[1] - plot[0] >= _LEAST_PLOT or not with_word:
            return _Columns(value, plot, end if shown else None, change, word)
    raise AssertionError("the last choice always returns")


def _words(
    fig: Drawing, rows: Sequence[Row], names: Sequence[str], measures: Sequence[Measure], others: Mapping[Any, Row],
    lang: Lang, subject: str, name: str, header: str,
) -> tuple[float, float]:  # fmt: skip
    """The text columns; gives back where the plot starts and ends."""
    narrow = fig.width < layout.NARROW
    drawn = [absence.is_drawn(r) for r in rows]
    changes = [_change(r, m, lang, narrow) for r, m in zip(rows, measures, strict=True)]
    key = "charts.rows.change_short" if narrow else "charts.shares.change"
    heading = text(key, lang, unit=fmt.change_mark(measures[0], lang).strip())
    at = _place(
        names, [*changes, heading], header, subject, fig.width, lang, referenced=bool(others),
        changed=any(map(judging.has_change, rows)),
    )  # fmt: skip
    table.add_column(fig, table.Column(0, names))
    table.add_header(fig, header, 0)
    levels = [fmt.level(r["estimate"], m) if d else "" for r, m, d in zip(rows, measures, drawn, strict=True)]
    table.add_column(fig, table.Column(at.value, levels, "right"))
    table.add_header(fig, subject, at.value, "right")
    if at.reference is not None:
        beside = [_level_of(others.get(_key(r)), m) if d else "" for r, m, d in zip(rows, measures, drawn, strict=True)]
        table.add_column(fig, table.Column(at.reference, beside, "right", palette.SECONDARY))
        table.add_header(fig, name, at.reference, "right")
    if at.change is not None:
        _change_words(fig, rows, measures, changes, heading, at, lang)
    return at.plot


def _change_words(
    fig: Drawing, rows: Sequence[Row], measures: Sequence[Measure], changes: Sequence[str], heading: str, at: _Columns,
    lang: Lang,
) -> None:  # fmt: skip
    verdicts = [judging.judge(r, m) for r, m in zip(rows, measures, strict=True)]
    colours = [palette.WORD[v.verdict] for v in verdicts]
    signed = [f"<b>{v.sign} {c}</b>" if v.clear and at.word is None else c for v, c in zip(verdicts, changes, strict=True)]
    end = at.change or 0.0
    table.add_column(fig, table.Column(end, signed, "right", colours if at.word is None else palette.TEXT))
    table.add_header(fig, heading, end, "right")
    if at.word is not None:
        words = [f"{v.sign} {v.word(lang)}" if v.sign else "" for v in verdicts]
        bold = [f"<b>{w}</b>" if v.clear else w for v, w in zip(verdicts, words, strict=True)]
        table.add_column(fig, table.Column(at.word, bold, colours=colours))
        table.add_header(fig, text("charts.shares.judgement", lang), at.word)


def _plot(
    fig: Drawing, rows: Sequence[Row], names: Sequence[str], measures: Sequence[Measure], others: Mapping[Any, Row],
    spans: Sequence[tuple[float, float] | None], plot: tuple[float, float], lang: Lang,
) -> None:  # fmt: skip
    shown = ranges.Shown.LEVEL
    drawn = [
        ranges.read(r, m, shown) if absence.is_drawn(r) else None for r, m in zip(rows, measures, strict=True)
    ]
    marks = [
        ranges.read(o, m, shown) if absence.is_drawn(r) and (o := others.get(_key(r))) and absence.is_drawn(o) else None
        for r, m in zip(rows, measures, strict=True)
    ]
    scaled = [
        (m.drawn(s[0]), m.drawn(s[1])) if s and d else None for s, m, d in zip(spans, measures, drawn, strict=True)
    ]
    everything = [*(d for d in drawn if d), *(m for m in marks if m), *(ranges.Interval(s[1], *s) for s in scaled if s)]
    axis = ranges.axis(everything, shown, plot[1] - plot[0], measures[0])
    table.place_axis(fig, "xaxis", *plot, **axis | {"showgrid": False, "side": "top", "ticklen": 0})
    table.add_grid(fig, axis["tickvals"], len(rows))
    for place, span in enumerate(scaled):
        if span:
            fig.add_shape(
                type="rect", xref="x", yref="y", x0=span[0], x1=span[1], y0=place - 0.16, y1=place + 0.16,
                fillcolor=palette.RANGE, line={"width": 0}, layer="below", name="range",
            )  # fmt: skip
    places = [i for i, d in enumerate(drawn) if d]
    beside = [i for i, m in enumerate(marks) if m]
    ranges.add_dots(
        fig, [ranges.Interval(m.value, None, None) for m in marks if m], beside,
        ranges.Style(palette.REFERENCE, "diamond", filled=False), size=7.5, name="reference",
    )  # fmt: skip
    ranges.add_dots(
        fig, [d for d in drawn if d], places, ranges.Style(palette.SUBJECT, "circle", filled=True), name="subject",
        codes=[rows[i]["group"] or rows[i]["indicator"] for i in places],
        labels=[hover.estimate_lines(rows[i], f"<b>{names[i]}</b>", measures[i], lang)
                + hover.change_line(rows[i], measures[i], lang) for i in places],
    )  # fmt: skip
    for place, row in enumerate(rows):
        if drawn[place] is None:
            table.add_pill(fig, absence.pill(row, lang), absence.reason(row, lang), plot[0], place, table.inner(fig.width))


def _spans(rows: Sequence[Row], regions: pl.DataFrame | None) -> list[tuple[float, float] | None]:
    """Lowest and highest estimate of the regions, for each row's indicator; none where regions are not ranked."""
    if regions is None:
        return [None] * len(rows)
    known = regions.filter(pl.col("estimate").is_not_null() & pl.col("status").is_in(["ok", "withheld"]))
    ends = known.group_by("indicator").agg(low=pl.col("estimate").min(), high=pl.col("estimate").max())
    found = {i: (low, high) for i, low, high in ends.iter_rows()}
    return [found.get(r["indicator"]) if measure(r["indicator"]).ranked else None for r in rows]


def _legend(fig: Drawing, subject: str, name: str, regions: str, lang: Lang) -> None:
    words = [layout.coloured("●", palette.SUBJECT) + " " + text("charts.shares.subject", lang, subject=subject)]
    words += [layout.coloured("◇", palette.REFERENCE) + " " + name] if name else []
    words += [layout.coloured("▬", palette.RANGE_KEY) + " " + regions] if regions else []
    layout.annotate(fig, "　".join(words), 0, 1, xref="paper", yref="paper", yanchor="bottom", yshift=30)


def _label(row: Row, how: Measure, labels: Mapping[str, str], lang: Lang) -> str:
    code = row["group"] if row["group"] in labels else row["indicator"]
    return labels.get(code, row["group"] or how.name(lang))


def _key(row: Row) -> tuple[str, str | None]:
    return row["indicator"], row["group"]


def _change(row: Row, how: Measure, lang: Lang, narrow: bool) -> str:
    if not judging.has_change(row):
        return ""
    shown = judging.signed_change(row, how)
    if narrow:
        return shown
    return shown + text("charts.hover.interval", lang, interval=judging.interval_of_change(row, how, lang, mark=False))


def _level_of(row: Row | None, how: Measure) -> str:
    return fmt.level(row["estimate"], how) if row and absence.is_drawn(row) else ""
