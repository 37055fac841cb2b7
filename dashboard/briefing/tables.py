"""The data of a chart: columns as they stand in its embedded workbook, and which of them each series draws.

Numbers are those of the answer, unrounded and in its unit; number formats do the reading. Nothing that is not drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

LABELS: Final = "labels"
SHEET: Final = "data"
Cell = float | str | None


@dataclass(frozen=True)
class Column:
    """A column: its key in the code, the header that a person reads, the cells, their number format."""

    key: str
    header: str
    cells: tuple[Cell, ...]
    form: str = "General"


@dataclass(frozen=True)
class Series:
    """A series: the column of its values, for a scatter that of x, for whiskers those of their lengths, of its own labels."""

    values: str
    x: str | None = None
    plus: str | None = None
    minus: str | None = None
    labels: str | None = None


@dataclass(frozen=True)
class Table:
    """Columns of equal length, and the series drawn from them, in order. The first column holds the labels."""

    columns: tuple[Column, ...]
    series: tuple[Series, ...]
    places: Mapping[str, str] = field(default_factory=dict)  # letters of columns that a writer has moved

    @cached_property
    def _by_key(self) -> dict[str, tuple[int, Column]]:
        return {column.key: (place, column) for place, column in enumerate(self.columns)}

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key][1]

    def __len__(self) -> int:
        return len(self.columns[0].cells)

    def letter(self, key: str) -> str:
        """The column's letter in the workbook."""
        return self.places.get(key) or letter_of(self._by_key[key][0])

    def reference(self, key: str, sheet: str = SHEET) -> str:
        """The cells of a column as a formula."""
        column = self.letter(key)
        return f"{sheet}!${column}$2:${column}${len(self) + 1}"

    def header_reference(self, key: str, sheet: str = SHEET) -> str:
        """The header of a column as a formula."""
        return f"{sheet}!${self.letter(key)}$1"


def letter_of(place: int) -> str:
    """0 as `A`, 26 as `AA`."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def collect(rows: Sequence[Mapping[str, Any] | None], name: str) -> tuple[Cell, ...]:
    """A field of rows as cells; a row that is absent is an empty cell."""
    return tuple(None if row is None else row[name] for row in rows)
