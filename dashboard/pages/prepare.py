"""The views that people open first, computed before anybody asks: what they rest on is remembered for all sessions."""

from collections.abc import Iterator

from dashboard.i18n import LANGUAGES
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import draw_parts, make_view
from dashboard.pages.panel import collect, write_head, write_source
from dashboard.warehouse import Snapshot


def prepare(snapshot: Snapshot) -> Iterator[str]:
    """Compute each page of the province in both languages, one a step; yields its name. Raises WarehouseError."""
    for lang in LANGUAGES:
        for page in PAGES.values():
            view, _ = make_view(page, {"lang": lang}, snapshot)
            for drawn in collect(lambda view, page=page: draw_parts(page, view, (), tuple(PAGES)), view).values():  # type: ignore[misc]
                write_head(view, drawn.panel)
                write_source(view, drawn.panel)
            yield f"{lang}/{page.name}"
