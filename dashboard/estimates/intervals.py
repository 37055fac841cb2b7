"""95 % intervals: t, logit and Clopper–Pearson (DATA.md §5.5), and of a count of events."""

import numpy as np
from scipy.special import gammaincinv, stdtrit

from dashboard.estimates.design import Floats, Ints

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2


def quantile_t(df: Ints) -> Floats:
    """The 97.5 % quantile of Student's t; NaN where df is 0."""
    known, place = np.unique(df, return_inverse=True)  # quantiles are slow to find, and few are different
    quantiles: Floats = np.where(known > 0, stdtrit(np.maximum(known, 1), 1 - TAIL), np.nan)[place].reshape(df.shape)
    return quantiles


def interval_linear(value: Floats, se: Floats, df: Ints) -> tuple[Floats, Floats]:
    """value ± t · se; NaN where df is 0."""
    half = quantile_t(df) * se
    return value - half, value + half


def interval_share(value: Floats, se: Floats, df: Ints, n: Ints) -> tuple[Floats, Floats]:
    """Interval of a share: logit scale inside (0, 1); Clopper–Pearson with x = 0 or n of n at 0 or 1; linear elsewhere.

    `n`: respondents. NaN where df is 0. Sources: Lumley (2010) §2.3; Clopper and Pearson (1934), Biometrika 26.
    """
    low, high = interval_linear(value, se, df)
    inner = (value > 0) & (value < 1)
    p = np.where(inner, value, 0.5)
    logit = np.log(p) - np.log1p(-p)
    half = quantile_t(df) * se / (p * (1 - p))
    low = np.where(inner, 1 / (1 + np.exp(half - logit)), low)
    high = np.where(inner, 1 / (1 + np.exp(-half - logit)), high)
    edge = TAIL ** (1 / np.maximum(n, 1))
    has_interval = df > 0
    low = np.where(has_interval & (value == 0), 0.0, np.where(has_interval & (value == 1), edge, low))
    high = np.where(has_interval & (value == 0), 1 - edge, np.where(has_interval & (value == 1), 1.0, high))
    return low, high


def interval_count(count: Ints) -> tuple[Floats, Floats]:
    """The exact interval of the mean of a Poisson count; from 0 where nothing was counted.

    Source: Garwood (1936), Biometrika 28.
    """
    low: Floats = np.where(count > 0, gammaincinv(np.maximum(count, 1), TAIL), 0.0)
    high: Floats = gammaincinv(count + 1, 1 - TAIL)
    return low, high
