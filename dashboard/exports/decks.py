"""Decks of a view: the region, period and comparison of its address."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.briefing import Outline, create
from dashboard.pages.briefing import COMPARED, PAGE, compose_outline
from dashboard.pages.frame import open_view
from dashboard.pages.view import View


def make_deck(view: View, outline: Outline) -> bytes:
    """The deck of an outline. Raises RequestError, DeckError."""
    fitted = replace(outline, span=str(view.period.length), compare=COMPARED.get(view.state.compare, "year"))  # type: ignore[arg-type]
    period = (view.period.first, view.period.last)
    made = create(
        view.snapshot, fitted, view.lang, region=view.state.region, period=period, address=view.snapshot.policy.brief.address
    )
    return made.content


def write_deck(params: Mapping[str, str]) -> bytes:
    """The deck of an address of the briefing page."""
    view, _ = open_view(PAGE, params)
    return make_deck(view, compose_outline(view))
