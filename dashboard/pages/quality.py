"""`quality`: what was due and came, how late, what goes back and why, what was revised, and what reporting costs.

Counts of the register are no estimates and have no interval; only `reporting_minutes` and the revisions are estimates.
"""


from dashboard.pages import (
    quality_arrivals,
    quality_costs,
    quality_intake,
    quality_missing,
    quality_open,
    quality_rejections,
    quality_revisions,
)
from dashboard.pages.page import Page
from dashboard.pages.period import Preset
from dashboard.pages.quality_findings import draw_findings
from dashboard.pages.quality_scope import LEDGER
from dashboard.pages.sheet import columns, write
from dashboard.pages.trends import draw_trend, trend_of
from dashboard.pages.view import View

WIDE, WIDTH = 1360, 662


def draw(view: View) -> None:
    """Draw the page."""
    write(quality_intake.draw_trouble(view) + draw_findings(view))
    with columns(1)[0]:
        quality_intake.draw_accounting(view)
    with columns(1)[0]:
        quality_missing.draw_grid(view, width=WIDE)
    left, right = columns(2)
    with left:
        quality_arrivals.draw_curve(view, width=WIDTH)
    with right:
        quality_arrivals.draw_lateness(view, width=WIDTH)
    left, right = columns(2)
    with left:
        quality_rejections.draw_reasons(view)
    with right:
        quality_rejections.draw_files(view)
    left, right = columns(2)
    with left:
        quality_revisions.draw_revisions(view, width=WIDTH)
    with right:
        draw_trend(view, "reporting_minutes", width=WIDTH, height=280)
    left, right = columns(2)
    with left:
        quality_open.draw_open(view)
    with right:
        quality_costs.draw_ledgers(view, width=WIDTH)
        quality_open.draw_observed(view)


PAGE = Page("quality", ("reporting_minutes",), draw, {
    "accounting": quality_intake.find_accounting, "missing": quality_missing.find_missing,
    "arrivals": quality_arrivals.find_curve, "lateness": quality_arrivals.find_lateness,
    "reasons": quality_rejections.find_reasons, "files": quality_rejections.find_files,
    "revisions": quality_revisions.find_revisions, "reporting_minutes": trend_of("reporting_minutes"),
    "open": quality_open.find_open, "minutes": quality_costs.find_minutes, "observed": quality_open.find_observed,
}, (LEDGER,), Preset.ROLLING_YEAR, {"return": quality_rejections.find_return})  # fmt: skip
