"""Each statistic of a point-month, by hand."""

from datetime import date

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.statistics import ROW_VALUES


def test_every_declared_statistic_has_an_expression_and_no_other_exists():
    assert {ledger: set(values) for ledger, values in ROW_VALUES.items()} == {
        ledger: set(names) for ledger, names in STATISTICS.items()
    }


def test_the_marts_have_the_declared_columns(marts):
    built = marts(meetings=[{"meeting_id": "1"}])
    assert built["mart_point_month"].columns == ["point_id", "month", *UNIVERSES, *LEDGER_OF, "incomplete"]
    for cell in CELLS.values():
        breakdowns = [b.column for b in cell.breakdowns]
        assert built[cell.name].columns == ["point_id", "month", *breakdowns, *STATISTICS[cell.ledger]]


def test_meetings(month):
    row = month(meetings=[
        {"meeting_id": "1", "actual_minutes": 90, "attendees": 4, "accompanying": 1, "stated_minutes": 60},
        {"meeting_id": "2", "actual_minutes": 91, "attendees": 10, "accompanying": 3, "form": "video", "planned": False},
        {"meeting_id": "3", "actual_minutes": 30, "attendees": 1, "principal_required": True, "merged": True,
         "is_offday": True, "form": "phone", "stated_minutes": 0},
    ])  # fmt: skip
    assert row["meetings"] == 3
    assert row["meeting_minutes"] == 90 + 91 + 30
    assert row["meeting_person_minutes"] == 90 * 4 + 91 * 10 + 30
    assert row["meetings_with_stated_duration"] == 2
    assert row["meetings_over_90"] == 1
    assert row["meetings_video"] == 1
    assert row["meetings_principal_required"] == 1
    assert row["meetings_merged"] == 1
    assert row["meetings_unplanned"] == 1
    assert row["meetings_offday"] == 1
    assert row["meeting_attendees"] == 15
    assert row["meeting_accompanying"] == 4


def test_documents(month):
    row = month(documents=[
        {"characters": 4000, "kind": "formal"},
        {"characters": 4001, "kind": "letter", "reply_days": 3},
        {"characters": 9000, "kind": "plain", "carrier": "chat_group", "comprehensive": True, "reply_days": 4},
        {"is_repeat": True, "is_cross_carrier_repeat": True, "carrier": "app", "report_demanded": True},
        {"is_repeat": True, "carrier": "phone", "reply_days": 0},
    ])  # fmt: skip
    assert row["receipts"] == 5
    assert row["documents"] == 3
    assert row["cross_carrier_repeats"] == 1
    assert row["documents_with_characters"] == 3
    assert row["documents_without_characters"] == 2
    assert row["long_documents"] == 1
    assert row["informal_documents"] == 3
    assert row["reports_demanded"] == 1
    assert row["documents_with_reply_days"] == 3
    assert row["short_notice_documents"] == 2
    assert row["document_characters"] == 4000 + 4001 + 9000


def test_inspections_count_every_begun_day_in_the_month_of_the_start(month):
    row = month(inspections=[
        {"inspection_id": "1", "start_date": date(2026, 1, 30), "end_date": date(2026, 2, 2), "accompanying": 3,
         "materials": 12, "planned": False, "problems_found": 5, "problems_solved": 2},
        {"inspection_id": "2", "accompanying": 2, "announced": False, "is_repeat": True, "ranked": True,
         "principal_accompanied": True, "materials": 1},
    ])  # fmt: skip
    assert row["inspections"] == 2
    assert row["inspection_escort_days"] == 3 * 4 + 2 * 1
    assert row["inspection_accompanying"] == 5
    assert row["inspection_materials"] == 13
    assert row["inspections_unplanned"] == 1
    assert row["inspections_unannounced"] == 1
    assert row["inspections_repeat"] == 1
    assert row["inspections_ranked"] == 1
    assert row["inspections_principal_accompanied"] == 1
    assert (row["problems_found"], row["problems_solved"]) == (5, 2)


def test_staff_ages_in_whole_months(month):
    row = month(staff=[
        {"person_id": "1", "age_months": 35 * 12 - 1},
        {"person_id": "2", "age_months": 35 * 12, "post_type": "public_institution"},
        {"person_id": "3", "age_months": 50 * 12 - 1, "status": "seconded_out"},
        {"person_id": "4", "age_months": 50 * 12, "status": "attached", "gender": None},
    ])  # fmt: skip
    assert row["headcount"] == 4
    assert row["under35"] == 1
    assert row["over50"] == 1
    assert row["age_months"] == 35 * 12 * 2 - 1 + 50 * 12 * 2 - 1
    assert row["public_institution"] == 1
    assert row["seconded"] == 1


