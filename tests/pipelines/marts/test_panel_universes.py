"""Which point-months exist, and which are reported: 0 is not missing."""

import polars as pl

REPORTED = ["meetings_reported", "documents_reported", "inspections_reported"]


def test_a_row_or_a_nil_return_reports_a_month_and_another_return_does_not(marts):
    panel = marts(
        points=[{"point_id": p} for p in "ABC"],
        meetings=[{"point_id": "A", "meeting_id": "1"}],
        returns=[{"point_id": "B", "ledger": "meetings", "nil_return": True},
                 {"point_id": "C", "ledger": "meetings", "nil_return": False}],
    )["mart_point_month"].sort("point_id")  # fmt: skip
    assert panel.select("point_id", "meetings_reported", "meetings").rows() == [
        ("A", True, 1), ("B", True, 0), ("C", False, 0),
    ]  # fmt: skip


def test_a_nil_return_beside_rows_stays_reported(month):
    row = month(meetings=[{"meeting_id": "1"}], returns=[{"ledger": "meetings", "nil_return": True}])
    assert (row["meetings_reported"], row["meetings"]) == (True, 1)


def test_a_nil_return_never_reports_staff_standing_or_survey(month):
    row = month(returns=[{"ledger": name, "nil_return": True} for name in ("staff", "standing", "survey")])
    assert [row[f"{name}_reported"] for name in ("staff", "standing", "survey")] == [False] * 3


def test_the_burden_needs_all_three_ledgers(marts):
    nil = [{"ledger": name, "nil_return": True} for name in ("meetings", "documents", "inspections")]
    panel = marts(
        points=[{"point_id": "A"}, {"point_id": "B"}],
        returns=[*nil, *({**row, "point_id": "B"} for row in nil[:2])],
    )["mart_point_month"].sort("point_id")
    assert panel.select("point_id", *REPORTED, "burden_reported").rows() == [
        ("A", True, True, True, True), ("B", True, True, False, False),
    ]  # fmt: skip


def test_every_active_month_between_the_first_and_the_last_report_has_a_row_for_every_point(marts):
    panel = marts(
        points=[
            {"point_id": "A"},
            {"point_id": "B", "active_from": 202512, "active_to": 202602, "selection": "purposive"},
            {"point_id": "C", "active_from": 202604},
        ],
        meetings=[{"meeting_id": "1", "month": 202511, "point_id": "B"}],
        survey=[{"month": 202603}],
    )["mart_point_month"].sort("point_id", "month")
    assert panel.select("point_id", "month").rows() == [
        ("A", 202601), ("A", 202602), ("A", 202603), ("B", 202512), ("B", 202601), ("B", 202602),
    ]  # fmt: skip
    assert panel["month"].dtype == pl.Int32


def test_rejected_rows_mark_their_point_month_incomplete(marts):
    built = marts(meetings=[{"meeting_id": "1"}], quarantine=(("A", 202601), ("A", 202601), (None, 202601), ("A", None)))
    assert built["mart_point_month"]["incomplete"].to_list() == [2]


def test_no_report_at_all_makes_empty_marts_with_their_columns(marts):
    built = marts(points=[])
    assert all(frame.is_empty() for frame in built.values())
    assert built["mart_point_month"].schema["meetings"] == pl.Int64
    assert built["mart_point_month"].schema["weekend_days"] == pl.Float64
    assert built["mart_point_month"].schema["meetings_reported"] == pl.Boolean
