"""The evidence for every claim in every region: the change on a year of matched points, and how surprising it would be.

Two windows of three months (of flows of people twelve): the last settled ones, and the newest ones that are due, where
they hold a provisional month.
Changes come from the answers, so that what is suppressed there is no evidence here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from dashboard.answers.alerts.claims import COUNTS, Claim, Move, list_moves, list_rises
from dashboard.answers.answer import Tested, compare
from dashboard.answers.periods import default_period, is_due, province_of
from dashboard.answers.request import Request
from dashboard.estimates.design import Floats
from dashboard.estimates.discovery import RATE, adjust, weigh_both, weigh_change
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS

Row = dict[str, Any]
WINDOW_MONTHS = 3
FLOW_MONTHS = months.MONTHS_A_YEAR  # departures and loans are too rare for a quarter
COUNTS_SHARE = 0.5  # of the rate of false discoveries, for the counts that the reform is about
LEAST_DF = 10  # below it the tail of t, into which a family of hundreds reaches far, says little
LEAST_EVENTS = 20  # in both periods together


class Window(StrEnum):
    """Which months are judged."""

    SETTLED = "settled"
    NEWEST = "newest"


@dataclass(frozen=True)
class Evidence:
    """One claim in all regions of a level, an entry a region: policed rows, and p-values (NaN where nothing can be tested)."""

    frame: pl.DataFrame
    p: Floats


@dataclass(frozen=True)
class Finding:
    """A claim, or a move, that holds in a region: the row of each part (of a move the fall first) and its adjusted p-value."""

    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]
    region: str
    window: Window
    q: float
    move: Move | None = None


def find_window(snapshot: Snapshot, indicator: str, window: Window) -> tuple[int, int] | None:
    """The months of a window; None where a year earlier is not on record, or the newest months are the settled ones."""
    if snapshot.months is None:
        return None
    settled = default_period(snapshot, INDICATORS[indicator], province_of(snapshot))[1]
    last = find_newest(snapshot, indicator) if window is Window.NEWEST else settled
    if window is Window.NEWEST and last == settled:
        return None
    first = months.shift(last, 1 - window_length(indicator))
    return (first, last) if months.shift(first, -months.MONTHS_A_YEAR) >= snapshot.months[0] else None


def window_length(indicator: str) -> int:
    """How many months are judged at once: three, of flows of people twelve."""
    return FLOW_MONTHS if INDICATORS[indicator].ledger == "staff_moves" else WINDOW_MONTHS


def find_newest(snapshot: Snapshot, indicator: str) -> int:
    """The last month with data that is due, at least the last settled one."""
    known = INDICATORS[indicator]
    settled = default_period(snapshot, known, province_of(snapshot))[1]
    assert snapshot.months is not None  # noqa: S101 - a settled period lies in months with data
    return max([settled, *(m for m in months.span(settled, snapshot.months[1]) if is_due(snapshot, known, m))])


def find_all(snapshot: Snapshot) -> list[Finding]:
    """What holds at the promised rate of false discoveries (`RATE`), each window and level of regions a family of its own.

    Cities always; counties where one has points enough to be tested.
    """
    levels = ["city", *(["county"] if _largest_df(snapshot, "county_code") >= LEAST_DF else [])]
    return [f for by in levels for window in Window for f in _find(snapshot, by, window)]


def _largest_df(snapshot: Snapshot, column: str) -> int:
    """The most degrees of freedom that a region of this level could have."""
    sizes = snapshot.points.drop_nulls(column).group_by(column).agg(df=pl.len() - pl.col("stratum").n_unique())
    return int(sizes["df"].cast(pl.Int64).max() or 0)  # type: ignore[arg-type]


def _find(snapshot: Snapshot, by: str, window: Window) -> Iterable[Finding]:
    rises = list_rises()
    moves = list_moves() if by == "city" else []
    weighed = {c: weigh(snapshot, c, by, window) for c in (*rises, *(c for m in moves for c in (m.falls, m.rises)))}
    tests: list[tuple[tuple[Claim, ...], Move | None, Floats]] = []
    for claim in rises:
        if found := weighed[claim]:
            tests.append(((claim,), None, found.p))
    for move in moves:
        falls, grows = weighed[move.falls], weighed[move.rises]
        if falls and grows:
            tests.append(((move.falls, move.rises), move, weigh_both(falls.p, grows.p)))
    if not tests:
        return
    q = adjust_family([claims for claims, _, _ in tests], np.stack([p for _, _, p in tests]))
    for test, region in np.argwhere(np.nan_to_num(q, nan=1.0) <= RATE).tolist():
        claims, moved, _ = tests[test]
        rows = tuple(_row(weighed[c], region) for c in claims)
        yield Finding(claims, rows, str(rows[0]["group"]), window, float(q[test, region]), moved)


def adjust_family(tests: Sequence[tuple[Claim, ...]], p: Floats) -> Floats:
    """Adjusted p-values, tests × regions: half of the rate is kept for rises of the counts that the reform is about."""
    heads = np.array([len(claims) == 1 and claims[0].indicator in COUNTS for claims in tests])
    known = np.isfinite(p).sum(axis=1)
    members = max(int(known[heads].sum()), 1), max(int(known[~heads].sum()), 1)
    weight = np.where(heads, COUNTS_SHARE / members[0], (1 - COUNTS_SHARE) / members[1])
    return adjust(p, weights=weight[:, None] * np.ones(p.shape))


def _row(evidence: Evidence | None, region: int) -> Row:
    assert evidence is not None  # noqa: S101 - what is found was weighed
    return evidence.frame.row(region, named=True)


@lru_cache(maxsize=512)
def weigh(snapshot: Snapshot, claim: Claim, by: str, window: Window) -> Evidence | None:
    """The evidence for a claim; None where the record is too short for a year's change."""
    period = find_window(snapshot, claim.indicator, window)
    if period is None:
        return None
    request = Request(claim.indicator, first=period[0], last=period[1], by=by, where=claim.where, compare="year")
    tested = compare(snapshot, request)
    return Evidence(tested.frame, _p_values(tested, claim.side))


def _p_values(tested: Tested, side: int) -> Floats:
    change = tested.frame["change"].fill_null(float("nan")).to_numpy()
    testable = (tested.df >= LEAST_DF) & (tested.events >= LEAST_EVENTS)
    return weigh_change(np.where(testable, change, np.nan), tested.se, tested.df, side)
