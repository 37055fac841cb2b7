"""The first sheet of a returned workbook: what came of each file, and every finding with a link to its cell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.pages import OWN_PAGES, SUMMARY
from pipelines.forms.checking import CheckedFile, Finding

_LISTED = 5000
_HEAD = PatternFill("solid", fgColor="1F4E79")
_LINE = Side("thin", color="9DB4CC")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDTHS = (34, 20, 20, 10, 24, 26, 70)
_FILES = ("文件", "台账", "行数", "", "", "有误之处", "")
_SUM = "读入 {in:,}：有效 {accepted:,}、被更正 {superseded:,}、重复 {duplicate:,}、退回 {quarantined:,}"
_CELLS = ("文件", "工作表", "台账", "行", "列", "填写内容", "原因与改法")


def write_summary(
    sheet: Worksheet, files: Sequence[CheckedFile], places: Mapping[tuple[str, str | None], Any],
    wanted: Callable[[Finding], bool] | None,
) -> None:
    """Fill the first sheet."""
    sheet.title = SUMMARY
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"], sheet["A1"].font = OWN_PAGES[SUMMARY], Font(size=9, color="7F7F7F")
    found = [(file, f) for file in files for f in file.findings if wanted is None or wanted(f)]
    sheet["A2"], sheet["A2"].font = f"退回说明：共 {len(found):,} 处有误", Font(size=16, bold=True, color="1F4E79")
    for number, height in ((1, 14), (2, 28), (3, 20)):
        sheet.row_dimensions[number].height = height
    sheet["A3"] = "红框底色的单元格有误，原因写在该行末尾“退回说明”列和批注中；请直接在原处改正后重报，不必删除标记。"
    row = _write_files(sheet, 5, files) if wanted is None else 5
    _write_head(sheet, row, _CELLS)
    listed = found[:_LISTED]
    for k, (file, finding) in enumerate(listed, start=row + 1):
        _write_finding(sheet, k, finding, places.get((file.source.path, finding.sheet)))
    if len(found) > _LISTED:
        sheet.cell(row + len(listed) + 1, 1, f"此处列前 {_LISTED:,} 处，其余见各表。")
    sheet.sheet_view.showGridLines = False
    fit_to_width(sheet)


def fit_to_width(sheet: Worksheet) -> None:
    """Print on landscape pages, all columns on one."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_head(sheet: Worksheet, row: int, titles: Sequence[str]) -> None:
    for k, title in enumerate(titles, start=1):
        cell = sheet.cell(row, k, title)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFF"), _HEAD, _EDGE
        cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[row].height = 18


def _write_files(sheet: Worksheet, row: int, files: Sequence[CheckedFile]) -> int:
    """One line a file and ledger; the row two below the last."""
    _write_head(sheet, row, _FILES)
    sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
    for file in files:
        for name, counts in file.accounting.items() or [("", {})]:
            row += 1
            bad = sum(1 for f in file.findings if (f.ledger or "") == name)
            told = _SUM.format(**counts) if counts else "未能读入"
            said = (file.source.shown, LEDGERS[name].zh if name else "—", told, None, None, f"✗ {bad} 处" if bad else "✓ 无误")
            for k, value in enumerate(said, start=1):
                cell = sheet.cell(row, k, value)
                cell.border, cell.alignment = _EDGE, Alignment(wrap_text=True, vertical="center")
            sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=5)
            sheet.cell(row, 7).border = _EDGE
    return row + 2


def _write_finding(sheet: Worksheet, row: int, finding: Finding, place: Any) -> None:
    ledger = LEDGERS[finding.ledger] if finding.ledger else None
    header = ledger.column(finding.column).zh if ledger and finding.column else None
    said = (finding.file, finding.sheet, ledger.zh if ledger else None, finding.row, header, finding.value, finding.message_zh)
    for k, value in enumerate(said, start=1):
        cell = sheet.cell(row, k)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.border, cell.alignment = _EDGE, Alignment(wrap_text=True, vertical="center", horizontal="left")
    address = place.address(finding) if place else None
    if address:
        link = sheet.cell(row, 5 if header else 4)
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{place.copied.sheet.title}'!{address}")
        link.font = Font(color="0563C1", underline="single")
