"""A chart of a page, by the address of the page and the name of its panel, as the bytes of a file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from dashboard.briefing import parse_outline
from dashboard.charts.drawing import Drawing
from dashboard.charts.render import render
from dashboard.exports.decks import make_deck
from dashboard.exports.framing import frame_figure
from dashboard.exports.notes import list_notes
from dashboard.exports.pages import write_page
from dashboard.exports.tables import write_csv, write_json
from dashboard.exports.workbook import write_workbook
from dashboard.i18n import text
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.page import Page
from dashboard.pages.panel import Drawn, collect, find_entry, write_rows
from dashboard.pages.view import View
from pipelines.contracts.errors import RequestError


@dataclass(frozen=True)
class Chart:
    """A panel of a page in a view, by name."""

    view: View
    page: Page
    name: str

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The rows behind it, with the names of regions. Raises RequestError where the page has no such chart."""
        frame = self.page.find_table(self.view, self.name)
        if frame is None:
            raise RequestError(
                f"“{self.page.name}”页没有图“{self.name}”；burden charts 列出全部。",
                f"The page {self.page.name} has no chart {self.name}; burden charts lists them all.",
            )
        if "group" not in frame.columns:
            return frame
        names = frame["group"].replace_strict(self.view.names, default=None, return_dtype=pl.String)
        return frame.with_columns(names.alias("group_name"))

    @cached_property
    def drawn(self) -> Drawn | None:
        """What the page draws; None where only the table leaves the page."""
        return collect(self.page.paint, self.view).get(self.name)

    @property
    def figure(self) -> Drawing:
        """The figure with its words. Raises RequestError where the panel has no picture."""
        if self.drawn is None or isinstance(self.drawn.figure, str):
            raise RequestError(
                f"“{self.view.page}/{self.name}”是表格，没有图片；请导出 CSV 或 XLSX。",
                f"{self.view.page}/{self.name} is a table without a picture: take CSV or XLSX.",
            )
        return frame_figure(self.view, self.drawn)

    @property
    def title(self) -> str:
        """What it finds, or the page's name."""
        return self.drawn.panel.title if self.drawn else text(f"pages.nav.{self.view.page}", self.view.lang)


def find_chart(page: str, name: str, params: Mapping[str, str]) -> Chart:
    """The chart of that page and name for the state of an address.

    Raises WarehouseError, and RequestError where there is no such page or the address is not understood.
    """
    known = PAGES.get(page)
    if known is None:
        raise RequestError(f"没有页面“{page}”；可用：{'、'.join(PAGES)}。",
                           f"There is no page {page}; use one of: {', '.join(PAGES)}.")
    view, faults = open_view(known, params)
    if faults:
        keys = sorted(set(faults))
        raise RequestError(f"“{'、'.join(keys)}”的值无法识别。", f"The value of {', '.join(keys)} is not understood.")
    return Chart(view, known, name)


def list_charts(params: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`page/name` and title of every chart of every page in one state; settings that a page has not are passed over."""
    for page in PAGES.values():
        view, _ = open_view(page, params)
        yield from ((f"{page.name}/{name}", drawn.panel.title) for name, drawn in collect(page.paint, view).items())


def _xlsx(chart: Chart) -> bytes:
    sheets = text("exports.data", chart.view.lang), text("exports.notes", chart.view.lang)
    return write_workbook(chart.frame, sheets, list_notes(chart.view, chart.drawn))


def _html(chart: Chart) -> bytes:
    svg = render(chart.figure, "svg")
    rows = write_rows(chart.view, chart.drawn.panel) if chart.drawn else ""
    return write_page(chart.title, svg, rows, list_notes(chart.view, chart.drawn), chart.view.lang)


def _pptx(chart: Chart) -> bytes:
    entry = find_entry(chart.view, chart.drawn.panel) if chart.drawn else None
    if entry is None:
        raise RequestError(
            f"“{chart.view.page}/{chart.name}”还不能做成幻灯片；请导出 PNG 或 SVG。",
            f"{chart.view.page}/{chart.name} cannot be a slide: take PNG or SVG.",
        )
    return make_deck(chart.view, parse_outline({"slides": [dict(entry.slide)]}, chart.view.snapshot))


def _json(chart: Chart) -> bytes:
    about = {"chart": f"{chart.view.page}/{chart.name}", "title": chart.title, "snapshot": chart.view.snapshot.id}
    return write_json(chart.frame, about)


_WRITERS: dict[str, Callable[[Chart], bytes]] = {
    "csv": lambda chart: write_csv(chart.frame),
    "json": _json,
    "xlsx": _xlsx,
    "png": lambda chart: render(chart.figure, "png"),
    "svg": lambda chart: render(chart.figure, "svg"),
    "html": _html,
    "pptx": _pptx,
}
KINDS: Final = tuple(_WRITERS)


def write_chart(chart: Chart, kind: str) -> bytes:
    """The chart as a file of one of KINDS. Raises RequestError for a table asked as a picture, NoBrowserError."""
    return _WRITERS[kind](chart)


