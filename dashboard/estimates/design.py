"""The stratified design of one question: who responded in which panel, stratum and domain, and the weights that follow."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OUTSIDE = -1


@dataclass(frozen=True)
class Design:
    """Respondents of a stratified simple random sample without replacement, one entry a panel and point.

    `panel`, `stratum`, `domain`: int arrays of length n (domain −1 = outside every domain; it still counts for its
    stratum). `population`: units N_h by stratum. `shape`: (panels, domains).
    """

    panel: Ints
    stratum: Ints
    domain: Ints
    population: Floats
    shape: tuple[int, int]

    @cached_property
    def stratum_cell(self) -> Ints:
        """Index of (panel, stratum) of each entry."""
        return self.panel * len(self.population) + self.stratum

    @cached_property
    def respondents(self) -> Ints:
        """n_h of each entry's panel and stratum: all respondents, inside a domain or not."""
        counts = np.bincount(self.stratum_cell, minlength=self.shape[0] * len(self.population))
        return counts[self.stratum_cell]

    @cached_property
    def units(self) -> Floats:
        """N_h of each entry's stratum."""
        return self.population[self.stratum]

    @cached_property
    def weight(self) -> Floats:
        """w = N_h ÷ n_h of each entry."""
        return self.units / self.respondents

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Which entries lie in a domain."""
        return np.not_equal(self.domain, OUTSIDE)

    @cached_property
    def cell(self) -> Ints:
        """Index of (panel, domain) of each entry inside a domain."""
        return (self.panel * self.shape[1] + self.domain)[self.inside]

    def total(self, values: Floats) -> Floats:
        """Σ of values (length n) over each domain and panel; shape (panels, domains)."""
        sums = np.bincount(self.cell, values[self.inside], minlength=self.shape[0] * self.shape[1])
        return sums.astype(np.float64).reshape(self.shape)

    def count(self) -> Ints:
        """Respondents inside each domain and panel."""
        return np.bincount(self.cell, minlength=self.shape[0] * self.shape[1]).reshape(self.shape)

    def count_strata(self) -> Ints:
        """Strata with a respondent inside each domain and panel."""
        pairs = np.unique(np.stack([self.cell, self.stratum[self.inside]]), axis=1)
        return np.bincount(pairs[0], minlength=self.shape[0] * self.shape[1]).reshape(self.shape)

    def spread(self, values: Floats) -> Floats:
        """A value of each (panel, domain) brought back to its entries; 0 outside every domain. Length n."""
        out = np.zeros(len(self.panel))
        out[self.inside] = values.reshape(-1)[self.cell]
        return out
