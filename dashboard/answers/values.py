"""The values of a question: numerator and denominator of every respondent and panel, per reported month."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from dashboard.answers.domains import Domains
from dashboard.answers.parse import breakdowns_of
from dashboard.answers.periods import Panel
from dashboard.answers.request import Request
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.warehouse import Fold, Snapshot, fold
from pipelines.contracts import months
from pipelines.contracts.indicators import Indicator, Term
from pipelines.contracts.policy import BurdenConstants

KEY = ["point_id", "panel"]


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
    part = _read_part(snapshot, spec, groups)
    whole = part
    if request.share:
        bare = replace(spec, by=None, filters=filters if groups else ())
        whole = part.select(KEY).join(fold(snapshot, bare)[0], on=KEY, how="left", maintain_order="left", validate="m:1")
    rows = snapshot.points.select("point_id").with_row_index("point")
    point = part.select("point_id").join(rows, on="point_id", how="left", maintain_order="left")["point"]
    reported = part["months"].to_numpy().astype(np.float64)
    base = _combine(whole, denominator, None) if denominator else reported
    return Values(
        panel=part["group_panel"].to_numpy().astype(np.int64),
        point=point.to_numpy().astype(np.int64),
        months=reported,
        num=_combine(part, indicator.numerator, constants) / reported,
        den=_combine(whole, denominator, constants) / reported if denominator else np.ones(len(reported)),
        counted=_combine(part, indicator.numerator, None),
        base=base,
    )


def _read_part(snapshot: Snapshot, spec: Fold, groups: list[str] | None) -> pl.DataFrame:
    """The folded frame with `group_panel`, the panel of each row once groups are panels."""
    respondents, split = fold(snapshot, spec)
    if groups is None or split is None:
        return respondents.with_columns(group_panel=pl.col("panel"))
    index = pl.DataFrame({"group": groups, "group_panel": range(len(groups))}, schema_overrides={"group_panel": pl.Int64})
    counted = [c for c in split.columns if c not in (*KEY, "group")]
    return (
        respondents.drop(counted)
        .join(index, how="cross")
        .join(split, on=[*KEY, "group"], how="left", validate="1:1")
        .with_columns(pl.col(counted).fill_null(0))
        .sort("group_panel", "point_id")
    )


def _combine(frame: pl.DataFrame, terms: tuple[Term, ...], constants: BurdenConstants | None) -> Floats:
    """Σ factor × statistic of each row; without constants the plain sum of the statistics."""
    total = np.zeros(len(frame))
    for term in terms:
        factor = term.coefficient(constants) if constants else 1.0
        total = total + factor * frame[term.statistic].to_numpy().astype(np.float64)
    return total
