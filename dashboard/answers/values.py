"""The values of a question: numerator and denominator of every respondent and panel, per reported month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.answers.domains import Domains
from dashboard.answers.parse import breakdowns_of
from dashboard.answers.periods import Panel
from dashboard.answers.request import Request
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.warehouse import Fold, Snapshot, fold
from pipelines.contracts import months
from pipelines.contracts.indicators import Indicator, Term
from pipelines.contracts.policy import BurdenConstants


@dataclass(frozen=True)
class Values:
    """One entry a respondent and panel. With a breakdown each group is a panel with the same respondents.

    `point`: row of `Snapshot.points`. `num`, `den`: per reported month (den is 1 for a mean). `counted`, `base`: the same
    before dividing by `months`, without factors: how many events or people stand behind, unweighted.
    """

    panel: Ints
    point: Ints
    months: Floats
    num: Floats
    den: Floats
    counted: Floats
    base: Floats

    def design(self, snapshot: Snapshot, domains: Domains, panels: int) -> Design:
        """The design of these respondents."""
        return Design(
            panel=self.panel,
            stratum=snapshot.points["stratum_index"].to_numpy().astype(np.int64)[self.point],
            domain=domains.of_point[self.point],
            population=snapshot.strata["population_units"].to_numpy().astype(np.float64),
            shape=(panels, len(domains.labels)),
        )

    def take(self, rows: Ints) -> "Values":
        """The entries at these positions."""
        return Values(*(getattr(self, f)[rows] for f in ("panel", "point", "months", "num", "den", "counted", "base")))


def group_codes(indicator: Indicator, by: str | None) -> list[str] | None:
    """The groups of a breakdown in code-list order; None where `by` is no breakdown."""
    breakdown = breakdowns_of(indicator).get(by or "")
    return list(breakdown.codes.codes) if breakdown else None


def read_values(
    snapshot: Snapshot, indicator: Indicator, request: Request, panels: list[Panel], domains: Domains,
    constants: BurdenConstants,
) -> Values:
    """Read what the question needs. `panels` must not overlap; with a breakdown there is one, and its groups are panels."""
    groups = group_codes(indicator, request.by)
    filters = tuple(f for f in request.where if f[0] != "point_type")
    denominator = indicator.numerator if request.share else indicator.denominator
    spec = Fold(
        universe=indicator.universe,
        panel_of_month={m: i for i, p in enumerate(panels) for m in months.span(p.first, p.last)},
        statistics=tuple(dict.fromkeys(t.statistic for t in (*indicator.numerator, *denominator))),
        filters=filters, by=request.by if groups else None, cities=domains.cities_read,
    )
    folded = fold(snapshot, spec)
    copies = len(groups) if groups else 1
    part = {n: folded.split[n].T.ravel() if n in folded.split else np.tile(v, copies) for n, v in folded.sums.items()}
    whole = part
    if request.share:
        bare = fold(snapshot, replace(spec, by=None, filters=filters if groups else ()))
        whole = {n: np.tile(v, copies) for n, v in bare.sums.items()}  # the same respondents in the same order
    reported = np.tile(folded.months.astype(np.float64), copies)
    base = _combine(whole, denominator, None, len(reported)) if denominator else reported
    return Values(
        panel=np.repeat(np.arange(copies), len(folded.panel)) if groups else folded.panel,
        point=np.tile(folded.point, copies),
        months=reported,
        num=_combine(part, indicator.numerator, constants, len(reported)) / reported,
        den=_combine(whole, denominator, constants, len(reported)) / reported if denominator else np.ones(len(reported)),
        counted=_combine(part, indicator.numerator, None, len(reported)),
        base=base,
    )


def _combine(sums: dict[str, Floats], terms: tuple[Term, ...], constants: BurdenConstants | None, length: int) -> Floats:
    """Σ factor × statistic of each entry; without constants the plain sum of the statistics."""
    total = np.zeros(length)
    for term in terms:
        total = total + (term.coefficient(constants) if constants else 1.0) * sums[term.statistic]
    return total


def fold_values(
    snapshot: Snapshot, indicators: Sequence[Indicator], panels: list[Panel], domains: Domains, constants: BurdenConstants
) -> Iterator[tuple[Indicator, Values]]:
    """The values of indicators of one universe, without filters, from one fold."""
    terms = [t for i in indicators for t in (*i.numerator, *i.denominator)]
    folded = fold(snapshot, Fold(
        indicators[0].universe, {m: n for n, p in enumerate(panels) for m in months.span(p.first, p.last)},
        tuple(dict.fromkeys(t.statistic for t in terms)), cities=domains.cities_read,
    ))  # fmt: skip
    reported = folded.months.astype(np.float64)
    for indicator in indicators:
        top, bottom = indicator.numerator, indicator.denominator
        yield indicator, Values(
            panel=folded.panel, point=folded.point, months=reported,
            num=_combine(folded.sums, top, constants, len(reported)) / reported,
            den=_combine(folded.sums, bottom, constants, len(reported)) / reported if bottom else np.ones(len(reported)),
            counted=_combine(folded.sums, top, None, len(reported)),
            base=_combine(folded.sums, bottom, None, len(reported)) if bottom else reported,
        )  # fmt: skip
