"""`staffing`: who is there by age and kind of post, who came and went and where to, and which posts stand empty."""


from dashboard.i18n import sentences
from dashboard.pages import roster, shares
from dashboard.pages.cards import draw_cards
from dashboard.pages.compare import SHOW, draw_rows, draw_switch, regions_of
from dashboard.pages.findings import draw_findings, find_subject, find_subjects, say_against, say_regions
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import PROVINCE, Choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
CHOICES = (Choice("post", codes.POST_TYPE, "post_type"), Choice("gender", codes.GENDER, "gender"), SHOW, *TREND)
CARDS = (
    "under35_share", "over50_share", "vacancy_rate", "net_flow_rate", "upward_drain_rate", "long_secondment_share",
)  # fmt: skip


def draw(view: View) -> None:
    """Draw the page."""
    lang, against = view.lang, say_against(view)
    young, old, drain = find_subjects(view, "under35_share", "over50_share", "upward_drain_rate")
    beside = None if view.is_province else find_subject(view, "under35_share", region=PROVINCE)
    parts = view.compare_parts("upward_drain_rate")
    write(draw_findings(view, (
        sentences.level(young, lang, reference=beside),
        sentences.change([young, old, drain], lang, against=against),
        say_regions(view, parts, drain.measure),
    ), CARDS) + draw_cards(view, CARDS))  # fmt: skip
    left, right = columns(2)
    with left:
        roster.draw_pyramid(view, width=WIDTH)
    with right:
        roster.draw_ages(view, width=WIDTH)
    left, right = columns(2)
    with left:
        roster.draw_churn(view, width=WIDTH)
    with right:
        draw_switch(view)
        draw_rows(view, "upward_drain_rate", width=WIDTH)
    left, right = columns(2)
    with left:
        roster.draw_posts(view, width=WIDTH)
        draw_trend(view, "long_secondment_share", width=WIDTH, height=210)
    with right:
        shares.draw_levels(view, "vacancy_rate", "point_type", codes.POINT_TYPE, name="vacancy", width=WIDTH)
    roster.draw_table(view)


PAGE = Page("staffing", CARDS, draw, {
    "pyramid": roster.find_pyramid, "ages": roster.find_ages, "churn": roster.find_churn, "posts": roster.find_posts,
    "regions": regions_of("upward_drain_rate"), "vacancy": shares.levels_of("vacancy_rate", "point_type"),
    "long_secondment_share": trend_of("long_secondment_share"), "table": roster.find_table,
}, CHOICES, pair=CARDS)  # fmt: skip
