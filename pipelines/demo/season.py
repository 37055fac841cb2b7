"""The year's rhythm: spring festival, year-end, and the days on which things happen.

Weights only; nothing here knows a point or a ledger's columns.
"""

from datetime import date, timedelta

import numpy as np

from pipelines.contracts import months
from pipelines.demo.scheme import Scheme

# First day of the lunar year; in other years the fifth of February stands for it.
SPRING_FESTIVALS = (
    date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10),
    date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3),
)  # fmt: skip
HOLIDAY = (timedelta(days=-3), timedelta(days=9))  # days around it on which little is done
WEEKEND_WEIGHT, HOLIDAY_WEIGHT = 0.06, 0.12
FESTIVAL_LOSS = 0.6  # share of the work of those days that is not made up within the month
# January to December, without the festival.
MEETINGS = (1.02, 1.00, 1.06, 1.00, 0.99, 1.02, 0.98, 0.96, 1.01, 0.97, 1.06, 1.12)
DOCUMENTS = (1.00, 1.00, 1.07, 1.01, 0.99, 1.02, 0.97, 0.94, 1.00, 0.97, 1.10, 1.24)
INSPECTIONS = (0.82, 0.90, 0.98, 1.00, 1.02, 1.10, 0.94, 0.92, 1.02, 1.04, 1.28, 1.50)


def _festival(year: int) -> date:
    return next((d for d in SPRING_FESTIVALS if d.year == year), date(year, 2, 5))


def _is_holiday(day: date) -> bool:
    festival = _festival(day.year)
    return festival + HOLIDAY[0] <= day <= festival + HOLIDAY[1] or (day.month == 10 and day.day <= 7)


def day_weights(scheme: Scheme) -> list[np.ndarray]:
    """For each month, the weight of each of its days: working days 1, others little."""
    result = []
    for start, end in zip(scheme.month_starts, scheme.month_starts[1:], strict=False):
        days = [start + timedelta(days=d) for d in range((end - start).days)]
        result.append(np.array([
            HOLIDAY_WEIGHT if _is_holiday(d) else WEEKEND_WEIGHT if d.weekday() >= 5 else 1.0 for d in days
        ]))
    return result


def month_factors(scheme: Scheme, by_month: tuple[float, ...]) -> np.ndarray:
    """Factor of each month: the calendar month's, less what the spring festival takes out of it."""
    factors = np.array([by_month[m % 100 - 1] for m in scheme.calendar])
    for k, month in enumerate(scheme.calendar):
        start, following = months.first_day(month), months.first_day(months.shift(month, 1))
        days = [start + timedelta(days=d) for d in range((following - start).days)]
        lost = sum(_festival(month // 100) + HOLIDAY[0] <= d <= _festival(month // 100) + HOLIDAY[1] for d in days)
        factors[k] *= 1 - FESTIVAL_LOSS * lost / len(days)
    return factors


def draw_days(scheme: Scheme, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A day of the month (0 = the first) for each row, by the weights of its month (`month`: position)."""
    drawn = rng.random(len(month))
    days = np.zeros(len(month), dtype=np.int64)
    order = np.argsort(month, kind="stable")
    bounds = np.searchsorted(month[order], np.arange(scheme.months + 1))
    for k, weights in enumerate(day_weights(scheme)):
        rows = order[bounds[k] : bounds[k + 1]]
        steps = np.cumsum(weights) / weights.sum()
        days[rows] = np.minimum(np.searchsorted(steps, drawn[rows], side="right"), len(steps) - 1)
    return days
