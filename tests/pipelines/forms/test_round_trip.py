"""Templates filled in, checked, marked, corrected and loaded: what goes out comes back whole."""

from datetime import date
from pathlib import Path

import openpyxl
from raw_folder import TODAY

from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.pages import REMARK_HEADER, SUMMARY
from pipelines.contracts.policy import DueDays
from pipelines.forms.checking import Register, check
from pipelines.forms.returning import write_returned
from pipelines.forms.rules import make_example
from pipelines.forms.templates import find_ledgers, write_templates
from pipelines.refresh import refresh

DAY = date(2026, 11, 20)
HEADERS = [c.zh for c in LEDGERS["meetings"].columns]


def fill_in(folder: Path) -> list[Path]:
    """Every template with its own example as the one row; registers fit the examples."""
    written = write_templates(find_ledgers([]), folder, DueDays(), "en")
    for path, ledger in zip(written, LEDGERS.values(), strict=True):
        book = openpyxl.load_workbook(path)
        for k, column in enumerate(ledger.columns, start=1):
            book[ledger.zh].cell(2, k).value = make_example(ledger, column)
        book.save(path)
    return written


def check_and_refresh(folder: Path, tmp_path: Path) -> None:
    checked = check([folder], tmp_path / "no-raw", tmp_path / "no-warehouse", DAY)
    assert [f.message_en for f in checked.findings] == []
    assert (checked.register, [file.notes for file in checked.files if file.notes]) == (Register.GIVEN, [])
    manifest = refresh(folder, tmp_path / "warehouse", today=DAY).manifest
    assert manifest["warnings"] == []
    assert {name: counts["accepted"] for name, counts in manifest["ledgers"].items()} == dict.fromkeys(LEDGERS, 1)
    assert manifest["tables"]["quarantine"]["rows"] == 0


def test_a_filled_in_template_loads_without_a_warning(tmp_path):
    fill_in(tmp_path / "forms")
    check_and_refresh(tmp_path / "forms", tmp_path)


def test_templates_saved_by_libreoffice_load_without_a_warning(tmp_path, convert):
    paths = fill_in(tmp_path / "forms")
    convert("ods", tmp_path / "saved", *paths[::2])
    convert("xlsx", tmp_path / "saved", *paths[1::2])
    check_and_refresh(tmp_path / "saved", tmp_path)


def test_the_marked_sheet_comes_back_clean_once_corrected(office, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["会议台账", *[None] * 15])
    book.active.append([*HEADERS, "联系电话"])
    good = ["P1", "x1", date(2026, 3, 2), "例会", "县", "=县办", "党建", "现场", 60, 50, 8, 2, "是", "是", "否", "13812345678"]
    book.active.append(good)
    book.active.append([*good[:1], "x2", date(2026, 3, 3), *good[3:9], 0, "八", *good[11:]])
    book.active["F3"].data_type = book.active["F4"].data_type = "s"
    book.active["F4"].value = "13912345678 某办"
    book.save(tmp_path / "报送.xlsx")
    checked = check([tmp_path / "报送.xlsx"], office.raw, office.warehouse, TODAY)
    assert [(f.row, f.column) for f in checked.findings] == [(4, "actual_minutes"), (4, "attendees")]
    assert checked.register is Register.WAREHOUSE

    write_returned(checked.files, tmp_path / "退回.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "退回.xlsx")
    assert marked.sheetnames == [SUMMARY, "Sheet"]
    sheet = marked["Sheet"]
    assert sheet.cell(2, 17).value == REMARK_HEADER
    assert sheet.cell(4, 17).value.count("✗") == 2
    assert sheet.cell(3, 17).value is None
    assert "实际时长" in sheet["J4"].comment.text
    assert (sheet["J4"].fill.fgColor.rgb, sheet["J3"].fill.fill_type) == ("00FFC7CE", None)
    assert (sheet["F3"].data_type, sheet["P3"].value, sheet["F4"].value) == ("s", "****", "[手机号] 某办")

    sheet["J4"], sheet["K4"] = 45, 8
    marked.save(tmp_path / "退回.xlsx")
    again = check([tmp_path / "退回.xlsx"], office.raw, office.warehouse, TODAY)
    assert [f.message_en for f in again.findings] == []
    assert again.files[0].accounting["meetings"]["accepted"] == 2
    assert all(REMARK_HEADER not in note[0] for note in again.files[0].notes)


def test_a_page_with_our_name_alone_is_read_like_any_other(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = SUMMARY
    book.active.append(["随便写的", "一页"])
    book.save(tmp_path / "a.xlsx")
    checked = check([tmp_path / "a.xlsx"], tmp_path / "none", tmp_path / "none", TODAY)
    assert [f.reason for f in checked.findings] == ["no_ledger"]
