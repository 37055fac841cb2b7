"""The people of the population: who sits where, from which month to which, and why they left.

A unit has a fixed number of seats. A seat's occupant leaves at a hazard that hangs on city, age and month; after a
vacancy somebody else comes. Spells only; rosters and moves of sampled units are made from them in `staff`.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.contracts import months
from pipelines.demo import effects
from pipelines.demo.counts import Units
from pipelines.demo.scheme import Scheme

SIZES = (20, 27, 24, 11, 13, 16, 18, 20, 24, 7)
FEWEST, SIZE_SPREAD = 3, 0.28
# Age in years at these shares of the people, youngest first.
AGES = ((0.0, 0.04, 0.14, 0.27, 0.41, 0.545, 0.735, 0.905, 1.0), (21, 25, 30, 35, 40, 45, 50, 55, 60))
AGE_TILT = (0.0, -0.05, -0.08, 0.22, 0.05, -0.15, 0.0, -0.05, -0.10, -0.20)  # by type; positive is older
AGE_SPREAD = 0.16  # between units of a type, on the log scale
CAUSES = ("selected_up", "appointed_up", "resigned", "transferred_out", "dismissed")
# Departures a year and person, by cause; columns: under 35, 35–44, 45 and over.
HAZARDS = np.array([
    [0.024, 0.010, 0.001], [0.012, 0.002, 0.0], [0.018, 0.009, 0.003], [0.012, 0.014, 0.006], [0.0004, 0.0006, 0.0006],
])
UPWARD = 2  # the first causes, drawn upwards
RETIRED = "retired"
RETIRES = 60, 55  # men, women; women past 55 stay to 60
VACANT_MONTHS, RECRUITED = 5.0, 0.52
RECRUITED_AGE, TRANSFERRED_AGE = (21, 24, 36), (28, 40, 53)  # youngest, commonest, oldest


@dataclass(frozen=True)
class Careers:
    """Spells of people, one a row, all arrays of equal length.

    `unit`; `start`, `end`: first and last position in the calendar with the person on the roster (the last month of
    the period where the person stays); `birth`: birth month (ordinal); `female`; `cause`: position in `CAUSES`,
    len(CAUSES) = retired, −1 = stays; `joined`: 0 was there, 1 recruited, 2 transferred in.
    """

    unit: np.ndarray
    start: np.ndarray
    end: np.ndarray
    birth: np.ndarray
    female: np.ndarray
    cause: np.ndarray
    joined: np.ndarray


def simulate(scheme: Scheme, units: Units) -> Careers:
    """All spells of all units, ordered by unit and start."""
    rng = scheme.rng("careers")
    size = np.array(SIZES)[units.kind] * np.exp(rng.normal(0, SIZE_SPREAD, len(units)) - SIZE_SPREAD**2 / 2)
    seat_unit = np.repeat(np.arange(len(units)), np.maximum(FEWEST, rng.poisson(size)))
    tilt = np.exp(-(np.array(AGE_TILT)[units.kind] + rng.normal(0, AGE_SPREAD, len(units))))[seat_unit]
    age = np.interp(rng.random(len(seat_unit)) ** tilt, *AGES) * 12
    hazards = _cumulate(scheme)
    rounds: list[Careers] = []
    unit, start, joined = seat_unit, np.zeros(len(seat_unit), dtype=np.int64), np.zeros(len(seat_unit), dtype=np.int64)
    while len(unit):
        spell = _live(scheme, units, (unit, start, age, joined), hazards, rng)
        rounds.append(spell)
        left = spell.cause >= 0
        wait = 1 + rng.exponential(VACANT_MONTHS, len(unit)).astype(np.int64)
        following = spell.end + wait
        filled = rng.random(len(unit)) >= effects.left_vacant(scheme)[units.city[unit], spell.end]
        come = left & filled & (following < scheme.months)
        unit, start = unit[come], following[come]
        young = RECRUITED * effects.young_intake(scheme)[units.city[unit], start]
        joined = np.where(rng.random(len(unit)) < young, 1, 2)
        ages = (rng.triangular(*at, len(unit)) for at in (RECRUITED_AGE, TRANSFERRED_AGE))
        age = 12 * np.where(joined == 1, *ages)
    return _sorted(rounds)


def _cumulate(scheme: Scheme) -> tuple[np.ndarray, np.ndarray]:
    """Hazards as causes × cities × ages × months, and summed over causes and months so far (leading 0)."""
    rise = effects.drain(scheme)
    by_cause = np.repeat(HAZARDS[:, None, :, None] / 12, len(rise), axis=1) * np.ones(scheme.months)
    by_cause[:UPWARD] *= rise[None, :, None, :]
    total = by_cause.sum(0).cumsum(-1)
    return by_cause, np.concatenate([np.zeros((*total.shape[:2], 1)), total], axis=-1)


def _live(scheme: Scheme, units: Units, seats: tuple[np.ndarray, ...], hazards: tuple[np.ndarray, np.ndarray],
          rng: np.random.Generator) -> Careers:
    """The spells that begin together: when each ends within the period, and why."""
    unit, start, age, joined = seats
    by_cause, total = hazards
    city, group = units.city[unit], np.digitize(age, (35 * 12, 45 * 12))
    female = (rng.random(len(unit)) < 0.42) & (age < 57 * 12)
    retires = np.where(female & (age < RETIRES[1] * 12), RETIRES[1], RETIRES[0]) * 12
    retirement = start + np.maximum(np.ceil(retires - age).astype(np.int64), 0)
    reached = total[city, group, start] + rng.exponential(1.0, len(unit))
    leaves = np.full(len(unit), scheme.months)
    for c in range(total.shape[0]):
        for g in range(total.shape[1]):
            rows = (city == c) & (group == g)
            leaves[rows] = np.searchsorted(total[c, g, 1:], reached[rows])
    end = np.minimum(leaves, retirement)
    gone = end < scheme.months
    end = np.minimum(end, scheme.months - 1)
    odds = by_cause[:, city, group, end].cumsum(0)
    cause = (rng.random(len(unit)) * odds[-1] > odds).sum(0)
    cause = np.where(gone, np.where(retirement < leaves, len(CAUSES), cause), -1)
    birth = months.ordinal(scheme.calendar[0]) + start - np.floor(age).astype(np.int64)
    return Careers(unit, start, end, birth, female, cause, joined)


def _sorted(rounds: list[Careers]) -> Careers:
    columns = {name: np.concatenate([getattr(r, name) for r in rounds]) for name in Careers.__dataclass_fields__}
    order = np.lexsort((columns["start"], columns["unit"]))
    return Careers(**{name: column[order] for name, column in columns.items()})


def fold(scheme: Scheme, careers: Careers, units: int) -> dict[str, np.ndarray]:
    """Units × months of `headcount, under35, over50, age_months, separations, drained` (statistics of the contracts)."""
    length = careers.end - careers.start + 1
    spell = np.repeat(np.arange(len(length)), length)
    month = np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length) + careers.start[spell]
    cell = careers.unit[spell] * scheme.months + month
    age = months.ordinal(scheme.calendar[0]) + month - careers.birth[spell]
    left = careers.cause >= 0
    exit_cell = careers.unit * scheme.months + careers.end

    def count(cells: np.ndarray) -> np.ndarray:
        return np.bincount(cells, minlength=units * scheme.months).reshape(units, scheme.months)

    return {
        "headcount": count(cell), "under35": count(cell[age < 35 * 12]), "over50": count(cell[age >= 50 * 12]),
        "age_months": np.bincount(cell, age, minlength=units * scheme.months).reshape(units, scheme.months),
        "separations": count(exit_cell[left]), "drained": count(exit_cell[left & (careers.cause < UPWARD)]),
    }
