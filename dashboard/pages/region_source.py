"""Where `region` gets its numbers: profiles, peers and many lines at once, remembered by snapshot and question.

As in `dashboard.pages.source`, what is remembered never changes and is shared between sessions.
"""

from typing import Literal

import polars as pl

from dashboard.answers import is_by_quarter, profile, series
from dashboard.answers.peers import find_peers
from dashboard.answers.profile import POINT_INDICATORS, Answers, Comparison
from dashboard.pages.period import Period
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept
from pipelines.contracts.indicators import INDICATORS

Where = tuple[tuple[str, str], ...]
Parts = Literal["city", "county"]


@kept(64)
def compare_parts(
    snapshot: Snapshot, region: str, by: Parts, period: Period, compare: Comparison, where: Where
) -> Answers:
    """`dashboard.answers.profile.compare_parts`, remembered: the same for every city of the province, every county of a city."""
    return profile.compare_parts(snapshot, region, by, period.first, period.last, compare, where)


@kept(16)
def compare_whole(snapshot: Snapshot, period: Period, compare: Comparison, where: Where) -> Answers:
    """`dashboard.answers.profile.compare_whole`, remembered."""
    return profile.compare_whole(snapshot, period.first, period.last, compare, where)


@kept(256)
def draw_profile(
    snapshot: Snapshot, region: str, beside: tuple[str, Parts], period: Period, compare: Comparison, where: Where
) -> pl.DataFrame:
    """`dashboard.answers.profile.draw_profile`, remembered; `beside`: whose parts stand beside the region."""
    parts = compare_parts(snapshot, *beside, period, compare, where)
    whole = compare_whole(snapshot, period, compare, where)
    near = tuple(peers(snapshot, region)["city_code"][1:])
    return profile.draw_profile(snapshot, region, whole, parts, near, period.first, period.last, where)


@kept(64)
def peers(snapshot: Snapshot, city: str) -> pl.DataFrame:
    """`dashboard.answers.peers.find_peers`, remembered; empty for what is no city."""
    return find_peers(snapshot, city)


@kept(64)
def lines(snapshot: Snapshot, region: str, period: Period, where: Where) -> Answers:
    """Every indicator of points of a region (`dashboard.answers.series`) by month, or by quarter where only that is shown,
    remembered."""
    by_quarter = [i for i in POINT_INDICATORS if is_by_quarter(snapshot, INDICATORS[i], region, where)]
    by_month, over = [i for i in POINT_INDICATORS if i not in by_quarter], period.whole_quarters()
    return {
        **series(snapshot, by_month, period.first, period.last, region=region, by=None, where=where),
        **series(snapshot, by_quarter, over.first, over.last, region=region, by=None, every="quarter", where=where),
    }


@kept(128)
def part_lines(
    snapshot: Snapshot, indicator: str, region: str, by: Parts, period: Period, where: Where, every: str
) -> dict[str, pl.DataFrame]:
    """An indicator of points by month (`every`: or by quarter) for the parts of a region, by code in the order of codes."""
    found = series(snapshot, (indicator,), period.first, period.last, region=region, by=by, every=every, where=where)[indicator]
    return {str(code): rows for (code,), rows in found.group_by("region_code", maintain_order=True)}
