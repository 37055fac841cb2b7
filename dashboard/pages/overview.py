"""`overview`: what changed, six headline cards, and the regions beside each other on one indicator."""

import polars as pl

from dashboard.i18n import sentences, text
from dashboard.i18n.measures import measure
from dashboard.pages import burden, burden_panels, relief
from dashboard.pages.alerts import draw_alerts, find_rows
from dashboard.pages.cards import draw_cards
from dashboard.pages.compare import SHOW, draw_map, draw_rows
from dashboard.pages.findings import (
    draw_findings,
    find_subject,
    find_subjects,
    join,
    say_against,
    say_last_month,
    say_regions,
)
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.indicators import INDICATORS

CARDS = ("meetings", "documents", "inspections", "meeting_accompaniment_rate", "separation_rate", "burden_hours")
PAGE_OF = {
    "meetings": "meetings", "documents": "documents", "inspections": "inspections", "meeting_accompaniment_rate": "accompaniment",
    "separation_rate": "staffing",
}  # fmt: skip
COMPARABLE = (
    *CARDS, "informal_document_share", "principal_required_share", "long_meeting_share", "under35_share",
    "upward_drain_rate", "vacancy_rate", "felt_relief_share", "weekend_days",
)  # fmt: skip
INDICATOR = Choice(
    "indicator", CodeList("indicator", tuple(Code(i, INDICATORS[i].zh, INDICATORS[i].en) for i in COMPARABLE)),
    default=CARDS[0],
)  # fmt: skip


def find_regions(view: View) -> pl.DataFrame:
    """The regions on the chosen indicator, in the order shown."""
    return view.rank_parts(view.setting(INDICATOR), view.setting(SHOW))


def draw(view: View) -> None:
    """Draw the page."""
    lang, against = view.lang, say_against(view)
    counts = find_subjects(view, "meetings", "documents", "burden_hours")
    chosen, mode = view.setting(INDICATOR), view.setting(SHOW)
    found = (
        join((sentences.change(counts, lang, against=against), say_last_month(view, "meetings", "documents")), lang),
        say_regions(view, find_regions(view), measure(chosen)),
        join((
            sentences.relief(counts[:2], find_subject(view, relief.FELT), lang, against=against), relief.say_relief(view),
        ), lang),
    )
    write(draw_findings(view, found, CARDS) + draw_cards(view, CARDS, more=PAGE_OF, sparkline=True))
    menus = draw_choice(view, INDICATOR) + (draw_choice(view, SHOW) if view.earlier else "")
    write(f'<div class="section"><h2>{esc(text(f"pages.overview.{view.parts}", view.lang))}</h2>{menus}</div>')
    left, right = columns([5, 8])
    with left:
        draw_map(view, chosen, find_regions(view), mode)
    with right:
        draw_rows(view, chosen, width=816)
    draw_alerts(view)
    left, right = columns(2)
    with left:
        relief.draw_relief(view)
    with right:
        burden_panels.draw_parts(view)
    burden_panels.draw_constants(view)


PAGE = Page("overview", CARDS, draw, {
    "map": find_regions, "regions": find_regions, "alerts": find_rows, "relief": relief.find_relief, "burden": burden.find_parts,
    "constants": burden.find_weights, "trial": burden.find_trial,
}, (INDICATOR, SHOW, relief.COUNTED, *burden.AMOUNTS))  # fmt: skip
