"""Variance of a weighted total of linearised values under stratified sampling without replacement.

Source: Lumley (2010), Complex Surveys, ch. 2; the definitions of R's `survey` package with
`survey.lonely.psu = "adjust"`: a stratum with one respondent is centred at the grand mean of the linearised values,
which is 0, so its value enters uncentred.
"""

import numpy as np

from dashboard.estimates.design import Design, Floats


def estimate_variance(design: Design, scores: Floats) -> Floats:
    """Σ_h (1 − n_h/N_h) · n_h/(n_h − 1) · Σ_i (u_i − ū_h)², for each panel and domain.

    `scores`: weighted linearised values u (length n); those outside a domain are zeros in that domain's variance and
    their values are not read. More respondents than units (a stale frame) counts as a full census. Shape (panels, domains).
    """
    u, parts = design.within(scores), design.parts
    n = design.sizes.reshape(-1)[parts.stratum_cell]
    mean = np.where(n > 1, np.bincount(parts.of_entry, u, minlength=len(n)) / n, 0.0)
    squares = np.bincount(parts.of_entry, (u - mean[parts.of_entry]) ** 2, minlength=len(n)) + (n - parts.size) * mean**2
    scaled = _correct(design).reshape(-1)[parts.stratum_cell] * squares
    return np.bincount(parts.cell, scaled, minlength=design.shape[0] * design.shape[1]).astype(np.float64).reshape(design.shape)


def _correct(design: Design) -> Floats:
    """(1 − n_h/N_h) · n_h/(n_h − 1) of every panel and stratum; without the second factor where n_h is 1."""
    n = design.sizes
    rest: Floats = np.clip(1 - n / np.maximum(design.population, 1), 0, None)
    return rest * np.where(n > 1, n / np.maximum(n - 1, 1), 1.0)


def estimate_covariance(design: Design, scores: Floats) -> Floats:
    """Covariances of the domains of each panel; shape (panels, domains, domains), variances on the diagonal.

    Domains share no point, so of a stratum that both touch only −(1 − n_h/N_h)/(n_h − 1) · Σu_a · Σu_b is left; domains in
    different strata have none.
    """
    n = design.sizes
    factor = np.where(n > 1, _correct(design) / np.maximum(n, 1), 0.0)
    parts = design.parts
    sums = np.zeros((*n.shape, design.shape[1]))
    flat = np.bincount(parts.of_entry, design.within(scores), minlength=len(parts.size))
    sums.reshape(-1, design.shape[1])[parts.stratum_cell, parts.domain] = flat
    covariance = -np.stack([(s * f[:, None]).T @ s for s, f in zip(sums, factor, strict=True)])
    own = np.arange(design.shape[1])
    covariance[:, own, own] = estimate_variance(design, scores)
    return covariance
