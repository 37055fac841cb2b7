"""Policy holds in decks: suppressed cells are empty and marked, withheld ranks withheld, intervals in the notes explained."""

import pytest

from dashboard.briefing.queries import decode
from tests.dashboard.briefing import edits
from tests.dashboard.briefing.test_values import ask, read_caches, read_sheet

COUNTY = "410122"


@pytest.fixture(scope="module")
def deck(make_deck):
    return edits.open_deck(make_deck(
        {"chart": "pyramid", "region": COUNTY}, {"chart": "pair", "indicator": "felt_relief_share"},
        {"chart": "bars", "indicator": "meetings", "by": "point_type", "region": COUNTY},
    ))  # fmt: skip


def test_suppressed_cells_are_empty_and_marked_never_0(deck, snapshot):
    chart = edits.find_chart(deck, 1, "pyramid").chart
    hidden = set()
    for gender, header in (("male", "男"), ("female", "女")):
        line = f"headcount --by age_band --share --where gender={gender} --region {COUNTY} --from 2026-07 --to 2026-07"
        rows = ask(snapshot, line)
        for place, row in enumerate(rows):
            if row["status"] == "suppressed":
                hidden.add(place)
                assert read_sheet(chart)[header][place] is None
                assert read_caches(chart)[header][place] is None
    assert hidden
    labels = read_sheet(chart)["年龄段"]
    assert {i for i, label in enumerate(labels) if "ⓢ" in label} == hidden


def test_regions_are_in_the_order_of_codes_where_ranks_are_withheld_and_the_reason_is_said(deck, snapshot):
    frame = edits.find_chart(deck, 2, "regions")
    rows = ask(snapshot, "felt_relief_share --by city --compare year --rank --from 2026-07 --to 2026-07")
    assert [r["rank"] for r in rows] == [None] * len(rows)
    shown = [v for v in read_sheet(frame.chart)["变化"] if v is not None]
    assert shown == pytest.approx([r["change"] for r in rows if r["change"] is not None])
    assert "不排名" in edits.find_text(deck, 2, "subtitle").text_frame.text


def test_a_group_without_points_is_named_as_such(deck, snapshot):
    rows = ask(snapshot, f"meetings --by point_type --region {COUNTY} --from 2026-07 --to 2026-07")
    absent = [i for i, r in enumerate(rows) if r["estimate"] is None]
    sheet = read_sheet(edits.find_chart(deck, 3, "bars").chart)
    assert absent
    assert all("无样本点" in sheet["名称"][i] and sheet["估计值"][i] is None for i in absent)


def test_notes_hold_definition_interval_and_the_link_to_the_view(deck):
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    assert "问卷中感到负担减轻的人数" in notes
    assert "95% 置信区间" in notes
    assert notes.splitlines()[-1].endswith("/overview?region=410000&from=2026-07&to=2026-07")
    query = decode(edits.find_chart(deck, 2, "trend").name).query
    assert (query.first, query.last) == (202607, 202607)
