"""What a page declares to the frame around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from dashboard.pages.pair import NAME, draw_pair, find_pair
from dashboard.pages.period import Preset
from dashboard.pages.state import Choice
from dashboard.pages.view import View


@dataclass(frozen=True)
class Page:
    """A page: its name in the address, its choices, the indicators it defines, how it is drawn, its tables.

    `indicators`: those of the foot; the first one's coverage stands in the strip. `tables`: what can be downloaded,
    by the name of the picture; `lists`: tables of one thing each, by the word before the hyphen of their name
    (`return-<key>`; None where there is no such key). `preset`: the period by default. `is_register`: what it shows has no
    points, so that neither a comparison on the same points nor a point type can be chosen. `pair`: what stands in the table of
    two regions or two periods side by side.
    """

    name: str
    indicators: tuple[str, ...]
    draw: Callable[[View], None]
    tables: Mapping[str, Callable[[View], pl.DataFrame]]
    choices: tuple[Choice, ...] = ()
    preset: Preset = Preset.QUARTER
    lists: Mapping[str, Callable[[View, str], pl.DataFrame | None]] = field(default_factory=dict)
    is_register: bool = False
    pair: tuple[str, ...] = ()

    def paint(self, view: View) -> None:
        """Draw the page, and above it what the address wants side by side."""
        draw_pair(view, self.pair)
        self.draw(view)

    def find_table(self, view: View, name: str) -> pl.DataFrame | None:
        """The table of that name; None where the page has none."""
        if name == NAME:
            return find_pair(view, self.pair) if self.pair and view.state.beside else None
        if name in self.tables:
            return self.tables[name](view)
        kind, _, key = name.partition("-")
        return self.lists[kind](view, key) if kind in self.lists else None
