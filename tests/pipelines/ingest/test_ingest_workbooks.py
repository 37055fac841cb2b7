"""Workbooks: XLSX, XLS and ODS as offices write them.

`fixtures/meetings.xls` and `.ods` hold the same lines, written by other programs than those that read them here.
"""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from meeting_lines import MEETING_HEADER
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipelines.ingest import ParsedFile

ReadBytes = Callable[..., ParsedFile]
FIXTURES = Path(__file__).parent / "fixtures"
HEADER = MEETING_HEADER.split(",")


def meeting(number: object, day: object) -> list[object]:
    return ["P1", number, day, "会", "县", "某局", "安全", "视频", None, 90, 20.0, 3, "否", True, 0]


def save(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["meetings.xls", "meetings.ods"])
def test_old_and_open_workbooks_are_read(read_bytes: ReadBytes, name: str) -> None:
    (sheet,) = read_bytes((FIXTURES / name).read_bytes(), name).sheets
    assert sheet.sheet == "会议 [手机号]"
    assert sheet.frame.select("row", "meeting_id", "date", "stated_minutes", "attendees", "planned", "merged").rows() == [
        (4, "1", date(2026, 7, 3), None, 20, True, False), (6, "2", date(2026, 7, 4), 60, 1020, True, False),
        (7, "3", date(2026, 7, 5), 60, 20, True, False),
    ]  # fmt: skip
    assert sheet.faults.select("row", "column", "value", "reason").rows() == [(7, "actual_minutes", "0", "out_of_range")]


def test_rows_are_numbered_as_on_the_screen_wherever_the_table_stands(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for column, text in enumerate(HEADER, start=3):
        sheet.cell(5, column, text)
    for row, number in ((6, "M1"), (9, "M2")):
        for column, value in enumerate(meeting(number, date(2026, 7, 3)), start=3):
            sheet.cell(row, column, value)
    (parsed,) = read_bytes(save(book), "a.xlsx").sheets
    assert parsed.frame.select("row", "meeting_id").rows() == [(6, "M1"), (9, "M2")]
    assert parsed.faults.is_empty()


def test_merged_titles_and_a_two_row_header_are_read(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年会议台账"])
    sheet.append([*HEADER[:8], "时长(分钟)", None, "人数", None, *HEADER[12:]])
    sheet.append([*[None] * 8, "通知", "实际", "参会", "陪会", None, None, None])
    sheet.append(meeting(1, datetime(2026, 7, 3)))
    for merged in ("A1:O1", "I2:J2", "K2:L2", "A2:A3"):
        sheet.merge_cells(merged)
    (parsed,) = read_bytes(save(book), "a.xlsx").sheets
    assert parsed.frame.select("row", "meeting_id", "date", "actual_minutes", "accompanying").rows() == [
        (4, "1", date(2026, 7, 3), 90, 3)
    ]


def test_one_workbook_may_hold_several_ledgers_and_empty_sheets(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.create_sheet("抽样框").append(["地市代码", "样本点类型", "总体单位数"])
    book["抽样框"].append([410100, "村", 900])
    book.create_sheet("空表")
    book.create_sheet("图例").append(["红色为必填"])
    sheets = read_bytes(save(book), "a.xlsx").sheets
    assert [s.ledger and s.ledger.name for s in sheets] == ["meetings", "frame", None]
    assert sheets[1].frame.row(0) == (2, "410100", "village", 900)
    assert [s.faults["reason"].to_list() for s in sheets] == [[], [], ["no_ledger"]]


def test_a_workbook_that_counts_from_1904_means_the_same_days(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADER)
    book.active.append(meeting("M1", date(2026, 7, 3)))
    book.active.append(meeting("M2", (date(2026, 7, 3) - date(1904, 1, 1)).days))
    (parsed,) = read_bytes(save(book), "a.xlsx").sheets
    assert parsed.frame["date"].to_list() == [date(2026, 7, 3)] * 2


def test_a_truncated_workbook_is_unreadable(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    whole = save(book)
    assert read_bytes(whole[: len(whole) // 2], "a.xlsx").faults["rule_en"].to_list() == ["it is not a complete workbook"]


def test_a_workbook_with_a_password_says_so(read_bytes: ReadBytes) -> None:
    encrypted = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in read_bytes(encrypted, "a.xlsx").faults["rule_en"][0]
