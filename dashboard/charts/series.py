"""A monthly series ready to be drawn: points in order, runs without a gap, final and provisional segments.

Reads frames of `ESTIMATE_COLUMNS` asked `by month`, or `by quarter`: a step over its months. What the frame does not give as a
number is a gap, never filled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from dashboard.i18n import absence
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure
from pipelines.contracts import months

Row = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """One month: value and interval in the reader's unit (None where there is none) and the frame's row (None: absent)."""

    month: int
    value: float | None
    low: float | None
    high: float | None
    provisional: bool
    row: Row | None

    @property
    def label(self) -> str:
        """The month on the axis."""
        return fmt.axis_month(self.month)

    @property
    def span(self) -> tuple[int, int]:
        """First and last month of what is shown here: the month, or the quarter of its row."""
        return _span_of(self.row) if self.row else (self.month, self.month)

    @property
    def is_middle(self) -> bool:
        """Is it where the mark of its row stands: the month, or the middle one of a quarter?"""
        first, last = self.span
        return self.month == months.shift(first, len(months.span(first, last)) // 2)

    @property
    def absence(self) -> str:
        """The kind of absence; a month without a row is missing."""
        return absence.kind(self.row) if self.row else "missing"


@dataclass(frozen=True)
class Series:
    """Consecutive months from the first to the last of a frame (or of `span`)."""

    points: tuple[Point, ...]

    @property
    def drawn(self) -> list[Point]:
        """Points with a value."""
        return [p for p in self.points if p.value is not None]

    @property
    def last(self) -> Point | None:
        """The last point with a value."""
        return self.drawn[-1] if self.drawn else None

    def runs(self) -> list[list[Point]]:
        """Stretches of consecutive months with a value."""
        return _group(self.points, lambda p: p.value is not None)

    def absent_runs(self) -> list[list[Point]]:
        """Stretches of consecutive months without a value."""
        return _group(self.points, lambda p: p.value is None)

    def segments(self, *, provisional: bool) -> list[tuple[Point, Point]]:
        """Pairs of neighbouring months, of which one end is provisional, or neither."""
        pairs = [pair for run in self.runs() for pair in pairwise(run)]
        return [(a, b) for a, b in pairs if (a.provisional or b.provisional) is provisional]

    def strokes(self, *, provisional: bool) -> list[list[Point]]:
        """The segments of that kind, those that follow each other as one stroke, so that dashes run on."""
        strokes: list[list[Point]] = []
        for a, b in self.segments(provisional=provisional):
            if strokes and strokes[-1][-1].month == a.month:
                strokes[-1].append(b)
            else:
                strokes.append([a, b])
        return strokes

    def highs(self) -> list[float]:
        """Everything that must fit on the axis: values and upper ends."""
        return [v for p in self.drawn for v in (p.value, p.high) if v is not None]

    def lows(self) -> list[float]:
        """Everything that must fit on the axis at its foot."""
        return [v for p in self.drawn for v in (p.value, p.low) if v is not None]


def month_span(frames: Iterable[pl.DataFrame | None]) -> list[int]:
    """All months between the earliest and the latest row of the frames; empty where they have none."""
    known = [m for f in frames if f is not None for m in (f["period_from"].min(), f["period_to"].max()) if m]
    return months.span(months.parse(str(min(known))), months.parse(str(max(known)))) if known else []


def read_series(frame: pl.DataFrame, measure: Measure, span: Sequence[int]) -> Series:
    """The series of a frame over the months of `span`. Raises ValueError where the frame has a month twice."""
    rows: dict[int, Row] = {}
    for row in frame.iter_rows(named=True):
        for month in months.span(*_span_of(row)):
            if month in rows:
                raise ValueError(f"month {months.iso(month)} stands twice in the frame")
            rows[month] = row
    return Series(tuple(_point(m, rows.get(m), measure) for m in span))


def _span_of(row: Row) -> tuple[int, int]:
    return months.parse(row["period_from"]), months.parse(row["period_to"])


def _point(month: int, row: Row | None, measure: Measure) -> Point:
    if row is None or not absence.is_drawn(row):
        return Point(month, None, None, None, bool(row and row["provisional"]), row)
    low = None if row["ci_low"] is None else measure.drawn(fmt.clip_low(row["ci_low"], measure))
    high = None if row["ci_high"] is None else measure.drawn(row["ci_high"])
    return Point(month, measure.drawn(row["estimate"]), low, high, bool(row["provisional"]), row)


def _group(points: Sequence[Point], belongs: Any) -> list[list[Point]]:
    groups: list[list[Point]] = []
    previous = False
    for point in points:
        if belongs(point):
            if previous:
                groups[-1].append(point)
            else:
                groups.append([point])
        previous = belongs(point)
    return groups
