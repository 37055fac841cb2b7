"""Panels of plain counts from ledgers and registers: no estimates, so no weights, no intervals, no ranks, and they say so.

Words of such a panel stand in the catalogue below one key: `title…`, `sub`, `term`, `means`, `head.<column>`.
"""

from collections.abc import Sequence

import polars as pl

from dashboard.answers.quality import Scope
from dashboard.i18n import text
from dashboard.pages.markup import esc, table
from dashboard.pages.panel import Panel
from dashboard.pages.view import View


def scope_of(view: View, *, parts: bool = False) -> Scope:
    """The probability points of the region shown, or with `parts` of that whose parts stand beside each other."""
    return Scope(view.region_of_parts if parts else view.state.region, view.state.point_type)


def panel_of(view: View, words: str, name: str, title: str, sub: str, *, origin: str, rows: str, note: str = "") -> Panel:
    """A panel; `words`: its key in the catalogue, `origin`: where the counts come from, `rows` (HTML): its table."""
    lang = view.lang
    terms = f'<dt>{esc(text(f"{words}.term", lang))}</dt><dd>{esc(text(f"{words}.means", lang))}</dd>'
    said = text("pages.counts.origin", lang, origin=origin)
    return Panel(name, title, sub, pl.DataFrame(), (), table=rows, note=note, terms=terms, origin=said)


def write_rows(head: Sequence[str], rows: Sequence[Sequence[object]], *, numbers_from: int) -> str:
    """A table of plain values, every one escaped."""
    cells = [[esc("–" if cell is None else str(cell)) for cell in row] for row in rows]
    return f'<div class="scroll">{table([esc(h) for h in head], cells, numbers_from=numbers_from)}</div>'


def filters_of(view: View) -> tuple[tuple[str, str], ...]:
    """The page's own filters in force: (column, code)."""
    chosen = ((c.column, view.state.settings.get(c.key)) for c in view.choices if c.column)
    return tuple((column, value) for column, value in chosen if column and value)
