"""`inspections`: how many, who sends them, planned or not, how soon again, what they ask for, who escorts, what they solve."""


from dashboard.i18n import sentences, text
from dashboard.pages import multiples, observed, organisers, shares, stacks, visits
from dashboard.pages.cards import draw_cards
from dashboard.pages.compare import SHOW, draw_map, draw_rows, regions_of
from dashboard.pages.findings import draw_findings, find_groups, find_subjects, say_against
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDE, WIDTH = 1360, 662
CHOICES = (
    Choice("level", codes.LEVEL, "level"), Choice("category", codes.INSPECTION_KIND, "kind"), SHOW, *TREND,
)  # fmt: skip
CARDS = (
    "inspections", "unplanned_inspection_share", "repeat_inspection_share", "materials_per_inspection",
    "inspection_accompaniment", "solved_share",
)  # fmt: skip
SHARES = (
    "unplanned_inspection_share", "unannounced_share", "repeat_inspection_share", "ranked_share",
    "principal_accompanied_share", "solved_share",
)  # fmt: skip

GROUPS = {"level": "inspections.finding.level", "kind": "inspections.finding.kind"}


def draw(view: View) -> None:
    """Draw the page."""
    lang, against = view.lang, say_against(view)
    groups = find_groups(view, "inspections", {"level": codes.LEVEL, "kind": codes.INSPECTION_KIND}, words=GROUPS)
    write(draw_findings(view, (
        sentences.change(find_subjects(view, "inspections", "repeat_inspection_share"), lang, against=against),
        sentences.change(groups, lang, against=against),
        visits.say_repeats(view),
    ), CARDS) + draw_cards(view, CARDS))  # fmt: skip
    left, right = columns(2)
    with left:
        draw_trend(view, "inspections", width=WIDTH, name="trend")
    with right:
        stacks.draw_stack(view, "inspections", "level", codes.LEVEL, width=WIDTH, ordered=True, heading="sender")
    left, right = columns(2)
    with left:
        multiples.draw_multiples(view, "inspections", "kind", codes.INSPECTION_KIND, width=WIDTH, heading="category")
        shares.draw_shares(view, SHARES, name="shares", width=WIDTH, words="inspections.shares")
    with right:
        organisers.draw_organisers(view, "inspections")
    with columns(1)[0]:
        visits.draw_visits(view, width=WIDE)
    for column, indicator in zip(columns(2), ("materials_per_inspection", "inspection_accompaniment"), strict=True):
        with column:
            shares.draw_levels(
                view, indicator, "level", codes.LEVEL, name=f"{indicator}-level", width=WIDTH, heading="sender"
            )
    menus = draw_choice(view, SHOW) if view.earlier else ""
    write(f'<div class="section"><h2>{esc(text(f"pages.overview.{view.parts}", lang))}</h2>{menus}</div>')
    left, right = columns(2)
    with left:
        draw_rows(view, "inspections", width=WIDTH)
    with right:
        draw_map(view, "inspections", view.compare_parts("inspections"), view.setting(SHOW), width=WIDTH, height=420)
    left, right = columns(2)
    with left:
        draw_rows(view, "solved_share", name="solved", width=WIDTH)
    with right:
        observed.draw_observed(view, "inspections", width=WIDTH)


PAGE = Page("inspections", ("inspections", *SHARES, "materials_per_inspection", "inspection_accompaniment"), draw, {
    "trend": trend_of("inspections"), "level-share": stacks.table_of("inspections", "level", codes.LEVEL),
    "kind": multiples.table_of("inspections", "kind"), "shares": shares.table_of(SHARES),
    "organisers": organisers.organisers_of("inspections"), "visits": visits.find_visits,
    "materials_per_inspection-level": shares.levels_of("materials_per_inspection", "level"),
    "inspection_accompaniment-level": shares.levels_of("inspection_accompaniment", "level"),
    "regions": regions_of("inspections"), "map": regions_of("inspections"), "solved": regions_of("solved_share"),
    "observed": observed.table_of("inspections"),
}, CHOICES, pair=("inspections", *SHARES, "materials_per_inspection", "inspection_accompaniment"))  # fmt: skip
