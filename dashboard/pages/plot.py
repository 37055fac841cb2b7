"""Figures in the browser: Plotly redraws a node that stays, which is quicker than a new one for each change of the view."""

from collections.abc import Mapping
from pathlib import Path

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse

from dashboard.charts.drawing import Drawing

LIBRARY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"
ADDRESS = f"files/plotly-{plotly.__version__}.js"
_PLOT = st.components.v2.component(
    "burden.plot", html='<div class="plot" role="img"></div>', js=Path(__file__).with_name("plot.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)  # fmt: skip


def draw_figure(figure: Drawing, *, key: str, alt: str, pick: Mapping[str, str] | None = None) -> None:
    """Draw a figure into the running session, as wide as its column; `alt` is its name for a screen reader.

    `pick`: what a click on a mark shows (`dashboard.pages.panel.say_pick`), nothing by default.
    """
    _PLOT(key=key, data={"figure": figure.to_json(), "alt": alt, "pick": pick, "source": f"./{ADDRESS}"})


async def send_library(request: Request) -> FileResponse:
    """The drawing library. Its address names its version, so that a browser asks once."""
    return FileResponse(LIBRARY, media_type="text/javascript", headers={"cache-control": "public, max-age=31536000, immutable"})
