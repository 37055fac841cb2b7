"""The workbook inside a chart: written with the data of the chart alone, and its cells written anew in place.

A refresh changes cells of the sheet `data` only; every other sheet, format, table and name stays as it was.
"""

import io
import re
from dataclasses import replace

import xlsxwriter

from dashboard.briefing import xml
from dashboard.briefing.caches import write
from dashboard.briefing.package import Package
from dashboard.briefing.tables import SHEET, Cell, Column, Table, letter_of
from dashboard.briefing.xml import Element, make

TIE_SHEET, TIE_PROPERTY = "_burden", "burden"
_CELL = re.compile(r"([A-Z]+)(\d+)")


def write_workbook(table: Table, line: str) -> bytes:
    """An XLSX with the sheet `data`, and the tie on a hidden sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    for place, column in enumerate(table.columns):
        form = book.add_format({"num_format": column.form})
        sheet.write_string(0, place, column.header)
        for row, cell in enumerate(column.cells, start=1):
            if isinstance(cell, str):
                sheet.write_string(row, place, cell)
            elif cell is not None:
                sheet.write_number(row, place, cell, form)
    hidden = book.add_worksheet(TIE_SHEET)
    hidden.write_string(0, 0, line)
    hidden.very_hidden()
    book.close()
    return out.getvalue()


def find_sheet(book: Package, name: str = SHEET) -> str | None:
    """The part of a sheet by its name."""
    home = next((r.target for r in book.related("", "officeDocument")), None)
    if home is None:
        return None
    relations = book.relations(home)
    for sheet in xml.every(book.root(home), "s:sheets/s:sheet"):
        relation = relations.get(sheet.get(xml.tag("r:id")))
        if sheet.get("name") == name and relation is not None and relation.target in book:
            return relation.target
    return None


def read_tie(book: Package) -> str | None:
    """The tie's line on the hidden sheet."""
    part = find_sheet(book, TIE_SHEET)
    return None if part is None else _Grid(book, part).text("A1")


def rewrite(content: bytes, table: Table, line: str) -> tuple[bytes, Table] | None:
    """The workbook with the cells of the table and the tie, and the table with the letters that its columns have there.

    None where it has no sheet `data`.
    """
    book = Package(content)
    part = find_sheet(book)
    if part is None:
        return None
    grid = _Grid(book, part)
    placed = grid.place(table)
    grid.fill(placed)
    hidden = find_sheet(book, TIE_SHEET)
    if hidden is not None:
        _Grid(book, hidden).put("A1", line)
    return (book.save() if book.changed else content), placed


def read_cells(content: bytes, table: Table) -> dict[str, tuple[Cell, ...]] | None:
    """The cells of the table's columns as they stand in a workbook, by key; None without the sheet."""
    book = Package(content)
    part = find_sheet(book)
    if part is None:
        return None
    grid = _Grid(book, part)
    placed = grid.place(table)
    return {c.key: tuple(grid.value(f"{placed.letter(c.key)}{row}") for row in range(2, len(table) + 2)) for c in table.columns}


class _Grid:
    """One sheet of a workbook, cell by cell."""

    def __init__(self, book: Package, part: str) -> None:
        self._book, self._part = book, part
        self._root = book.root(part)
        self._data = xml.find(self._root, "s:sheetData")
        self._rows: dict[int, Element] = {int(row.get("r", 0)): row for row in self._data}
        self._cells: dict[str, Element] = {c.get("r"): c for row in self._data for c in row}

    def text(self, name: str) -> str | None:
        """The text of a cell, whatever way it is kept."""
        value = self.value(name)
        return None if value is None else str(value)

    def value(self, name: str) -> Cell:
        """The value of a cell."""
        cell = self._cells.get(name)
        if cell is None:
            return None
        inline = "".join(t.text or "" for t in xml.every(cell, "s:is//s:t"))
        if cell.get("t") == "inlineStr":
            return inline
        kept = xml.find(cell, "s:v")
        if kept is None or kept.text is None:
            return None
        if cell.get("t") == "s":
            return self._shared(int(kept.text))
        return kept.text if cell.get("t") in ("str", "b", "e") else float(kept.text)

    def _shared(self, place: int) -> str:
        part = next(p for p in self._book.parts if p.lower().endswith("sharedstrings.xml"))
        item = xml.every(self._book.root(part), "s:si")[place]
        return "".join(t.text or "" for t in xml.every(item, "s:t | s:r/s:t"))

    def place(self, table: Table) -> Table:
        """The table with its columns where their headers stand in this sheet, else where they were put at first."""
        headers = {str(self.value(n)): n.rstrip("0123456789") for n in self._cells if n.rstrip("0123456789") + "1" == n}
        return replace(table, places={c.key: headers[c.header] for c in table.columns if c.header in headers})

    def fill(self, table: Table) -> None:
        """Write the columns; rows below that were longer before are emptied."""
        old = max(self._rows, default=1)
        for column in table.columns:
            self._fill(table, column, old)
        bounds = xml.find(self._root, "s:dimension")
        last = f"{letter_of(len(table.columns) - 1)}{len(table) + 1}"
        if bounds is not None and len(table) + 1 > old:
            bounds.set("ref", f"A1:{last}")

    def _fill(self, table: Table, column: Column, old: int) -> None:
        letter = table.letter(column.key)
        style = next((self._cells[n].get("s") for r in range(2, old + 1) if (n := f"{letter}{r}") in self._cells), None)
        for row in range(2, max(old, len(table) + 1) + 1):
            self.put(f"{letter}{row}", column.cells[row - 2] if row - 2 < len(column.cells) else None, style)

    def put(self, name: str, cell: Cell, style: str | None = None) -> None:
        """Write one cell; its format stays, a new one takes the style of its column."""
        if self.value(name) == (cell if isinstance(cell, str) or cell is None else float(cell)):
            return
        element = self._cells.get(name)
        if element is None:
            element = self._make(name, style)
        for child in list(element):
            element.remove(child)
        element.attrib.pop("t", None)
        if isinstance(cell, str):
            element.set("t", "inlineStr")
            element.append(make("s:is", make("s:t", cell)))
        elif cell is not None:
            element.append(make("s:v", write(cell)))
        self._book.touch(self._part)

    def _make(self, name: str, style: str | None) -> Element:
        match = _CELL.fullmatch(name)
        assert match is not None  # noqa: S101 - names are made here
        number = int(match[2])
        row = self._rows.get(number)
        if row is None:
            row = make("s:row", r=number)
            self._data.insert(sum(r < number for r in self._rows), row)
            self._rows[number] = row
        element = make("s:c", r=name, s=style)
        places = [_place(c.get("r")) for c in row]
        row.insert(sum(p < _place(name) for p in places), element)
        self._cells[name] = element
        return element


def _place(name: str) -> tuple[int, str]:
    """Columns in order: shorter names first."""
    letters = name.rstrip("0123456789")
    return len(letters), letters