def test_moves(month):
    moves = [
        ("recruited", {}), ("transferred_in", {"in_service_term": True}), ("selected_up", {"in_service_term": True}),
        ("appointed_up", {"in_service_term": False}), ("seconded_out", {"months_agreed": 6}),
        ("seconded_out", {"months_agreed": 7, "in_service_term": True}), ("seconded_out", {}), ("returned", {}),
        ("resigned", {"months_agreed": 9}), ("retired", {"in_service_term": False}), ("transferred_out", {}),
        ("dismissed", {"in_service_term": True}),
    ]  # fmt: skip
    row = month(
        staff=[{"person_id": "0"}],
        staff_moves=[{"person_id": str(i), "move": m, **rest} for i, (m, rest) in enumerate(moves)],
    )
    assert row["separations"] == 6
    assert row["drained"] == 2
    assert row["resigned"] == 1
    assert row["joined"] == 2
    assert (row["departures_in_term"], row["departures_term_known"]) == (2, 4)
    assert (row["long_secondments"], row["secondments_months_known"]) == (1, 2)


def test_moves_of_a_month_without_a_roster_count_nowhere(marts):
    built = marts(
        meetings=[{"meeting_id": "1"}],
        staff_moves=[{"person_id": "1", "move": "resigned", "roster_reported": False}],
    )
    row = built["mart_point_month"].row(0, named=True)
    assert (row["resigned"], row["staff_reported"]) == (0, False)
    assert built["mart_move_cell"].is_empty()


def test_standing_items_and_survey_are_taken_over(month):
    row = month(
        standing=[{"apps": 9, "plaques": 4, "check_ins": 2}],
        survey=[{"valid_forms": 20, "felt_relief": 7, "weekend_days": 1.5, "leave_entitled": 10.0, "leave_taken": 2.5}],
    )
    assert (row["apps"], row["plaques"], row["check_ins"], row["certificates"]) == (9, 4, 2, 0)
    assert (row["valid_forms"], row["felt_relief"]) == (20, 7)
    assert (row["weekend_days"], row["leave_entitled"], row["leave_taken"]) == (1.5, 10.0, 2.5)


def test_vacancies_need_both_the_posts_and_the_roster(marts):
    built = marts(
        points=[{"point_id": p} for p in "ABCD"],
        standing=[{"point_id": "A", "posts_established": 10}, {"point_id": "B", "posts_established": 10},
                  {"point_id": "C"}, {"point_id": "D", "posts_established": 1}],
        staff=[{"point_id": p, "person_id": i} for p in "ACD" for i in "123"],
    )["mart_point_month"].sort("point_id")  # fmt: skip
    assert built["posts_reported"].to_list() == [True, False, False, True]
    assert built["posts_established"].to_list() == [10, 0, 0, 1]
    assert built["posts_vacant"].to_list() == [7, 0, 0, -2]


def test_minutes_are_summed_over_the_returns_that_state_them(month):
    stated = month(returns=[
        {"ledger": "meetings", "minutes_spent": 30}, {"ledger": "staff"}, {"ledger": "survey", "minutes_spent": 12},
    ])  # fmt: skip
    assert (stated["reporting_minutes"], stated["minutes_reported"]) == (42, True)
    silent = month(returns=[{"ledger": "meetings"}])
    assert (silent["reporting_minutes"], silent["minutes_reported"]) == (0, False)


def test_a_cell_holds_the_rows_of_its_codes_and_cells_add_up_to_the_month(marts):
    built = marts(meetings=[
        {"meeting_id": "1", "level": "city", "attendees": 7}, {"meeting_id": "2", "level": "city", "attendees": 2},
        {"meeting_id": "3", "level": "county", "form": "video", "attendees": 4},
    ])  # fmt: skip
    cells = built["mart_meeting_cell"].sort("level")
    assert cells.select("level", "topic", "form", "meetings", "meeting_attendees").rows() == [
        ("city", "party", "onsite", 2, 9), ("county", "party", "video", 1, 4),
    ]  # fmt: skip
    assert cells["meeting_attendees"].sum() == built["mart_point_month"]["meeting_attendees"].sum()


def test_an_unknown_breakdown_stays_null(marts):
    cells = marts(staff=[{"person_id": "1", "gender": None}, {"person_id": "2", "gender": "male"}])["mart_staff_cell"]
    assert set(cells.select("gender", "headcount").rows()) == {(None, 1), ("male", 1)}
