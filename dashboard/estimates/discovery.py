"""Which of many looks at the same data are findings: the false discovery rate of a family of tests, held at a level.

Indicators × cities are tested at once on shared months and points, so the tests depend on each other in both directions
(a fall of one channel may be the rise of another). Benjamini and Yekutieli (2001, Annals of Statistics 29, 1165–1188,
theorem 1.3) hold the rate under any dependence; the price is a level divided by 1 + 1/2 + … + 1/m. Where dependence is
known to be positive, Benjamini and Hochberg (1995, J. R. Statist. Soc. B 57) is the same without that price.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from dashboard.estimates.design import Floats, Ints

RATE = 0.10


class Dependence(StrEnum):
    """What is known of how the tests of a family hang together."""

    ANY = "any"
    POSITIVE = "positive"


def adjust(p: Floats, dependence: Dependence = Dependence.ANY, weights: Floats | None = None) -> Floats:
    """Adjusted p-values of a family, in its shape: a test is a finding at rate q where its own is at most q.

    `p`: p-values, NaN where nothing could be tested; such a test is no member of the family and stays NaN. `weights` (same
    shape, above 0) say beforehand how much of the rate each test may use; only their proportions count (Genovese, Roeder
    and Wasserman 2006, Biometrika 93). Raises ValueError where a p-value is outside 0…1.
    """
    known = np.isfinite(p)
    values = p[known]
    if ((values < 0) | (values > 1)).any():
        raise ValueError("a p-value lies between 0 and 1")
    if weights is not None:
        values = np.minimum(values * weights[known].mean() / weights[known], 1)
    count = len(values)
    ranks = np.arange(1, count + 1)
    price = float((1 / ranks).sum()) if dependence is Dependence.ANY else 1.0
    order = np.argsort(values, kind="stable")
    scaled = values[order] * count * price / ranks
    stepped = np.minimum.accumulate(scaled[::-1])[::-1]
    adjusted = np.full(p.shape, np.nan)
    members = np.empty(count)
    members[order] = np.minimum(stepped, 1)
    adjusted[known] = members
    return adjusted


def discover(p: Floats, rate: float = RATE, dependence: Dependence = Dependence.ANY) -> NDArray[np.bool_]:
    """The findings of a family of tests, of whom on average at most `rate` are false; never one without a p-value."""
    return np.nan_to_num(adjust(p, dependence), nan=np.inf) <= rate


def weigh_change(change: Floats, se: Floats, df: Ints, side: int) -> Floats:
    """One-sided p-values of changes with their standard errors; `side` +1 tests for a rise, −1 for a fall.

    NaN where there is no standard error above 0 or no degree of freedom.
    """
    testable = np.isfinite(change) & np.isfinite(se) & (se > 0) & (df > 0)
    t = np.divide(side * change, se, out=np.zeros(change.shape), where=testable)
    tail: Floats = stdtr(np.maximum(df, 1), -t)
    return np.where(testable, tail, np.nan)


def weigh_both(first: Floats, second: Floats) -> Floats:
    """p-values of two claims that must hold together: the larger one (intersection–union, Berger 1982, Technometrics 24)."""
    return np.maximum(first, second)
