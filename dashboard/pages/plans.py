"""`plans`: annual ceilings, region by region: used, kept to 只减不增 or not, where the year will end. Never summed."""


from dashboard.i18n import text
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.period import Preset
from dashboard.pages.plans_findings import draw_findings
from dashboard.pages.plans_panels import INDICATORS, draw_fans, draw_own, draw_parts, draw_watch, find_watch
from dashboard.pages.plans_scope import ITEM, LEVEL, find_own, find_parts, find_traces
from dashboard.pages.sheet import columns, write
from dashboard.pages.strip import draw_choice
from dashboard.pages.view import View


def draw(view: View) -> None:
    """Draw the page."""
    write(draw_findings(view))
    left, right = columns(2)
    with left:
        draw_own(view)
    with right:
        draw_watch(view)
    menus = draw_choice(view, LEVEL) + draw_choice(view, ITEM)
    write(f'<div class="section"><h2>{esc(text("plans.section", view.lang))}</h2>{menus}</div>')
    left, right = columns(2)
    with left:
        draw_parts(view)
    with right:
        draw_fans(view)


PAGE = Page("plans", INDICATORS, draw, {
    "own": find_own, "watch": find_watch, "parts": find_parts, "fans": find_traces,
}, (LEVEL, ITEM), Preset.YEAR_TO_DATE, is_register=True)  # fmt: skip
