"""`standing`: letters of responsibility, vetoes, apps, accounts, chat groups, plaques, check-ins and certificates carried."""


from dashboard.i18n import sentences, text
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import measure
from dashboard.i18n.sentences import Finding, Subject
from dashboard.pages import multiples, observed, shares
from dashboard.pages.compare import SHOW, draw_map, draw_rows
from dashboard.pages.findings import draw_findings, find_subjects, say_against, say_regions
from dashboard.pages.markup import esc
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.trends import TREND, draw_trend, find_trend
from dashboard.pages.view import View
from pipelines.contracts import codes
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.indicators import INDICATORS

WIDE, WIDTH = 1360, 662
NAMED = 4
ITEMS = (
    "responsibility_letters", "veto_items", "apps", "official_accounts", "chat_groups", "plaques", "check_ins",
    "certificates",
)  # fmt: skip
ITEM = Choice(
    "item", CodeList("item", tuple(Code(i, INDICATORS[i].zh, INDICATORS[i].en) for i in ITEMS)), default=ITEMS[0]
)


def draw(view: View) -> None:
    """Draw the page."""
    item = choose(view)
    write(draw_findings(view, (*say_items(view), say_regions(view, view.compare_parts(item), measure(item))), ITEMS))
    left, right = columns(2)
    with left:
        shares.draw_shares(view, ITEMS, name="items", width=WIDTH, row_height=38, words="standing.items")
    with right:
        multiples.draw_items(view, ITEMS, words="standing.trends", width=WIDTH, name="trends")
    menus = draw_choice(view, ITEM) + (draw_choice(view, SHOW) if view.earlier else "")
    write(f'<div class="section"><h2>{esc(text("standing.section.one", view.lang))}</h2>{menus}</div>')
    left, right = columns(2)
    with left:
        draw_trend(view, item, width=WIDTH, height=300, name="trend")
    with right:
        draw_map(view, item, view.compare_parts(item), view.setting(SHOW), width=WIDTH, height=340)
    left, right = columns(2)
    with left:
        shares.draw_levels(view, item, "point_type", codes.POINT_TYPE, name="types", width=WIDTH)
    with right:
        draw_rows(view, item, width=WIDTH)
    with columns(1)[0]:
        multiples.draw_parts(view, item, width=WIDE, name="parts")
        observed.draw_observed(view, item, width=WIDE)


def choose(view: View) -> str:
    """The item looked at by itself."""
    return view.setting(ITEM)


def say_items(view: View) -> list[Finding | None]:
    """The items that grew clearly, then those that fell clearly, the surest first; or that none did."""
    against, subjects = say_against(view), find_subjects(view, *ITEMS)
    found = []
    for verdict in (Verdict.HEAVIER, Verdict.LIGHTER):
        moved = [s for s in subjects if s.judged.verdict is verdict]
        moved.sort(key=lambda s: -min(abs(s.row["change_low"]), abs(s.row["change_high"])))
        named = [Subject(s.row, s.measure, subjects[0].region if n == 0 else "") for n, s in enumerate(moved[:NAMED])]
        found.append(sentences.change(named, view.lang, against=against))
    if not any(found) and any(s.judged.direction is not Direction.UNKNOWN for s in subjects):
        return [sentences.state("standing.finding.none", view.lang, against=against)]
    return found


PAGE = Page("standing", ITEMS, draw, {
    "items": shares.table_of(ITEMS), "trends": shares.table_of(ITEMS), "trend": lambda v: find_trend(v, choose(v)),
    "map": multiples.parts_of(choose), "types": lambda v: shares.find_levels(v, choose(v), "point_type"),
    "regions": lambda v: v.rank_parts(choose(v), v.setting(SHOW)), "parts": multiples.parts_of(choose),
    "observed": lambda v: observed.find_points(v, choose(v)),
}, (ITEM, SHOW, *TREND), pair=ITEMS)  # fmt: skip
