"""The level of an indicator: weighted mean or ratio of a domain, with its linearised standard error (DATA.md §5.3–4)."""

from dataclasses import dataclass

import numpy as np

from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.variance import estimate_variance


@dataclass(frozen=True)
class Level:
    """Estimates by panel and domain; all arrays have that shape. `value` is NaN where Σ w · den is 0.

    `n_effective`: Kish's (Σw)² ÷ Σw² (Kish 1965, Survey Sampling, §11.7). `df`: respondents less strata in the domain.
    `scores`: the weighted linearised value of each entry of the design (length n).
    """

    value: Floats
    se: Floats
    scores: Floats
    n_points: Ints
    n_strata: Ints
    n_effective: Floats

    @property
    def df(self) -> Ints:
        """Degrees of freedom n − H inside the domain."""
        return self.n_points - self.n_strata


def linearise(design: Design, num: Floats, den: Floats) -> tuple[Floats, Floats]:
    """The ratio Σ w num ÷ Σ w den of each panel and domain, and the weighted linearised values w (num − r den) ÷ Σ w den.

    Shapes: (panels, domains) and n. A mean is the ratio with den = 1.
    """
    w = design.weight
    bottom = design.total(w * den)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(bottom != 0, design.total(w * num) / bottom, np.nan)
        scale = np.where(bottom != 0, 1 / bottom, np.nan)
    scores = w * (num - design.spread(ratio) * den) * design.spread(scale)
    return ratio, scores


def estimate_level(design: Design, num: Floats, den: Floats) -> Level:
    """Ratio (or mean, den = 1) with its standard error. `num`, `den`: per entry, per reported month; length n."""
    ratio, scores = linearise(design, num, den)
    return Level(
        value=ratio,
        se=np.sqrt(estimate_variance(design, scores)),
        scores=scores,
        n_points=design.count(),
        n_strata=design.count_strata(),
        n_effective=design.n_effective,
    )


def relative_error(design: Design, values: Floats) -> Floats:
    """Standard error ÷ mean of each panel and domain: how far a denominator can be relied on. NaN where the mean is 0."""
    mean, scores = linearise(design, values, np.ones_like(values))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(mean != 0, np.sqrt(estimate_variance(design, scores)) / np.abs(mean), np.nan)
