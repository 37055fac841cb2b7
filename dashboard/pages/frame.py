"""The frame of every page: reads the address, opens the snapshot, draws the rows on top, the page and its foot.

It is the edge: what goes wrong inside is logged with its traceback and shown as one sentence.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.pages import sheet
from dashboard.pages.foot import draw_foot
from dashboard.pages.freshness import draw_warnings
from dashboard.pages.guide import draw_guide, write_guide_button
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.panel import collect, draw
from dashboard.pages.sheet import box, write
from dashboard.pages.source import bounds_of, current_snapshot
from dashboard.pages.state import read
from dashboard.pages.strip import draw_navigation, draw_status, draw_strip
from dashboard.pages.view import View
from dashboard.settings import Settings
from dashboard.warehouse import Snapshot
from pipelines.contracts.errors import BurdenError

log = logging.getLogger(__name__)
_FOLDER = Path(__file__).parent
STYLES = ("style.css", "phone.css", "paper.css", "guide.css")
SCRIPTS = ("links.js", "search.js", "paper.js", "guide.js")


def open_view(page: Page, params: Mapping[str, str], *, embed: bool = False) -> tuple[View, tuple[str, ...]]:
    """The view that an address asks for, and the keys that were not understood. Raises WarehouseError."""
    return make_view(page, params, current_snapshot(Settings().warehouse), embed=embed)


def make_view(
    page: Page, params: Mapping[str, str], snapshot: Snapshot, *, embed: bool = False
) -> tuple[View, tuple[str, ...]]:
    """The same of a given snapshot."""
    bounds = replace(bounds_of(snapshot), preset=page.preset)
    state, faults = read(params, bounds, page.choices)
    return View(page.name, page.choices, replace(state, embed=embed), bounds, snapshot), faults


def run(page: Page, pages: tuple[str, ...]) -> None:
    """Draw a page into the running session."""
    params = {key: str(value) for key, value in st.query_params.to_dict().items()}
    lang: Lang = "en" if params.get("lang") == "en" else "zh"
    st.set_page_config(page_title=f"{text(f'pages.nav.{page.name}', lang)} · {text('pages.nav.product', lang)}")
    _dress(lang)
    with sheet.opened(page.name):
        try:
            view, faults = open_view(page, params, embed=bool(st.context.is_embedded))
            draw_parts(page, view, faults, pages)
        except BurdenError as error:
            log.warning("%s: %s", page.name, error)
            _say(error.sentence(lang))
        except Exception:
            log.exception("The page %s failed", page.name)
            _say(text("pages.fault.failed", lang))


def draw_parts(page: Page, view: View, faults: tuple[str, ...], pages: tuple[str, ...]) -> None:
    """Draw the rows on top, the page and its foot."""
    lang = view.lang
    head = "" if view.state.embed else draw_navigation(view, pages)
    row = view.ask(page.indicators[0]).row(0, named=True)
    status = draw_status(view, datetime.now().astimezone(), row["response_rate"], view.provisional(page.indicators[0]))
    status += draw_warnings(view, datetime.now().astimezone())
    note = ""
    if faults:
        keys = text("pages.fault.comma", lang).join(sorted(set(faults)))
        note = f'<p class="note" role="alert">{esc(text("pages.fault.address", lang, keys=keys))}</p>'
    if view.state.only:
        _draw_alone(page, view, note)
        return
    strip = draw_strip(view, status, is_register=page.is_register, pairs=bool(page.pair))
    write(head + strip + draw_guide(view) + note + _title(view, page))
    page.paint(view)
    write(draw_foot(view, page.indicators, page.is_register))


def _draw_alone(page: Page, view: View, note: str) -> None:
    """One panel with what it shows above and the way to its page below, as other sites embed it."""
    drawn = collect(page.paint, view).get(str(view.state.only))
    whole = replace(view, state=replace(view.state, only=None, embed=False))
    if drawn is None:
        note += f'<p class="note" role="alert">{esc(text("pages.fault.panel", view.lang))}</p>'
    write(note + _title(view, page))
    if drawn is not None:
        with box("across"):
            draw(view, drawn.panel, drawn.figure, under=drawn.under, pick=drawn.pick)
    way = f'<a href="{esc(whole.href())}" target="_blank" rel="noopener">{esc(text("pages.tools.whole", view.lang))}</a>'
    write(f'<footer class="foot alone">{way}</footer>')


def _title(view: View, page: Page) -> str:
    lang, now = view.lang, fmt.period(view.period.first, view.period.last, view.lang)
    name = text(f"pages.nav.{view.page}", lang)
    place = "" if view.is_province else f" · {view.name()}"
    parts = [now, "" if page.is_register else view.say_compared(f"pages.subtitle.{view.compared_as}")]
    if view.reference and not page.is_register:
        parts.append(text("pages.subtitle.reference", lang, name=view.reference_words))
    sub = text("pages.subtitle.join", lang).join(p for p in parts if p)
    heading = f'<h1 id="main" tabindex="-1">{esc(name)}{esc(place)}</h1><span>{esc(sub)}</span>'
    head = f'<div class="head">{heading}{write_guide_button(view)}</div>'
    return f'{head}<h2 class="unseen">{esc(text("pages.nav.results", lang))}</h2>'  # headings of panels stand below it


def _dress(lang: Lang) -> None:
    """Style and the small scripts: to follow links without loading the frame anew, to search, to print, to show round."""
    css, script = (_read(kind) for kind in (STYLES, SCRIPTS))
    tongue = "zh-CN" if lang == "zh" else "en"
    st.html(f"<style>{css}</style>")
    st.html(f"<script>document.documentElement.lang = '{tongue}';{script}</script>", unsafe_allow_javascript=True)


@cache
def _read(names: tuple[str, ...]) -> str:
    return "".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)


def _say(sentence: str) -> None:
    write(f'<div class="only" role="alert"><p>{esc(sentence)}</p></div>')
