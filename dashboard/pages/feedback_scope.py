"""What the page `feedback` counts in a view: the messages, the filters, and the themes that have a count beside them."""

from dataclasses import replace

import polars as pl

from dashboard.answers.messages import list_messages
from dashboard.answers.verification import COUNTS, compare_counts
from dashboard.pages import counts
from dashboard.pages.period import Period
from dashboard.pages.state import Choice, Words
from dashboard.pages.view import View
from pipelines.contracts import codes
from pipelines.contracts.codes import CodeList

LONGEST = 40
KIND = Choice("message", codes.FEEDBACK_KIND, "kind")
THEME = Choice("theme", codes.THEME, "theme")
WORDS = Words("q", CodeList("q", ()), longest=LONGEST)
BESIDE = Choice(
    "beside", CodeList("beside", tuple(e for e in codes.THEME.entries if e.code in COUNTS)), default="meetings"
)  # fmt: skip


def find_messages(view: View, period: Period | None = None) -> pl.DataFrame:
    """The messages of the region and period (or another one) that pass the page's filters, the newest first."""
    over = period or view.period
    return list_messages(view.snapshot, view.state.region, over.first, over.last, counts.filters_of(view))


def find_beside(view: View, theme: str | None = None) -> pl.DataFrame:
    """The parts of the region with the messages on a theme (the chosen one by default) and the count beside them."""
    chosen = theme or view.setting(BESIDE)
    return compare_counts(view.snapshot, chosen, view.region_of_parts, view.parts, view.period.first, view.period.last)


def find_queue(view: View) -> pl.DataFrame:
    """What to verify first, over all themes that have a count, by theme and code."""
    found = pl.concat([find_beside(view, theme) for theme in COUNTS])
    return found.filter("verify")


def of_all_points(view: View) -> View:
    """The view without a point type, which messages do not have."""
    return replace(view, state=replace(view.state, point_type=None))
