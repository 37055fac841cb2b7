"""How many meetings, documents and inspections each unit of the population has in each month.

Units × months of counts, for every unit of the frame; the rows of a sampled unit's ledgers are made from them and
add up to them. A unit's level varies around its type's with a coefficient of variation of about a third.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.demo import effects, season
from pipelines.demo.scheme import Scheme

# Per unit and month before the reform, by type in the order of the code list; attendees beyond the first a meeting.
MEETINGS = (10.5, 15.0, 13.0, 8.8, 10.0, 6.5, 7.0, 8.0, 8.2, 6.0)
DOCUMENTS = (33.0, 36.0, 31.0, 20.5, 22.5, 16.5, 17.5, 21.5, 21.5, 16.5)
INSPECTIONS = (2.5, 4.0, 3.5, 2.3, 2.4, 2.1, 2.7, 2.0, 2.1, 1.3)
ATTENDEES = (4.6, 5.0, 4.6, 2.4, 2.8, 3.6, 3.8, 4.2, 4.6, 3.4)
ACCOMPANYING = (0.15, 0.19, 0.18, 0.17, 0.17, 0.14, 0.14, 0.15, 0.14, 0.12)
INFORMAL = (0.32, 0.36, 0.38, 0.46, 0.46, 0.34, 0.34, 0.36, 0.34, 0.30)
REPEATED = 0.07  # of formal receipts, once more through a chat group or an app
UNIT_SPREAD, OWN_SPREAD, SLOPE_SPREAD, MONTH_SPREAD = 0.17, 0.16, 0.04, 0.02


@dataclass(frozen=True)
class Units:
    """Who the units are, as positions: `city` in the list of cities, `kind` in the list of point types."""

    city: np.ndarray
    kind: np.ndarray

    def __len__(self) -> int:
        return len(self.city)


@dataclass(frozen=True)
class Counts:
    """Units × months. `surge` is the part of `meetings` that the rebound adds; `repeats` are receipts beyond
    `formal` + `informal`, each of a formal document, through an informal channel."""

    meetings: np.ndarray
    surge: np.ndarray
    attendees: np.ndarray
    accompanying: np.ndarray
    formal: np.ndarray
    informal: np.ndarray
    repeats: np.ndarray
    inspections: np.ndarray


def simulate(scheme: Scheme, units: Units) -> Counts:
    """Counts of every unit in every month (int64, units × months)."""
    rng = scheme.rng("counts")
    shared = rng.normal(0, UNIT_SPREAD, len(units))[:, None]
    slope = rng.normal(0, SLOPE_SPREAD, len(units))[:, None] * (np.arange(scheme.months) / 12)
    pace = effects.log_pace(scheme)[units.city]

    def rate(base: tuple[float, ...], speed: float, by_month: tuple[float, ...]) -> np.ndarray:
        own = rng.normal(0, OWN_SPREAD, len(units))[:, None]
        shock = rng.normal(0, MONTH_SPREAD, (len(effects.CITY_PACE), scheme.months))[units.city]
        shock += rng.normal(0, MONTH_SPREAD, scheme.months)
        curve = np.exp(shared + own + slope + speed * pace + shock) * season.month_factors(scheme, by_month)
        return np.asarray(np.array(base)[units.kind][:, None] * curve)

    usual_meetings = rate(MEETINGS, 1.0, season.MEETINGS)
    surge = rng.poisson(usual_meetings * effects.rebound(scheme)[units.city])
    meetings = rng.poisson(usual_meetings) + surge
    attendees, accompanying = _send(scheme, units, meetings, rng)
    receipts = rate(DOCUMENTS, effects.DOCUMENT_PACE, season.DOCUMENTS)
    share = _share(np.array(INFORMAL)[units.kind], 0.22, rng)
    less, more = (factor[units.city] for factor in effects.displacement(scheme))
    formal = rng.poisson(receipts * (1 - share) * less)
    return Counts(
        meetings=meetings, surge=surge, attendees=attendees, accompanying=accompanying,
        formal=formal, informal=rng.poisson(receipts * share * more), repeats=rng.binomial(formal, REPEATED),
        inspections=rng.poisson(rate(INSPECTIONS, effects.INSPECTION_PACE, season.INSPECTIONS)),
    )


def _share(base: np.ndarray, spread: float, rng: np.random.Generator, shift: np.ndarray | float = 0.0) -> np.ndarray:
    """A unit's share (units × 1, or × months with a shift) around its type's, varied on the logit scale."""
    logit = np.log(base / (1 - base)) + rng.normal(0, spread, len(base))
    return np.asarray(1 / (1 + np.exp(-(logit[:, None] + shift))))


def _send(scheme: Scheme, units: Units, meetings: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """People sent to the meetings of a month, and those among them whom the topic does not concern."""
    size = np.array(ATTENDEES)[units.kind] * np.exp(rng.normal(0, 0.2, len(units)))
    attendees = meetings + rng.poisson(meetings * size[:, None])
    along = _share(np.array(ACCOMPANYING)[units.kind], 0.20, rng, effects.escorts(scheme)[0][units.city])
    return attendees, rng.binomial(attendees, along)
