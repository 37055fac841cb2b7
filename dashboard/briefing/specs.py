"""How a chart is to be drawn, without XML: plots of series with pens and markers, axes, the room of the plot."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from dashboard.briefing.tables import Table


@dataclass(frozen=True)
class Pen:
    """A line: colour, width in points, dash as DrawingML names it. No colour: no line."""

    colour: str | None = None
    width: float = 1.5
    dash: str | None = None


@dataclass(frozen=True)
class Marker:
    """A point: symbol as the schema names it, size in points, colours."""

    symbol: str
    size: int
    fill: str
    line: str


class Shown(StrEnum):
    """What a label shows."""

    VALUE = "value"
    NAME_AND_VALUE = "name_and_value"
    OWN = "own"  # the column of labels of the series


@dataclass(frozen=True)
class Labels:
    """Labels of points. `last`: of the last point alone."""

    place: Literal["t", "b", "l", "r", "ctr", "inBase"]
    colour: str
    shown: Shown = Shown.VALUE
    form: str | None = None
    bold: bool = False
    last: bool = False


@dataclass(frozen=True)
class Style:
    """The look of one series. `fill` and `outline` of bars, `whiskers` of the interval."""

    pen: Pen = Pen()
    marker: Marker | None = None
    fill: str | None = None
    outline: Pen | None = None
    labels: Labels | None = None
    whiskers: Pen | None = None


class Kind(StrEnum):
    """Kinds of plots: `BAR` lies, `COLUMN` stands."""

    LINE = "line"
    BAR = "bar"
    COLUMN = "column"
    SCATTER = "scatter"


@dataclass(frozen=True)
class Plot:
    """Series drawn alike, by the key of their values. `secondary`: on axes of their own."""

    kind: Kind
    styles: Mapping[str, Style]
    high_low: Pen | None = None
    grouping: Literal["clustered", "stacked", "percentStacked", "standard"] = "standard"
    gap: int = 60
    overlap: int | None = None
    secondary: bool = False


@dataclass(frozen=True)
class Axis:
    """An axis; None for an end or a step leaves it to the program."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    form: str = "General"
    labelled: bool = True
    grid: bool = False
    line: Pen | None = None
    turned: bool = False
    every: int | None = None
    dated: bool = False  # labels are days, a month apart
    side: Literal["low", "high", "nextTo"] = "nextTo"
    crosses: Literal["autoZero", "min", "max"] = "autoZero"


@dataclass(frozen=True)
class Room:
    """The inner plot as fractions of the chart."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn: the table, its plots, the axis of labels (x) and of values (y)."""

    table: Table
    plots: tuple[Plot, ...]
    across: Axis
    along: Axis
    room: Room | None = None
    legend: tuple[str, ...] = ()  # keys of the series that the legend names; none: no legend
    second: Axis | None = None
