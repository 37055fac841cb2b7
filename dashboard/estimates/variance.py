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
    inside = design.inside
    stratum_of = design.stratum_cell[inside]
    pair = stratum_of * design.shape[1] + design.domain[inside]
    cells, index = np.unique(pair, return_inverse=True)
    n_inside = np.bincount(index)
    first = np.zeros(len(cells), dtype=np.int64)
    first[index] = np.arange(len(index))
    n = design.respondents[inside][first].astype(np.float64)
    rest = np.clip(1 - n / design.units[inside][first], 0, None)
    u = scores[inside]
    mean = np.where(n > 1, np.bincount(index, u, minlength=len(cells)) / n, 0.0)
    squares = np.bincount(index, (u - mean[index]) ** 2, minlength=len(cells)) + (n - n_inside) * mean**2
    scale = np.where(n > 1, n / np.maximum(n - 1, 1), 1.0)
    target = design.cell[first]
    sums = np.bincount(target, rest * scale * squares, minlength=design.shape[0] * design.shape[1])
    return sums.astype(np.float64).reshape(design.shape)


def estimate_covariance(design: Design, scores: Floats) -> Floats:
    """Covariances of the domains of each panel; shape (panels, domains, domains), variances on the diagonal.

    Domains share no point, so of a stratum that both touch only −(1 − n_h/N_h)/(n_h − 1) · Σu_a · Σu_b is left; domains in
    different strata have none.
    """
    panels, domains = design.shape
    strata = len(design.population)
    place = design.stratum_cell[design.inside] * domains + design.domain[design.inside]
    flat = np.bincount(place, scores[design.inside], minlength=panels * strata * domains).astype(np.float64)
    sums = flat.reshape(panels, strata, domains)
    n = np.bincount(design.stratum_cell, minlength=panels * strata).reshape(panels, strata)
    factor = np.where(n > 1, np.clip(1 - n / design.population, 0, None) / np.maximum(n - 1, 1), 0.0)
    covariance: Floats = -np.swapaxes(sums * factor[:, :, None], 1, 2) @ sums
    own = np.arange(domains)
    covariance[:, own, own] = estimate_variance(design, scores)
    return covariance
