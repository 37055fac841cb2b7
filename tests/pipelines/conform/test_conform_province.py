"""The shared province: its accounting, its rejects, and nothing personal."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.conform import Conformed, conform, read_divisions
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import read, scan

SHARED = Path(__file__).parents[3] / "../shared"
BAD_MEETINGS = [
    (2, "point_id", "unknown_point"), (3, "date", "bad_date"), (4, "actual_minutes", "out_of_range"),
    (5, "accompanying", "out_of_range"), (6, "level", "not_in_list"), (7, "attendees", "bad_number"),
    (8, "principal_required", "bad_boolean"), (9, "meeting_id", "missing_key"),
]  # fmt: skip


@pytest.fixture(scope="module")
def province() -> Conformed:
    raw = SHARED / "province/raw"
    if not raw.exists():
        pytest.skip("../shared is absent")
    return conform([read(source) for source in scan(raw)], read_divisions(), date(2026, 11, 22))


def test_rows_are_accounted_for_as_the_truth_says(province: Conformed) -> None:
    truth = json.loads((SHARED / "province/truth.json").read_text(encoding="utf-8"))
    meetings = truth["meetings_rows"]
    assert province.accounting["meetings"] == {"in": meetings.pop("input"), **meetings}
    heights = {LEDGERS[name].table: frame.height for name, frame in province.facts.items()}
    assert {table: heights[table] for table in truth["clean_counts"]} == truth["clean_counts"]


def test_every_bad_meeting_is_refused_for_its_reason(province: Conformed) -> None:
    entries = province.quarantine.filter(file="错误/bad_meetings.csv")
    assert entries.select("row", "column", "reason").rows() == BAD_MEETINGS


def test_the_two_unreadable_files_are_entries(province: Conformed) -> None:
    unreadable = province.quarantine.filter(reason="unreadable_file")
    assert unreadable.select("file", "row").rows() == [("错误/not_a_table.xlsx", None), ("错误/空.csv", None)]
    assert province.quarantine.height == len(BAD_MEETINGS) + 2


def test_no_name_or_phone_number_gets_through(province: Conformed) -> None:
    for frame in (*province.facts.values(), province.quarantine):
        for name, texts in frame.to_dict().items():
            if texts.dtype == pl.String:
                assert not texts.str.contains("王某某|13812345678|张某|李某").any(), name
