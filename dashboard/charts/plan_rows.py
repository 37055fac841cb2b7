"""`plan_rows`: plans as rows: what of the ceiling is used, the pace of earlier years, last year's actual, the year's end.

Every number is a share of the row's own ceiling, so that rows can be read beside each other though counts differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import layout, palette, ranges, table
from dashboard.charts.drawing import Drawing
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict

_TOP, _BOTTOM = 54, 22
_HALF, _TICK = 0.17, 0.34  # of a row: half the height of a bar, and of the tick of the pace
_GAP, _LEAST_PLOT, _MOST = 14, 120, 2.0
_NO_CEILING = ("words.pill.not_estimable", "words.reason.no_denominator")
_HEAVIER = palette.MARK[Verdict.HEAVIER]


@dataclass(frozen=True)
class PlanRow:
    """A plan (a row of `pace_plans`; None where there is none) with its words: `end` and `chance` are ready to be read."""

    name: str
    code: str
    plan: Mapping[str, Any] | None
    end: str = ""
    chance: str = ""
    hover: str = ""


def plan_rows(
    rows: Sequence[PlanRow], *, header: str, lang: Lang, width: int, row_height: int = 24, strong: Sequence[int] = ()
) -> Drawing:
    """One row or more in the order given; `strong`: rows before which a group begins."""
    fig = table.table_sheet(width, len(rows), row_height, top=_TOP, bottom=_BOTTOM)
    start, end = _write_columns(fig, rows, header, lang)
    known = [(i, r.plan) for i, r in enumerate(rows) if r.plan and r.plan["used"] is not None]
    most = min(_MOST, max([1.06, *(v for _, p in known for v in _reach(p))]))
    ticks = [t for t in (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0) if t <= most]
    table.place_axis(
        fig, "xaxis", start, end, range=[0, most * 1.02], tickvals=ticks, anchor="y",
        ticktext=[f"{t:.0%}" if t == 1 else f"{100 * t:.0f}" for t in ticks],
    )  # fmt: skip
    table.add_grid(fig, ticks, len(rows))
    table.add_rules(fig, [0, *strong], strong=True)
    table.add_rules(fig, [i for i in range(1, len(rows)) if i not in strong])
    _add_bars(fig, known, most)
    _add_marks(fig, known, rows)
    _add_ceiling(fig, len(rows), lang)
    for place, row in enumerate(rows):
        if row.plan is None or row.plan["used"] is None:
            keys = ("plans.absent.pill", "plans.absent.reason") if row.plan is None else _NO_CEILING
            pill, reason = (text(key, lang) for key in keys)
            table.add_pill(fig, pill, reason, start, place, table.inner(width))
    _add_key(fig, lang)
    return fig


def _reach(plan: Mapping[str, Any]) -> list[float]:
    """How far to the right the marks of a plan go."""
    before = plan["previous_actual"] / plan["ceiling"]
    return [v for v in (plan["used"], before, plan["projected"], plan["projected_high"]) if v is not None]


def _write_columns(fig: Drawing, rows: Sequence[PlanRow], header: str, lang: Lang) -> tuple[float, float]:
    """The words of the table; gives back where the plot starts and ends, in px."""
    whole = float(table.inner(fig.width))
    counts = [f"{r.plan['issued']:,} / {r.plan['ceiling']:,}" if r.plan else "" for r in rows]
    heads = {key: text(f"plans.rows.{key}", lang) for key in ("count", "end", "chance")}
    name_end = max(map(layout.text_width, [header, *(r.name for r in rows)]))
    count_end = name_end + _GAP + max(map(layout.text_width, [heads["count"], *counts]))
    end_end = whole
    chances = [r.chance for r in rows]
    chance_width = max(map(layout.text_width, [heads["chance"], *chances]))
    end_width = max(map(layout.text_width, [heads["end"], *(r.end for r in rows if r.chance)]), default=0.0)
    with_chance = whole - chance_width - end_width - 2 * _GAP - count_end - _GAP >= _LEAST_PLOT
    if with_chance:
        end_end = whole - chance_width - _GAP
        table.add_column(fig, table.Column(whole, chances, "right", [_colour(r) for r in rows]))
        table.add_header(fig, heads["chance"], whole, "right", lift=4)
    table.add_column(fig, table.Column(0, [r.name for r in rows], codes=[r.code for r in rows]))
    table.add_header(fig, header, 0, lift=4)
    table.add_column(fig, table.Column(count_end, counts, "right"))
    table.add_header(fig, heads["count"], count_end, "right", lift=4)
    for place, row in enumerate(rows):  # a reason instead of a projection runs on under the next heading
        at = end_end if row.chance else whole
        table.add_column(fig, table.Column(at, [row.end], "right", palette.TEXT if row.chance else palette.SECONDARY), place)
    table.add_header(fig, heads["end"], end_end, "right", lift=4)
    return count_end + _GAP, end_end - end_width - _GAP


def _colour(row: PlanRow) -> str:
    return palette.WORD[Verdict.HEAVIER] if row.plan and is_over(row.plan) else palette.TEXT


def is_over(plan: Mapping[str, Any]) -> bool:
    """Has the plan gone beyond its ceiling, or does the whole interval of its year's end lie beyond it?"""
    return bool(plan["issued"] > plan["ceiling"] or (plan["projected_low"] or 0) > 1)


