"""Sheets: rows and what is none, faults of every kind, columns left out."""

import json
from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from meeting_lines import MEETING, MEETING_HEADER

from pipelines.ingest import ParsedFile, ParsedSheet
from pipelines.ingest.parsed import DTYPES

ReadBytes = Callable[..., ParsedFile]
ReadMeetings = Callable[..., ParsedFile]
COLUMNS = MEETING_HEADER.split(",")
ID = "11010519491231002X"


def sheet_of(parsed: ParsedFile) -> ParsedSheet:
    (sheet,) = parsed.sheets
    return sheet


def change(**cells: str) -> str:
    """The sample meeting with other cells, by their Chinese header."""
    row = dict(zip(COLUMNS, MEETING.split(","), strict=True)) | cells
    return ",".join(row.values())


def test_a_row_is_typed(read_meetings: ReadMeetings) -> None:
    sheet = sheet_of(read_meetings(MEETING))
    assert sheet.ledger is not None
    assert dict(sheet.frame.schema) == {"row": pl.Int64(), **{c.name: DTYPES[c.type] for c in sheet.ledger.columns}}
    assert sheet.frame.row(0) == (
        2, "P1", "M1", date(2026, 7, 3), "关于防汛的会议", "county", "某局", "safety", "video", 60, 90, 20, 3, False,
        True, False,
    )  # fmt: skip


@pytest.mark.parametrize("line", [
    "合计,6899,,", "合　计,12", ",,,合计", "小计：,3", "郑州市小计,3", "填表人：张某,审核人：李某", "填表人张某", "审核人:",
    "备注：本表每月报送", "注：1.口径见制度", "说明：,", "制表单位：某办", "数据来源：国家统计局",
    "负责人：王某 联系电话：0371-1234567", "以下空白", ",,,", " ,\u3000,",
    "第 1 页，共 2 页", ",,,第1页", "共3页 第2页", "- 2 -",
])  # fmt: skip
def test_totals_signatures_notes_and_blank_lines_are_no_rows(read_meetings: ReadMeetings, line: str) -> None:
    sheet = sheet_of(read_meetings(change(会议编号="M1"), line, change(会议编号="M2"), line))
    assert sheet.frame["row"].to_list() == [2, 4]
    assert sheet.faults.is_empty()


@pytest.mark.parametrize("line", [
    "," + MEETING.split(",", 1)[1], change(会议名称="合计工作会"), change(会议名称="备注说明会"), change(召开单位="审核人办公室"),
    "P合计1" + MEETING[2:], ",M9,2026-07-03",
])  # fmt: skip
def test_a_row_that_only_resembles_a_footer_stays(read_meetings: ReadMeetings, line: str) -> None:
    assert sheet_of(read_meetings(line)).frame.height == 1


def test_repeated_headers_titles_and_the_rest_of_a_note_are_no_rows(read_bytes: ReadBytes) -> None:
    lines = ["2026年会议台账", MEETING_HEADER, MEETING, "2026年会议台账", MEETING_HEADER, change(会议编号="M2"),
             "注：1.口径见制度", "2.按月报送", "", "3.以实际为准"]  # fmt: skip
    sheet = sheet_of(read_bytes("\n".join(lines).encode()))
    assert sheet.frame["row"].to_list() == [3, 6]


@pytest.mark.parametrize(("cells", "column", "value", "reason"), [
    ({"会议编号": ""}, "meeting_id", None, "missing_key"),
    ({"样本点编码": " "}, "point_id", None, "missing_key"),
    ({"召开单位": ""}, "organiser", None, "missing_value"),
    ({"实际时长(分钟)": ""}, "actual_minutes", None, "missing_value"),
    ({"会议日期": "2026-13-40"}, "date", "2026-13-40", "bad_date"),
    ({"会议日期": "3/7/2026"}, "date", "3/7/2026", "ambiguous_date"),
    ({"实际时长(分钟)": "0"}, "actual_minutes", "0", "out_of_range"),
    ({"实际时长(分钟)": "1441"}, "actual_minutes", "1441", "out_of_range"),
    ({"通知时长(分钟)": "-1"}, "stated_minutes", "-1", "out_of_range"),
    ({"陪会人数": "21"}, "accompanying", "21", "out_of_range"),
    ({"参会人数": "十二"}, "attendees", "十二", "bad_number"),
    ({"参会人数": "87.5"}, "attendees", "87.5", "bad_number"),
    ({"计划内": "也许"}, "planned", "也许", "bad_boolean"),
    ({"召开层级": "国家"}, "level", "国家", "not_in_list"),
    ({"参会人数": "13812345678"}, "attendees", "[手机号]", "personal_data"),
    ({"会议编号": "张13812345678"}, "meeting_id", "张[手机号]", "personal_data"),
    ({"样本点编码": ID}, "point_id", "[身份证号]", "personal_data"),
    ({"召开层级": "找13812345678"}, "level", "找[手机号]", "not_in_list"),
])  # fmt: skip
def test_a_fault_names_column_value_and_reason(
    read_meetings: ReadMeetings, cells: dict[str, str], column: str, value: str | None, reason: str
) -> None:
    sheet = sheet_of(read_meetings(MEETING, change(**cells)))
    assert sheet.faults.select("row", "column", "value", "reason").rows() == [(3, column, value, reason)]
    assert sheet.frame[column][1] is None


