"""`churn`: people who join (right) and leave (left) by kind of move, per hundred a year, with net flow below."""

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
from pipelines.contracts.codes import DRAINED, JOINED, MOVE, SEPARATED

Row = dict[str, Any]
_GROUPS = (("joined", JOINED), ("drained", DRAINED), ("left", tuple(c for c in SEPARATED if c not in DRAINED)))


@dataclass(frozen=True)
class _Line:
    """A line of the chart: a group's heading (no row), or a kind of move with its sign on the axis."""

    label: str
    row: Row | None
    sign: int
    code: str


def churn(
    frame: pl.DataFrame, *, lang: Lang, subject: str, width: int, reference: pl.DataFrame | None = None,
    net: pl.DataFrame | None = None, net_reference: pl.DataFrame | None = None, row_height: int = 25,
    reference_name: str | None = None,
) -> Drawing:  # fmt: skip
    """Bars by kind of move in three groups (进入 / 被上级抽走 / 其他离开), ticks of the reference, net flow as dots.

    `frame`, `reference`: answers `by="move"` of `recruitment_rate` (joiners) and `separation_rate` (leavers) below each
    other, with `compare` for the words on the right. `net`, `net_reference`: one-row answers of `net_flow_rate`.
    """
    rows = {r["group"]: r for r in frame.iter_rows(named=True)}
    if not any(absence.is_drawn(r) for r in rows.values()):
        return layout.empty(text("charts.empty.no_cell", lang), width)
    lines = _lines(rows, lang)
    others = {r["group"]: r for r in reference.iter_rows(named=True)} if reference is not None else {}
    nets = [(subject, net), (reference_name or text("words.province", lang), net_reference)]
    known = [(name, f.row(0, named=True)) for name, f in nets if f is not None and f.height]
    fig = table.table_sheet(width, len(lines) + len(known), row_height, top=26, bottom=24)
    how = {line.code: measure(line.row["indicator"]) for line in lines if line.row}
    notes: layout.Notes = []
    _frame(fig, notes, lines, known, others, how, lang)
    _bars(fig, notes, lines, others, how, lang)
    _ticks(fig, lines, others, how)
    _nets(fig, notes, known, len(lines), lang)
    _words(fig, notes, lines, how, lang)
    layout.add_notes(fig, notes)
    return fig


def _lines(rows: Mapping[str, Row], lang: Lang) -> list[_Line]:
    lines = []
    for group, codes in _GROUPS:
        lines.append(_Line(text(f"charts.churn.{group}", lang), None, 0, ""))
        lines += [
            _Line(MOVE.label(c, lang), rows[c], 1 if group == "joined" else -1, c) for c in codes if c in rows
        ]  # fmt: skip
    return lines


def _frame(
    fig: Drawing, notes: layout.Notes, lines: Sequence[_Line], nets: Sequence[tuple[str, Row]], others: Mapping[str, Row],
    how: Mapping[str, Measure], lang: Lang,
) -> None:  # fmt: skip
    """Axis, headings and labels."""
    names = [line.label for line in lines if line.row] + [text("charts.churn.net", lang, region=n) for n, _ in nets[:1]]
    start = max(map(layout.text_width, names)) + 30
    end = table.inner(fig.width) - (76 if fig.width < layout.NARROW else 150)
    reach = [0.0]
    for line in lines:
        for row in (line.row, others.get(line.code)):
            if row and absence.is_drawn(row):
                reach.append((row["ci_high"] or row["estimate"]) * how[line.code].scale)
    reach += [abs(v) * 100 for _, r in nets for v in (r["ci_low"], r["ci_high"], r["estimate"]) if v is not None]
    top = layout.ticks_from(0.0, max(reach), 3)
    ticks = sorted({s * t for t in top for s in (-1, 1)})
    decimals = 0 if all(float(t).is_integer() for t in ticks) else 1
    table.place_axis(
        fig, "xaxis", start, end, range=[-top[-1] * 1.3, top[-1] * 1.3], tickvals=ticks, showgrid=True,
        gridcolor=palette.GRID, ticktext=[fmt.number(abs(t), decimals) for t in ticks], layer="below traces",
    )  # fmt: skip
    fig.add_shape(
        type="line", xref="x", yref="paper", x0=0, x1=0, y0=0, y1=1, line={"color": palette.RULE, "width": 1.4},
        name="zero", layer="below",
    )  # fmt: skip
    for place, line in enumerate(lines):
        at, label = (start - 12, line.label) if line.row else (0.0, f"<b>{line.label}</b>")
        colour = palette.TEXT if line.row else palette.SECONDARY
        layout.annotate(
            notes, label, at, place, xref="x2", yref="y", xanchor="right" if line.row else "left", font={"color": colour}
        )
    for key, at, anchor in (("leave", start, "left"), ("join", end, "right")):
        table.add_header(fig, f"<b>{text(f'charts.churn.{key}', lang)}</b>", at, anchor)


