"""`accompaniment`: people sent to meetings that are not theirs, escorts of inspections, and the principals called for."""


from dashboard.i18n import sentences
from dashboard.pages import observed, shares
from dashboard.pages.cards import draw_cards
from dashboard.pages.compare import SHOW, draw_rows, draw_switch, regions_of
from dashboard.pages.findings import draw_findings, find_subjects, say_against, say_regions
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
CHOICES = (Choice("level", codes.LEVEL, "level"), SHOW, *TREND)
INDICATORS = (
    "meeting_accompaniment_rate", "inspection_accompaniment", "principal_required_share", "principal_accompanied_share",
)  # fmt: skip


def draw(view: View) -> None:
    """Draw the page."""
    against = say_against(view)
    rate, escorts = find_subjects(view, *INDICATORS[:2])
    required, escorted = find_subjects(view, *INDICATORS[2:])
    write(draw_findings(view, (
        sentences.change([rate, escorts], view.lang, against=against),
        sentences.displacement(required, rate, view.lang),
        sentences.change([required, escorted], view.lang, against=against),
        say_regions(view, view.compare_parts(INDICATORS[0]), rate.measure),
    ), INDICATORS) + draw_cards(view, INDICATORS))  # fmt: skip
    for pair in (INDICATORS[:2], INDICATORS[2:]):
        for column, indicator in zip(columns(2), pair, strict=True):
            with column:
                draw_trend(view, indicator, width=WIDTH, height=230)
    for column, indicator in zip(columns(2), (INDICATORS[0], INDICATORS[2]), strict=True):
        with column:
            shares.draw_levels(view, indicator, "level", codes.LEVEL, name=f"{indicator}-level", width=WIDTH)
    draw_switch(view, wide=True)
    for column, indicator in zip(columns(2), INDICATORS[:2], strict=True):
        with column:
            draw_rows(view, indicator, name=f"{indicator}-regions", width=WIDTH)
            if indicator == INDICATORS[0]:
                observed.draw_observed(view, indicator, width=WIDTH)


PAGE = Page("accompaniment", INDICATORS, draw, {
    **{i: trend_of(i) for i in INDICATORS},
    **{f"{i}-level": shares.levels_of(i, "level") for i in (INDICATORS[0], INDICATORS[2])},
    **{f"{i}-regions": regions_of(i) for i in INDICATORS[:2]},
    "observed": observed.table_of(INDICATORS[0]),
}, CHOICES, pair=INDICATORS)  # fmt: skip
