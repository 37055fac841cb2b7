"""Parquet and JSON Lines: typed values and text alike."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from pipelines.ingest import ParsedFile

ReadBytes = Callable[..., ParsedFile]


def write(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def test_parquet_with_typed_columns_is_read(read_bytes: ReadBytes) -> None:
    frame = pl.DataFrame({
        "point_id": ["P1", "P2"], "month": [date(2026, 7, 1), None], "ledger": ["meetings", "会议"],
        "nil_return": [True, False], "submitted_at": [datetime(2026, 8, 3, 10, 30), datetime(2026, 8, 4)],
        "minutes_spent": [30.0, None], "标签": [["a"], ["b"]],
    })  # fmt: skip
    (sheet,) = read_bytes(write(frame), "a.parquet").sheets
    assert sheet.frame.rows() == [
        (1, "P1", 202607, "meetings", True, datetime(2026, 8, 3, 10, 30), 30),
        (2, "P2", None, "meetings", False, datetime(2026, 8, 4), None),
    ]
    assert sheet.faults.select("row", "column", "reason").rows() == [(2, "month", "missing_key")]
    assert sheet.ignored == ("标签",)


def test_times_with_a_zone_are_those_of_the_office(read_bytes: ReadBytes) -> None:
    frame = pl.DataFrame({
        "feedback_id": [1], "submitted_at": [datetime(2026, 7, 2, 17, 0, tzinfo=ZoneInfo("UTC"))], "region_code": [410102],
        "kind": ["clue"], "theme": ["staff"], "text": ["少"], "status": ["closed"], "action": ["none"],
    })  # fmt: skip
    (sheet,) = read_bytes(write(frame), "a.parquet").sheets
    assert sheet.frame.select("feedback_id", "submitted_at", "region_code").row(0) == (
        "1", datetime(2026, 7, 3, 1, 0), "410102",
    )  # fmt: skip


def test_json_lines_are_read_with_their_line_numbers(read_bytes: ReadBytes) -> None:
    lines = [
        {"city_code": 410100, "point_type": "村", "population_units": 900},
        None,
        {"point_type": "学校", "city_code": "410100", "population_units": "1,200", "备注": {"a": [1]}},
        {"city_code": 410100.0, "point_type": "企业", "population_units": 3.5},
    ]
    text = "\n".join("" if line is None else json.dumps(line, ensure_ascii=False) for line in lines)
    (sheet,) = read_bytes(text.encode(), "a.jsonl").sheets
    assert sheet.frame.rows() == [
        (1, "410100", "village", 900), (3, "410100", "school", 1200), (4, "410100", "enterprise", None),
    ]  # fmt: skip
    assert sheet.faults.select("row", "column", "value", "reason").rows() == [(4, "population_units", "3.5", "bad_number")]
