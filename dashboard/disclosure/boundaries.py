"""Periods of one series: which month ends may bound a published period, so that no small month, quarter or year can be told.

All periods are differences of sums from the first month on. A boundary that is given up binds the periods on its two sides
together: neither can be asked for alone, and no difference of others gives them. A boundary is judged by what lies before it
alone, so that what later months bring never takes back an end that was published.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Metric:
    """Counts (…, months) of which a period must hold none or at least `least`: their sum, or the most of any month."""

    values: Floats
    least: float
    is_sum: bool = False

    @property
    def join(self) -> np.ufunc:
        """How the counts of months become that of a period."""
        return np.add if self.is_sum else np.maximum


def find_boundaries(
    metrics: Sequence[Metric], months: Sequence[int], ample: Floats | float = 1.0, *, by_quarter: bool = False
) -> Bools:
    """Which boundaries stay, (…, months + 1); boundary b lies before month b. The first always stays.

    A month that is not safe is bound to those after it until they are safe together; sums as far as the end of a quarter at
    least, unless they are `ample` times the least (of the shape of a month's counts): what is left of the quarter is seldom
    small then. `by_quarter`: no boundary but the ends of quarters stays.
    """
    keep = np.ones((*metrics[0].values.shape[:-1], len(months) + 1), dtype=bool)
    bound = [np.zeros_like(m.values[..., 0]) for m in metrics] if months else []
    for i, month in enumerate(months):
        bound = [m.join(b, m.values[..., i]) for m, b in zip(metrics, bound, strict=True)]
        times = [ample if m.is_sum and month % 100 % 3 else 1.0 for m in metrics]
        safe = [(b == 0) | (b >= m.least * t) for m, b, t in zip(metrics, bound, times, strict=True)]
        keep[..., i + 1] = np.logical_and.reduce(safe) & (not by_quarter or month % 100 % 3 == 0)
        bound = [np.where(keep[..., i + 1], 0.0, b) for b in bound]
    return keep
