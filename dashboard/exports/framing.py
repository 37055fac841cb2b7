"""A figure with its words: what stands around it on the page goes into the picture that leaves the page."""

import re
from html import unescape

from dashboard.charts import layout, palette
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.panel import Drawn, say_source
from dashboard.pages.view import View

MARGIN = 14
_TITLE, _LINE = 22, 17


def frame_figure(view: View, drawn: Drawn) -> Drawing:
    """A copy of the figure, as wide, with title, subtitle, the sentences below it, and source."""
    figure = drawn.figure
    assert isinstance(figure, Drawing)  # noqa: S101 - the caller asks for pictures of figures only
    width = figure.width - 2 * MARGIN
    title = layout.wrap(drawn.panel.title, width, 15)
    subtitle = [line for said in (say_scope(view), drawn.panel.subtitle) if said for line in layout.wrap(said, width)]
    foot = [line for said in (*find_sentences(drawn.under), *say_source(view, drawn.panel)) for line in layout.wrap(said, width)]
    top = MARGIN + _TITLE * len(title) + _LINE * len(subtitle) + 8
    bottom = _LINE * len(foot) + MARGIN
    framed = figure.enlarged(top, bottom)
    own = figure.margin("t")
    _write(framed, title, own + top - MARGIN, _TITLE, {"size": 15, "color": palette.TEXT, "weight": 700})
    _write(framed, subtitle, own + top - MARGIN - _TITLE * len(title), _LINE, {"color": palette.SECONDARY})
    for i, line in enumerate(foot):
        layout.annotate(
            framed, _plain(line), 0, 0, xref="paper", yref="paper", yanchor="top", xshift=MARGIN - framed.margin("l"),
            yshift=-figure.margin("b") - 4 - _LINE * i,
        )  # fmt: skip
    return framed


def say_scope(view: View) -> str:
    """Where, when, and compared with what: on the page this stands on top."""
    lang = view.lang
    period = fmt.period(view.period.first, view.period.last, lang)
    against = view.say_compared(f"pages.subtitle.{view.compared_as}")
    return text("pages.subtitle.join", lang).join(part for part in (view.name(), period, against) if part)


def find_sentences(html: str) -> list[str]:
    """The sentences under a picture, without their marks."""
    found = re.findall(r'<p class="under[^"]*">(.*?)</p>', html, re.DOTALL)
    return [said for part in found if (said := unescape(re.sub(r"<[^>]+>", "", part)).strip())]


def _write(framed: Drawing, lines: list[str], above: float, step: int, font: dict[str, object]) -> None:
    """Lines over the plot, the first one `above` px above it."""
    for i, line in enumerate(lines):
        layout.annotate(
            framed, _plain(line), 0, 1, xref="paper", yref="paper", yanchor="top", xshift=MARGIN - framed.margin("l"),
            yshift=above - step * i, font=font,
        )  # fmt: skip


def _plain(line: str) -> str:
    """Words that Plotly must not take for its tags."""
    return line.replace("&", "&amp;").replace("<", "&lt;")
