"""The whole population of the demo: every unit of the frame with its statistics in every month, and their truth.

The sampled points' ledgers are the realised rows of these numbers. `simulate` needs no file, so that any number of
samples can be drawn from one population and their estimates held against `true_value`.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.contracts.indicators import INDICATORS, Term
from pipelines.contracts.policy import BurdenConstants
from pipelines.demo import careers, counts, sample
from pipelines.demo.careers import Careers
from pipelines.demo.counts import Counts, Units
from pipelines.demo.frame import TYPES, Frame, lay_out
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme

TRUE_INDICATORS = (
    "meetings", "meeting_accompaniment_rate", "documents", "informal_document_share", "inspections", "under35_share",
    "over50_share", "separation_rate", "upward_drain_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Population:
    """All units, in the order stratum, county.

    `city_code, county_code, point_type`: arrays of strings, a unit each; `stratum`: position in `frame.strata`;
    `months`: YYYYMM. `statistics`: by name of `pipelines.contracts.statistics`, int64 units × months.
    """

    frame: Frame
    months: list[int]
    city_code: np.ndarray
    county_code: np.ndarray
    point_type: np.ndarray
    stratum: np.ndarray
    statistics: dict[str, np.ndarray]
    counts: Counts
    careers: Careers

    @property
    def stratum_units(self) -> np.ndarray:
        """N_h by stratum."""
        return self.frame.strata["population_units"].to_numpy()

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Unit numbers of a fresh stratified simple random sample with the design's sizes."""
        return sample.draw(self.frame, rng)

    def terms(self, indicator: str) -> tuple[np.ndarray, np.ndarray | None]:
        """Numerator and denominator of an indicator, units × months; None as the denominator of a mean."""
        declared = INDICATORS[indicator]
        bottom = self._sum(declared.denominator) if declared.denominator else None
        return self._sum(declared.numerator), bottom

    def _sum(self, terms: tuple[Term, ...]) -> np.ndarray:
        parts = [t.coefficient(BurdenConstants()) * self.statistics[t.statistic] for t in terms]
        return np.asarray(np.sum(parts, axis=0))

    def true_value(self, indicator: str, first: int, last: int, units: np.ndarray | None = None) -> float:
        """The value over all units (or those of a mask) in the months `first` to `last`, both YYYYMM and included."""
        months = np.array([first <= m <= last for m in self.months])
        inside = np.ones(len(self.stratum), dtype=bool) if units is None else units
        top, bottom = self.terms(indicator)
        below = inside.sum() * months.sum() if bottom is None else bottom[inside][:, months].sum()
        return float(top[inside][:, months].sum() / below)


def simulate(scheme: Scheme) -> Population:
    """The population of a scheme; the same scheme gives the same population."""
    frame = lay_out(scheme)
    group = np.repeat(np.arange(frame.groups.height), frame.groups["units"].to_numpy())
    stratum = frame.groups["stratum"].to_numpy()[group].astype(np.int64)
    city_code = frame.strata["city_code"].to_numpy()[stratum]
    point_type = frame.strata["point_type"].to_numpy()[stratum]
    units = Units(city=_positions(city_code, [c.code for c in cities()]), kind=_positions(point_type, list(TYPES)))
    counted, people = counts.simulate(scheme, units), careers.simulate(scheme, units)
    statistics = {
        "meetings": counted.meetings, "meeting_attendees": counted.attendees,
        "meeting_accompanying": counted.accompanying, "documents": counted.formal + counted.informal,
        "receipts": counted.formal + counted.informal + counted.repeats,
        "informal_documents": counted.informal + counted.repeats, "inspections": counted.inspections,
        **careers.fold(scheme, people, len(units)),
    }
    county_code = frame.groups["county_code"].to_numpy()[group]
    return Population(
        frame, scheme.calendar, city_code, county_code, point_type, stratum, statistics, counted, people,
    )


def _positions(words: np.ndarray, order: list[str]) -> np.ndarray:
    place = {word: k for k, word in enumerate(order)}
    return np.array([place[w] for w in words])
