"""Marked sheets of whatever shape was sent: the mark stands on the bad cell, and nothing else has changed."""

import io
import json
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from raw_folder import TODAY, list_meetings, write

from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.pages import REMARK_HEADER, SUMMARY
from pipelines.forms import returning
from pipelines.forms.checking import check
from pipelines.forms.returning import write_returned

COLUMNS = LEDGERS["meetings"].columns
HEADERS = [c.zh for c in COLUMNS]
GOOD = ["P1", "x1", date(2026, 3, 2), "例会", "县", "县办", "党建", "现场", 60, 50, 8, 2, "是", "是", "否"]
BAD = [*GOOD[:1], "x2", *GOOD[2:9], 0, *GOOD[10:]]  # the meeting took no time


def give_back(office, tmp_path, *paths):
    """Check the files, write their report, read it back."""
    checked = check(paths, office.raw, office.warehouse, TODAY)
    write_returned(checked.files, tmp_path / "退回.xlsx")
    return checked, openpyxl.load_workbook(tmp_path / "退回.xlsx")


def save(path, *lines, epoch_1904=False):
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def list_marked(sheet):
    """Addresses of the cells with a comment on them."""
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]


def as_text(line):
    return ["" if v is None else str(v) for v in line]


def test_a_table_that_begins_in_another_column_under_a_two_row_header(office, tmp_path):
    upper = [None, None, *["会议" for _ in HEADERS]]
    book = openpyxl.Workbook()
    for line in (upper, [None, None, *HEADERS], [None, None, *GOOD], [None, None, *BAD]):
        book.active.append(line)
    for area in ("D1:Q1",):
        book.active.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    _, marked = give_back(office, tmp_path, tmp_path / "a.xlsx")
    sheet = marked["Sheet"]
    assert list_marked(sheet) == ["L4"]
    assert (sheet["R2"].value, sheet["R4"].value.count("✗")) == (REMARK_HEADER, 1)
    assert "D1:Q1" in map(str, sheet.merged_cells.ranges)


@pytest.mark.parametrize("laid_out", [False, True])
def test_days_counted_from_1904_stay_the_same_days(office, tmp_path, monkeypatch, laid_out):
    if laid_out:
        monkeypatch.setattr(returning, "load_looks", lambda _: None)
    serial = (date(2026, 3, 2) - date(1904, 1, 1)).days
    path = save(tmp_path / "a.xlsx", HEADERS, [*GOOD[:2], serial, *GOOD[3:]], BAD, epoch_1904=True)
    _, marked = give_back(office, tmp_path, path)
    days = [cell.value for cell in marked["Sheet"]["C"][1:3]]
    assert {day.date().isoformat() if isinstance(day, datetime) else day[:10] for day in days} == {"2026-03-02"}
    again = check([tmp_path / "退回.xlsx"], office.raw, office.warehouse, TODAY)
    assert [(f.row, f.column) for f in again.findings] == [(3, "actual_minutes")]


def test_who_signed_is_blanked(office, tmp_path):
    signed = ["填表人：王小明", None, "审核人", "李小红"]
    _, marked = give_back(office, tmp_path, save(tmp_path / "a.xlsx", HEADERS, BAD, signed))
    texts = "".join(str(cell.value) for row in marked["Sheet"].iter_rows() for cell in row)
    assert "王小明" not in texts
    assert "李小红" not in texts
    assert "填表人" in texts


def test_sheets_of_several_files_stand_side_by_side_and_are_linked(office, tmp_path):
    paths = [save(tmp_path / f"{name}.xlsx", HEADERS, BAD) for name in "abc"]
    _, marked = give_back(office, tmp_path, *paths)
    assert marked.sheetnames == [SUMMARY, "Sheet", "Sheet(2)", "Sheet(3)"]
    links = [cell.hyperlink.location for row in marked[SUMMARY].iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Sheet'!J2", "'Sheet(2)'!J2", "'Sheet(3)'!J2"]


def write_json_lines(folder):
    records = [dict(zip(HEADERS, as_text(line), strict=True)) for line in (GOOD, BAD)]
    (folder / "a.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    return folder / "a.jsonl"


def write_parquet(folder):
    rows = [as_text(line) for line in (GOOD, BAD)]
    pl.DataFrame(rows, schema=HEADERS, orient="row").write_parquet(folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize("make", [write_json_lines, write_parquet])
def test_records_come_back_as_a_sheet(office, tmp_path, make):
    checked, marked = give_back(office, tmp_path, make(tmp_path))
    sheet = marked["a"]
    assert [(f.row, f.column) for f in checked.findings] == [(2, "actual_minutes")]
    assert list_marked(sheet) == ["J3"]
    assert [cell.value for cell in sheet[2]][:15] == as_text(GOOD)
    again = check([tmp_path / "退回.xlsx"], office.raw, office.warehouse, TODAY)
    assert [(f.row, f.column) for f in again.findings] == [(3, "actual_minutes")]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_open_workbooks_come_back_laid_out(office, tmp_path, convert, kind):
    convert(kind, tmp_path / kind, save(tmp_path / "a.xlsx", ["会议台账"], HEADERS, GOOD, BAD))
    _, marked = give_back(office, tmp_path, tmp_path / kind / f"a.{kind}")
    assert list_marked(marked["Sheet"]) == ["J4"]
    again = check([tmp_path / "退回.xlsx"], office.raw, office.warehouse, TODAY)
    assert [(f.row, f.column) for f in again.findings] == [(4, "actual_minutes")]


def test_of_a_long_sheet_only_the_bad_rows_go_back(office, tmp_path):
    keys = [("P1", f"m{n}", "2026-03-02") for n in range(returning.WHOLE_ROWS + 1)]
    rows = list_meetings(*keys)
    rows[-1] |= {"actual_minutes": 0}
    _, marked = give_back(office, tmp_path, write(tmp_path / "a.csv", "meetings", rows))
    sheet = marked["a"]
    assert (sheet.max_row, list_marked(sheet)) == (3, ["J3"])
    assert "20,000" in sheet["A1"].value
    assert f"原第 {returning.WHOLE_ROWS + 2} 行" in sheet["P3"].value
    sheet["J3"] = "45"
    stream = io.BytesIO()
    marked.save(stream)
    (tmp_path / "again.xlsx").write_bytes(stream.getvalue())
    again = check([tmp_path / "again.xlsx"], office.raw, office.warehouse, TODAY)
    assert (again.findings, again.files[0].accounting["meetings"]["accepted"]) == ((), 1)
