"""Trends: one indicator over months beside the province, with the decomposition of the change below."""

from collections.abc import Callable

import polars as pl

from dashboard.charts.trend import trend
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.control import draw_control, find_control
from dashboard.pages.markup import esc
from dashboard.pages.panel import Panel, draw
from dashboard.pages.state import PROVINCE, Choice
from dashboard.pages.strip import draw_tabs
from dashboard.pages.titles import title_change
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList

CHART = Choice(
    "chart", CodeList("chart", (Code("trend", "趋势", "trend"), Code("control", "控制图", "control chart"))), default="trend"
)
PARTS = ("same", "came", "went")


def draw_trend(view: View, indicator: str, *, width: int, height: int = 260, name: str = "", decompose: bool = True) -> None:
    """The panel of a trend, or of the control chart where it is chosen; `name` of its table and file, the indicator's by
    default.
    """
    switch = draw_tabs(view, CHART)
    if view.setting(CHART) == "control":
        draw_control(view, indicator, width=width, name=name or indicator, switch=switch)
        return
    lang, how = view.lang, measure(indicator)
    row = view.ask(indicator, compare=True).row(0, named=True)
    frame = view.trend(indicator)
    figure = trend(
        frame, lang=lang, subject=view.name(), width=width, height=height, compared=view.compared(indicator),
        reference=None if view.is_province else view.trend(indicator, region=PROVINCE),
        reforms=view.snapshot.policy.reforms,
    )  # fmt: skip
    bars = text(f"pages.trend.{'bars' if view.earlier else 'bar'}", lang)
    sub = text("pages.trend.sub", lang, unit=how.unit_label(lang), bars=bars)
    panel = Panel(name or indicator, title_change(view, row, how), sub, frame, (indicator,), switch=switch)
    draw(view, panel, figure, under=write_decomposition(view, row, how) if decompose else "")


def trend_of(indicator: str) -> Callable[[View], pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return lambda view: find_trend(view, indicator)


def find_trend(view: View, indicator: str) -> pl.DataFrame:
    """The rows of such a picture: the months, or the control chart's where it is chosen."""
    return find_control(view, indicator) if view.setting(CHART) == "control" else view.trend(indicator)


def write_decomposition(view: View, row: dict[str, object], how: Measure) -> str:
    """`水平之差 +1.1 = 同点变化 +1.0 + 新增点 +0.2 + 退出点 −0.1`; empty where there is no comparison."""
    lang = view.lang
    parts = [row[p] for p in PARTS]
    if not absence.is_drawn(row) or not all(isinstance(p, float) for p in parts):
        return ""
    values = [float(str(p)) * how.scale for p in parts]
    decimals = next((d for d in (1, 2) if _adds_up(values, d)), 3)
    numbers = [fmt.number(v, decimals, signed=True) for v in (sum(values), *values)]
    terms = [
        f"{esc(text(f'pages.decompose.{key}', lang))} <b>{number}</b>"
        for key, number in zip(("whole", *PARTS), numbers, strict=True)
    ]
    unit = text("words.points", lang) if how.is_share else how.unit_label(lang)
    tail = esc(text("pages.decompose.tail", lang, unit=unit))
    return f'<p class="under">{terms[0]} = {" + ".join(terms[1:])} {tail}</p>'


def _adds_up(values: list[float], decimals: int) -> bool:
    """Do the rounded parts give the rounded whole?"""
    parts = sum(round(v, decimals) for v in values)
    return round(parts - sum(values), decimals) == 0 and round(parts, decimals) == round(sum(values), decimals)
