"""Properties that every answer has, on the published demo province."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dashboard.answers import ESTIMATE_COLUMNS, answer, build_request, observe
from dashboard.answers.policy import name_suppression
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS, Kind

YEAR = {"first": "2025-11", "last": "2026-10"}


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def ask(snapshot: Snapshot, indicator: str, **words: object) -> pl.DataFrame:
    return answer(snapshot, build_request(snapshot, indicator, **words))  # type: ignore[arg-type]


@pytest.mark.parametrize("indicator", [i.id for i in INDICATORS.values() if i.kind is not Kind.REGISTER])
def test_every_indicator_has_a_province_value_inside_its_interval(snapshot: Snapshot, indicator: str) -> None:
    row = ask(snapshot, indicator, **YEAR, compare="year").row(0, named=True)
    assert list(row) == list(ESTIMATE_COLUMNS)
    assert row["status"] == "ok"
    assert row["ci_low"] < row["estimate"] < row["ci_high"]
    assert row["change_low"] < row["change"] < row["change_high"]
    assert row["df"] == row["n_points"] - row["n_strata"]
    assert row["n_effective"] <= row["n_points"] + 1e-9


def test_shares_of_a_breakdown_add_up_to_the_whole(snapshot: Snapshot) -> None:
    for indicator, by in (("meetings", "topic"), ("documents", "carrier"), ("headcount", "age_band")):
        assert ask(snapshot, indicator, by=by, share=True, **YEAR)["estimate"].sum() == pytest.approx(1, abs=1e-9)


def test_groups_of_a_breakdown_add_up_to_the_mean(snapshot: Snapshot) -> None:
    whole = ask(snapshot, "meetings", **YEAR)["estimate"][0]
    assert ask(snapshot, "meetings", by="level", **YEAR)["estimate"].sum() == pytest.approx(whole, rel=1e-12)


def test_a_filtered_share_is_the_group_of_the_breakdown(snapshot: Snapshot) -> None:
    by_group = ask(snapshot, "meetings", by="level", share=True, **YEAR).filter(pl.col("group") == "county")
    filtered = ask(snapshot, "meetings", where=["level=county"], share=True, **YEAR)
    for column in ("estimate", "se", "ci_low", "ci_high"):
        assert filtered[column][0] == pytest.approx(by_group[column][0], rel=1e-12)


def test_the_change_of_the_level_is_decomposed_without_rest(snapshot: Snapshot) -> None:
    now = ask(snapshot, "meetings", first="2026-10", last="2026-10", compare="year").row(0, named=True)
    before = ask(snapshot, "meetings", first="2025-10", last="2025-10").row(0, named=True)
    assert now["same"] + now["came"] + now["went"] == pytest.approx(now["estimate"] - before["estimate"], rel=1e-9)
    assert now["n_matched"] < now["n_points"]


def test_a_group_equals_the_same_region_asked_alone(snapshot: Snapshot) -> None:
    together = ask(snapshot, "under35_share", by="city", **YEAR)
    alone = ask(snapshot, "under35_share", region="411300", **YEAR)
    grouped = together.filter(pl.col("group") == "411300")
    for column in ("estimate", "se", "ci_low", "n_points", "covered_share", "response_rate", "provisional"):
        assert grouped[column][0] == alone[column][0]


def test_code_419001_is_the_city_when_asked_alone_and_a_county_in_a_list(snapshot: Snapshot) -> None:
    city = ask(snapshot, "meetings", region="419001", **YEAR).row(0, named=True)
    counties = ask(snapshot, "meetings", by="county", **YEAR).filter(pl.col("group") == "419001")
    assert counties.height == 1
    assert counties["n_points"][0] <= city["n_points"]


def test_all_regions_are_listed_with_a_reason_where_there_is_nothing(snapshot: Snapshot) -> None:
    counties = ask(snapshot, "meetings", by="county", **YEAR)
    assert counties.height == 181
    empty = counties.filter(pl.col("status") == "no_data")
    assert empty.height > 0
    assert set(empty["reason"]) <= {"no_points", "missing", "not_due"}
    lone = counties.filter(pl.col("df") == 0)
    assert lone.height > 0
    assert set(lone["status"]) == {"not_estimable"}
    assert lone["ci_low"].is_null().all()


def test_a_month_to_come_is_not_due_and_a_month_before_the_panel_has_no_points(snapshot: Snapshot) -> None:
    assert ask(snapshot, "meetings", first="2026-11", last="2026-11").select("status", "reason").row(0) == ("no_data", "not_due")
    assert ask(snapshot, "meetings", first="2019-01", last="2019-03")["reason"][0] == "no_points"


def test_a_ledger_reported_without_the_column_is_not_called_missing(snapshot: Snapshot) -> None:
    village = ask(snapshot, "vacancy_rate", where=["point_type=village"], **YEAR).row(0, named=True)
    assert (village["status"], village["reason"]) == ("no_data", "not_stated")


def test_the_default_period_is_the_last_three_months_that_are_not_provisional(snapshot: Snapshot) -> None:
    row = ask(snapshot, "meetings").row(0, named=True)
    assert (row["period_from"], row["period_to"], row["provisional"]) == ("2026-07", "2026-09", False)
    assert ask(snapshot, "meetings", first="2026-10", last="2026-10")["provisional"][0]


def test_a_month_to_come_and_a_recent_month_without_points_are_provisional(snapshot: Snapshot) -> None:
    assert ask(snapshot, "meetings", first="2026-09", last="2026-11")["provisional"][0]
    counties = ask(snapshot, "meetings", by="county", first="2026-10", last="2026-10")
    empty = counties.filter(pl.col("reason") == "no_points")
    assert empty.height > 0
    assert empty["provisional"].all()
    alone = ask(snapshot, "meetings", region=empty["group"][0]).row(0, named=True)
    assert (alone["period_to"], alone["provisional"]) == ("2026-09", False)


def test_staff_figures_of_few_points_are_suppressed_whole(snapshot: Snapshot) -> None:
    counties = ask(snapshot, "under35_share", by="county", compare="year", **YEAR)
    hidden = counties.filter(pl.col("status") == "suppressed")
    assert hidden.height > 0
    assert (hidden["n_points"] < 3).any()
    figures = ["estimate", "se", "ci_low", "ci_high", "df", "n_effective", "cv", "change", "change_low", "same", "came"]
    assert hidden.select(pl.col(figures).is_null().all()).row(0) == (True,) * len(figures)
    assert counties.filter((pl.col("n_points") < 3) & (pl.col("status") == "ok")).is_empty()


def test_a_vacancy_rate_needs_as_many_people_as_the_headcount_beside_it(snapshot: Snapshot) -> None:
    rosters = snapshot.query("SELECT point_id, count(*) AS people FROM fact_staff JOIN dim_point USING (point_id) "
                             "WHERE month = 202609 AND selection = 'probability' GROUP BY 1 ORDER BY 2, 1")
    request = build_request(snapshot, "vacancy_rate", first="2026-09", last="2026-09")

    def reason(points: pl.DataFrame) -> str | None:
        people = float(points["people"].sum())
        rows = np.flatnonzero(snapshot.points["point_id"].is_in(points["point_id"].implode()).to_numpy())
        return name_suppression(
            snapshot, INDICATORS["vacancy_rate"], request, rows, (202609, 202609), None, counted=1.0, base=people + 1,
        )

    assert rosters.head(3)["people"].sum() < 10
    assert reason(rosters.head(3)) == "few_people"
    assert reason(rosters.tail(3)) is None


def test_a_change_does_not_tell_a_suppressed_staff_figure(snapshot: Snapshot) -> None:
    earlier = {"first": "2023-11", "last": "2023-12"}
    before = ask(snapshot, "vacancy_rate", by="county", **earlier).filter(pl.col("status") == "suppressed")["group"].implode()
    rows = ask(snapshot, "vacancy_rate", by="county", first="2026-07", last="2026-09", compare="2023-11..2023-12")
    shown = rows.filter(pl.col("status") == "ok")
    told = shown.filter(pl.col("group").is_in(before))
    assert told.height > 0
    for column in ("change", "change_low", "change_high", "direction", "same", "came", "went"):
        assert told[column].is_null().all()
    compared = shown.filter(pl.col("change").is_not_null())
    assert compared.height > 0
    assert compared["n_matched"].min() >= 3  # type: ignore[operator]


def test_cells_of_one_or_two_people_are_suppressed(snapshot: Snapshot) -> None:
    cells = [
        row
        for county in ("411302", "411323", "411330", "410102", "410122")
        for row in ask(snapshot, "headcount", region=county, by="age_band", **YEAR).to_dicts()
    ]
    people = snapshot.query(
        "SELECT county_code, age_band, count(DISTINCT person_id) AS people FROM fact_staff JOIN dim_point USING (point_id) "
        "WHERE selection = 'probability' AND month BETWEEN 202511 AND 202610 GROUP BY ALL"
    )
    count = {(c, b): n for c, b, n in people.iter_rows()}
    small = [r for r in cells if count.get((r["region_code"], r["group"]), 0) in (1, 2)]
    assert small
    assert {r["status"] for r in small} == {"suppressed"}


def test_observation_points_carry_no_interval_and_no_staff_figure(snapshot: Snapshot) -> None:
    panel = observe(snapshot, "meetings", "410000", 202511, 202610)
    assert {"value", "reported", "point_name"} <= set(panel.columns)
    assert not {"se", "ci_low", "estimate"} & set(panel.columns)
    assert panel.filter(~pl.col("reported"))["value"].is_null().all()
    with pytest.raises(RequestError, match="single units"):
        observe(snapshot, "under35_share", "410000", 202511, 202610)


def test_purposive_points_enter_no_estimate(snapshot: Snapshot) -> None:
    purposive = set(snapshot.query("SELECT point_id FROM dim_point WHERE selection = 'purposive'")["point_id"])
    assert purposive
    assert not purposive & set(snapshot.points["point_id"])


def test_other_constants_change_burden_hours_only_in_the_answer(snapshot: Snapshot) -> None:
    request = build_request(snapshot, "burden_hours", **YEAR)
    doubled = snapshot.policy.constants.model_copy(update={"hours_per_report": 4.0})
    usual, tried = answer(snapshot, request)["estimate"][0], answer(snapshot, request, doubled)["estimate"][0]
    assert tried > usual
    assert answer(snapshot, request)["estimate"][0] == usual
