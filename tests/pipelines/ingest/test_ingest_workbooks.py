"""Workbooks: XLSX, XLS and ODS as offices write them.

`fixtures/meetings.xls` and `.ods` hold the same lines, written by other programs than those that read them here.
"""

import io
import struct
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from meeting_lines import MEETING_HEADER
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipelines.ingest import ParsedFile
from pipelines.ingest.compound import is_whole
from pipelines.ingest.tables import UnreadableError, refuse_panics

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


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ900000"])
def test_something_far_outside_the_table_is_named_and_takes_no_memory(read_bytes: ReadBytes, cell: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(meeting("M1", "2026-07-03"))
    book.active[cell] = " "
    (fault,) = read_bytes(save(book), "a.xlsx").faults.rows(named=True)
    assert fault["reason"] == "unreadable_file"
    assert f"cell {cell}" in fault["rule_en"]
    assert f"单元格 {cell}" in fault["rule_zh"]


@pytest.mark.parametrize("cell", ["XY3", "C90000"])
def test_something_a_little_outside_the_table_is_read(read_bytes: ReadBytes, cell: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(meeting("M1", "2026-07-03"))
    book.active[cell] = "合计"
    assert read_bytes(save(book), "a.xlsx").sheets[0].frame["meeting_id"].to_list() == ["M1"]


def test_a_chart_sheet_is_passed_over_without_a_word(read_bytes: ReadBytes, capfd: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(meeting("M1", "2026-07-03"))
    book.create_chartsheet("图").add_chart(BarChart())
    (sheet,) = read_bytes(save(book), "a.xlsx").sheets
    assert sheet.frame["meeting_id"].to_list() == ["M1"]
    assert capfd.readouterr() == ("", "")


def test_a_truncated_workbook_is_unreadable(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    whole = save(book)
    assert read_bytes(whole[: len(whole) // 2], "a.xlsx").faults["rule_en"].to_list() == ["it is not a complete workbook"]


def test_a_workbook_with_a_password_says_so(read_bytes: ReadBytes) -> None:
    content = (FIXTURES / "password.xlsx").read_bytes()
    assert read_bytes(content, "a.xlsx").faults["rule_en"].to_list() == ["the workbook is protected by a password"]


@pytest.mark.parametrize("size", [100, 600, 2000, 4000])
def test_a_truncated_old_workbook_is_unreadable(read_bytes: ReadBytes, size: int) -> None:
    whole = (FIXTURES / "meetings.xls").read_bytes()
    assert "complete workbook" in read_bytes(whole[:size], "a.xls").faults["rule_en"][0]


def test_an_old_workbook_whose_sectors_loop_is_unreadable_and_takes_no_memory(read_bytes: ReadBytes) -> None:
    whole = bytearray((FIXTURES / "meetings.xls").read_bytes())
    (fat_sector,) = struct.unpack_from("<I", whole, 76)
    assert is_whole(bytes(whole))
    struct.pack_into("<I", whole, 512 * (fat_sector + 1), 0)  # sector 0, where the book begins, follows itself
    assert not is_whole(bytes(whole))
    assert "complete workbook" in read_bytes(bytes(whole), "a.xls").faults["rule_en"][0]


def test_a_panic_of_a_reader_is_a_fault_of_the_file_and_other_interrupts_are_not() -> None:
    class PanicException(BaseException):
        pass

    with pytest.raises(UnreadableError), refuse_panics("坏", "bad"):
        raise PanicException
    with pytest.raises(KeyboardInterrupt), refuse_panics("坏", "bad"):
        raise KeyboardInterrupt


def test_a_workbook_whose_content_changed_on_the_way_is_refused(read_bytes: ReadBytes) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for number in range(50):
        book.active.append(meeting(f"M{number}", "2026-07-03"))
    content = bytearray(save(book))
    assert not read_bytes(bytes(content), "会议.xlsx").faults.height
    content[content.index(b"xl/worksheets/sheet1.xml") + 120] ^= 0xFF
    assert read_bytes(bytes(content), "会议.xlsx").faults["reason"].to_list() == ["unreadable_file"]
