"""Do alerts stay quiet where nothing changed, and find what was planted? Samples from the quiet province.

Each sample is a stratified one, and of each point the two years are swapped or not by a coin, all its indicators alike: so
there is no change in truth, while what hangs together still does. Then meetings of one city are raised.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.answers.alerts.claims import Claim, list_moves, list_rises
from dashboard.answers.alerts.evidence import LEAST_DF, LEAST_EVENTS, adjust_family
from dashboard.estimates.change import change_mean, change_ratio
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.discovery import RATE, weigh_both, weigh_change
from validation.province import Column, Quiet

BATCH = 20
RATES = {"small strata": 0.12, "large strata": 0.24}  # of the points of a stratum, two at least
SIZES = (0.10, 0.15, 0.20, 0.25, 0.30)  # planted rises; 0.25 is promised to be found
PLANTED = Claim("meetings", 1)
LEAST_POINTS = 40


@dataclass(frozen=True)
class Sample:
    """Many samples at once: sample and point of each entry, by sample and point, and whether its years are swapped."""

    panel: Ints
    point: Ints
    swapped: np.ndarray
    samples: int


def measure_alerts(quiet: Quiet, samples: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`design, planted, samples, with_alert, false_share` and `design, points, size, tried, found`.

    `with_alert`: share of samples with any false alert; `false_share`: mean share of false ones among the alerts of a sample.
    """
    rates, powers = [], []
    for name, rate in RATES.items():
        rng = np.random.default_rng([seed, int(1000 * rate)])
        nothing, mixed, found = [], [], []
        for start in range(0, samples, BATCH):
            sample = draw(quiet, rate, rng, min(BATCH, samples - start))
            p = weigh_all(quiet, sample)
            told = find_told(p)
            nothing.append(told.sum(axis=(1, 2)))
            for s, city, points in pick_cities(quiet, sample, rng):
                for size in SIZES:
                    planted = p[s].copy()
                    planted[0, city] = weigh_planted(quiet, sample, s, city, size, rng)
                    hit = find_told(planted[None])[0]
                    found.append((points, size, hit[0, city]))
                    if size == 0.25:
                        mixed.append((int(hit.sum()), bool(hit[0, city])))
        false = np.concatenate(nothing)
        rates.append((name, "nothing", len(false), float((false > 0).mean()), float((false > 0).mean())))
        wrong = np.array([(n - hit) for n, hit in mixed])
        total = np.array([n for n, _ in mixed])
        false_share = float((wrong / np.maximum(total, 1)).mean())
        rates.append((name, "one rebound of 25 %", len(mixed), float((wrong > 0).mean()), false_share))
        powers += [(name, _band(points), size, hit) for points, size, hit in found]
    power = (
        pl.DataFrame(powers, schema=["design", "points", "size", "hit"], orient="row")
        .group_by("design", "points", "size").agg(tried=pl.len(), found=pl.col("hit").mean()).sort("design", "points", "size")
    )  # fmt: skip
    return pl.DataFrame(rates, schema=["design", "planted", "samples", "with_alert", "false_share"], orient="row"), power


def _band(points: int) -> str:
    return "40–59" if points < 60 else "60–89" if points < 90 else "90+"


def draw(quiet: Quiet, rate: float, rng: np.random.Generator, samples: int) -> Sample:
    """Stratified simple random samples without replacement of a share of each stratum, two points at least."""
    units = np.bincount(quiet.stratum)
    sizes = np.minimum(np.maximum(np.rint(rate * units), 2), units)
    order = np.argsort(quiet.stratum, kind="stable")
    starts = np.repeat(np.cumsum(units) - units, units)
    place = np.arange(len(order)) - starts
    taken = []
    for _ in range(samples):
        shuffled = np.lexsort((rng.random(len(order)), quiet.stratum))
        taken.append(np.sort(shuffled[place < sizes[quiet.stratum[order]]]))
    panel = np.repeat(np.arange(samples), [len(t) for t in taken])
    return Sample(panel, np.concatenate(taken), rng.random(len(panel)) < 0.5, samples)


def weigh_all(quiet: Quiet, sample: Sample) -> Floats:
    """p-values of every test; shape (samples, tests, cities), rises first, the planted one at their head, then moves."""
    singles = {claim: _weigh(quiet, quiet.columns[claim], sample) for claim in quiet.columns}
    tests = [singles[c] for c in order_rises()] + [weigh_both(singles[m.falls], singles[m.rises]) for m in list_moves()]
    return np.stack(tests, axis=1)


def find_told(p: Floats) -> np.ndarray:
    """What is told of each sample: every sample is a family of its own."""
    tests = [(c,) for c in order_rises()] + [(m.falls, m.rises) for m in list_moves()]
    return np.stack([np.nan_to_num(adjust_family(tests, family), nan=1.0) <= RATE for family in p])


def order_rises() -> list[Claim]:
    """The rises, the planted one first."""
    return sorted(list_rises(), key=lambda c: c != PLANTED)


def pick_cities(quiet: Quiet, sample: Sample, rng: np.random.Generator) -> Iterator[tuple[int, int, int]]:
    """(sample, city, points) of one city with at least 40 points in each sample that has one."""
    cities = len(quiet.cities)
    reported = np.isin(sample.point, quiet.columns[PLANTED].point)
    cell = sample.panel[reported] * cities + quiet.city[sample.point[reported]]
    counts = np.bincount(cell, minlength=sample.samples * cities).reshape(-1, cities)
    for s, row in enumerate(counts):
        large = np.flatnonzero(row >= LEAST_POINTS)
        if len(large):
            city = int(rng.choice(large))
            yield s, city, int(row[city])


def weigh_planted(quiet: Quiet, sample: Sample, s: int, city: int, size: float, rng: np.random.Generator) -> float:
    """The p-value of the city's meetings with a share more of them in the three months, drawn one by one (Poisson)."""
    column = quiet.columns[PLANTED]
    own = sample.panel == s
    one = Sample(np.zeros(int(own.sum()), dtype=np.int64), sample.point[own], sample.swapped[own], 1)
    return float(_weigh(quiet, column, one, raised=(city, size, rng))[0, city])


def _weigh(
    quiet: Quiet, column: Column, sample: Sample, raised: tuple[int, float, np.random.Generator] | None = None
) -> Floats:
    place = np.full(len(quiet.stratum), -1)
    place[column.point] = np.arange(len(column.point))
    at = place[sample.point]
    known = at >= 0
    at, panel, point = at[known], sample.panel[known], sample.point[known]
    swap = sample.swapped[known]
    before, now = np.where(swap, 1, 0), np.where(swap, 0, 1)
    num = [column.num[window, at] for window in (before, now)]
    den = [column.den[window, at] for window in (before, now)]
    counted = np.abs(column.counted[:, at]).sum(axis=0)
    city = quiet.city[point]
    if raised:
        inside = city == raised[0]
        months = column.months[now, at]
        num[1] = num[1] + np.where(inside, raised[2].poisson(raised[1] * num[1] * months) / months, 0)
    design = Design(
        panel, quiet.stratum[point], city, np.bincount(quiet.stratum).astype(np.float64), (sample.samples, len(quiet.cities))
    )
    found = change_mean(design, num[1], num[0]) if column.is_mean else change_ratio(design, (num[1], den[1]), (num[0], den[0]))
    testable = (found.df >= LEAST_DF) & (design.total(counted) >= LEAST_EVENTS)
    return weigh_change(np.where(testable, found.value, np.nan), found.se, found.df, column.claim.side)
