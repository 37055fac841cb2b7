"""Copies of submitted sheets: a workbook keeps its look; any other file, and an excerpt, is laid out as text."""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import time
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.contracts.ledgers import ColumnType
from pipelines.forms.disclosing import BLANKED, Curtain
from pipelines.ingest.headers import Header
from pipelines.ingest.tables import TextTable

_HEAD_FILL = PatternFill("solid", fgColor="1F4E79")
_MIDDLE = Alignment(vertical="center")
_LONGEST_CELL = 32_000
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@dataclass(frozen=True)
class Copied:
    """A sheet of the returned workbook: `lines` tells the row of a submitted line, `offset` the column of position 0."""

    sheet: Worksheet
    lines: dict[int, int]
    header_row: int
    offset: int
    width: int


def find_old_days(header: Header) -> frozenset[int]:
    """Positions of the columns whose bare serial numbers count from 1904 in such a workbook: the copy counts from 1900."""
    kinds = (ColumnType.DATE, ColumnType.MONTH, ColumnType.TIMESTAMP)
    return frozenset(position for name, position in header.columns.items() if header.ledger.column(name).type in kinds)


def _redate(value: Any) -> Any:
    """A serial number from 1904 as the day it means; anything else as it is."""
    serial = f"{value}" if isinstance(value, int | float) else value
    if not isinstance(serial, str) or not _SERIAL.fullmatch(serial):
        return value
    day = from_excel(float(serial), CALENDAR_MAC_1904)
    return f"{day:%Y-%m-%d}" if day.time() == time() else f"{day:%Y-%m-%d %H:%M:%S}"


def copy_look(
    source: Worksheet, target: Worksheet, header: Header, curtain: Curtain, days: frozenset[int] = frozenset()
) -> Copied:
    """Every cell with its look and every row where it was. Formulas have become their values when `source` was loaded."""
    offset = min((cell.column for row in source.iter_rows() for cell in row if cell.value is not None), default=1)
    styles: dict[int, Any] = {}
    width = 1
    for row in source.iter_rows():
        signed = curtain.is_signed(row[0].row, [cell.value for cell in row]) if row else False
        for cell in row:
            if isinstance(cell, MergedCell) or (cell.value is None and not cell.has_style):
                continue
            new = target.cell(cell.row, cell.column)
            value = curtain.show(cell.value, cell.row, cell.column - offset)
            if cell.column - offset in days and cell.row in curtain.rows:
                value = _redate(value)
            if signed and value is not None and value == cell.value:
                value = BLANKED
            put(new, value)
            _copy_style(cell, new, styles)
            width = max(width, cell.column if cell.value is not None else 1)
    _copy_frame(source, target)
    _widen_bare_columns(source, target, header, offset)
    lines = {line: line for line in range(1, (source.max_row or 1) + 1)}
    return Copied(target, lines, header.last + 1, offset, width)


def _copy_style(cell: Cell, new: Cell, styles: dict[int, Any]) -> None:
    if not cell.has_style:
        return
    if cell.style_id in styles:
        new._style = copy(styles[cell.style_id])  # each look is translated once: it is what costs time
        return
    new.font, new.fill, new.border = copy(cell.font), copy(cell.fill), copy(cell.border)
    new.alignment, new.number_format = copy(cell.alignment), cell.number_format
    styles[cell.style_id] = copy(new._style)


def _copy_frame(source: Worksheet, target: Worksheet) -> None:
    """Widths, heights, merged cells, frozen panes, and the drop-downs that rest on nothing else."""
    for letter, column in source.column_dimensions.items():
        new = target.column_dimensions[letter]
        new.width, new.min, new.max = column.width, column.min, column.max
    for number, line in source.row_dimensions.items():
        if line.height:
            target.row_dimensions[number].height = line.height
    for area in source.merged_cells.ranges:
        target.merge_cells(str(area))
    target.freeze_panes = source.freeze_panes
    for rule in source.data_validations.dataValidation:
        if "!" not in f"{rule.formula1}{rule.formula2}":
            target.add_data_validation(copy(rule))


def _widen_bare_columns(source: Worksheet, target: Worksheet, header: Header, offset: int) -> None:
    """Columns that were never given a width: wide enough for their header, and for a day."""
    given = [range(d.min or 0, (d.max or 0) + 1) for d in source.column_dimensions.values() if d.width]
    for name, position in header.columns.items():
        number = offset + position
        if not any(number in span for span in given):
            target.column_dimensions[get_column_letter(number)].width = _choose_width(header.ledger.column(name).zh)


def measure(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def _choose_width(title: str) -> int:
    return max(12, min(30, 2 * len(title) + 2))


def lay_out(
    table: TextTable, target: Worksheet, header: Header, curtain: Curtain, keep: Iterable[int] | None, note: str = "", *,
    days: frozenset[int] = frozenset(),
) -> Copied:
    """The text as submitted; with `keep`, the header and those lines alone, under the `note`."""
    kept = None if keep is None else set(keep)
    top, names = 0, table.header is not None
    if note:
        top = _append(target, 1, [note])
    if names:
        top = _append(target, top + 1, list(table.header or ()))
    lines: dict[int, int] = {}
    for line, texts in enumerate(table.frame.iter_rows(), start=table.first_row):
        if kept is not None and line not in kept and line not in curtain.header:
            continue
        signed = curtain.is_signed(line, list(texts))
        shown = [curtain.show(text, line, k) for k, text in enumerate(texts)]
        shown = [_redate(text) if k in days and line in curtain.rows else text for k, text in enumerate(shown)]
        values = [BLANKED if signed and a and a == b else a for a, b in zip(shown, texts, strict=True)]
        top = lines[line] = _append(target, top + 1, values)
    header_row = (2 if note else 1) if names else lines.get(table.first_row + header.last, 1)
    width = max(table.frame.width, 1)
    for k in range(1, width + 1):
        cell = target.cell(header_row, k)
        target.column_dimensions[get_column_letter(k)].width = _choose_width(str(cell.value or ""))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    target.freeze_panes = target.cell(header_row + 1, 1)
    return Copied(target, lines, header_row, 1, width)


def _append(target: Worksheet, row: int, values: list[Any]) -> int:
    for k, value in enumerate(values, start=1):
        if value is not None:
            cell = target.cell(row, k)
            put(cell, value)
            cell.number_format, cell.alignment = "@", _MIDDLE
    return row


def put(cell: Cell, value: Any) -> None:
    """Set a value of a submission: a text stays a text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    if value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def load_looks(path: Any) -> openpyxl.Workbook | None:
    """A workbook with the values of its formulas; None where this library cannot open it."""
    try:
        return openpyxl.load_workbook(path, data_only=True)
    except Exception:  # a damaged part that the reader of values does not need: the text is then laid out
        return None
