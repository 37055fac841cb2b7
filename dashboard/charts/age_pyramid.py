"""`age_pyramid`: shares by gender and five-year age band with intervals, the reference as a dashed outline."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts import hover, layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure, measure_of
from pipelines.contracts.codes import AGE_BAND

Row = Mapping[str, Any]
_SIDE, _TOP, _BOTTOM, _ROW = 112, 26, 46, 34
_BAR = 0.72  # of a row; said outright, since the default grows where a trace skips rows
_YOUNG, _OLD = 3, 6  # the first three bands are under 35, from the seventh on 50 and over


def age_pyramid(
    male: pl.DataFrame, female: pl.DataFrame, *, lang: Lang, subject: str, width: int,
    male_reference: pl.DataFrame | None = None, female_reference: pl.DataFrame | None = None,
    summaries: pl.DataFrame | None = None, summaries_reference: pl.DataFrame | None = None, share: bool = True,
    reference_name: str | None = None,
) -> Drawing:  # fmt: skip
    """Two rows of bars from the youngest at the foot to the oldest.

    `male`, `female`: answers `by="age_band"` (`share=False` where they count heads). `summaries`: one-row answers of
    `over50_share` and `under35_share`, set beside the bands they sum up.
    `reference_name`: whose outline it is. Suppressed cells are hatched at a fixed length.
    """
    how = measure_of([male, female], share=share)
    sides = {"male": _cells(male), "female": _cells(female)}
    if how is None or not any(absence.is_drawn(r) for cells in sides.values() for r in cells.values()):
        return layout.empty(text("charts.empty.no_cell", lang), width)
    other = reference_name or text("words.province", lang)
    aside = _SIDE if summaries is not None and width >= layout.NARROW else 4
    fig = layout.sheet(width, _TOP + _BOTTOM + _ROW * len(AGE_BAND.codes), left=4, right=aside, top=_TOP, bottom=_BOTTOM)
    whole = width - 4 - aside
    labels = [entry.label(lang).replace("岁", "") for entry in AGE_BAND.entries]
    half = (whole - max(map(layout.text_width, labels)) - 12) / 2 / whole
    references = {"male": _cells(male_reference), "female": _cells(female_reference)}
    top = _top([*sides.values(), *references.values()], how)
    fig.update_yaxes(range=[-0.5, len(AGE_BAND.codes) - 0.5])
    fig.update_layout(barmode="overlay", xaxis2=layout.hidden_axis(anchor="y"))
    for name, key, domain, turned in (("xaxis", "male", [0, half], True), ("xaxis2", "female", [1 - half, 1], False)):
        _axis(fig, name, domain, top, how, turned=turned)
        ref = "x" if name == "xaxis" else "x2"
        _bars(fig, sides[key], ref, top, how, lang, text(f"charts.pyramid.{key}", lang))
        _outline(fig, references[key], ref, how)
        layout.annotate(
            fig, f"<b>{text(f'charts.pyramid.{key}', lang)}</b>", top, 1, xref=ref, yref="paper", yanchor="bottom",
            xanchor="left" if turned else "right", yshift=6, font={"color": palette.TEXT},
        )  # fmt: skip
    notes: layout.Notes = []
    for place, label in enumerate(labels):
        layout.annotate(notes, label, 0.5, place, xref="paper", yref="y", xanchor="center", font={"color": palette.TEXT})
    if aside > 4 and summaries is not None:
        _summaries(fig, notes, summaries, summaries_reference, other, lang)
    layout.add_notes(fig, notes)
    _legend(fig, subject, [*sides.values()], other if any(references.values()) else "", lang)
    return fig


def _cells(frame: pl.DataFrame | None) -> dict[str, Row]:
    return {r["group"]: r for r in frame.iter_rows(named=True)} if frame is not None else {}


def _top(tables: Sequence[Mapping[str, Row]], how: Measure) -> float:
    ends = [
        (r["ci_high"] if r["ci_high"] is not None else r["estimate"]) * how.scale
        for cells in tables for r in cells.values() if absence.is_drawn(r)
    ]  # fmt: skip
    return max(ends, default=1.0) * 1.04


def _axis(fig: Drawing, name: str, domain: list[float], top: float, how: Measure, *, turned: bool) -> None:
    ticks = [t for t in layout.ticks_from(0.0, top, 4) if t <= top]
    labels = [fmt.number(t, 0 if all(float(v).is_integer() for v in ticks) else 1) for t in ticks]
    if how.is_share:
        labels[-1] += "%"
    fig.update_layout({name: layout.shown_axis(
        domain=domain, range=[top, 0] if turned else [0, top], tickvals=ticks, ticktext=labels, showgrid=True,
        gridcolor=palette.GRID, anchor="y", layer="below traces", visible=True,
    )})  # fmt: skip


def _bars(
    fig: Drawing, cells: Mapping[str, Row], ref: str, top: float, how: Measure, lang: Lang, gender: str
) -> None:
    drawn = [(i, c, cells[c]) for i, c in enumerate(AGE_BAND.codes) if c in cells and absence.is_drawn(cells[c])]
    shades = [palette.SUBJECT if i < _YOUNG or i >= _OLD else palette.SUBJECT_SOFT for i, _, _ in drawn]
    values = [how.drawn(r["estimate"]) for _, _, r in drawn]
    fig.add_bar(
        x=values, y=[i for i, _, _ in drawn], orientation="h", xaxis=ref, name="share", width=_BAR, marker={"color": shades},
        customdata=[c for _, c, _ in drawn], hovertemplate="%{hovertext}<extra></extra>",
        hovertext=[
            hover.estimate_lines(r, f"<b>{gender} · {AGE_BAND.label(c, lang)}</b>", how, lang) for _, c, r in drawn
        ],
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 1.5, "color": palette.WHISKER,
            "array": [_arm(r["ci_high"], r["estimate"], how) for _, _, r in drawn],
            "arrayminus": [_arm(r["estimate"], r["ci_low"], how) for _, _, r in drawn],
        },
    )  # fmt: skip
    zeros = [i for (i, _, _), v in zip(drawn, values, strict=True) if v == 0]
    if zeros:
        fig.add_scatter(
            x=[0.0] * len(zeros), y=zeros, xaxis=ref, mode="markers", name="zero", hoverinfo="skip", cliponaxis=False,
            marker={"symbol": "circle", "size": 7, "color": palette.PAPER, "line": {"color": palette.SUBJECT, "width": 1.5}},
        )  # fmt: skip
    hidden = [(i, cells[c]) for i, c in enumerate(AGE_BAND.codes) if c in cells and cells[c]["status"] == "suppressed"]
    if hidden:
        fig.add_bar(
            x=[0.14 * top] * len(hidden), y=[i for i, _ in hidden], orientation="h", xaxis=ref, name="suppressed",
            width=_BAR,
            marker={
                "color": palette.PAPER, "line": {"color": palette.HATCH, "width": 1},
                "pattern": {"shape": "/", "fgcolor": palette.HATCH, "bgcolor": palette.PAPER, "size": 6, "solidity": 0.2},
            },
            text=["ⓢ"] * len(hidden), textposition="outside", hovertemplate="%{hovertext}<extra></extra>",
            hovertext=[f"{absence.pill(r, lang)}<br>{absence.reason(r, lang)}" for _, r in hidden],
        )  # fmt: skip


def _outline(fig: Drawing, cells: Mapping[str, Row], ref: str, how: Measure) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for place, code in enumerate(AGE_BAND.codes):
        row = cells.get(code)
        value = how.drawn(row["estimate"]) if row is not None and absence.is_drawn(row) else None
        x += [value, value]
        y += [place - 0.5, place + 0.5]
    if any(v is not None for v in x):
        fig.add_scatter(
            x=x, y=y, xaxis=ref, mode="lines", name="reference", hoverinfo="skip",
            line={"color": palette.SECONDARY, "width": 1.4, "dash": "3px,2px"},
        )  # fmt: skip


def _summaries(
    fig: Drawing, notes: layout.Notes, summaries: pl.DataFrame, reference: pl.DataFrame | None, name: str, lang: Lang
) -> None:
    others = {r["indicator"]: r for r in reference.iter_rows(named=True)} if reference is not None else {}
    spans = {"over50_share": (_OLD, len(AGE_BAND.codes)), "under35_share": (0, _YOUNG)}
    for row in summaries.iter_rows(named=True):
        if row["indicator"] not in spans:
            continue
        how = measure(row["indicator"])
        first, end = spans[row["indicator"]]
        fig.add_shape(
            type="path", xref="paper", yref="y", xsizemode="pixel", xanchor=1, layer="above", name="bracket",
            path=f"M 4,{first - 0.4} L 9,{first - 0.4} L 9,{end - 0.6} L 4,{end - 0.6}",
            line={"color": palette.RULE, "width": 1.2},
        )  # fmt: skip
        drawn = absence.is_drawn(row)
        big = fmt.level(row["estimate"], how) if drawn else absence.pill(row, lang)
        other = others.get(row["indicator"])
        known = other is not None and absence.is_drawn(other)
        beside = f"{name} {fmt.level(other['estimate'], how)}" if known and other else ""
        for label, lift, font in (
            (f"<b>{how.name(lang)}</b>", 30, {"color": palette.TEXT}),
            (f"<b>{big}</b>", 8, {"color": palette.SUBJECT, "size": 18 if drawn else 12}),
            (judging.interval_of_level(row, how, lang) if drawn else "", -13, {}), (beside, -29, {}),
        ):  # fmt: skip
            if label:
                place = (first + end - 1) / 2
                layout.annotate(notes, label, 1, place, xref="paper", yref="y", xshift=15, yshift=lift, font=font)


def _legend(
    fig: Drawing, subject: str, sides: Sequence[Mapping[str, Row]], reference: str, lang: Lang
) -> None:
    words = [f"{layout.coloured('■', palette.SUBJECT)} {subject}"]
    outline = text("charts.pyramid.outline", lang, name=reference)
    words += [f"{layout.coloured('┅', palette.SECONDARY)} {outline}"] if reference else []
    words += [f"{layout.coloured('—', palette.WHISKER)} {text('charts.pyramid.interval', lang)}"]
    if any(r["status"] == "suppressed" for cells in sides for r in cells.values()):
        words.append(f"▨ {text('charts.pyramid.hidden', lang)}")
    layout.annotate(
        fig, "　".join(words), 0, 0, xref="paper", yref="paper", yanchor="top", yshift=-26, font={"color": palette.SECONDARY}
    )


def _arm(upper: float | None, lower: float | None, how: Measure) -> float | None:
    return None if upper is None or lower is None else how.drawn(upper - lower)
