"""What a try is made of: rows that the generator knows, on lines, on pages, in files, with the outcome of each.

A kind of mutation takes a `Maker` and gives the files of one try. Nothing here reads: what becomes of the files is
checked in `fuzz_run`.
"""

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
import xlsxwriter

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import LEDGERS, Column, ColumnType, Ledger

T = ColumnType
NAMES = ("meetings", "documents", "inspections", "staff", "feedback")
ID = {"meetings": "meeting_id", "documents": "document_no", "inspections": "inspection_id", "staff": "person_id",
      "feedback": "feedback_id"}  # fmt: skip
POINT, COUNTY = "P1", "410102"
FIRST_DAY, DAYS = date(2026, 1, 1), 270
WORDS = ("关于防汛工作的会议", "安全生产，例会", "年度总结；部署", "通知", "春耕备耕", "“三夏”生产")


@dataclass
class Row:
    """A row of the generator: its typed values, its outcome and, when rejected, the reason."""

    values: dict[str, Any]
    fate: str = "accepted"
    reason: Reason | None = None

    def reject(self, reason: Reason) -> None:
        self.fate, self.reason = "quarantined", reason


@dataclass
class Line:
    cells: list[Any]
    row: Row | None = None


@dataclass
class Page:
    """A sheet: `lines` from the first line on. `refused`: the reason why all of it is refused."""

    ledger: Ledger
    lines: list[Line]
    name: str | None = None
    refused: Reason | None = None
    ignored: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def rows(self) -> list[Row]:
        return [line.row for line in self.lines if line.row is not None]

    def find(self, name: str) -> int:
        """The position of a column under the Chinese header that the maker writes."""
        return [c.name for c in self.ledger.columns].index(name)


Save = Callable[[list[Page]], bytes]


@dataclass
class File:
    name: str
    pages: list[Page]
    save: Save
    refused: Reason | None = None
    minute: int = 0
    first_line: int = 1  # 0 where the header is no line (Parquet, JSON Lines)


@dataclass
class Try:
    """The files of one try and the personal numbers in them, of which no digit may come out."""

    files: list[File]
    secrets: list[str] = field(default_factory=list)


