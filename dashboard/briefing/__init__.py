"""Briefing decks: made from an outline, refreshed in place, checked; native charts tied to their queries.

    read_outline("monthly" | path, snapshot), parse_outline(table, snapshot) -> Outline
    create(snapshot, outline, lang, region=, period=, template=, address=) -> Made(content, slides, without_browser)

Decks go in and out as bytes. Figures come through `dashboard.answers` alone; words stand in `i18n/*/briefing.toml`.
"""

from dashboard.briefing.deck import Made, create
from dashboard.briefing.outline import Outline, Slide, parse_outline, read_outline
from dashboard.briefing.package import DeckError

__all__ = ["DeckError", "Made", "Outline", "Slide", "create", "parse_outline", "read_outline"]
