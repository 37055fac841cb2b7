"""`meetings`: how many, who calls them, on what, how they are held, and where."""


from dashboard.i18n import sentences
from dashboard.pages import multiples, observed, organisers, shares, stacks
from dashboard.pages.compare import SHOW, draw_map, draw_rows, draw_switch, regions_of
from dashboard.pages.findings import draw_findings, find_groups, find_subject, find_subjects, say_against
from dashboard.pages.page import Page
from dashboard.pages.sheet import columns, write
from dashboard.pages.state import Choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
CHOICES = (
    Choice("level", codes.LEVEL, "level"), Choice("topic", codes.TOPIC, "topic"), Choice("form", codes.MEETING_FORM, "form"),
    SHOW, *TREND,
)  # fmt: skip
SHARES = (
    "stated_duration_share", "long_meeting_share", "video_share", "principal_required_share", "merged_share",
    "unplanned_meeting_share", "offday_meeting_share", "meeting_accompaniment_rate",
)  # fmt: skip


def draw(view: View) -> None:
    """Draw the page."""
    against = say_against(view)
    write(draw_findings(view, (
        sentences.change(find_subjects(view, "meetings", "meeting_hours"), view.lang, against=against),
        sentences.change(
            find_groups(view, "meetings", {"level": codes.LEVEL, "topic": codes.TOPIC}), view.lang, against=against
        ),
        sentences.displacement(
            find_subject(view, "principal_required_share"), find_subject(view, "meeting_accompaniment_rate"), view.lang
        ),
    ), ("meetings", "meeting_hours", "meeting_accompaniment_rate")))  # fmt: skip
    left, right = columns(2)
    with left:
        draw_trend(view, "meetings", width=WIDTH, name="trend")
    with right:
        multiples.draw_multiples(view, "meetings", "topic", codes.TOPIC, width=WIDTH)
    left, right = columns(2)
    with left:
        stacks.draw_stack(view, "meetings", "level", codes.LEVEL, width=WIDTH, ordered=True)
    with right:
        draw_map(view, "meetings", view.compare_parts("meetings"), "change", width=WIDTH, height=340)
    left, right = columns(2)
    with left:
        shares.draw_shares(view, SHARES, name="shares", width=WIDTH)
    with right:
        draw_switch(view)
        draw_rows(view, "meetings", width=WIDTH)
    left, right = columns(2)
    with left:
        organisers.draw_organisers(view, "meetings")
    with right:
        observed.draw_observed(view, "meetings", width=WIDTH)


PAGE = Page("meetings", ("meetings", "meeting_hours"), draw, {
    "trend": trend_of("meetings"), "regions": regions_of("meetings"), "map": regions_of("meetings"),
    "shares": shares.table_of(SHARES), "level-share": stacks.table_of("meetings", "level", codes.LEVEL),
    "observed": observed.table_of("meetings"),
    "organisers": organisers.organisers_of("meetings"), "topic": multiples.table_of("meetings", "topic"),
}, CHOICES, pair=("meetings", "meeting_hours", *SHARES))  # fmt: skip
