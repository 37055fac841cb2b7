"""Since when: the months before and after, judged by the limits of the year compared with; and the fall that came before."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dashboard.answers.alerts.claims import Claim
from dashboard.answers.alerts.evidence import Row
from dashboard.answers.answer import answer, compare
from dashboard.answers.control import add_control
from dashboard.answers.request import Request
from dashboard.estimates.control import watch_limits
from dashboard.estimates.discovery import weigh_change
from dashboard.warehouse import Snapshot
from pipelines.contracts import months

YEAR = months.MONTHS_A_YEAR
LEAST_FALL_MONTHS = 6
FALL_LEVEL = 0.05
YEARS_AT_MOST = 10  # of record that a fall is looked for in


@dataclass(frozen=True)
class Trace:
    """The months of a claim in a region: an answer by month with control limits and `side`.

    `since`: the first month of the signals towards the claim's side that the last months belong to (`2026-05`), None without
    one; `signals` of the `months` from then on are signals; `settled`: is one of them no provisional month?
    """

    frame: pl.DataFrame
    since: str | None
    signals: int
    months: int
    settled: bool


def trace(snapshot: Snapshot, claim: Claim, region: str, last: int, newest: int) -> Trace:
    """The two years of months that end with `last`, the last month judged, and those since then up to `newest`.

    The limits are those of the first of the two years, which holds the period compared with. Without twelve numbers in it
    there are no limits and no signals.
    """
    first = months.shift(last, 1 - 2 * YEAR)
    frame = answer(snapshot, Request(claim.indicator, region, first, newest, "month", claim.where))
    shown = frame["estimate"].is_not_null() & (frame["status"] != "suppressed")
    values = frame.select(pl.when(shown).then("estimate"))["estimate"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    control = watch_limits(values[None, :], YEAR)
    charted = add_control(frame, control)
    side, provisional = control.side[0, YEAR:], frame["provisional"].to_numpy()[YEAR:]
    against = np.flatnonzero(side == -claim.side)
    start = int(against[-1]) + 1 if len(against) else 0
    hits = start + np.flatnonzero(side[start:] == claim.side)
    if not len(hits):
        return Trace(charted, None, 0, 0, settled=False)
    since = frame["group"][YEAR + int(hits[0])]
    return Trace(charted, str(since), len(hits), len(side) - int(hits[0]), settled=bool((~provisional[hits]).any()))


def find_fall(snapshot: Snapshot, claim: Claim, region: str, last: int) -> Row | None:
    """The change towards the better side that came before: the year that ends a year before `last` against an earlier one.

    The surest of all earlier years on record, months cut to what is on record; None where none is clear (one-sided, 5 %
    shared by the years compared: Bonferroni).
    """
    if snapshot.months is None:
        return None
    end = months.shift(last, -YEAR)
    found: list[tuple[float, Row]] = []
    for shift in range(YEAR, YEARS_AT_MOST * YEAR, YEAR):
        start = max(months.shift(end, 1 - YEAR), months.shift(snapshot.months[0], shift))
        if len(months.span(start, end)) < LEAST_FALL_MONTHS:
            break
        earlier = (months.shift(start, -shift), months.shift(end, -shift))
        tested = compare(snapshot, Request(claim.indicator, region, start, end, where=claim.where, compare=earlier))
        row = tested.frame.row(0, named=True) | {"earlier_from": months.iso(earlier[0]), "earlier_to": months.iso(earlier[1])}
        change = np.array([np.nan if row["change"] is None else row["change"]])
        found.append((float(weigh_change(change, tested.se, tested.df, -claim.side)[0]), row))
    sure = [(p, row) for p, row in found if p * len(found) < FALL_LEVEL]
    return min(sure, key=lambda f: f[0])[1] if sure else None
