"""Ranking policy and places: who is ranked on what, in which order the rows stand, and why an indicator is not ranked.

Every place passes here (DATA.md §5.7); the arithmetic is `dashboard.estimates.ranks`. A row without a publishable figure and
interval has no place and is not counted.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.answers.matching import Comparison
from dashboard.answers.request import Request
from dashboard.answers.values import Values
from dashboard.estimates.design import Design, Floats, Ints
from dashboard.estimates.level import Level, relative_error
from dashboard.estimates.ranks import LARGEST_ERROR, rank_values
from dashboard.estimates.variance import estimate_covariance
from pipelines.contracts.indicators import Better, Indicator, Kind

Record = dict[str, Any]
_FIGURES = {"change": ("change", "change_low"), "level": ("estimate", "ci_low")}


@dataclass(frozen=True)
class Scores:
    """What is ranked, by domain: values, their covariance, degrees of freedom, and where a small base makes errors unsure."""

    values: Floats
    covariance: Floats
    df: Ints
    shaky: NDArray[np.bool_]


def withhold_reason(indicator: Indicator, request: Request) -> str | None:
    """Why regions are not ranked on the indicator: `neither_better` or `invites_faking`; None where they may be."""
    if request.share or indicator.better is Better.NONE:
        return "neither_better"
    return None if indicator.ranked else "invites_faking"


def read_scores(
    request: Request, indicator: Indicator, design: Design, values: Values, level: Level, comparison: Comparison | None
) -> Scores:
    """The figures that the request ranks on: the change of matched points, or the level."""
    if request.rank == "change" and comparison is not None:
        change, base, before = comparison.change, comparison.design, comparison.matched_before
        bases = [before.num] if indicator.kind is Kind.MEAN else [before.den, comparison.matched.den]
        found, of, df = change.value, change.scores, change.df
    else:
        base, bases = design, [values.den]
        found, of, df = level.value, level.scores, level.df
    shaky = np.any([~(relative_error(base, b)[0] <= LARGEST_ERROR) for b in bases], axis=0)
    return Scores(found[0], estimate_covariance(base, of)[0], df[0], shaky)


def rank_records(records: list[Record], request: Request, indicator: Indicator, scores: Scores) -> list[Record]:
    """The records with `rank, rank_low, rank_high`, by place, those without one last; as they are where ranks are withheld.

    `records`: one a domain, in the order of `scores`, by code.
    """
    if why := withhold_reason(indicator, request):
        return withhold(records, why)
    needed = _FIGURES[request.rank or "change"]
    rows = [i for i, r in enumerate(records) if r["status"] == "ok" and all(r.get(f) is not None for f in needed)]
    if not rows:
        return records
    towards = -1.0 if indicator.better is Better.HIGHER else 1.0
    found = rank_values(
        towards * scores.values[rows], scores.covariance[np.ix_(rows, rows)], scores.df[rows], shaky=scores.shaky[rows]
    )
    places = zip(found.place.tolist(), found.low.tolist(), found.high.tolist(), strict=True)
    ranked = {i: dict(zip(("rank", "rank_low", "rank_high"), p, strict=True)) for i, p in zip(rows, places, strict=True)}
    return _order([r | ranked.get(i, {}) for i, r in enumerate(records)])


def rank_register(records: list[Record], request: Request, indicator: Indicator) -> list[Record]:
    """Places on a register, one order an item and level: it is counted, not sampled, so a set is the place itself."""
    if why := withhold_reason(indicator, request):
        return withhold(records, why)
    towards = -1.0 if indicator.better is Better.HIGHER else 1.0
    kinds = sorted(records, key=_kind_of)
    ranked: list[Record] = []
    for _, rows in groupby(kinds, key=_kind_of):
        group = list(rows)
        values = [towards * r["estimate"] for r in group if r["status"] == "ok"]
        for row in group:
            place = 1 + sum(v < towards * row["estimate"] for v in values) if row["status"] == "ok" else None
            ranked.append(row | {"rank": place, "rank_low": place, "rank_high": place})
        ranked[-len(group) :] = _order(ranked[-len(group) :])
    return ranked


def _kind_of(record: Record) -> str:
    """Item and level of a register's row, which stand behind its region; rows without data stand last."""
    words = (record.get("group") or "").partition("/")[2]
    return words or ("\uffff" if record["status"] == "no_data" else "")


def withhold(records: list[Record], reason: str) -> list[Record]:
    """The records unranked: estimates stay, in the order of codes."""
    return [r | {"status": "withheld", "reason": reason} if r["status"] == "ok" else r for r in records]


def _order(records: list[Record]) -> list[Record]:
    """By place; ties and rows without a place stay in the order of codes."""
    return sorted(records, key=lambda r: (r.get("rank") is None, r.get("rank") or 0))