def _add_bars(fig: Drawing, known: Sequence[tuple[int, Mapping[str, Any]]], most: float) -> None:
    """What is used, as bars; what would be used by now at the pace of earlier years, as ticks."""
    both = {"type": "path", "xref": "x", "yref": "y", "layer": "below"}
    bars = " ".join(
        f"M 0,{y - _HALF} L {(x := min(p['used'], most))},{y - _HALF} L {x},{y + _HALF} L 0,{y + _HALF} Z" for y, p in known
    )
    ticks = " ".join(f"M {p['pace']},{y - _TICK} L {p['pace']},{y + _TICK}" for y, p in known if p["pace"] is not None)
    if bars:
        fig.add_shape(path=bars, fillcolor=palette.SUBJECT_SOFT, line={"width": 0}, name="used", **both)
    if ticks:
        fig.add_shape(path=ticks, line={"color": palette.COMPARED, "width": 2}, name="pace", **both)


def _add_marks(fig: Drawing, known: Sequence[tuple[int, Mapping[str, Any]]], rows: Sequence[PlanRow]) -> None:
    """Last year's actual as diamonds, filled where the ceiling lies above it; the year's end as dots with whiskers."""
    for raised in (False, True):
        places = [(y, p) for y, p in known if p["raised"] is raised]
        colour = _HEAVIER if raised else palette.REFERENCE
        ranges.add_dots(
            fig, [ranges.Interval(p["previous_actual"] / p["ceiling"], None, None) for _, p in places], [y for y, _ in places],
            ranges.Style(colour, "diamond", filled=raised), size=8, name="raised" if raised else "last year",
            labels=[rows[y].hover for y, _ in places],
        )  # fmt: skip
    ends = [(y, p) for y, p in known if p["projected"] is not None]
    styles = [_style(p) for _, p in ends]
    for style in sorted(set(styles)):
        chosen = [e for e, s in zip(ends, styles, strict=True) if s == style]
        ranges.add_dots(
            fig, [ranges.Interval(p["projected"], p["projected_low"], p["projected_high"]) for _, p in chosen],
            [y for y, _ in chosen], style, codes=[rows[y].code for y, _ in chosen], labels=[rows[y].hover for y, _ in chosen],
            name="end",
        )  # fmt: skip


def _style(plan: Mapping[str, Any]) -> ranges.Style:
    """Beyond the ceiling a filled square; on either side of it a hollow dot; below it a filled dot."""
    if is_over(plan):
        return ranges.Style(_HEAVIER, "square", filled=True)
    return ranges.Style(palette.SUBJECT, "circle", filled=plan["projected_high"] <= 1)


def _add_ceiling(fig: Drawing, rows: int, lang: Lang) -> None:
    fig.add_shape(
        type="line", xref="x", yref="y", x0=1, x1=1, y0=-0.5, y1=rows - 0.5, layer="below", name="ceiling",
        line={"color": palette.TEXT, "width": 1.6},
    )  # fmt: skip
    layout.annotate(
        fig, f"<b>{text('plans.rows.ceiling', lang)}</b>", 1, 1, xref="x", yref="paper", xanchor="center", yanchor="bottom",
        yshift=4,
    )  # fmt: skip


def _add_key(fig: Drawing, lang: Lang) -> None:
    signs = (("▬", palette.SUBJECT_SOFT, "used"), ("❘", palette.COMPARED, "pace"), ("●", palette.SUBJECT, "projected"),
             ("◇", palette.REFERENCE, "last_year"), ("◆", _HEAVIER, "raised"))  # fmt: skip
    words = [f"{layout.coloured(sign, colour)} {text(f'plans.key.{key}', lang)}" for sign, colour, key in signs]
    layout.annotate(fig, "　".join(words), 0, 1, xref="paper", yref="paper", yanchor="bottom", yshift=32)
