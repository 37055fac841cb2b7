"""Do the 95 % intervals hold the truth 95 times in 100? Repeated sampling from the demo's population.

Every unit of the population is known, so a sample can be drawn, estimated by `dashboard.estimates` and held against the
truth as often as wanted. Here are means, ratios, shares, domains that cut strata and changes on a year, under designs
with few and with many points a stratum; the share of intervals that hold the truth is told by degrees of freedom.
Not here: non-response and files; they have tests of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.estimates.change import change_mean, change_ratio
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.intervals import interval_linear, interval_share
from dashboard.estimates.level import estimate_level
from pipelines.contracts.indicators import INDICATORS, Kind
from pipelines.demo.population import Population

NOW, BEFORE = range(202607, 202610), range(202507, 202510)
INDICATOR_IDS = (
    "meetings", "meeting_accompaniment_rate", "informal_document_share", "under35_share", "mean_age", "separation_rate",
)
RARE = "separation_rate"  # a few events a hundred point-months: told apart, since its intervals are known to be short
DESIGNS = {"2 a stratum": 2, "5 a stratum": 5, "20 a stratum": 20}  # fewer where the stratum has fewer units
BATCH = 20  # samples estimated at once
KINDS = ("mean", "ratio", "share", "domain", "change")
MANY = 20  # degrees of freedom from which on 93–97 % are promised; 90–98 % below
DF_BANDS = ((1, 4), (5, 9), (10, 19), (20, 49), (50, 100_000))


@dataclass(frozen=True)
class Question:
    """What is estimated: the domain of each unit, and the sums of an indicator over the months, by unit."""

    kind: str
    is_share: bool
    domain: Ints
    num: Floats
    den: Floats
    earlier: tuple[Floats, Floats] | None = None

    @property
    def domains(self) -> int:
        """Number of domains."""
        return int(self.domain.max()) + 1


def list_questions(population: Population) -> Iterator[Question]:
    """Every indicator by province, city, county and point type; its level, and its change on a year."""
    groups = {
        "province": np.zeros(len(population.stratum), dtype=np.int64),
        "city": number(population.city_code),
        "county": number(population.county_code),
        "point type": number(population.point_type),
    }
    for name in INDICATOR_IDS:
        indicator = INDICATORS[name]
        now, before = (sum_months(population, name, months) for months in (NOW, BEFORE))
        for group, domain in groups.items():
            kind = "mean" if indicator.kind is Kind.MEAN else "share" if indicator.is_share else "ratio"
            what = kind if group in ("province", "city") else f"domain ({group})"
            rare, counties = "rare events, " if name == RARE else "", " (county)" if group == "county" else ""
            yield Question(rare + (f"level{counties}" if rare else what), indicator.is_share, domain, *now)
            yield Question(f"{rare}change{counties}", False, domain, *now, earlier=before)


def number(words: np.ndarray) -> Ints:
    """Words as numbers from 0, in their order."""
    return np.unique(words, return_inverse=True)[1].astype(np.int64)


def sum_months(population: Population, indicator: str, months: range) -> tuple[Floats, Floats]:
    """Numerator and denominator of an indicator by unit, averages over the months (denominator 1 for a mean)."""
    inside = np.isin(population.months, months)
    top, bottom = population.terms(indicator)
    num = top[:, inside].sum(axis=1) / inside.sum()
    den = np.ones(len(num)) if bottom is None else bottom[:, inside].sum(axis=1) / inside.sum()
    return num, den


def find_truth(question: Question) -> Floats:
    """The value of every domain over all its units."""

    def ratio(num: Floats, den: Floats) -> Floats:
        return np.bincount(question.domain, num) / np.bincount(question.domain, den)

    now = ratio(question.num, question.den)
    if question.earlier is None:
        return now
    before = ratio(*question.earlier)
    return 100 * (now / before - 1) if _is_mean(question) else now - before


def _is_mean(question: Question) -> bool:
    return bool((question.den == 1).all())


def draw(population: Population, size: int, rng: np.random.Generator, samples: int) -> tuple[Ints, Ints]:
    """(sample, unit) of each entry of many stratified simple random samples with `size` units a stratum, all of it where it
    has fewer; by sample and unit."""
    units = population.stratum_units
    starts = np.repeat(np.cumsum(units) - units, units)
    place = np.arange(len(starts)) - starts
    taken = []
    for _ in range(samples):
        order = np.lexsort((rng.random(len(population.stratum)), population.stratum))
        taken.append(np.sort(order[place < size]))
    return np.repeat(np.arange(samples), [len(t) for t in taken]), np.concatenate(taken)


def interval(question: Question, design: Design, sample: Ints) -> tuple[Floats, Floats, Ints]:
    """Lower and upper end and degrees of freedom of each sample and domain, as the product computes them."""
    num, den = question.num[sample], question.den[sample]
    if question.earlier is None:
        level = estimate_level(design, num, den)
        if question.is_share:
            low, high = interval_share(level.value, level.se, level.df, level.n_points)
        else:
            low, high = interval_linear(level.value, level.se, level.df)
        return low, high, level.df
    before = question.earlier[0][sample], question.earlier[1][sample]
    change = change_mean(design, num, before[0]) if _is_mean(question) else change_ratio(design, (num, den), before)
    low, high = interval_linear(change.value, change.se, change.df)
    return low, high, change.df


def summarise(coverage: pl.DataFrame) -> pl.DataFrame:
    """The frame of `measure_coverage` by the classes of the promise: `kind, df, intervals, coverage, held`, all designs together.

    Kinds are mean, ratio, share, domain and change; rare events, which are told apart, are not in it.
    """
    kind = pl.col("kind").str.split(" (").list.first()
    is_many = pl.col("df_from") >= MANY
    held = (pl.col("coverage") * pl.col("intervals")).sum() / pl.col("intervals").sum()
    return (
        coverage.filter(~pl.col("kind").str.starts_with("rare"))
        .group_by(kind.alias("kind"), pl.when(is_many).then(pl.lit(f"{MANY}+")).otherwise(pl.lit(f"1–{MANY - 1}")).alias("df"))
        .agg(coverage=held, held=held.is_between(pl.col("wanted_low").max(), pl.col("wanted_high").min()),
             intervals=pl.col("intervals").sum())
        .select("kind", "df", "intervals", "coverage", "held")
        .sort(pl.col("kind").cast(pl.Enum(KINDS)), pl.col("df") != f"{MANY}+")
    )  # fmt: skip


def measure_coverage(population: Population, samples: int, seed: int) -> pl.DataFrame:
    """How often intervals held the truth: `design, kind, df, df_from, intervals, coverage, wanted_low, wanted_high`."""
    questions = list(list_questions(population))
    truths = [find_truth(question) for question in questions]
    population_units = population.stratum_units.astype(np.float64)
    rows = []
    for name, size in DESIGNS.items():
        rng = np.random.default_rng([seed, size])
        tally = {(q.kind, band): np.zeros(2) for q in questions for band in DF_BANDS}
        for start in range(0, samples, BATCH):
            panel, units = draw(population, size, rng, min(BATCH, samples - start))
            for question, truth in zip(questions, truths, strict=True):
                design = Design(
                    panel, population.stratum[units], question.domain[units], population_units,
                    (int(panel[-1]) + 1, question.domains),
                )  # fmt: skip
                low, high, df = interval(question, design, units)
                held = (low <= truth) & (truth <= high)
                for band in DF_BANDS:
                    inside = (df >= band[0]) & (df <= band[1]) & np.isfinite(low)
                    tally[question.kind, band] += (held[inside].sum(), inside.sum())
        rows += [(name, kind, band, *counts) for (kind, band), counts in tally.items() if counts[1]]
    frame = pl.DataFrame(
        [(d, k, f"{b[0]}–{b[1]}" if b[1] < DF_BANDS[-1][1] else f"{b[0]}+", b[0], int(n), h / n) for d, k, b, h, n in rows],
        schema=["design", "kind", "df", "df_from", "intervals", "coverage"], orient="row",
    )
    return frame.with_columns(
        wanted_low=pl.when(pl.col("df_from") >= MANY).then(0.93).otherwise(0.90),
        wanted_high=pl.when(pl.col("df_from") >= MANY).then(0.97).otherwise(0.98),
    ).sort("design", "kind", "df_from")
