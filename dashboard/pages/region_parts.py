"""An indicator over months for each part of a region, cities or counties, as small pictures that are links to their regions."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts.small_line import Ends, draw_line, share_axis
from dashboard.charts.sparkline import data_uri
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.i18n.regions import without_city
from dashboard.pages import region_source as profiles
from dashboard.pages.markup import esc, link, pill
from dashboard.pages.panel import Panel, draw
from dashboard.pages.state import Choice
from dashboard.pages.tables import iv
from dashboard.pages.titles import title_parts
from dashboard.pages.view import SPARKLINE_MONTHS, View
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.codes import Code, CodeList

WIDTH, HEIGHT = 246, 74
ORDER = Choice(
    "order", CodeList("order", (Code("code", "按代码", "by code"), Code("rank", "按位次", "by rank"))), default="code"
)


def find_lines(view: View, indicator: str) -> dict[str, pl.DataFrame]:
    """The months (or quarters) of each part, by its code: all at once, or one by one where rows of the ledger are filtered."""
    where, months = view.where(indicator), view.history(SPARKLINE_MONTHS)
    if any(column != POINT_TYPE.column for column, _ in where):
        return {code: view.trend(indicator, region=code, length=SPARKLINE_MONTHS) for code in view.part_codes}
    by_quarter = any(view.is_by_quarter(indicator, region=code) for code in view.part_codes)
    every, over = ("quarter", months.whole_quarters()) if by_quarter else ("month", months)
    return profiles.part_lines(view.snapshot, indicator, view.region_of_parts, view.parts, over, where, every)


def has_parts(view: View) -> bool:
    """Are there parts to stand beside each other?"""
    return len(view.part_codes) > 1


def draw_parts(view: View, indicator: str, *, name: str, switch: str = "", by_rank: bool = False) -> None:
    """The panel of small trends on one axis; `by_rank`: in the order of their places, by code where they have none.

    `switch`: HTML before the tools.
    """
    lang, how, months = view.lang, measure(indicator), view.history(SPARKLINE_MONTHS)
    frame = view.rank_parts(indicator) if by_rank else view.compare_parts(indicator)
    lines = find_lines(view, indicator)
    ends = share_axis(list(lines.values()))
    names = (fmt.axis_month(months.first), fmt.axis_month(months.last))
    panels = "".join(_panel(view, row, lines.get(row["group"]), how, ends, names) for row in frame.iter_rows(named=True))
    scale = "" if ends is None else text(
        "region.parts.scale", lang, top=fmt.number(ends[1], 0 if float(ends[1]).is_integer() else 1)
    )  # fmt: skip
    sub = text(
        "region.parts.sub", lang, unit=how.unit_label(lang), scale=scale, order=_say_order(view, frame, by_rank=by_rank),
        tail=text("pages.groups.tail", lang) if view.earlier else "",
    )  # fmt: skip
    key = "title_city" if view.is_province else "title"
    title = title_parts(view, frame, how) if view.earlier else text(f"region.parts.{key}", lang, indicator=how.name(lang))
    panel = Panel(name, title, sub, frame, (indicator,), region=view.region_of_parts, switch=switch)
    draw(view, panel, f'<div class="small">{panels}</div>')


def _say_order(view: View, frame: pl.DataFrame, *, by_rank: bool) -> str:
    if not by_rank:
        return text("region.parts.by_code", view.lang)
    withheld = frame.filter(status="withheld")
    if withheld.height:
        return text("region.parts.withheld", view.lang, reason=absence.reason(withheld.row(0, named=True), view.lang))
    return text(f"region.parts.by_{'change' if view.earlier else 'level'}", view.lang)


def _panel(
    view: View, row: Mapping[str, Any], line: pl.DataFrame | None, how: Measure, ends: Ends | None, months: tuple[str, str]
) -> str:
    """Name, level, change with interval, and the line; or why there is none."""
    lang, code = view.lang, row["group"]
    way = view.href(region=code)
    name = link(without_city(code, view.names, lang), way, current=code == view.state.region)
    if not absence.is_drawn(row):
        return f"<section><h4>{name}</h4>{pill(absence.pill(row, lang), absence.reason(row, lang))}</section>"
    judged = judgement.judge(row, how)
    sign = f"{judged.sign} " if judged.clear else ""
    change = f'<span class="{judged.verdict.value}">{sign}{judgement.signed_change(row, how)}</span>'
    told = f"{change}{iv(judgement.interval_of_change(row, how, lang, mark=False))}" if judgement.has_change(row) else ""
    svg = draw_line(line, width=WIDTH, height=HEIGHT, ends=ends, band=True) if line is not None else ""
    label = text("region.spine.alt_spark", lang, name=view.name(code))
    picture = f'<a data-in href="{esc(way)}" tabindex="-1"><img alt="{esc(label)}" src="{data_uri(svg)}"></a>' if svg else ""
    ends_of_set = None if row["rank"] is None else text("region.parts.rank", lang, low=row["rank_low"], high=row["rank_high"])
    feet = "".join(f"<span>{esc(said)}</span>" for said in (months[0], ends_of_set, months[1]) if said)
    level = esc(fmt.level(row["estimate"], how))
    return (
        f'<section><h4>{name}<b>{level}</b></h4><p class="ch">{told}</p>{picture}<div class="ends">{feet}</div></section>'
    )
