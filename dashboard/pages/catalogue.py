"""The pages, in the order of the navigation."""

from dashboard.pages import (
    accompaniment,
    briefing,
    documents,
    feedback,
    indicators,
    inspections,
    meetings,
    overview,
    plans,
    quality,
    region,
    staffing,
    standing,
)
from dashboard.pages.page import Page

PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        overview.PAGE,
        meetings.PAGE,
        documents.PAGE,
        inspections.PAGE,
        accompaniment.PAGE,
        staffing.PAGE,
        standing.PAGE,
        plans.PAGE,
        feedback.PAGE,
        region.PAGE,
        quality.PAGE,
        briefing.PAGE,
        indicators.PAGE,
    )
}
