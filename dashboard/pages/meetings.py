"""`meetings`: how many, who calls them, on what, how they are held, and where."""

import polars as pl
import streamlit as st

from dashboard.i18n import sentences
from dashboard.pages.compare import draw_rows
from dashboard.pages.findings import draw_findings, find_subject, say_against
from dashboard.pages.page import Page
from dashboard.pages.state import Choice
from dashboard.pages.trends import draw_trend
from dashboard.pages.view import View
from pipelines.contracts import codes

CHOICES = (
    Choice("level", codes.LEVEL, "level"), Choice("topic", codes.TOPIC, "topic"), Choice("form", codes.MEETING_FORM, "form"),
)  # fmt: skip


def find_trend(view: View) -> pl.DataFrame:
    """Meetings by month."""
    return view.trend("meetings")


def find_regions(view: View) -> pl.DataFrame:
    """Meetings by region."""
    return view.compare_parts("meetings")


def draw(view: View) -> None:
    """Draw the page."""
    against = say_against(view)
    st.html(draw_findings(view, (
        sentences.change([find_subject(view, "meetings")], view.lang, against=against),
        sentences.displacement(
            find_subject(view, "principal_required_share"), find_subject(view, "meeting_accompaniment_rate"), view.lang
        ),
    )))
    left, right = st.columns(2)
    with left:
        draw_trend(view, "meetings", width=662, name="trend")
    with right:
        draw_rows(view, "meetings", find_regions(view), "change")


PAGE = Page("meetings", ("meetings", "meeting_hours"), draw, {"trend": find_trend, "regions": find_regions}, CHOICES)
