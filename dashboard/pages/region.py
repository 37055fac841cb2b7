"""`region`: one region on every indicator, against the province, its rank set and its peers; then one indicator in depth."""

import polars as pl

from dashboard.i18n import text
from dashboard.pages.compare import SHOW, draw_rows, draw_switch
from dashboard.pages.findings import draw_findings
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.region_parts import draw_parts, has_parts
from dashboard.pages.region_points import draw_points, find_points
from dashboard.pages.region_profile import find_profile
from dashboard.pages.region_sides import say_counts, say_side, write_choice, write_peers, write_side
from dashboard.pages.region_spine import draw_spine
from dashboard.pages.sheet import box, columns, write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.indicators import INDICATORS, Kind

WIDTH = 662
CHOSEN = tuple(i for i in INDICATORS.values() if i.kind is not Kind.REGISTER)
PAIR = (
    "burden_hours", "meetings", "meeting_hours", "documents", "informal_document_share", "inspections",
    "meeting_accompaniment_rate", "responsibility_letters", "weekend_days", "felt_relief_share",
)  # fmt: skip
INDICATOR = Choice("indicator", CodeList("indicator", tuple(Code(i.id, i.zh, i.en) for i in CHOSEN)), default="burden_hours")


def draw(view: View) -> None:
    """Draw the page."""
    profile, chosen = find_profile(view), view.setting(INDICATOR)
    found = (say_counts(view, profile), say_side(view, profile, "worries"), say_side(view, profile, "strengths"))
    write(draw_findings(view, found, ("burden_hours", "meetings", "documents")))
    sides = (write_side(view, profile, "worries"), write_side(view, profile, "strengths"), write_peers(view))
    write(f'<div class="sides">{"".join(f"<section>{side}</section>" for side in sides)}</div>')
    draw_spine(view, INDICATOR.key)
    write(write_choice(view))
    heading = esc(text("region.trend.heading", view.lang))
    write(f'<div class="section"><h2>{heading}</h2>{draw_choice(view, INDICATOR)}</div>')
    left, right = columns(2)
    with left:
        draw_trend(view, chosen, width=WIDTH, name="trend")
    with right:
        draw_switch(view)
        draw_rows(view, chosen, width=WIDTH)
    if has_parts(view) and not view.is_county:
        with box("across"):
            draw_parts(view, chosen, name="multiples")
    draw_points(view)


def _find_rows(view: View) -> pl.DataFrame:
    return view.rank_parts(view.setting(INDICATOR), view.setting(SHOW))


def _find_trend(view: View) -> pl.DataFrame:
    return trend_of(view.setting(INDICATOR))(view)


def _find_parts(view: View) -> pl.DataFrame:
    return view.compare_parts(view.setting(INDICATOR))


PAGE = Page("region", ("burden_hours",), draw, {
    "spine": find_profile, "trend": _find_trend, "regions": _find_rows, "multiples": _find_parts, "points": find_points,
}, (INDICATOR, SHOW, *TREND), pair=PAIR)  # fmt: skip
