"""Trends: one indicator over months beside the province, with the decomposition of the change below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.charts.trend import trend
from dashboard.i18n import Lang, absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.pages.control import draw_control, find_control
from dashboard.pages.markup import esc
from dashboard.pages.panel import Panel, draw, is_of_quarters
from dashboard.pages.region_parts import ORDER, draw_parts, find_lines, has_parts
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_tabs
from dashboard.pages.titles import title_change
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList

CHART = Choice(
    "chart", CodeList("chart", (
        Code("trend", "趋势", "trend"), Code("control", "控制图", "control chart"), Code("parts", "分地区", "by region"),
    )), default="trend",
)  # fmt: skip
TREND = (CHART, ORDER)
PARTS = ("same", "came", "went")


def draw_trend(view: View, indicator: str, *, width: int, height: int = 260, name: str = "") -> None:
    """The panel of a trend, or of the control chart where it is chosen; `name` of its table and file, the indicator's by
    default.
    """
    switch = draw_tabs(view, CHART)
    if shows_parts(view):
        draw_small(view, indicator, name=name or indicator)
        return
    if view.setting(CHART) == "control":
        draw_control(view, indicator, width=width, name=name or indicator, switch=switch)
        return
    lang, how = view.lang, measure(indicator)
    row = view.ask(indicator, compare=True).row(0, named=True)
    frame = view.trend(indicator)
    figure = trend(
        frame, lang=lang, subject=view.name(), width=width, height=height, compared=view.compared(indicator),
        reference=view.trend(indicator, region=view.reference) if view.reference else None, reference_name=view.reference_name,
        reforms=view.snapshot.policy.reforms,
    )  # fmt: skip
    bars = text(f"pages.trend.{'bars' if view.earlier else 'bar'}", lang)
    sub = text("pages.trend.sub", lang, unit=how.unit_label(lang), every=say_every(frame, lang), bars=bars)
    panel = Panel(name or indicator, title_change(view, row, how), sub, frame, (indicator,), switch=switch, slide="trend")
    draw(view, panel, figure, under=write_decomposition(view, indicator), pick="month")


def say_every(frame: pl.DataFrame, lang: Lang) -> str:
    """`月度`, or `季度` where the rows are quarters."""
    return text(f"pages.trend.by_{'quarter' if is_of_quarters(frame) else 'month'}", lang)


def shows_parts(view: View) -> bool:
    """Are trends drawn as small pictures of the parts?"""
    return view.setting(CHART) == "parts" and has_parts(view)


def draw_small(view: View, indicator: str, *, name: str) -> None:
    """The small pictures, with the ways back to the trend and to another order."""
    switch = draw_tabs(view, CHART) + draw_tabs(view, ORDER)
    draw_parts(view, indicator, name=name, switch=switch, by_rank=view.setting(ORDER) == "rank")


def trend_of(indicator: str) -> Callable[[View], pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return lambda view: find_trend(view, indicator)


def find_trend(view: View, indicator: str) -> pl.DataFrame:
    """The rows of such a picture: the months, those of each part, or the control chart's, whichever is chosen."""
    if shows_parts(view):
        return pl.concat(find_lines(view, indicator).values())
    return find_control(view, indicator) if view.setting(CHART) == "control" else view.trend(indicator)


def write_decomposition(view: View, *indicators: str) -> str:
    """HTML of how the difference of the two levels comes about, and how many of the points that owed had reported.

    `水平之差 +1.1 = 同点变化 +1.0 + 新增点 +0.2 + 退出点 −0.1` where points that came or went can be seen in the figures, else
    that the same points make nearly all of it. Empty where there is no comparison. Lines of one picture share their last words.
    """
    lang = view.lang
    found = [(i, d) for i in indicators if (d := _decompose(view, i))]
    if not found:
        return ""
    how, matters = measure(found[0][0]), any(d.matters for _, d in found)
    names = [measure(i).name(lang) + text("pages.title.colon", lang) if len(found) > 1 else "" for i, _ in found]
    lines = [esc(name) + d.write(lang) for name, (_, d) in zip(names, found, strict=True)]
    unit = text("words.points", lang) if how.is_share else how.unit_label(lang)
    tail = text(f"pages.decompose.{'tail' if matters else 'same_only'}", lang, unit=unit)
    said = [tail, _say_response(view, found[0][0])]
    return f'<p class="under">{"<br>".join(lines)} {esc(text("findings.join", lang).join(s for s in said if s))}</p>'


@dataclass(frozen=True)
class _Parts:
    """`same`, `came` and `went` in the reader's unit; `matters`: can the last two be seen at the decimals of a level?"""

    values: tuple[float, ...]
    matters: bool

    def write(self, lang: Lang) -> str:
        """HTML of the sum, or of the difference alone where the same points make nearly all of it."""
        decimals = next((d for d in (1, 2) if _adds_up(self.values, d)), 3) if self.matters else 1
        numbers = [fmt.number(v, decimals, signed=True) for v in (sum(self.values), *self.values)]
        terms = [
            f"{esc(text(f'pages.decompose.{key}', lang))} <b>{number}</b>"
            for key, number in zip(("whole", *PARTS), numbers, strict=True)
        ]
        return f"{terms[0]} = {' + '.join(terms[1:])}" if self.matters else terms[0]


def _decompose(view: View, indicator: str) -> _Parts | None:
    how, row = measure(indicator), view.ask(indicator, compare=True).row(0, named=True)
    if not absence.is_drawn(row) or any(row[p] is None for p in PARTS):
        return None
    values = tuple(row[p] * how.scale for p in PARTS)
    return _Parts(values, any(round(v, max(how.decimals, 1)) for v in values[1:]))


def _say_response(view: View, indicator: str) -> str:
    """Points that reported of those that owed, in both periods, and the points that the change rests on."""
    row = view.ask(indicator, compare=True).row(0, named=True)
    rates = [r["response_rate"] for r in view.compared(indicator).iter_rows(named=True)]
    if len(rates) < 2 or None in rates or row["n_matched"] is None:
        return ""
    return text("pages.decompose.response", view.lang, before=f"{rates[0]:.0%}", now=f"{rates[1]:.0%}", n=f"{row['n_matched']:,}")


def _adds_up(values: Sequence[float], decimals: int) -> bool:
    """Do the rounded parts give the rounded whole?"""
    parts = sum(round(v, decimals) for v in values)
    return round(parts - sum(values), decimals) == 0 and round(parts, decimals) == round(sum(values), decimals)
