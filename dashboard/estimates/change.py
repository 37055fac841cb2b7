"""Change between two periods on matched points: those that reported in both (DATA.md §5.6)."""

from dataclasses import dataclass

import numpy as np

from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.level import linearise
from dashboard.estimates.variance import estimate_variance


@dataclass(frozen=True)
class Change:
    """Change by panel and domain. `value`: percent of the earlier mean, or the difference of two ratios.

    `now`, `before`: the matched levels. NaN where it cannot be estimated (an earlier mean of 0, no denominator).
    `scores`: the weighted linearised value of each entry of the design (length n).
    """

    value: Floats
    se: Floats
    scores: Floats
    now: Floats
    before: Floats
    n_points: Ints
    n_strata: Ints

    @property
    def df(self) -> Ints:
        """Degrees of freedom n − H of the matched points inside the domain."""
        return self.n_points - self.n_strata


def change_mean(design: Design, now: Floats, before: Floats) -> Change:
    """100 × (matched mean now ÷ matched mean before − 1), linearised as a ratio, so that it has the covariance.

    `design` holds matched points only, weights N_h ÷ matched n_h; `now`, `before` per entry.
    """
    one = np.ones_like(now)
    level_now, _ = linearise(design, now, one)
    level_before, _ = linearise(design, before, one)
    ratio, scores = linearise(design, now, before)
    return Change(
        value=100 * (ratio - 1),
        se=100 * np.sqrt(estimate_variance(design, scores)),
        scores=100 * scores,
        now=level_now,
        before=level_before,
        n_points=design.count(),
        n_strata=design.count_strata(),
    )


def change_ratio(design: Design, now: tuple[Floats, Floats], before: tuple[Floats, Floats]) -> Change:
    """Ratio now − ratio before, in the ratio's own unit; `now`, `before` are (num, den) per entry of matched points."""
    level_now, scores_now = linearise(design, *now)
    level_before, scores_before = linearise(design, *before)
    scores = scores_now - scores_before
    return Change(
        value=level_now - level_before,
        se=np.sqrt(estimate_variance(design, scores)),
        scores=scores,
        now=level_now,
        before=level_before,
        n_points=design.count(),
        n_strata=design.count_strata(),
    )
