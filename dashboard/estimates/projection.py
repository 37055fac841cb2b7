"""Year-end projection of an annual count from how earlier years filled up, with a prediction interval.

The chain-ladder idea for one development step: where U(t) is the count up to day t and F that of the whole year, earlier
years give growths g = log(F / U(t)); this year's end is U(t)·exp(ḡ), and a new growth lies in ḡ ± t·s·√(1 + 1/k) (normal
prediction interval for one more observation; Geisser, Predictive Inference, 1993, §2). Weak where the years share shocks:
plans of one year move together, which k does not show.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from dashboard.estimates.design import Floats

LEAST_PATHS = 5
LEVEL = 0.80
LONGEST_GAP = 93 / 365


@dataclass(frozen=True)
class Projection:
    """Projected year-end count with its interval, and the chance that it exceeds the ceiling."""

    value: float
    low: float
    high: float
    chance_over: float


def share_at(day: float, days: Floats, counts: Floats) -> float:
    """The part of a finished year's count that had been reached by `day`, both from 0 to 1; linear between reports.

    `days` ascend and end with the year's last report, `counts` are cumulative and above 0 at the end. Not a number where
    the reports around the day lie more than a quarter apart: a straight line says nothing of the season then.
    """
    known = np.r_[0.0, days]
    after = int(np.searchsorted(known, day))
    if known[after] != day and known[after] - known[after - 1] > LONGEST_GAP:
        return float("nan")
    return float(np.interp(day, known, np.r_[0.0, counts]) / counts[-1])


def project(issued: float, ceiling: float, shares: Floats) -> Projection | None:
    """The year-end of a count that stands at `issued`, from the shares that earlier years had reached on the same day.

    None where nothing was issued yet or fewer than LEAST_PATHS earlier years had begun by then.
    """
    begun = shares[shares > 0]  # a comparison with no number is false
    if issued <= 0 or len(begun) < LEAST_PATHS:
        return None
    growth = -np.log(begun)
    spread = float(growth.std(ddof=1)) * np.sqrt(1 + 1 / len(growth))
    middle = np.log(issued) + growth.mean()
    if spread == 0:
        value = float(np.exp(middle))
        return Projection(value, value, value, float(value > ceiling))
    df = len(growth) - 1
    low, high = (np.exp(middle + spread * stdtrit(df, p)) for p in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    over = 1.0 if issued > ceiling else float(stdtr(df, (middle - np.log(ceiling)) / spread))
    return Projection(float(np.exp(middle)), max(float(low), issued), max(float(high), issued), over)