def test_every_fault_of_a_row_is_kept(read_meetings: ReadMeetings) -> None:
    sheet = sheet_of(read_meetings(change(会议日期="x", 参会人数="0", 陪会人数="-1")))
    assert set(sheet.faults["column"]) == {"date", "attendees", "accompanying"}


def test_a_rule_over_two_columns_is_broken_by_the_one_that_carries_it(read_bytes: ReadBytes) -> None:
    text = "样本点编码,报告期,有效问卷数,感到减负人数,周末加班天数,年休假应休天数,实休天数\nP1,2026-07,10,11,2.5,5,6\n"
    faults = sheet_of(read_bytes(text.encode())).faults
    assert faults.select("column", "rule_zh", "rule_en").rows() == [
        ("felt_relief", "0 至有效问卷数", "0 to Valid forms"), ("leave_taken", "0 至年休假应休天数", "0 to Leave entitled"),
    ]  # fmt: skip


def test_texts_are_masked_and_personal_columns_dropped(read_bytes: ReadBytes) -> None:
    header = f"序号,{MEETING_HEADER},联系人姓名,手机号13912345678"
    title = MEETING.replace("关于防汛的会议", f"找王13812345678或{ID}")
    sheet = sheet_of(read_bytes(f"{header}\n1,{title},王某某,13812345678\n".encode()))
    assert sheet.frame["title"].to_list() == ["找王[手机号]或[身份证号]"]
    assert sheet.dropped == ("联系人姓名", "手机号[手机号]")
    assert sheet.ignored == ("序号",)
    everything = str(sheet.frame.to_dicts()) + str(sheet.faults.to_dicts())
    assert "王某某" not in everything
    assert "13812345678" not in everything


def test_a_column_without_a_header_is_reported_by_its_number(read_bytes: ReadBytes) -> None:
    assert sheet_of(read_bytes(f"{MEETING_HEADER},\n{MEETING},备用\n".encode())).ignored == ("#16",)


def test_a_header_that_fits_no_ledger_is_one_fault_of_the_sheet(read_bytes: ReadBytes) -> None:
    sheet = sheet_of(read_bytes("地区,2025年\n北京市,3\n".encode()))
    assert sheet.ledger is None
    assert sheet.faults.select("row", "reason").rows() == [(None, "no_ledger")]


def test_a_missing_column_is_one_fault_that_names_it(read_bytes: ReadBytes) -> None:
    sheet = sheet_of(read_bytes(f"{MEETING_HEADER.replace('会议日期', '日')}\n{MEETING}\n".encode()))
    assert sheet.faults.select("row", "column", "value", "reason", "rule_zh").rows() == [
        (None, "date", None, "missing_column", "会议日期")
    ]
    assert sheet.frame.height == 0


def test_optional_columns_may_be_absent(read_bytes: ReadBytes) -> None:
    header, line = COLUMNS.copy(), MEETING.split(",")
    del header[8], line[8]
    sheet = sheet_of(read_bytes("\n".join([",".join(header), ",".join(line)]).encode()))
    assert sheet.faults.is_empty()
    assert sheet.frame["stated_minutes"].to_list() == [None]


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b"])
def test_a_cell_of_nothing_but_spaces_is_empty_beside_cells_that_are_read_as_they_are(
    read_bytes: ReadBytes, blank: str
) -> None:
    header = ("point_id", "document_no", "date", "title", "level", "issuer", "kind", "carrier", "comprehensive",
              "report_demanded")  # fmt: skip
    cells = ("P1", "N1", "2026-07-03", "t", "county", "office", "formal", "paper", "1", "0")
    lines = [dict(zip(header, cells, strict=True)) | {"document_no": number} for number in ("N1", blank)]
    sheet = sheet_of(read_bytes("\n".join(map(json.dumps, lines)).encode(), "a.jsonl"))
    assert sheet.frame["document_no"].to_list() == ["N1", None]
    assert sheet.faults.is_empty()


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_an_optional_word_of_nothing_but_spaces_is_empty(read_bytes: ReadBytes, blank: str) -> None:
    header = ("point_id", "month", "person_id", "birth_month", "gender", "post_type", "status")
    cells = ("P1", "2026-07", "A1", "1990-01", "female", "civil_servant", "on_post")
    lines = [dict(zip(header, cells, strict=True)) | {"gender": word} for word in ("female", blank)]
    sheet = sheet_of(read_bytes("\n".join(map(json.dumps, lines)).encode(), "a.jsonl"))
    assert sheet.frame["gender"].to_list() == ["female", None]
