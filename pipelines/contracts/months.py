"""Months as integers `YYYYMM` (202607 = July 2026), the key of every monthly table.

The readable integer is the key; arithmetic goes through the ordinal (months since year 0).
"""

from datetime import date

MONTHS_A_YEAR = 12


def ordinal(month: int) -> int:
    """Months since year 0; consecutive months differ by 1."""
    return month // 100 * MONTHS_A_YEAR + month % 100 - 1


def from_ordinal(value: int) -> int:
    """Inverse of `ordinal`."""
    return value // MONTHS_A_YEAR * 100 + value % MONTHS_A_YEAR + 1


def shift(month: int, by: int) -> int:
    """The month `by` months later (earlier where negative)."""
    return from_ordinal(ordinal(month) + by)


def span(first: int, last: int) -> list[int]:
    """All months from `first` to `last`, both included; empty where `last` is earlier."""
    return [from_ordinal(o) for o in range(ordinal(first), ordinal(last) + 1)]


def of_date(day: date) -> int:
    """The month that holds a day."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 100, month % 100, 1)


def parse(text: str) -> int:
    """`2026-07` as 202607. Raises ValueError for anything else."""
    year, dash, month = text.partition("-")
    if not dash or len(year) != 4 or len(month) != 2 or not 1 <= int(month) <= MONTHS_A_YEAR or int(year) < 1:
        raise ValueError(text)
    return int(year) * 100 + int(month)


def iso(month: int) -> str:
    """202607 as `2026-07`."""
    return f"{month // 100:04d}-{month % 100:02d}"


def whole_quarters(first: int, last: int) -> tuple[int, int]:
    """The calendar quarters within a period; the period itself where there is none."""
    start, end = shift(first, -(first % 100 - 1) % 3), shift(last, -(last % 100 % 3))
    return (start, end) if start <= end else (first, last)


def quarter(month: int) -> str:
    """202607 as `2026-Q3`."""
    return f"{month // 100}-Q{(month % 100 + 2) // 3}"
