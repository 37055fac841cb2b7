"""`documents`: how many, of what kind and by what carrier, how they are sent, and whether they only moved."""


from dashboard.i18n import sentences, text
from dashboard.i18n.judgement import Direction
from dashboard.i18n.sentences import Finding, Subject
from dashboard.pages import multiples, observed, organisers, shares, stacks
from dashboard.pages.compare import SHOW, draw_rows, draw_switch, regions_of
from dashboard.pages.findings import draw_findings, find_subject, say_against, say_regions
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
CHOICES = (
    Choice("level", codes.LEVEL, "level"), Choice("kind", codes.DOCUMENT_KIND, "kind"),
    Choice("carrier", codes.CARRIER, "carrier"), SHOW, *TREND,
)  # fmt: skip
FORMAL = ("kind", "formal")
INFORMAL = (("kind", "letter"), ("kind", "plain"), ("carrier", "chat_group"), ("carrier", "app"))
SHARES = (
    "duplicate_document_share", "long_document_share", "informal_document_share", "report_demand_share", "short_notice_share",
)  # fmt: skip


def find_displacement(view: View) -> Finding | None:
    """Formal documents fell while an informal channel rose, both in number and both intervals saying so: the surest one."""

    def find(channel: tuple[str, str]) -> Subject:
        return find_subject(view, "documents", where=(channel,), label=text(f"pages.documents.{channel[1]}", view.lang))

    risers = [s for s in map(find, INFORMAL) if s.judged.direction is Direction.ROSE]
    if not risers:
        return None
    return sentences.displacement(find(FORMAL), max(risers, key=lambda s: s.row["change_low"]), view.lang)


def draw(view: View) -> None:
    """Draw the page."""
    against, regions = say_against(view), view.compare_parts("documents")
    whole = find_subject(view, "documents")
    write(draw_findings(view, (
        sentences.change([whole], view.lang, against=against),
        find_displacement(view),
        sentences.change([find_subject(view, "informal_document_share")], view.lang, against=against),
        say_regions(view, regions, whole.measure),
    ), ("documents", "informal_document_share")))  # fmt: skip
    left, right = columns(2)
    with left:
        draw_trend(view, "documents", width=WIDTH, name="trend")
    with right:
        shares.draw_shares(view, SHARES, name="shares", width=WIDTH, row_height=40)
    left, right = columns(2)
    with left:
        multiples.draw_multiples(view, "documents", "carrier", codes.CARRIER, width=WIDTH)
    with right:
        stacks.draw_stack(view, "documents", "kind", codes.DOCUMENT_KIND, width=WIDTH)
    left, right = columns(2)
    with left:
        draw_trend(view, "informal_document_share", width=WIDTH)
    with right:
        draw_switch(view)
        draw_rows(view, "documents", width=WIDTH)
    left, right = columns(2)
    with left:
        organisers.draw_organisers(view, "documents")
    with right:
        observed.draw_observed(view, "documents", width=WIDTH)


PAGE = Page("documents", ("documents", "informal_document_share", "duplicate_document_share"), draw, {
    "trend": trend_of("documents"), "regions": regions_of("documents"), "shares": shares.table_of(SHARES),
    "carrier": multiples.table_of("documents", "carrier"), "observed": observed.table_of("documents"),
    "organisers": organisers.organisers_of("documents"),
    "kind-share": stacks.table_of("documents", "kind", codes.DOCUMENT_KIND),
    "informal_document_share": trend_of("informal_document_share"),
}, CHOICES, pair=("documents", *SHARES))  # fmt: skip