def _bars(
    fig: Drawing, notes: layout.Notes, lines: Sequence[_Line], others: Mapping[str, Row], how: Mapping[str, Measure],
    lang: Lang,
) -> None:  # fmt: skip
    drawn = [(i, k) for i, k in enumerate(lines) if k.row and absence.is_drawn(k.row)]
    values = [k.sign * how[k.code].drawn(k.row["estimate"]) for _, k in drawn if k.row]
    arms = [_arms(k, how[k.code]) for _, k in drawn]
    fig.add_bar(
        x=values, y=[i for i, _ in drawn], orientation="h", width=0.56, name="moves", customdata=[k.code for _, k in drawn],
        marker={"color": [palette.SUBJECT if k.code in DRAINED else palette.CATEGORIES[0] for _, k in drawn]},
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 1.5, "color": palette.REFERENCE,
            "array": [a for a, _ in arms], "arrayminus": [b for _, b in arms],
        },
        hovertext=[
            hover.estimate_lines(k.row, f"<b>{k.label}</b>", how[k.code], lang)
            + hover.change_line(k.row, how[k.code], lang) for _, k in drawn if k.row
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    zeros = [i for (i, _), v in zip(drawn, values, strict=True) if v == 0]
    if zeros:
        fig.add_scatter(
            x=[0.0] * len(zeros), y=zeros, mode="markers", name="zero", hoverinfo="skip",
            marker={"symbol": "circle", "size": 7, "color": palette.PAPER, "line": {"color": palette.SUBJECT, "width": 1.5}},
        )  # fmt: skip
    for (i, line), value in zip(drawn, values, strict=True):
        beside = others.get(line.code)
        ends = [(line.row or {}).get("ci_high"), beside["estimate"] if beside else None]
        far = line.sign * max((e for e in ends if e is not None), default=0.0) * how[line.code].scale
        label = fmt.level((line.row or {})["estimate"], how[line.code])
        layout.annotate(
            notes, label, far or value, i, xref="x", yref="y", xanchor="left" if line.sign > 0 else "right",
            xshift=6 * line.sign, font={"color": palette.TEXT},
        )  # fmt: skip
    hidden = [(i, k) for i, k in enumerate(lines) if k.row and not absence.is_drawn(k.row)]
    for i, line in hidden:
        row = line.row or {}
        layout.annotate(
            notes, absence.pill(row, lang), 0, i, xref="x", yref="y", xanchor="left" if line.sign > 0 else "right",
            xshift=6 * line.sign, hovertext=absence.reason(row, lang),
        )  # fmt: skip


def _ticks(fig: Drawing, lines: Sequence[_Line], others: Mapping[str, Row], how: Mapping[str, Measure]) -> None:
    for place, line in enumerate(lines):
        row = others.get(line.code)
        if row and line.row and absence.is_drawn(row) and absence.is_drawn(line.row):
            x = line.sign * how[line.code].drawn(row["estimate"])
            fig.add_shape(
                type="line", xref="x", yref="y", x0=x, x1=x, y0=place - 0.4, y1=place + 0.4, name="reference",
                line={"color": palette.SECONDARY, "width": 1.6},
            )  # fmt: skip


def _nets(
    fig: Drawing, notes: layout.Notes, nets: Sequence[tuple[str, Row]], first: int, lang: Lang
) -> None:
    how = measure("net_flow_rate")
    if nets:
        table.add_rules(fig, [first], strong=True)
    for place, (name, row) in enumerate(nets, start=first):
        mine = place == first
        start = fig.axis("xaxis")["domain"][0] * table.inner(fig.width) - 12
        label = f"<b>{text('charts.churn.net', lang, region=name)}</b>" if mine else name
        colour = palette.SUBJECT if mine else palette.SECONDARY
        layout.annotate(notes, label, start, place, xref="x2", yref="y", xanchor="right", font={"color": colour})
        if not absence.is_drawn(row):
            continue
        interval = ranges.read(row, how, ranges.Shown.LEVEL)
        style = ranges.Style(palette.SUBJECT if mine else palette.REFERENCE, "circle" if mine else "diamond", filled=mine)
        ranges.add_dots(fig, [interval], [place], style, name="net" if mine else "net reference")
        shown = fmt.number(interval.value or 0.0, 1)
        layout.annotate(
            notes, f"<b>{shown}</b>" if mine else shown, interval.low or interval.value, place, xref="x", yref="y",
            xanchor="right", xshift=-6, font={"color": colour},
        )  # fmt: skip


def _words(
    fig: Drawing, notes: layout.Notes, lines: Sequence[_Line], how: Mapping[str, Measure], lang: Lang
) -> None:
    whole = table.inner(fig.width)
    if not any(k.row and judging.has_change(k.row) for k in lines):
        return
    table.add_header(fig, text("charts.churn.change", lang), whole, "right")
    for place, line in enumerate(lines):
        if line.row is None or not judging.has_change(line.row):
            continue
        unit = how[line.code] if line.sign < 0 else measure("recruitment_rate")
        judged = judging.judge(line.row, unit)
        change = judging.signed_change(line.row, unit)
        narrow = fig.width < layout.NARROW
        word = judged.word(lang) if judged.verdict is not judging.Verdict.NEUTRAL and not narrow else ""
        shown = f"<b>{change} {judged.sign} {word}</b>" if judged.clear else f"{change} {word}"
        layout.annotate(
            notes, shown, whole, place, xref="x2", yref="y", xanchor="right", font={"color": palette.WORD[judged.verdict]}
        )


def _arms(line: _Line, how: Measure) -> tuple[float | None, float | None]:
    row = line.row
    if row is None or row["ci_low"] is None or row["ci_high"] is None:
        return None, None
    interval = ranges.read(row, how, ranges.Shown.LEVEL)
    outer = (interval.high or 0.0) - (interval.value or 0.0)
    inner = (interval.value or 0.0) - (interval.low or 0.0)
    return (outer, inner) if line.sign > 0 else (inner, outer)
