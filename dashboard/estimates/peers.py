"""Which regions are alike in size and structure, from the sampling frame alone: no burden figure enters. Pure.

Size: the difference of the logarithms of the units. Structure: Hellinger's distance of the shares of the kinds of units
(Hellinger 1909; its square is 1 − Σ √(p·q)). Each is divided by its mean over all pairs, so that both count alike, and the
two are put together as the root of the mean of squares.
"""

import numpy as np

from dashboard.estimates.design import Floats, Ints

PEERS = 5


def measure_distance(units: Floats) -> Floats:
    """Distances of n regions, shape (n, n), 0 on the diagonal. `units`: (n, kinds), each region with some units."""
    total = units.sum(axis=1)
    size = np.abs(np.log(total)[:, None] - np.log(total)[None, :])
    roots = np.sqrt(units / total[:, None])
    structure = np.sqrt(((roots[:, None, :] - roots[None, :, :]) ** 2).sum(axis=2) / 2)
    return np.sqrt((_scale(size) ** 2 + _scale(structure) ** 2) / 2)


def _scale(distance: Floats) -> Floats:
    """A distance in units of its mean over all pairs; 0 everywhere where all are alike."""
    n = len(distance)
    mean = distance.sum() / max(n * (n - 1), 1)
    return distance / mean if mean > 0 else distance


def find_nearest(distance: Floats, of: int, count: int = PEERS) -> Ints:
    """The `count` others nearest to region `of`, the nearest first; equal ones in their order."""
    order = np.argsort(np.round(distance[of], 9), kind="stable")
    others: Ints = order[order != of]
    return others[:count]
