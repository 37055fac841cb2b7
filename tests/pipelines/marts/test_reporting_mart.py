"""What every point owes and whether it came: one row a point, month and ledger."""

from datetime import date, datetime

import polars as pl
import pytest

from pipelines.contracts.codes import RETURN_LEDGER
from pipelines.marts.panel import OWED

OWED_LEDGERS = {*RETURN_LEDGER.codes}


@pytest.fixture
def report(marts):
    """The row of one ledger of point A in January 2026, from the given rows."""

    def find(ledger: str, **rows):
        built = marts(**rows)["mart_reporting"].filter(point_id="A", month=202601, ledger=ledger)
        return built.row(0, named=True)

    return find


def said(row):
    return {name for name in ("reported", "awaited", "nil", "contradictory") if row[name]}


def test_an_active_point_owes_all_six_ledgers_of_every_month_and_an_inactive_one_none(marts):
    mart = marts(
        points=[{"point_id": "A"}, {"point_id": "B", "active_from": 202602}], meetings=[{"month": 202601}, {"month": 202602}]
    )["mart_reporting"]
    assert mart.columns == [
        "month", "point_id", "ledger", "reported", "awaited", "nil", "contradictory", "submitted_on", "minutes_spent",
        "rejected",
    ]  # fmt: skip
    assert mart.select("month", "point_id", "ledger").n_unique() == mart.height == 18
    for point, month in (("A", 202601), ("A", 202602), ("B", 202602)):
        assert set(mart.filter(point_id=point, month=month)["ledger"]) == OWED_LEDGERS
    assert mart.schema["month"] == pl.Int32


def test_nothing_sent_is_missing_and_neither_awaited_nor_nil(report):
    row = report("documents", meetings=[{"meeting_id": "1"}])
    assert said(row) == set()
    assert (row["submitted_on"], row["minutes_spent"], row["rejected"]) == (None, None, 0)


def test_a_return_without_rows_that_is_not_nil_is_awaited(report):
    row = report("meetings", returns=[{"ledger": "meetings", "submitted_at": datetime(2026, 2, 3, 9), "minutes_spent": 20}])
    assert said(row) == {"awaited"}
    assert (row["submitted_on"], row["minutes_spent"]) == (date(2026, 2, 3), 20)


def test_a_nil_return_reports_where_nothing_may_happen_and_contradicts_rows(report):
    nil = [{"ledger": name, "nil_return": True} for name in ("meetings", "staff")]
    assert said(report("meetings", returns=nil)) == {"reported", "nil"}
    assert said(report("meetings", returns=nil, meetings=[{"meeting_id": "1"}])) == {"reported", "nil", "contradictory"}
    assert said(report("staff", returns=nil)) == {"nil"}


def test_rows_without_a_return_are_reported_on_no_known_day(report):
    row = report("standing", standing=[{}])
    assert said(row) == {"reported"}
    assert row["submitted_on"] is None


def test_rejected_rows_count_for_their_own_ledger(marts):
    mart = marts(meetings=[{"meeting_id": "1"}], quarantine=(("A", 202601), ("A", 202601), (None, 202601)))["mart_reporting"]
    assert dict(mart.select("ledger", "rejected").iter_rows()) == {name: 2 * (name == "meetings") for name in OWED_LEDGERS}


def test_reported_is_what_the_universe_of_the_estimates_says(marts):
    built = marts(
        points=[{"point_id": p} for p in "ABC"], meetings=[{"meeting_id": "1"}], survey=[{"point_id": "B"}],
        staff=[{"person_id": "x"}], returns=[
            {"point_id": p, "ledger": ledger.return_code, "nil_return": p == "C"} for p in "BC" for ledger in OWED
        ],
    )  # fmt: skip
    for ledger in OWED:
        mart = built["mart_reporting"].filter(ledger=ledger.return_code).sort("point_id", "month")
        panel = built["mart_point_month"].sort("point_id", "month")
        assert mart["reported"].to_list() == panel[f"{ledger.name}_reported"].to_list()


def test_points_apart_give_the_same_rows_as_points_together(marts):
    rows = {
        "meetings": [{"point_id": p, "meeting_id": "1", "month": m} for p in "AB" for m in (202601, 202603)],
        "returns": [{"point_id": "B", "ledger": "documents"}],
    }
    points = [{"point_id": p} for p in "AB"]
    whole = marts(points=points, **rows)["mart_reporting"]
    parts = [
        marts(points=[p], **{n: [r for r in found if r["point_id"] == p["point_id"]] for n, found in rows.items()})
        for p in points
    ]
    keys = ["month", "point_id", "ledger"]
    assert pl.concat([p["mart_reporting"] for p in parts]).sort(keys).equals(whole.sort(keys))
