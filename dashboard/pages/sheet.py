"""The sheet of a page: what a page writes is gathered and sent row by row, not piece by piece.

Streamlit's client takes for an element about as long as the browser does to draw a small picture, and a page has over
fifty pieces of HTML and pictures. `sheet.js` keeps the nodes of the view before and changes those that differ (docs/adr/0012).
Outside a session (`panel.collect`) nothing is gathered.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse

from dashboard.charts.drawing import Drawing

LIBRARY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"
ADDRESS = f"files/plotly-{plotly.__version__}.js"
_SHEET = st.components.v2.component(
    "burden.sheet", html='<div class="sheet"></div>', js=Path(__file__).with_name("sheet.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)  # fmt: skip
Node = dict[str, Any]
_ROW = "columns"


@dataclass
class _Sheet:
    """What was gathered since the last row was sent: `open` are the lists that stand open, the innermost last."""

    page: str
    open: list[list[Node]] = field(default_factory=lambda: [[]])
    sent: int = 0


_sheet: ContextVar[_Sheet | None] = ContextVar("sheet", default=None)


@contextmanager
def opened(page: str) -> Iterator[None]:
    """Gather what is written inside for a page, and send the last of it at the end."""
    token = _sheet.set(_Sheet(page))
    try:
        yield
    finally:
        flush()
        _sheet.reset(token)


def write(html: str) -> None:
    """HTML, with every value escaped, as a node of its own."""
    _add({"html": html})


def draw_figure(figure: Drawing, *, key: str, alt: str, pick: Mapping[str, str] | None = None) -> None:
    """A figure, as wide as its column; `alt` is its name for a screen reader.

    `pick`: what a click on a mark shows (`dashboard.pages.panel.say_pick`), nothing by default.
    """
    _add({"figure": figure.to_json(), "key": key, "alt": alt, "pick": dict(pick) if pick else None})


@contextmanager
def box(css: str) -> Iterator[None]:
    """A box of its own class around what is written inside."""
    node = {"css": css, "inside": []}
    _add(node)
    with _Inside(node):
        yield


def columns(shares: int | Sequence[int]) -> list[AbstractContextManager[None]]:
    """A row of columns beside each other where the screen is wide enough: their number, or their shares of its width.

    Each takes what is written inside it. The row is sent when something is written below it.
    """
    parts = [1] * shares if isinstance(shares, int) else list(shares)
    nodes = [{"css": "column", "share": share, "inside": []} for share in parts]
    _add({"css": _ROW, "inside": nodes})
    return [_Inside(node) for node in nodes]


def is_open() -> bool:
    """Is a page drawn for a reader, who may use Streamlit's own controls too?"""
    return _sheet.get() is not None


def flush() -> None:
    """Send what was gathered; before an element of Streamlit's own is drawn, so that the order holds."""
    sheet = _sheet.get()
    if sheet is None or not sheet.open[0]:
        return
    nodes, sheet.open[0] = sheet.open[0], []
    sheet.sent += 1
    _SHEET(key=f"{sheet.page}-{sheet.sent}", data={"nodes": nodes, "source": f"./{ADDRESS}"})


def _add(node: Node) -> None:
    sheet = _sheet.get()
    if sheet is None:
        return
    if len(sheet.open) == 1 and sheet.open[0] and sheet.open[0][-1].get("css") == _ROW:
        flush()
    sheet.open[-1].append(node)


class _Inside:
    """Takes what is written into a node, as often as it is entered."""

    def __init__(self, node: Node) -> None:
        self.nodes: list[Node] = node["inside"]

    def __enter__(self) -> None:
        if sheet := _sheet.get():
            sheet.open.append(self.nodes)

    def __exit__(self, *_: object) -> None:
        if sheet := _sheet.get():
            sheet.open.pop()


async def send_library(request: Request) -> FileResponse:
    """The drawing library. Its address names its version, so that a browser asks once."""
    return FileResponse(LIBRARY, media_type="text/javascript", headers={"cache-control": "public, max-age=31536000, immutable"})
