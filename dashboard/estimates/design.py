"""The stratified design of one question: who responded in which panel, stratum and domain, and the weights that follow."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OUTSIDE = -1


@dataclass(frozen=True)
class StrataParts:
    """The parts of strata that lie in a domain and have respondents, one entry a panel, stratum and domain.

    `of_entry`: the part of each entry of the design inside a domain; `size`: its respondents; `stratum_cell`, `domain`, `cell`:
    its (panel, stratum), domain and (panel, domain).
    """

    of_entry: Ints
    size: Ints
    stratum_cell: Ints
    domain: Ints
    cell: Ints


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
        return self.sizes.reshape(-1)[self.stratum_cell]

    @cached_property
    def sizes(self) -> Ints:
        """n_h of every panel and stratum; shape (panels, strata)."""
        strata = len(self.population)
        return np.bincount(self.stratum_cell, minlength=self.shape[0] * strata).reshape(-1, strata)

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
        return self.within(self.panel * self.shape[1] + self.domain)

    @cached_property
    def is_whole(self) -> bool:
        """Does every entry lie in a domain?"""
        return bool(self.inside.all())

    def within(self, values: NDArray[Any]) -> NDArray[Any]:
        """The values of the entries inside a domain."""
        return values if self.is_whole else values[self.inside]

    @cached_property
    def parts(self) -> "StrataParts":
        """The strata of each panel and domain that have respondents in it."""
        strata, domains = len(self.population), self.shape[1]
        place = self.within(self.stratum_cell) * domains + self.within(self.domain)
        counts = np.bincount(place, minlength=self.shape[0] * strata * domains)
        present = np.flatnonzero(counts)
        stratum_cell = present // domains
        return StrataParts(
            of_entry=(np.cumsum(counts > 0) - 1)[place], size=counts[present], stratum_cell=stratum_cell,
            domain=present % domains, cell=stratum_cell // strata * domains + present % domains,
        )  # fmt: skip

    def total(self, values: Floats) -> Floats:
        """Σ of values (length n) over each domain and panel; shape (panels, domains)."""
        sums = np.bincount(self.cell, self.within(values), minlength=self.shape[0] * self.shape[1])
        return sums.astype(np.float64, copy=False).reshape(self.shape)

    @cached_property
    def n_effective(self) -> Floats:
        """Kish's (Σw)² ÷ Σw² of each panel and domain; NaN without respondents."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.total(self.weight) ** 2 / self.total(self.weight**2)

    def count(self) -> Ints:
        """Respondents inside each domain and panel."""
        return np.bincount(self.cell, minlength=self.shape[0] * self.shape[1]).reshape(self.shape)

    def count_strata(self) -> Ints:
        """Strata with a respondent inside each domain and panel."""
        return np.bincount(self.parts.cell, minlength=self.shape[0] * self.shape[1]).reshape(self.shape)

    def spread(self, values: Floats) -> Floats:
        """A value of each (panel, domain) brought back to its entries; 0 outside every domain. Length n."""
        if self.is_whole:
            return values.reshape(-1)[self.cell]
        out = np.zeros(len(self.panel))
        out[self.inside] = values.reshape(-1)[self.cell]
        return out
