"""The official working-day calendar (`chinesecalendar`: State Council notices of 2004 to 2026)."""

from collections.abc import Iterable
from datetime import date
from functools import cache

import chinese_calendar
import polars as pl


@cache
def is_offday(day: date) -> bool | None:
    """Is it a non-working day? None where the calendar does not know the year: nothing is guessed."""
    try:
        return not chinese_calendar.is_workday(day)
    except NotImplementedError:
        return None


def mark_offdays(days: pl.Series) -> pl.Series:
    """Boolean series `is_offday` of a Date series; each distinct day is looked up once."""
    distinct = days.unique().drop_nulls()
    numbers, first = days.to_physical(), distinct.to_physical().min()
    if not isinstance(first, int):
        return pl.repeat(None, len(days), dtype=pl.Boolean, eager=True).alias("is_offday")
    places = distinct.to_physical() - first
    known = pl.Series([is_offday(day) for day in distinct], dtype=pl.Boolean)
    span = int(places.max() or 0) + 1  # type: ignore[arg-type]
    every = pl.repeat(None, span, dtype=pl.Boolean, eager=True).scatter(places, known)
    return every.gather(numbers - first).alias("is_offday")


def unknown_years(days: Iterable[date]) -> list[int]:
    """The years of the days that the calendar does not know."""
    return sorted({day.year for day in days if is_offday(day) is None})
