"""Regions beside each other: the map, and the rows that are chart and table in one."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from dashboard.charts.region_map import region_map
from dashboard.charts.region_rows import region_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.panel import Panel, draw
from dashboard.pages.titles import title_groups, title_parts
from dashboard.pages.view import View

WIDTH, MAP_WIDTH = 662, 500


def draw_rows(
    view: View, indicator: str, frame: pl.DataFrame, mode: str, *, name: str = "regions", width: int = WIDTH,
    row_height: int = 20,
) -> None:  # fmt: skip
    """The regions on one indicator as rows, most relief first where they may be ranked, else by code."""
    lang, how = view.lang, measure(indicator)
    mode = mode if view.earlier else "level"
    whole = view.ask(indicator, region=view.region_of_parts, compare=True)
    reference = text("words.province", lang) if view.is_province else view.name(view.city)
    figure = region_rows(
        frame, names=view.names, lang=lang, width=width, province=whole, province_name=reference,
        mode="change" if mode == "change" else "level", header=text(f"pages.compare.{view.parts}", lang),
        row_height=row_height,
    )  # fmt: skip
    order = "order" if how.ranked else "by_code"
    sub = text(f"pages.rows.{mode}_{order}", lang, unit=how.unit_label(lang))
    panel = Panel(name, _title(view, frame, how, mode), sub, frame, (indicator,), region=view.region_of_parts)
    draw(view, panel, figure, pick=True)


def regions_of(indicator: str) -> Callable[[View], pl.DataFrame]:
    """The table of the regions on an indicator, for the list of a page."""
    return lambda view: view.compare_parts(indicator)


def _title(view: View, frame: pl.DataFrame, how: Measure, mode: str) -> str:
    """Who changed clearly, by name, in the order of codes."""
    name = how.name(view.lang)
    if mode == "level":
        return text("pages.rows.title", view.lang, indicator=name)
    return title_groups(view, name, [(view.short(r["group"]), r, how) for r in frame.iter_rows(named=True)])


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
    sub = text(f"pages.map.{mode}", lang, unit=unit, period=period, against=text(f"pages.against.{view.state.compare}", lang))
    title = title_parts(view, frame, how) if mode == "change" else how.name(lang)
    zones = sum(1 for code in view.part_codes if code not in view.with_polygon)
    note = [text("pages.map.zones", lang, n=zones)] if zones else []
    policy = view.snapshot.policy.map
    note += [p for p in (policy.attribution, policy.approval_number) if p]
    panel = Panel("map", title, sub, frame, (indicator,), note=" · ".join(note), region=view.region_of_parts)
    draw(view, panel, figure, pick=True)


def _boundaries(view: View) -> Path | None:
    policy = view.snapshot.policy.map
    chosen = policy.cities if view.parts == "city" else policy.counties
    return Path(chosen) if chosen else None
