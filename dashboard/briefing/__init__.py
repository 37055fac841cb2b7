"""Briefing decks: made from an outline, refreshed in place, checked; native charts tied to their queries.

    read_outline("monthly" | path, snapshot), parse_outline(table, snapshot) -> Outline
    refresh(snapshot, content, to=) -> Refreshed(content, report); add_report(content, report, lang) -> content
    check(snapshot, content, today, lang=) -> Checked(charts, findings)
    create(snapshot, outline, lang, region=, period=, template=, address=) -> Made(content, slides, without_browser)

Decks go in and out as bytes. Figures come through `dashboard.answers` alone; words stand in `i18n/*/briefing.toml`.
"""

from dashboard.briefing.check import Checked, check
from dashboard.briefing.deck import Made, create
from dashboard.briefing.outline import Outline, Slide, parse_outline, read_outline
from dashboard.briefing.package import DeckError
from dashboard.briefing.refresh import Refreshed, refresh
from dashboard.briefing.report import Report
from dashboard.briefing.report_slide import add_report

__all__ = [
    "Checked",
    "DeckError",
    "Made",
    "Outline",
    "Refreshed",
    "Report",
    "Slide",
    "add_report",
    "check",
    "create",
    "parse_outline",
    "read_outline",
    "refresh",
]
