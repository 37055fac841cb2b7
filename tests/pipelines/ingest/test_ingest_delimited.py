"""Delimited text: encodings, separators, ragged and quoted lines, and the line numbers that people see."""

from collections.abc import Callable

import pytest
from meeting_lines import MEETING, MEETING_HEADER

from pipelines.ingest import ParsedFile, ParsedSheet

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
ReadBytes = Callable[..., ParsedFile]
ReadMeetings = Callable[..., ParsedFile]


def sheet_of(parsed: ParsedFile) -> ParsedSheet:
    (sheet,) = parsed.sheets
    assert sheet.ledger is not None
    assert sheet.ledger.name == "meetings"
    return sheet


def number(line: str, n: int) -> str:
    return line.replace(",M1,", f",M{n},")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_reads_alike(
    read_bytes: ReadBytes, encoding: str, separator: str, newline: str
) -> None:
    text = newline.join([MEETING_HEADER, MEETING, number(MEETING, 2)]).replace(",", separator)
    sheet = sheet_of(read_bytes(text.encode(encoding)))
    assert sheet.frame["row"].to_list() == [2, 3]
    assert sheet.frame["title"].to_list() == ["关于防汛的会议"] * 2
    assert sheet.faults.is_empty()


def test_the_row_is_the_line_that_a_person_sees(read_bytes: ReadBytes) -> None:
    lines = ["", "2026年会议台账", "", ",,", MEETING_HEADER, MEETING, "", number(MEETING, 2), ",,,", number(MEETING, 3), ""]
    assert sheet_of(read_bytes("\n".join(lines).encode())).frame["row"].to_list() == [6, 8, 10]


def test_a_line_break_within_quotes_is_part_of_one_line(read_meetings: ReadMeetings) -> None:
    broken = MEETING.replace("关于防汛的会议", '"关于防汛\n的会议,第""一""次"')
    sheet = sheet_of(read_meetings(broken, number(MEETING, 2)))
    assert sheet.frame["title"][0] == '关于防汛\n的会议,第"一"次'
    assert sheet.frame["row"].to_list() == [2, 3]


def test_a_stray_quote_swallows_no_lines(read_meetings: ReadMeetings) -> None:
    stray = MEETING.replace("关于防汛的会议", '"关于防汛的会议')
    sheet = sheet_of(read_meetings(stray, number(MEETING, 2), number(MEETING, 3)))
    assert sheet.frame["meeting_id"].to_list() == ["M1", "M2", "M3"]


def test_ragged_lines_lose_no_row(read_meetings: ReadMeetings) -> None:
    sheet = sheet_of(read_meetings(MEETING + ",,,", "P1,M2,2026-07-03", number(MEETING, 3)))
    assert sheet.frame["meeting_id"].to_list() == ["M1", "M2", "M3"]
    assert set(sheet.faults["row"]) == {3}


def test_a_header_without_rows_is_an_empty_ledger(read_meetings: ReadMeetings) -> None:
    assert sheet_of(read_meetings()).frame.height == 0


def test_a_comma_in_numbers_does_not_make_it_the_separator(read_bytes: ReadBytes) -> None:
    text = "地市代码;样本点类型;总体单位数\n410100;村;1,234\n410200;村;2,345\n"
    (sheet,) = read_bytes(text.encode()).sheets
    assert sheet.frame["population_units"].to_list() == [1234, 2345]


def test_a_file_in_no_known_encoding_is_unreadable(read_bytes: ReadBytes) -> None:
    parsed = read_bytes(MEETING_HEADER.encode() + b"\n\xff\xff\xff,\x80\xff")
    assert parsed.faults["reason"].to_list() == ["unreadable_file"]
    assert "UTF-8" in parsed.faults["rule_en"][0]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_in_half_costs_neither_row_nor_file(read_bytes: ReadBytes, encoding: str) -> None:
    half = "防".encode(encoding)[:-1]
    lines = [number(MEETING, n).encode(encoding) for n in range(1, 9)]
    lines[2] = lines[2].replace("的会议".encode(encoding), half)
    sheet = sheet_of(read_bytes(b"\n".join([MEETING_HEADER.encode(encoding), *lines])))
    assert sheet.frame["title"].to_list()[1:4] == ["关于防汛的会议", "关于防汛\ufffd", "关于防汛的会议"]
    assert sheet.faults.is_empty()
