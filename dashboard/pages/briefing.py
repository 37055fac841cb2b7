"""`briefing`: charts chosen while exploring become a deck; a deck that is there is refreshed in place or checked."""

from typing import Final

from dashboard.briefing import Outline, parse_outline, read_outline
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.briefing_slides import draw_slides
from dashboard.pages.briefing_upload import draw_upload
from dashboard.pages.markup import esc, link
from dashboard.pages.page import Page
from dashboard.pages.sheet import write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.tray import Entry, Tray
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList

OWN: Final = "own"
READY: Final = "monthly"  # what stands there while nothing is chosen
OUTLINE = Choice("outline", CodeList("outline", (
    Code(OWN, "自选", "own choice"), Code(READY, "月度提纲", "monthly"), Code("quarterly", "季度提纲", "quarterly"),
)), default=OWN)  # fmt: skip
COMPARED: Final = {"year": "year", "previous": "before", "none": "none"}


def compose_outline(view: View) -> Outline:
    """The outline that the address asks for: the reader's own charts between cover and method, or a ready one."""
    if not _is_own(view):
        chosen = view.setting(OUTLINE)
        return read_outline(READY if chosen == OWN else chosen, view.snapshot)
    slides = [{"chart": "cover", "indicators": _list_indicators(view.state.tray)}, *(e.slide for e in view.state.tray)]
    return parse_outline({"slides": [*slides, {"chart": "method"}]}, view.snapshot)


def _is_own(view: View) -> bool:
    return view.setting(OUTLINE) == OWN and bool(view.state.tray)


def _list_indicators(tray: Tray) -> list[str]:
    return list(dict.fromkeys(i for entry in tray for i in entry.indicators))[:5]


def _list_entries(view: View, outline: Outline) -> Tray:
    """The slides of an outline as cards; a region that a slide leaves open is the one shown."""
    return tuple(Entry(s.chart, s.indicators, s.region or view.state.region, s.by, s.where) for s in outline.slides)


def draw(view: View) -> None:
    """Draw the page."""
    lang, own = view.lang, _is_own(view)
    outline = compose_outline(view)
    period = fmt.period(view.period.first, view.period.last, lang)
    said = [text("briefing_page.made", lang, n=len(outline.slides), place=view.name(), period=period)]
    said.append(text(f"briefing_page.{'kept' if view.state.tray else 'none'}", lang))
    write(f'<ul class="findings">{"".join(f"<li><span></span><span>{esc(s)}</span></li>" for s in said)}</ul>')
    get = f'<a class="get" href="{esc(view.deck())}" download data-deck>{esc(text("briefing_page.get", lang))}</a>'
    empty = link(text("briefing_page.clear", lang), view.href(tray=())) if own else ""
    write(
        f'<div class="section"><h2>{esc(text("briefing_page.slides", lang))}</h2>{draw_choice(view, OUTLINE)}{empty}{get}</div>'
    )
    draw_slides(view, view.state.tray if own else _list_entries(view, outline), own=own)
    draw_upload(view)


PAGE = Page("briefing", ("meetings", "documents", "inspections"), draw, {}, (OUTLINE,))
