"""The chosen indicator of `region` over months for each part of the region: its counties, or the province's cities."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.small_line import Ends, draw_line, share_axis
from dashboard.charts.sparkline import data_uri
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.i18n.regions import without_city
from dashboard.pages import region_source as profiles
from dashboard.pages.markup import esc, link, pill
from dashboard.pages.panel import Panel, draw
from dashboard.pages.region_profile import where
from dashboard.pages.tables import iv
from dashboard.pages.titles import title_parts
from dashboard.pages.view import SPARKLINE_MONTHS, View

WIDTH, HEIGHT = 246, 74


def draw_parts(view: View, indicator: str) -> None:
    """The panel of small trends in the order of codes, each name a link to its region; a county has no parts."""
    if view.is_county or len(view.part_codes) < 2:
        return
    lang, how, months = view.lang, measure(indicator), view.history(SPARKLINE_MONTHS)
    frame = view.compare_parts(indicator)
    lines = profiles.part_lines(view.snapshot, indicator, view.state.region, view.parts, months, where(view))
    ends = share_axis(list(lines.values()))
    names = (fmt.axis_month(months.first), fmt.axis_month(months.last))
    panels = "".join(_panel(view, row, lines.get(row["group"]), how, ends, names) for row in frame.iter_rows(named=True))
    top = "" if ends is None else fmt.number(ends[1], 0 if float(ends[1]).is_integer() else 1)
    sub = text(
        "region.parts.sub", lang, unit=how.unit_label(lang), top=top,
        tail=text("pages.groups.tail", lang) if view.earlier else "",
    )  # fmt: skip
    key = "title_city" if view.is_province else "title"
    title = title_parts(view, frame, how) if view.earlier else text(f"region.parts.{key}", lang, indicator=how.name(lang))
    panel = Panel("multiples", title, sub, frame, (indicator,))
    with st.container(key="wide-multiples"):
        draw(view, panel, f'<div class="small">{panels}</div>')


def _panel(
    view: View, row: Mapping[str, Any], line: pl.DataFrame | None, how: Measure, ends: Ends | None, months: tuple[str, str]
) -> str:
    """Name, level, change with interval, and the line; or why there is none."""
    lang, code = view.lang, row["group"]
    name = link(without_city(code, view.names, lang), view.href(region=code))
    if not absence.is_drawn(row):
        return f"<section><h4>{name}</h4>{pill(absence.pill(row, lang), absence.reason(row, lang))}</section>"
    judged = judgement.judge(row, how)
    sign = f"{judged.sign} " if judged.clear else ""
    change = f'<span class="{judged.verdict.value}">{sign}{judgement.signed_change(row, how)}</span>'
    told = f"{change}{iv(judgement.interval_of_change(row, how, lang, mark=False))}" if judgement.has_change(row) else ""
    svg = draw_line(line, width=WIDTH, height=HEIGHT, ends=ends, band=True) if line is not None else ""
    label = text("region.spine.alt_spark", lang, name=view.name(code))
    picture = f'<img alt="{esc(label)}" src="{data_uri(svg)}">' if svg else ""
    feet = "".join(f"<span>{m}</span>" for m in months)
    level = esc(fmt.level(row["estimate"], how))
    return (
        f'<section><h4>{name}<b>{level}</b></h4><p class="ch">{told}</p>{picture}<div class="ends">{feet}</div></section>'
    )
