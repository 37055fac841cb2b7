"""What the page `quality` counts in a view: its months, its regions and their names, and how a register panel is set."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.answers.quality import LEDGERS, Scope
from dashboard.i18n import text
from dashboard.i18n.regions import name_on_map
from dashboard.pages import source
from dashboard.pages.markup import esc, table
from dashboard.pages.panel import Panel
from dashboard.pages.period import Period, history
from dashboard.pages.state import Choice
from dashboard.pages.view import View
from pipelines.contracts import codes, months

LEDGER = Choice("ledger", codes.RETURN_LEDGER, "ledger")
WINDOW_MONTHS = 12
UNPLACED = ""  # the group of points outside every region of that level, and of rows whose point is not known


def scope_of(view: View, *, parts: bool = False, selection: str = "probability") -> Scope:
    """The scope of the region shown; with `parts` that whose parts stand beside each other."""
    chosen = view.state.settings.get(LEDGER.key)
    region = view.region_of_parts if parts else view.state.region
    return Scope(region, view.state.point_type, (chosen,) if chosen else LEDGERS, selection)


def window_of(view: View) -> Period:
    """The twelve months that end with the period."""
    return history(view.bounds.months, view.period, WINDOW_MONTHS)


def window_months(view: View) -> list[int]:
    """The same as a list."""
    window = window_of(view)
    return months.span(window.first, window.last)


def provisional_of(view: View, indicator: str) -> list[int]:
    """The provisional months of the window."""
    found = source.find_provisional(view.snapshot, indicator, view.state.region)
    return [m for m in window_months(view) if m in found]


def name_parts(view: View, groups: Sequence[str | None]) -> dict[str, str]:
    """Names of the parts among `groups`, in the order of codes; units of the city itself at the end."""
    names = {code: name_on_map(code, view.plain_names, view.lang) for code in view.part_codes if code in groups}
    return names | ({UNPLACED: text("quality.own_units", view.lang)} if None in groups else {})


def name_ledgers(view: View, ledger: str) -> str:
    """The short name of an owed ledger."""
    return codes.RETURN_LEDGER.label(ledger, view.lang)


@dataclass(frozen=True)
class Register:
    """A panel of counts: `key` names its definition in the catalogue (`quality.term.<key>`)."""

    name: str
    key: str
    title: str
    subtitle: str
    origin: str
    table: str
    note: str = ""

    def panel(self, view: View) -> Panel:
        """The panel as the pages draw it."""
        title, means = (text(f"quality.term.{self.key}{tail}", view.lang) for tail in ("", "_means"))
        terms = f"<dt>{esc(title)}</dt><dd>{esc(means)}</dd>"
        return Panel(
            self.name, self.title, self.subtitle, pl.DataFrame(), (), table=self.table, note=self.note, terms=terms,
            origin=self.origin,
        )  # fmt: skip


def say_origin(view: View, key: str, **values: object) -> str:
    """Where counts come from, and that counts have no interval."""
    lang = view.lang
    return text(f"quality.origin.{key}", lang, **values) + text("quality.origin.counts", lang)


def write_rows(view: View, head: Sequence[str], rows: Sequence[Sequence[object]], *, numbers_from: int = 1) -> str:
    """A table of plain values, every one escaped; `head` are keys below `quality.column`."""
    heads = [esc(text(f"quality.column.{key}", view.lang)) for key in head]
    cells = [[esc("–" if cell is None else str(cell)) for cell in row] for row in rows]
    return f'<div class="scroll">{table(heads, cells, numbers_from=numbers_from)}</div>'
