"""Regions beside each other: the map, and the rows that are chart and table in one."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from dashboard.charts.region_map import region_map
from dashboard.charts.region_rows import region_rows
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import esc
from dashboard.pages.panel import Panel, draw
from dashboard.pages.reading import say_ranks
from dashboard.pages.sheet import write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.titles import title_parts, title_ranks
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.policy import Map

WIDTH, MAP_WIDTH = 662, 500
SHOW = Choice(
    "show", CodeList("show", (Code("change", "变化", "change"), Code("level", "水平", "level"))), default="change"
)


def draw_rows(
    view: View, indicator: str, *, name: str = "regions", width: int = WIDTH, row_height: int = 20
) -> None:
    """The regions on one indicator as rows with their rank sets, most relief first; by code where they are not ranked."""
    lang, how = view.lang, measure(indicator)
    mode = view.setting(SHOW) if view.earlier else "level"
    frame = view.rank_parts(indicator, mode)
    whole = view.ask(indicator, region=view.region_of_parts, compare=True)
    reference = text("words.province", lang) if view.is_province else view.name(view.city)
    figure = region_rows(
        frame, names=view.names, lang=lang, width=width, province=whole, province_name=reference,
        mode="change" if mode == "change" else "level", header=text(f"pages.compare.{view.parts}", lang),
        row_height=row_height,
    )  # fmt: skip
    title, sub = title_ranks(view, frame, how, mode), _order(view, frame, how, mode)
    panel = Panel(name, title, sub, frame, (indicator,), region=view.region_of_parts, slide="regions")
    draw(view, panel, figure, pick="region", under=f'<p class="under wide">{esc(say_ranks(view, frame))}</p>')


def regions_of(indicator: str) -> Callable[[View], pl.DataFrame]:
    """The table of the regions on an indicator, for the list of a page."""
    return lambda view: view.rank_parts(indicator, view.setting(SHOW))


def draw_switch(view: View, *, wide: bool = False) -> None:
    """The switch between change and level, where there is a change; `wide` above both columns of a page."""
    if view.earlier:
        write(f'<div class="switch{" wide" if wide else ""}">{draw_choice(view, SHOW)}</div>')


def _order(view: View, frame: pl.DataFrame, how: Measure, mode: str) -> str:
    """The subtitle: in what order the rows stand and how to read a rank set, or why there is no order."""
    lang = view.lang
    withheld = frame.filter(status="withheld")
    if withheld.height:
        why = absence.reason(withheld.row(0, named=True), lang)
        return text(f"pages.rows.{mode}_by_code", lang, unit=how.unit_label(lang), reason=why)
    return text(f"pages.rows.{mode}_order", lang, unit=how.unit_label(lang))


def draw_map(
    view: View, indicator: str, frame: pl.DataFrame, mode: str, *, width: int = MAP_WIDTH, height: int = 430
) -> None:
    """The regions on a map, change or level."""
    lang, how = view.lang, measure(indicator)
    mode = mode if view.earlier else "level"
    figure = region_map(
        frame, names=view.plain_names, lang=lang, width=width, height=height, layer=view.parts, boundary_file=_boundaries(view),
        mode="change" if mode == "change" else "level",
    )  # fmt: skip
    unit = fmt.change_mark(how, lang).strip() if mode == "change" else how.unit_label(lang)
    period = fmt.period(view.period.first, view.period.last, lang)
    against = view.say_compared(f"pages.against.{view.compared_as}")
    sub = text(f"pages.map.{mode}", lang, unit=unit, period=period, against=against)
    title = title_parts(view, frame, how) if mode == "change" else how.name(lang)
    zones = sum(1 for code in view.part_codes if code not in view.with_polygon)
    note = [text("pages.map.zones", lang, n=zones)] if zones else []
    policy = view.snapshot.policy.map
    attribution = text("pages.map.attribution", lang) if policy.attribution == Map().attribution else policy.attribution
    note += [p for p in (attribution, policy.approval_number) if p]
    panel = Panel("map", title, sub, frame, (indicator,), note=" · ".join(note), region=view.region_of_parts,
                  slide="map")
    draw(view, panel, figure, pick="region")


def _boundaries(view: View) -> Path | None:
    policy = view.snapshot.policy.map
    chosen = policy.cities if view.parts == "city" else policy.counties
    return Path(chosen) if chosen else None
