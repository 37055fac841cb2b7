"""The ledgers `staff` and `staff_moves` of the sampled points, from the spells of their people."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.contracts import codes, months
from pipelines.demo import effects, expand
from pipelines.demo.careers import CAUSES, RETIRED, UPWARD, Careers
from pipelines.demo.panel import Panel
from pipelines.demo.population import Population
from pipelines.demo.scheme import Scheme

# Odds of civil servant, public institution, support, other by point type.
POST_ODDS = np.array([
    [0.58, 0.30, 0.08, 0.04], [0.44, 0.43, 0.06, 0.07], [0.40, 0.44, 0.06, 0.10], [0.0, 0.05, 0.0, 0.95],
    [0.0, 0.10, 0.02, 0.88], [0.0, 0.05, 0.15, 0.80], [0.0, 0.04, 0.20, 0.76], [0.0, 0.90, 0.06, 0.04],
    [0.0, 0.86, 0.08, 0.06], [0.02, 0.86, 0.08, 0.04],
])  # fmt: skip
LENT_A_YEAR, LENT_LONG, LENT_LONG_DRAINED = 0.045, 0.28, 0.74
SHORT_TERMS, LONG_TERMS = np.array([3, 3, 6, 6]), np.array([9, 12, 12, 18, 24])
UPWARD_LEVELS = np.array([0.18, 0.47, 0.35, 0.0])
AWAY, ON_LEAVE = 0.010, 0.008  # attached elsewhere, long on leave


@dataclass(frozen=True)
class People:
    """Spells of the points' people: `point` (position), the careers' columns, identifiers, post type and loans.

    `lent_from`, `lent_to`: first and last position of a loan in the calendar; −1 without. `lent_months`: agreed.
    """

    point: np.ndarray
    careers: Careers
    person_id: pl.Series
    post: np.ndarray
    lent_from: np.ndarray
    lent_to: np.ndarray
    lent_months: np.ndarray


def find_people(scheme: Scheme, population: Population, panel: Panel) -> People:
    """The spells of the panel's units, numbered within each point in order of their start."""
    rng = scheme.rng("people")
    place = np.full(len(population.stratum), -1)
    place[panel.unit] = np.arange(len(panel))
    rows = np.flatnonzero(place[population.careers.unit] >= 0)
    spells = Careers(**{k: getattr(population.careers, k)[rows] for k in Careers.__dataclass_fields__})
    point = place[spells.unit]
    person = pl.DataFrame({"point": point, "id": panel.point_id[point]}, schema_overrides={"id": pl.String}).select(
        pl.format("{}-{}", "id", pl.int_range(1, pl.len() + 1).over("point").cast(pl.String).str.zfill(3))
    ).to_series()
    kind = panel.units.kind[point]
    drawn = rng.random((len(rows), 1)) * POST_ODDS[kind].sum(1, keepdims=True)
    post = (drawn > POST_ODDS[kind].cumsum(1)).sum(1)
    return People(point, spells, person, post, *_lend(scheme, panel, point, spells, rng))


