"""What stands behind an estimate: strata covered, points that responded, and why nothing stands there."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.answers.domains import Domains
from dashboard.answers.periods import Panel, is_due
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.warehouse import Snapshot, count_reports
from pipelines.contracts.indicators import Indicator
from pipelines.contracts.statistics import UNIVERSES


@dataclass(frozen=True)
class Coverage:
    """By panel and domain: `covered_share` of the units of the frame, points that `owed` the ledger."""

    covered_share: Floats
    owed: Ints

    def response_rate(self, respondents: Ints) -> Floats:
        """Respondents ÷ points that owed the ledger; NaN where none did."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.owed > 0, respondents / self.owed, np.nan)


def measure_coverage(snapshot: Snapshot, domains: Domains, design: Design, panels: list[Panel]) -> Coverage:
    """Coverage of each panel and domain (DATA.md §5.2): strata of the frame that touch the domain's city and type.

    `panels` repeats the one period for each group of a breakdown.
    """
    units, touches = _find_strata(snapshot, domains)
    present = np.bincount(design.stratum_cell, minlength=len(panels) * len(units)).reshape(len(panels), -1) > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        covered = (present * units) @ touches.T / (touches @ units)
    return Coverage(covered, _count_owing(snapshot, domains, tuple((p.first, p.last) for p in panels)))


@lru_cache(maxsize=512)
def _find_strata(snapshot: Snapshot, domains: Domains) -> tuple[Floats, NDArray[np.bool_]]:
    """Units of each stratum of the frame, and which strata touch each domain, (domains, strata)."""
    strata = snapshot.strata
    city, kind = strata["city_code"].to_numpy(), strata["point_type"].to_numpy()
    touches = np.stack([
        (np.array([c is None]) | (city == c)) & (np.array([t is None]) | (kind == t))
        for c, t in zip(domains.cities, domains.point_types, strict=True)
    ])  # fmt: skip
    return strata["population_units"].to_numpy().astype(np.float64), touches


@lru_cache(maxsize=2048)
def _count_owing(snapshot: Snapshot, domains: Domains, spans: tuple[tuple[int, int], ...]) -> Ints:
    """Points active in each panel, by domain."""
    points = snapshot.points
    start = points["active_from"].to_numpy()
    end = points["active_to"].fill_null(999912).to_numpy()
    inside = domains.of_point >= 0
    groups = len(domains.labels)
    owed = [
        np.bincount(domains.of_point[inside & (start <= last) & (end >= first)], minlength=groups) for first, last in spans
    ]
    return np.stack(owed)


def explain_absence(snapshot: Snapshot, indicator: Indicator, panel: Panel, points: Ints, owed: int) -> str:
    """Why a domain has no respondent: `no_points`, `not_due`, `not_stated` (reported, but without what it needs), `missing`.

    `points`: rows of the domain's probability points, active or not; `owed`: how many were active in the panel.
    """
    if not len(points) or owed == 0:
        return "no_points"
    if not is_due(snapshot, indicator, panel.first):
        return "not_due"
    stated = count_reports(snapshot, UNIVERSES[indicator.universe], points, (panel.first, panel.last))
    return "not_stated" if stated else "missing"
