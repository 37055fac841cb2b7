"""Parcels for those who owe reports or corrections: one city, one county, and what belongs to nobody known."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from raw_folder import list_meetings, write

from pipelines.forms.chasing import UNKNOWN, chase
from pipelines.forms.parcels import write_parcels

DAY = date(2026, 4, 20)


@pytest.fixture
def untidy(office):
    """The office without a month of meetings, with a bad row of a point of 开封市 and a file that nobody can read."""
    (office.raw / "会议" / "2026-03.csv").unlink()
    write(office.raw / "会议" / "补.csv", "meetings", list_meetings(("P2", "bad", "2026-02-30")))
    (office.raw / "坏.xlsx").write_bytes(b"not a workbook")
    office.refresh(accept=True)
    return office


def pack(office, path, **options):
    write_parcels(chase(office.warehouse, DAY, **options), office.raw, path)
    with zipfile.ZipFile(path) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


@pytest.mark.parametrize("region", ["410200", "410202"])
def test_one_region_holds_its_own_points_alone(untidy, tmp_path, region):
    packed = pack(untidy, tmp_path / "a.zip", region=region)
    assert {name.split("/")[0] for name in packed} == {"开封市"}
    listed = packed["开封市/未报清单.csv"].decode("utf-8-sig")
    assert ("P2" in listed, "P1" in listed) == (True, False)
    assert any(name.startswith("开封市/退回表/") for name in packed)


def test_files_that_cannot_be_read_go_to_nobody_known_alone(untidy, tmp_path):
    packed = pack(untidy, tmp_path / "a.zip")
    assert [name for name, content in packed.items() if "坏.xlsx".encode() in content] == [f"{UNKNOWN}/退回清单.csv"]
    assert packed[f"{UNKNOWN}/催报通知.txt"].decode("utf-8-sig").startswith("各有关单位：")


def test_the_message_says_who_what_by_when_and_how(untidy, tmp_path):
    notice = pack(untidy, tmp_path / "a.zip")["开封市/催报通知.txt"].decode("utf-8-sig")
    for words in ("开封市各有关单位：", "截至2026年4月20日", "P2镇：2026-03 会议台账", "退回表", "3个工作日内", "零报告"):
        assert words in notice


def test_lists_show_whole_cells_and_print_on_one_page_across(untidy, tmp_path):
    sheet = openpyxl.load_workbook(io.BytesIO(pack(untidy, tmp_path / "a.zip")["开封市/未报清单.xlsx"])).active
    assert sheet["D2"].value == "会议台账"
    assert sheet.column_dimensions["D"].width > 2 * len("会议台账")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == ("landscape", 0, "$1:$1")


def test_the_message_of_a_demo_says_that_it_is_none(untidy, tmp_path):
    write_parcels(replace(chase(untidy.warehouse, DAY), synthetic=True), untidy.raw, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as parcel:
        assert parcel.read("开封市/催报通知.txt").decode("utf-8-sig").startswith("【示例数据，合成，非真实通知】\r\n开封市")