def _lend(scheme: Scheme, panel: Panel, point: np.ndarray, spells: Careers,
          rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Loans: at most one a spell, more and longer ones where staff are drained upwards."""
    rise = effects.drain(scheme)
    rate = np.concatenate([np.zeros((len(rise), 1)), (LENT_A_YEAR / 12 * np.sqrt(rise)).cumsum(1)], axis=1)
    city = panel.units.city[point]
    reached = rate[city, spells.start] + rng.exponential(1.0, len(point))
    start = np.full(len(point), scheme.months)
    for c in range(len(rise)):
        start[city == c] = np.searchsorted(rate[c, 1:], reached[city == c])
    lent = start <= spells.end
    at = np.minimum(start, scheme.months - 1)
    share = LENT_LONG + (LENT_LONG_DRAINED - LENT_LONG) * (rise[city, at] - 1) / max(rise.max() - 1, 1)
    term = np.where(rng.random(len(point)) < share, rng.choice(LONG_TERMS, len(point)),
                    rng.choice(SHORT_TERMS, len(point)))
    end = np.minimum(start + term - 1, spells.end)
    return np.where(lent, start, -1), np.where(lent, end, -1), np.where(lent, term, 0)


def make_staff(scheme: Scheme, panel: Panel, people: People, reported: np.ndarray) -> pl.DataFrame:
    """The rosters: a row a person and reported month, in canonical columns, ordered by point and person."""
    rng, spells = scheme.rng("staff"), people.careers
    length = spells.end - spells.start + 1
    row = np.repeat(np.arange(len(length)), length)
    month = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + spells.start[row]
    kept = reported[people.point[row], month]
    row, month = row[kept], month[kept]
    birth, entry = _birth_and_entry(scheme, spells, rng)
    size = len(length)
    usual = np.where(rng.random(size) < AWAY, 2, np.where(rng.random(size) < ON_LEAVE, 3, 0))
    is_lent = (month >= people.lent_from[row]) & (month <= people.lent_to[row]) & (people.lent_from[row] >= 0)
    words = {name: np.array(c.codes, dtype=object) for name, c in (
        ("gender", codes.GENDER), ("post", codes.POST_TYPE), ("status", codes.STAFF_STATUS))}
    gender = pl.Series(words["gender"][spells.female.astype(np.int64)], dtype=pl.String)
    return pl.DataFrame({
        "point_id": panel.point_id[people.point[row]], "month": np.array(scheme.calendar, dtype=np.int32)[month],
        "person_id": people.person_id.gather(row), "birth_month": birth.gather(row),
        "gender": gender.set(pl.Series(rng.random(size) < 0.02), None).gather(row),
        "post_type": words["post"][people.post[row]],
        "entry_month": entry.gather(row),
        "status": words["status"][np.where(is_lent, 1, usual[row])],
    }, schema_overrides=dict.fromkeys(("point_id", "post_type", "status"), pl.String))


def _birth_and_entry(scheme: Scheme, spells: Careers, rng: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    """Months of birth and entry (YYYYMM, Int32); the entry is not known of everybody."""
    first = months.ordinal(scheme.calendar[0])
    began = spells.birth + rng.integers(20 * 12, 28 * 12, len(spells.unit))
    entry = np.where(spells.joined > 0, first + spells.start, np.minimum(began, first - 1))
    known = rng.random(len(entry)) >= 0.05
    return _as_months(spells.birth), _as_months(entry).set(pl.Series(~known), None)


def _as_months(ordinals: np.ndarray) -> pl.Series:
    return pl.Series(ordinals // 12 * 100 + ordinals % 12 + 1, dtype=pl.Int32)


def make_moves(scheme: Scheme, panel: Panel, people: People) -> pl.DataFrame:
    """The moves of all points in the months in which they are active, in canonical columns."""
    rng, spells = scheme.rng("moves"), people.careers
    causes = np.array([*CAUSES, RETIRED], dtype=object)
    young = months.ordinal(scheme.calendar[0]) + spells.end - spells.birth < 38 * 12
    left, came = spells.cause >= 0, spells.joined > 0
    lent = people.lent_from >= 0
    back = lent & (people.lent_from + people.lent_months - 1 == people.lent_to) & (people.lent_to < scheme.months - 1)
    parts = [
        _moves(left, spells.end, causes[spells.cause]),
        _moves(came, spells.start, np.where(spells.joined == 1, "recruited", "transferred_in")),
        _moves(lent, people.lent_from, np.full(len(lent), "seconded_out", dtype=object)),
        _moves(back, people.lent_to, np.full(len(lent), "returned", dtype=object)),
    ]
    frame = pl.concat(parts)
    row, month, size = frame["row"].to_numpy(), frame["at"].to_numpy(), frame.height
    move = frame["move"].to_numpy()
    goes = np.isin(move, [*CAUSES[:UPWARD], "transferred_out", "seconded_out"])
    departs = np.isin(move, [*CAUSES, RETIRED])
    level = np.array(codes.LEVEL.codes, dtype=object)[rng.choice(4, size, p=UPWARD_LEVELS)]
    in_term = rng.random(size) < np.where(young[row], 0.38, 0.02)
    return pl.DataFrame({
        "point_id": panel.point_id[people.point[row]], "date": expand.draw_dates(scheme, month, rng),
        "person_id": people.person_id.gather(row), "move": move,
        "to_level": pl.Series(level, dtype=pl.String).set(pl.Series(~goes | (rng.random(size) < 0.04)), None),
        "in_service_term": pl.Series(in_term).set(pl.Series(~departs | (rng.random(size) < 0.3)), None),
        "months_agreed": pl.Series(people.lent_months[row]).set(
            pl.Series((move != "seconded_out") | (rng.random(size) < 0.15)), None),
    }, schema_overrides={"point_id": pl.String, "move": pl.String}).filter(
        pl.Series(panel.active[people.point[row], month])).sort("point_id", "date", "person_id", "move")


def _moves(which: np.ndarray, at: np.ndarray, move: np.ndarray) -> pl.DataFrame:
    rows = np.flatnonzero(which)
    return pl.DataFrame({"row": rows, "at": at[rows], "move": move[rows].astype(str)})


def count_by_cell(scheme: Scheme, panel: Panel, people: People) -> np.ndarray:
    """People by point and month, reported or not."""
    change = np.zeros((len(panel), scheme.months + 1), dtype=np.int64)
    np.add.at(change, (people.point, people.careers.start), 1)
    np.add.at(change, (people.point, people.careers.end + 1), -1)
    return np.asarray(change.cumsum(1)[:, :-1])
