"""Files as offices send them: under a wrong name, in a wide encoding, with lines and cells that are no data."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from meeting_lines import MEETING, MEETING_HEADER

from pipelines.ingest import ParsedFile

ReadBytes = Callable[..., ParsedFile]
TEXT = f"{MEETING_HEADER}\n{MEETING}\n"
HEADER, CELLS = MEETING_HEADER.split(","), MEETING.split(",")


def workbook(*lines: list[object], epoch_1904: bool = False, hidden: bool = False) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": epoch_1904})
    for number in range(1 + hidden):
        sheet = book.add_worksheet()
        for row, cells in enumerate([HEADER, *lines]):
            sheet.write_row(row, 0, cells)
        if number:
            sheet.hide()
    book.close()
    return stream.getvalue()


def records() -> bytes:
    return json.dumps(dict(zip(HEADER, CELLS, strict=True)), ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(("content", "name"), [
    (workbook(CELLS), "a.csv"), (workbook(CELLS), "a.xls"), (TEXT.encode(), "a.xlsx"), (TEXT.encode("gb18030"), "a.xls"),
    (TEXT.encode("utf-16-le"), "a.csv"), (TEXT.encode("utf-16-be"), "a.csv"), (TEXT.encode("utf-16"), "a.txt"),
    (TEXT.replace(",", "\t").encode("utf-16"), "a.xls"), (TEXT.encode(), "a.parquet"), (TEXT.encode(), "a.jsonl"),
    (records(), "a.json"), (records(), "a.csv"),
])  # fmt: skip
def test_a_file_is_read_for_what_it_is(read_bytes: ReadBytes, content: bytes, name: str) -> None:
    (sheet,) = read_bytes(content, name).sheets
    assert sheet.frame.select("meeting_id", "date").rows() == [("M1", date(2026, 7, 3))]
    assert sheet.faults.is_empty()


@pytest.mark.parametrize("start", ["<table>", "\ufeff<html>", "<!DOCTYPE html>", '<?xml version="1.0"?>', "MIME-Version: 1.0"])
def test_a_web_page_saved_as_a_workbook_is_named_as_such(read_bytes: ReadBytes, start: str) -> None:
    faults = read_bytes(f"{start}<tr><td>会议</td></tr>".encode(), "导出.xls").faults
    assert faults.select("reason", "rule_zh").rows() == [("unreadable_file", "内容是网页或 XML，不是工作簿")]


def test_a_hidden_sheet_is_read_like_any_other(read_bytes: ReadBytes) -> None:
    assert [s.frame.height for s in read_bytes(workbook(CELLS, hidden=True), "a.xlsx").sheets] == [1, 1]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_bare_serials_count_from_1904_where_the_workbook_says_so(
    read_bytes: ReadBytes, tmp_path: Path, convert: Callable[..., None], kind: str
) -> None:
    serial = (date(2026, 7, 3) - date(1904, 1, 1)).days
    (tmp_path / "a.xlsx").write_bytes(workbook([*CELLS[:2], serial, *CELLS[3:]], epoch_1904=True))
    convert(kind, tmp_path, tmp_path / "a.xlsx")
    (sheet,) = read_bytes((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}").sheets
    assert sheet.frame["date"].to_list() == [date(2026, 7, 3)]


def test_traditional_headers_and_words_are_read(read_meetings: Callable[..., ParsedFile]) -> None:
    header = MEETING_HEADER.replace("会议", "會議").replace("样本点编码", "樣本點編碼").replace("实际时长", "實際時長")
    (sheet,) = read_meetings(MEETING.replace("视频", "視頻"), header=header).sheets
    assert sheet.frame.select("meeting_id", "form", "actual_minutes").rows() == [("M1", "video", 90)]


@pytest.mark.parametrize("line", [
    ",".join(["甲", "乙", *map(str, range(1, 14))]), ",".join(map(str, range(1, 16))), ",,,小计,,,,,,90",
])  # fmt: skip
def test_column_numbers_and_sub_totals_are_no_rows(read_meetings: Callable[..., ParsedFile], line: str) -> None:
    (sheet,) = read_meetings(line, MEETING, line).sheets
    assert (sheet.frame["row"].to_list(), sheet.faults.is_empty()) == ([3], True)


@pytest.mark.parametrize("text", ["1.38E+10", "#N/A", "4e5"])
def test_an_id_that_lost_its_digits_is_rejected(read_meetings: Callable[..., ParsedFile], text: str) -> None:
    (sheet,) = read_meetings(MEETING.replace("M1", text)).sheets
    assert sheet.faults.select("column", "value", "reason").rows() == [("meeting_id", text, "bad_number")]


def test_a_failed_formula_in_a_text_is_no_text(read_meetings: Callable[..., ParsedFile]) -> None:
    (sheet,) = read_meetings(MEETING.replace("关于防汛的会议", "#REF!")).sheets
    assert sheet.faults.select("column", "reason").rows() == [("title", "missing_value")]


def test_a_time_beside_a_day_is_read_past(read_meetings: Callable[..., ParsedFile]) -> None:
    (sheet,) = read_meetings(MEETING.replace("2026-07-03", "2026-07-03 09:30")).sheets
    assert sheet.frame["date"].to_list() == [date(2026, 7, 3)]
