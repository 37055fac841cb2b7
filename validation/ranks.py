"""Do joint rank sets hold every true place at once? Samples from the demo's population, ranked as the product does."""

import numpy as np
import polars as pl

from dashboard.estimates.change import change_mean, change_ratio
from dashboard.estimates.design import Design, Floats
from dashboard.estimates.level import estimate_level, relative_error
from dashboard.estimates.ranks import LARGEST_ERROR, rank_values
from dashboard.estimates.variance import estimate_covariance
from pipelines.demo.population import Population
from validation.coverage import BATCH, BEFORE, DESIGNS, NOW, Question, draw, find_truth, number, sum_months

RANKED = ("meetings", "documents", "meeting_accompaniment_rate", "under35_share")


def measure_ranks(population: Population, samples: int, seed: int) -> pl.DataFrame:
    """`design, indicator, ranked_on, samples, held, wide`: share of samples in which all sets hold, mean width of a set."""
    rows = []
    domain = number(population.city_code)
    for name, size in DESIGNS.items():
        rng = np.random.default_rng([seed, size, 7])
        tally: dict[tuple[str, str], list[tuple[bool, float]]] = {}
        for start in range(0, samples, BATCH):
            panel, units = draw(population, size, rng, min(BATCH, samples - start))
            for indicator in RANKED:
                now, before = (sum_months(population, indicator, months) for months in (NOW, BEFORE))
                for on, earlier in (("level", None), ("change", before)):
                    question = Question(on, False, domain, *now, earlier=earlier)
                    design = Design(
                        panel, population.stratum[units], domain[units], population.stratum_units.astype(np.float64),
                        (int(panel[-1]) + 1, question.domains),
                    )  # fmt: skip
                    tally.setdefault((indicator, on), []).extend(_rank(question, design, units))
        for (indicator, on), found in tally.items():
            held, wide = zip(*found, strict=True)
            rows.append((name, indicator, on, len(held), float(np.mean(held)), float(np.mean(wide))))
    return pl.DataFrame(rows, schema=["design", "indicator", "ranked_on", "samples", "held", "width"], orient="row")


def _rank(question: Question, design: Design, units: np.ndarray) -> list[tuple[bool, float]]:
    """Of each sample: do all sets hold the true places, and how many places a set has on average."""
    truth = find_truth(question)
    place = 1 + (truth[:, None] > truth[None, :] + 1e-9).sum(axis=1)
    num, den = question.num[units], question.den[units]
    if question.earlier is None:
        level = estimate_level(design, num, den)
        value, scores, df, bases = level.value, level.scores, level.df, [den]
    else:
        before = question.earlier[0][units], question.earlier[1][units]
        is_mean = bool((question.den == 1).all())
        change = change_mean(design, num, before[0]) if is_mean else change_ratio(design, (num, den), before)
        value, scores, df, bases = change.value, change.scores, change.df, [before[0]] if is_mean else [den, before[1]]
    covariance = estimate_covariance(design, scores)
    shaky = np.any([~(relative_error(design, base) <= LARGEST_ERROR) for base in bases], axis=0)
    return [_judge(place, *parts) for parts in zip(value, covariance, df, shaky, strict=True)]


def _judge(place: np.ndarray, value: Floats, covariance: Floats, df: np.ndarray, shaky: np.ndarray) -> tuple[bool, float]:
    known = df > 0
    ranks = rank_values(value[known], covariance[np.ix_(known, known)], df[known], shaky=shaky[known])
    among = 1 + (place[known][:, None] > place[known][None, :]).sum(axis=1)  # places among those that have one
    held = bool(((ranks.low <= among) & (among <= ranks.high)).all())
    return held, float((ranks.high - ranks.low + 1).mean())
