"""The returned workbook: submitted sheets with the bad cells marked and explained beside them, behind a summary.

Sent again after correction it loads like any submission: the summary and the remarks are known for what they are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.pages import REMARK_HEADER, SUMMARY
from pipelines.forms.checking import CheckedFile, Finding
from pipelines.forms.copying import Copied, copy_look, find_old_days, lay_out, load_looks, measure
from pipelines.forms.disclosing import hang_curtain
from pipelines.forms.summary import fit_to_width, write_summary
from pipelines.ingest.headers import Header
from pipelines.ingest.parsed import ParsedSheet
from pipelines.ingest.personal import mask
from pipelines.ingest.reading import read_tables
from pipelines.ingest.sheets import locate_header
from pipelines.ingest.tables import TextTable, UnreadableError

WHOLE_ROWS = 20_000
_WITH_LOOKS = (".xlsx", ".xlsm")
_LOOKS_BYTES = 20_000_000
_BAD_FILL, _REMARK_FILL = PatternFill("solid", fgColor="FFC7CE"), PatternFill("solid", fgColor="FFF2CC")
_RED = Side("medium", color="C00000")
_BAD_BORDER = Border(left=_RED, right=_RED, top=_RED, bottom=_RED)
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_REMARK_WIDTH = 64

Wanted = Callable[[Finding], bool]


@dataclass(frozen=True)
class Returned:
    """Where the findings of a submitted sheet stand in the workbook."""

    copied: Copied
    positions: dict[str, int]

    def address(self, finding: Finding) -> str | None:
        """The cell of a finding such as `C5`; None where it has none."""
        row = self.copied.lines.get(finding.row or 0)
        position = self.positions.get(finding.column or "")
        return None if row is None or position is None else f"{get_column_letter(self.copied.offset + position)}{row}"


def write_returned(files: Sequence[CheckedFile], path: Path, *, wanted: Wanted | None = None) -> None:
    """Write the workbook of the files with findings. With `wanted`, excerpts: the rows with such findings and no other.

    Raises BurdenError where it cannot be written.
    """
    book = Workbook()
    summary = book.active
    summary.title = SUMMARY
    places: dict[tuple[str, str | None], Returned] = {}
    for file in files:
        if file.findings:
            places |= {(file.source.path, name): place for name, place in _add_file(book, file, wanted).items()}
    write_summary(summary, files, places, wanted)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    except OSError as error:
        raise BurdenError(
            f"退回表无法写入“{path}”（{error.strerror}）；请检查路径与权限，并关闭已打开的表。",
            f"The report cannot be written to “{path}” ({error.strerror}); check path and permissions, close an open one.",
        ) from error


def _add_file(book: Workbook, file: CheckedFile, wanted: Wanted | None) -> dict[str | None, Returned]:
    try:
        tables = read_tables(file.source)
    except UnreadableError:
        return {}
    parsed = {sheet.sheet: sheet for sheet in file.parsed.sheets if sheet.ledger}
    suffix = PurePosixPath(file.source.path).suffix.lower()
    whole = wanted is None and file.source.size <= _LOOKS_BYTES
    looks = load_looks(file.source.absolute) if whole and suffix in _WITH_LOOKS else None
    found = {}
    for table in tables:
        name = None if table.sheet is None else mask(table.sheet)
        header = locate_header(table)
        if header is None or name not in parsed:
            continue
        findings = [f for f in file.findings if f.sheet == name and (wanted is None or wanted(f))]
        if wanted is not None and not findings:
            continue
        target = book.create_sheet(_name_sheet(book, name or PurePosixPath(file.source.shown).stem))
        origin = looks[table.sheet] if looks and table.sheet in looks.sheetnames else None
        bad = [f.row for f in findings if f.row]
        copied = _copy(table, target, header, parsed[name], origin, bad, excerpt=wanted is not None)
        found[name] = Returned(copied, header.columns)
        _mark(found[name], findings)
        fit_to_width(target)
    return found


def _copy(
    table: TextTable, target: Worksheet, header: Header, sheet: ParsedSheet, origin: Worksheet | None, bad: list[int], *,
    excerpt: bool,
) -> Copied:
    curtain = hang_curtain(header, sheet, table.first_row, named_apart=table.header is not None)
    days = find_old_days(header) if table.epoch_1904 else frozenset()
    if not excerpt and table.frame.height <= WHOLE_ROWS:
        if origin is not None:
            return copy_look(origin, target, header, curtain, days)
        return lay_out(table, target, header, curtain, None, days=days)
    note = f"此表只列有误的 {len(set(bad))} 行；其余行无须重报。" if excerpt else (
        f"原表超过 {WHOLE_ROWS:,} 行，此处只列有误的 {len(set(bad)):,} 行；改正后只报这些行即可。"
    )  # fmt: skip
    return lay_out(table, target, header, curtain, bad, note, days=days)


def _mark(returned: Returned, findings: Sequence[Finding]) -> None:
    """Fill and frame the bad cells, comment on them, and explain the row at its end."""
    copied = returned.copied
    column = copied.width + 1
    head = copied.sheet.cell(copied.header_row, column, REMARK_HEADER)
    head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="C00000")
    head.alignment = Alignment(horizontal="center", vertical="center")
    copied.sheet.column_dimensions[get_column_letter(column)].width = _REMARK_WIDTH
    remarks: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        row = copied.lines.get(finding.row or 0, copied.header_row + 1)
        moved = f"（原第 {finding.row} 行）" if finding.row and row != finding.row else ""
        remarks[row].append(f"✗ {finding.message_zh}{moved}")
        address = returned.address(finding)
        cell: Any = copied.sheet[address] if address else None
        if cell is not None and not isinstance(cell, MergedCell):
            cell.fill, cell.border = _BAD_FILL, _BAD_BORDER
            comment = Comment(f"✗ {finding.message_zh}", "burden")
            comment.width, comment.height = 320, 90
            cell.comment = comment
    for row, sentences in remarks.items():
        cell = copied.sheet.cell(row, column, "\n".join(sentences))
        cell.fill, cell.font = _REMARK_FILL, Font(color="9C0006")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines = sum(1 + measure(sentence) // _REMARK_WIDTH for sentence in sentences)
        copied.sheet.row_dimensions[row].height = max(copied.sheet.row_dimensions[row].height or 15, 15 * lines + 3)


def _name_sheet(book: Workbook, wish: str) -> str:
    """A name that no sheet has yet, of at most 31 characters."""
    base = _UNFIT.sub("_", wish).strip() or "台账"
    taken = {name.casefold() for name in book.sheetnames}
    number, name = 1, base[:31]
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 28 - len(str(number))]}({number})"
    return name
