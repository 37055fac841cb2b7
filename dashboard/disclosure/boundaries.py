"""Periods of one series: which month ends may bound a published period, so that no small month, quarter or year can be told.

All periods are differences of sums from the first month on. A boundary that is given up binds the periods on its two sides
together: neither can be asked for alone, and no difference of others gives them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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


def find_boundaries(metrics: Sequence[Metric], months: Sequence[int]) -> Bools:
    """Which boundaries stay, (…, months + 1); boundary b lies before month b. The first always stays.

    A month that is not safe is bound to others of its quarter until they are safe together, a quarter to others of its year, a
    year to its neighbours. A series that is not safe as a whole keeps no end.
    """
    end = len(months)
    keep = np.ones((*metrics[0].values.shape[:-1], end + 1), dtype=bool)
    quarters = [*_starts(months, lambda m: (m // 100, (m % 100 - 1) // 3)), end]
    years = [*_starts(months, lambda m: m // 100), end]
    for edges, wider in ((list(range(end + 1)), quarters), (quarters, years), (years, [0, end])):
        for first, last in pairwise(wider):
            _bind(keep, metrics, [e for e in edges if first <= e <= last])
    whole = [m.join.reduce(m.values, axis=-1) for m in metrics]
    keep[..., 1:] &= _are_safe(metrics, whole)[..., None]
    return keep


def _starts(months: Sequence[int], of: Callable[[int], object]) -> list[int]:
    return [i for i, m in enumerate(months) if i == 0 or of(m) != of(months[i - 1])]


def _are_safe(metrics: Sequence[Metric], counts: Sequence[Floats]) -> Bools:
    safe: Bools = np.logical_and.reduce([(c == 0) | (c >= m.least) for m, c in zip(metrics, counts, strict=True)])
    return safe


def _bind(keep: Bools, metrics: Sequence[Metric], edges: list[int]) -> None:
    """Give up edges inside a period: from the first on until what lies before one is safe, then back from the last."""
    spans = [[m.join.reduce(m.values[..., a:b], axis=-1) for m in metrics] for a, b in pairwise(edges)]
    for order, ends in ((range(len(spans)), edges[1:]), (range(len(spans) - 1, -1, -1), edges[:-1])):
        bound = [np.zeros_like(c) for c in spans[0]]
        for i in order:
            bound = [m.join(b, c) for m, b, c in zip(metrics, bound, spans[i], strict=True)]
            if ends[i] not in (edges[0], edges[-1]):
                keep[..., ends[i]] &= _are_safe(metrics, bound)
                bound = [np.where(keep[..., ends[i]], 0.0, b) for b in bound]
