"""What `region` is made of: the profile of the region shown, what of it is strong or a worry, and how many are by chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.answers.profile import CHANCE
from dashboard.i18n import judgement
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.pages import region_source as profiles
from dashboard.pages.state import PROVINCE
from dashboard.pages.view import View
from pipelines.contracts.indicators import INDICATORS, Better

Row = Mapping[str, Any]
A_DOMAIN, AT_MOST = 2, 6
_SIDES = {Verdict.LIGHTER, Verdict.HEAVIER}


@dataclass(frozen=True)
class Counts:
    """Of so many that can be judged, how many are lighter, heavier, not clear; `chance`: as many would be clear by chance."""

    known: int
    lighter: int
    heavier: int

    @property
    def unclear(self) -> int:
        """Those whose interval holds 0."""
        return self.known - self.lighter - self.heavier

    @property
    def chance(self) -> int:
        """Intervals that would exclude 0 if nothing differed."""
        return round(CHANCE * self.known)


def beside(view: View) -> tuple[str, profiles.Parts]:
    """Whose parts stand beside the region shown: the cities of the province, or the counties of a county's city."""
    return (view.city or PROVINCE, "county") if view.is_county else (PROVINCE, "city")


def find_profile(view: View) -> pl.DataFrame:
    """A row an indicator of points (`dashboard.answers.profile.PROFILE_COLUMNS`)."""
    return profiles.draw_profile(view.snapshot, view.state.region, beside(view), view.period, view.comparison(), where(view))


def find_parts(view: View) -> Mapping[str, pl.DataFrame]:
    """The answers of the regions beside the one shown, by indicator."""
    return profiles.compare_parts(view.snapshot, *beside(view), view.period, view.comparison(), where(view))


def where(view: View) -> profiles.Where:
    """The filter of points, which bears on every indicator."""
    return (("point_type", view.state.point_type),) if view.state.point_type else ()


def side_of_gap(row: Row, how: Measure) -> Verdict:
    """Is the level clearly lighter or heavier than the province's? From the interval of the difference."""
    low, high = row["gap_low"], row["gap_high"]
    if low is None or high is None or low <= 0 <= high:
        return Verdict.UNCLEAR
    if how.better is Better.NONE:
        return Verdict.NEUTRAL
    return Verdict.LIGHTER if (high < 0) == (how.better is Better.LOWER) else Verdict.HEAVIER


def count_gaps(profile: pl.DataFrame) -> Counts:
    """Differences to the province of the indicators that have a better side."""
    rows = [r for r in profile.iter_rows(named=True) if r["gap_low"] is not None and _has_side(r)]
    sides = [side_of_gap(r, measure(r["indicator"])) for r in rows]
    return Counts(len(rows), sides.count(Verdict.LIGHTER), sides.count(Verdict.HEAVIER))


def count_changes(profile: pl.DataFrame) -> Counts:
    """Changes of the same indicators."""
    judged = [judgement.judge(r, measure(r["indicator"])) for r in profile.iter_rows(named=True) if _has_side(r)]
    known = [j.verdict for j in judged if j.direction is not Direction.UNKNOWN]
    return Counts(len(known), known.count(Verdict.LIGHTER), known.count(Verdict.HEAVIER))


def choose(profile: pl.DataFrame, side: Verdict) -> list[Row]:
    """Strengths (LIGHTER) or worries (HEAVIER): what is more than chance, both kinds first, then the farthest from the province.

    At most two a domain; a row whose other interval lies clearly on the other side is neither. Indicators that are not ranked
    take no part.
    """
    found = []
    for row in profile.iter_rows(named=True):
        how = measure(row["indicator"])
        if not (_has_side(row) and how.ranked):
            continue
        findings = findings_of(row, how)
        against = {side_of_gap(row, how), judgement.judge(row, how).verdict} & (_SIDES - {side})
        if findings and set(findings.values()) == {side} and not against:
            found.append((-len(findings), -abs(distance(row) or 0.0), row))
    found.sort(key=lambda f: f[:2])
    kept: list[Row] = []
    for *_, row in found:
        domain = INDICATORS[row["indicator"]].domain
        if sum(INDICATORS[k["indicator"]].domain is domain for k in kept) < A_DOMAIN:
            kept.append(row)
    return kept[:AT_MOST]


def findings_of(row: Row, how: Measure) -> dict[str, Verdict]:
    """Which of `gap` and `change` are more than chance, and on which side."""
    found = {}
    if row["gap_found"]:
        found["gap"] = side_of_gap(row, how)
    if row["change_found"]:
        found["change"] = judgement.judge(row, how).verdict
    return found


def distance(row: Row) -> float | None:
    """The gap in standard deviations of the parts; None where there is no gap or no spread."""
    return row["gap"] / row["spread"] if row["gap"] is not None and row["spread"] else None


def _has_side(row: Row) -> bool:
    return INDICATORS[row["indicator"]].better is not Better.NONE
