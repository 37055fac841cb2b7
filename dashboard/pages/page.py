"""What a page declares to the frame around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.pages.state import Choice
from dashboard.pages.view import View


@dataclass(frozen=True)
class Page:
    """A page: its name in the address, its choices, the indicators it defines, how it is drawn, its tables.

    `indicators`: those of the foot; the first one's coverage stands in the strip. `tables`: what can be downloaded,
    by the name of the picture.
    """

    name: str
    indicators: tuple[str, ...]
    draw: Callable[[View], None]
    tables: Mapping[str, Callable[[View], pl.DataFrame]]
    choices: tuple[Choice, ...] = ()