class Maker:
    """Valid rows and pages of one try; every id is the try's own."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.seed = seed
        self._next = 0

    def row(self, ledger: Ledger) -> Row:
        self._next += 1
        values = {c.name: self._value(c) for c in ledger.columns}
        values[ID[ledger.name]] = f"{self.seed}-{self._next}"
        if "attendees" in values:
            values["accompanying"] = self.random.randint(0, values["attendees"])
        if "end_date" in values:
            values["end_date"] = values["start_date"] + timedelta(days=self.random.randint(0, 3))
        return Row(values)

    def _value(self, column: Column) -> Any:
        draw = self.random
        if column.name in ("closed_at", "gender") or (not column.required and draw.random() < 0.3):
            return None
        day = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        return {
            T.TEXT: lambda: draw.choice(WORDS),
            T.CODE: lambda: draw.choice(column.codes.codes),  # type: ignore[union-attr]
            T.REGION: lambda: COUNTY,
            T.POINT: lambda: POINT,
            T.DATE: lambda: day,
            T.MONTH: lambda: day.year * 100 + day.month - (3000 if column.name == "birth_month" else 0),
            T.TIMESTAMP: lambda: datetime.combine(day, time(draw.randrange(24), draw.randrange(60))),
            T.INTEGER: lambda: draw.randint(int(column.minimum or 0), 1400),
            T.NUMBER: lambda: float(draw.randint(0, 50)),
            T.BOOLEAN: lambda: draw.random() < 0.5,
        }[column.type]()

    def page(self, name: str | None = None, count: int | None = None) -> Page:
        """A valid page under its Chinese header."""
        ledger = LEDGERS[name or self.random.choice(NAMES)]
        rows = [self.row(ledger) for _ in range(count or self.random.randint(2, 6))]
        header = Line([c.zh for c in ledger.columns])
        return Page(ledger, [header, *(Line([write(c, row.values[c.name]) for c in ledger.columns], row) for row in rows)])

    def page_with(self, *types: ColumnType) -> tuple[Page, Line, Column]:
        """A valid page, one of its lines, and a required column of one of these types that is no date of another rule."""
        names = [n for n in NAMES if _columns(LEDGERS[n], types)]
        page = self.page(self.random.choice(names))
        line = self.random.choice([line for line in page.lines if line.row])
        return page, line, self.random.choice(_columns(page.ledger, types))

    def mobile(self) -> str:
        return f"1{self.random.randint(3, 9)}{self.random.randrange(10**9):09d}"

    def id_card(self) -> str:
        born = date(1950, 1, 1) + timedelta(days=self.random.randrange(18000))
        body = f"41{self.random.randrange(10**4):04d}{born:%Y%m%d}{self.random.randrange(1000):03d}"
        return body + "10X98765432"[sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(body)) % 11]

    def disguise(self, number: str) -> str:
        """The number as people write it."""
        gaps = (" ", "-", "\u3000", "\u2013", "\u200b", "")
        wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
        cuts = (3, 7) if len(number) == 11 else (6, 14)
        gap = self.random.choice(gaps)
        text = gap.join((number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]))
        text = self.random.choice((str, str.lower, lambda t: t.translate(wide)))(text)
        return self.random.choice(("+86 ", "86-", "")) + text if len(number) == 11 else text


def _columns(ledger: Ledger, types: tuple[ColumnType, ...]) -> list[Column]:
    return [c for c in ledger.columns if c.type in types and c.required and c.name not in ("end_date", "accompanying")
            and (c.type is not T.TEXT or c.name == ID[ledger.name])]  # fmt: skip


def write(column: Column, value: Any) -> Any:
    """A value as the plainest submission writes it."""
    if value is None:
        return ""
    if column.codes is not None:
        return column.codes.label(value, "zh")
    if column.type is T.MONTH:
        return f"{value // 100}-{value % 100:02d}"
    if column.type is T.BOOLEAN:
        return "是" if value else "否"
    return f"{value:g}" if isinstance(value, float) else str(value)


def as_csv(pages: list[Page], encoding: str = "utf-8", separator: str = ",", end: str = "\n") -> bytes:
    """The one page as delimited text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(line.cells for line in pages[0].lines)
    return stream.getvalue().encode(encoding)


def as_xlsx(pages: list[Page], merged: tuple[tuple[int, int, int, int], ...] = (), epoch_1904: bool = False) -> bytes:
    """The pages as a workbook: numbers, dates and (formula, result) pairs as such."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": epoch_1904})
    styles = {date: book.add_format({"num_format": "yyyy-mm-dd"}), datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"})}
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for r, line in enumerate(page.lines):
            for c, cell in enumerate(line.cells):
                if isinstance(cell, (date, datetime)):
                    sheet.write_datetime(r, c, cell, styles[type(cell)])
                elif isinstance(cell, tuple):
                    sheet.write_formula(r, c, cell[0], None, cell[1])
                elif isinstance(cell, str):
                    sheet.write_string(r, c, cell) if cell else None
                else:
                    sheet.write(r, c, cell)
        for area in merged:
            sheet.merge_range(*area, page.lines[area[0]].cells[area[1]])
        if page.hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def as_parquet(pages: list[Page]) -> bytes:
    """The one page as Parquet, typed."""
    (page,) = pages
    stream = io.BytesIO()
    pl.DataFrame([row.values for row in page.rows], infer_schema_length=None).write_parquet(stream)
    return stream.getvalue()


def as_json_lines(pages: list[Page]) -> bytes:
    """The one page as JSON Lines, under its Chinese header."""
    header, *lines = pages[0].lines
    records = (dict(zip(header.cells, line.cells, strict=True)) for line in lines)
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()
