"""The profile of a region: its rows are the answers, its gaps have the covariance, and only what is more than chance is found."""

import math
from pathlib import Path

import polars as pl
import pytest

from dashboard.answers import Request, answer, series
from dashboard.answers.gaps import measure_gaps
from dashboard.answers.peers import find_peers
from dashboard.answers.profile import POINT_INDICATORS, Answers, compare_parts, compare_whole, draw_profile
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS

SPAN = (202607, 202609)
CITY, COUNTY, EMPTY = "410300", "410323", "411372"


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def whole(snapshot: Snapshot) -> Answers:
    return compare_whole(snapshot, *SPAN, "year")


@pytest.fixture(scope="module")
def cities(snapshot: Snapshot) -> Answers:
    return compare_parts(snapshot, "410000", "city", *SPAN, "year")


@pytest.fixture(scope="module")
def profile(snapshot: Snapshot, whole: Answers, cities: Answers) -> pl.DataFrame:
    peers = tuple(find_peers(snapshot, CITY)["city_code"][1:])
    return draw_profile(snapshot, CITY, whole, cities, peers, *SPAN)


def row(profile: pl.DataFrame, indicator: str) -> dict[str, object]:
    return profile.row(by_predicate=pl.col("indicator") == indicator, named=True)


def test_every_indicator_has_the_figures_of_its_own_question(snapshot: Snapshot, profile: pl.DataFrame) -> None:
    assert profile["indicator"].to_list() == list(POINT_INDICATORS)
    for indicator in ("documents", "vacancy_rate", "felt_relief_share"):
        own = answer(snapshot, Request(indicator, CITY, *SPAN, compare="year")).row(0, named=True)
        found = row(profile, indicator)
        for column in ("estimate", "ci_low", "ci_high", "change", "change_low", "n_points", "response_rate"):
            assert found[column] == pytest.approx(own[column]), (indicator, column)


def test_the_gap_of_a_mean_has_the_variance_of_a_part_and_its_whole(snapshot: Snapshot, cities: Answers) -> None:
    """Cities share no stratum, so the province is Σ W θ with fixed W, and a city's part of it is known by algebra."""
    rows = {r["group"]: r for r in cities["meetings"].iter_rows(named=True)}
    frame = dict(snapshot.strata.group_by("city_code").agg(pl.col("population_units").sum()).iter_rows())
    units = {code: frame[code] * r["covered_share"] for code, r in rows.items()}
    share = {code: n / sum(units.values()) for code, n in units.items()}
    level = sum(share[c] * r["estimate"] for c, r in rows.items())
    variance = sum(((c == CITY) - share[c]) ** 2 * r["se"] ** 2 for c, r in rows.items())
    gap = measure_gaps(snapshot, CITY, *SPAN)["meetings"]
    assert gap.value == pytest.approx(rows[CITY]["estimate"] - level, rel=1e-9)
    assert gap.se == pytest.approx(math.sqrt(variance), rel=1e-6)
    assert gap.df == rows[CITY]["df"]


def test_the_planted_displacement_is_found_and_most_else_is_not(profile: pl.DataFrame) -> None:
    assert row(profile, "principal_required_share")["gap_found"]
    rate = row(profile, "meeting_accompaniment_rate")
    assert rate["gap_found"]
    assert rate["change_found"]
    clear = profile.filter((pl.col("gap_low") > 0) | (pl.col("gap_high") < 0))
    assert profile["gap_found"].sum() <= clear.height < profile.height / 2


def test_no_range_is_told_where_regions_are_not_ranked(profile: pl.DataFrame, cities: Answers) -> None:
    for found in profile.iter_rows(named=True):
        ends = [found[f"{who}_{end}"] for who in ("parts", "peers") for end in ("low", "high")]
        assert all(e is None for e in ends) is not INDICATORS[found["indicator"]].ranked
        assert INDICATORS[found["indicator"]].ranked or found["rank"] is None
    found, levels = row(profile, "documents"), cities["documents"]["estimate"]
    assert (found["parts_low"], found["parts_high"]) == (levels.min(), levels.max())
    assert found["spread"] == pytest.approx(levels.std())
    assert found["peers_low"] >= found["parts_low"]


def test_what_is_suppressed_or_absent_has_no_gap(snapshot: Snapshot, whole: Answers) -> None:
    counties = compare_parts(snapshot, "411300", "county", *SPAN, "year")
    empty = draw_profile(snapshot, EMPTY, whole, counties, (), *SPAN)
    hidden = empty.filter(status="suppressed")
    assert hidden.height >= 10
    assert set(hidden["indicator"]) <= {i for i, known in INDICATORS.items() if known.domain.value == "staffing"}
    for column in ("estimate", "gap", "gap_low", "change", "rank"):
        assert hidden[column].is_null().all()
    assert empty["gap_low"].is_null().all()
    assert not empty["gap_found"].any()
    assert not empty["change_found"].any()


def test_the_province_has_changes_and_no_gap(snapshot: Snapshot, whole: Answers, cities: Answers) -> None:
    found = draw_profile(snapshot, "410000", whole, cities, (), *SPAN)
    assert found["gap"].is_null().all()
    assert row(found, "documents")["change_found"]


def test_a_filter_of_points_bears_on_all_of_it(snapshot: Snapshot) -> None:
    where = (("point_type", "township"),)
    own = answer(snapshot, Request("meetings", CITY, *SPAN, where=where))["estimate"][0]
    all_of = answer(snapshot, Request("meetings", "410000", *SPAN, where=where))["estimate"][0]
    assert measure_gaps(snapshot, CITY, *SPAN, where)["meetings"].value == pytest.approx(own - all_of)
    monthly = series(snapshot, ("meetings",), *SPAN, region=CITY, by=None, where=where)["meetings"]
    asked = answer(snapshot, Request("meetings", CITY, *SPAN, by="month", where=where))
    assert monthly["estimate"].to_list() == pytest.approx(asked["estimate"].to_list())


def test_peers_are_five_cities_and_a_county_has_none(snapshot: Snapshot) -> None:
    found = find_peers(snapshot, CITY)
    assert found["city_code"][0] == CITY
    assert found.height == 6
    assert found["distance"].is_sorted()
    assert found["units"].to_list() == [
        snapshot.strata.filter(city_code=c)["population_units"].sum() for c in found["city_code"]
    ]
    assert find_peers(snapshot, COUNTY).is_empty()
