"""Whatever way a table is written that DATA.md lists, the same typed rows are read."""

import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts.ledgers import INSPECTIONS, Column, ColumnType
from pipelines.ingest import ParsedSheet, read, scan

T = ColumnType
Row = dict[str, object]
words = st.text(st.sampled_from("督查检会议防汛安全甲乙丙丁AbZ"), min_size=1, max_size=12)
days = st.dates(date(2000, 1, 1), date(2026, 12, 31))


@st.composite
def inspections(draw: st.DrawFn) -> list[Row]:
    ids = draw(st.lists(st.integers(1, 9999), unique=True, max_size=8))
    return [{"inspection_id": f"I{i}", **{c.name: draw(_value(c)) for c in INSPECTIONS.columns[2:]}, "point_id": "P1"}
            | _in_order(draw(days), draw(days)) for i in ids]  # fmt: skip


def _in_order(one: date, other: date) -> Row:
    return {"start_date": min(one, other), "end_date": max(one, other)}


def _value(column: Column) -> st.SearchStrategy[object]:
    if column.codes:
        return st.sampled_from(column.codes.codes)
    by_type: dict[ColumnType, st.SearchStrategy[object]] = {
        T.TEXT: words, T.DATE: days, T.BOOLEAN: st.booleans(), T.INTEGER: st.integers(int(column.minimum or 0), 2_000_000),
    }  # fmt: skip
    return by_type[column.type]


DAY_STYLES = (
    lambda d: d.isoformat(), lambda d: f"{d.year}/{d.month}/{d.day}", lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日", lambda d: f"{d:%Y%m%d}", lambda d: str((d - date(1899, 12, 30)).days),
)  # fmt: skip
BOOLEAN_STYLES = (("是", "否"), ("有", "无"), ("√", "×"), ("1", "0"), ("true", "false"), ("Y", "N"))
NUMBER_STYLES = (str, "{:,}".format, "{}.0".format, lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)))
PADDING = ("", " ", "\u3000", "\u00a0")
TITLES = ([], [["督查检查考核台账"]], [["２０２６年台账"], [], ["单位：次、人"]], [[], []])
FOOTERS = ([], [["合计", "12"]], [["填表人：张某", "审核人：李某"]], [[], ["备注：按月报送"], ["2.以实际为准"]])


def _write_cell(draw: st.DrawFn, column: Column, value: object) -> str:
    if column.codes:
        entry = next(e for e in column.codes.entries if e.code == value)
        text = draw(st.sampled_from((entry.code, entry.zh)))
    elif isinstance(value, bool):
        text = draw(st.sampled_from(BOOLEAN_STYLES))[0 if value else 1]
    elif isinstance(value, date):
        text = draw(st.sampled_from(DAY_STYLES))(value)
    elif isinstance(value, int):
        text = draw(st.sampled_from(NUMBER_STYLES))(value)
    else:
        text = str(value)
    return draw(st.sampled_from(PADDING)) + text + draw(st.sampled_from(PADDING))


@st.composite
def written(draw: st.DrawFn) -> tuple[list[Row], list[list[str]], list[int]]:
    """The rows, the lines as which they are written, and the line number of each row."""
    rows = draw(inspections())
    headers = [draw(st.sampled_from((c.zh, c.name))) for c in INSPECTIONS.columns]
    lines: list[list[str]] = [*draw(st.sampled_from(TITLES)), headers]
    numbers = []
    for row in rows:
        if draw(st.booleans()):
            lines.append([])
        lines.append([_write_cell(draw, c, row[c.name]) for c in INSPECTIONS.columns])
        numbers.append(len(lines))
    return rows, [*lines, *draw(st.sampled_from(FOOTERS))], numbers


def read_one(content: bytes, name: str) -> ParsedSheet:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(content)
        (source,) = scan(Path(folder))
        (sheet,) = read(source).sheets
    return sheet


def check(sheet: ParsedSheet, rows: list[Row], numbers: list[int]) -> None:
    assert sheet.ledger == INSPECTIONS
    assert sheet.faults.is_empty(), sheet.faults
    assert sheet.frame["row"].to_list() == numbers
    assert sheet.frame.drop("row").to_dicts() == [{c.name: row[c.name] for c in INSPECTIONS.columns} for row in rows]


@settings(max_examples=20, deadline=None)
@given(written(), st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")), st.sampled_from(",\t;"),
       st.sampled_from(("\n", "\r\n")))  # fmt: skip
def test_text_files_read_back(
    table: tuple[list[Row], list[list[str]], list[int]], encoding: str, separator: str, newline: str
) -> None:
    rows, lines, numbers = table
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in line] for line in lines]
    text = newline.join(separator.join(line) for line in quoted)
    check(read_one(text.encode(encoding), "台账.csv"), rows, numbers)


@settings(max_examples=8, deadline=None)
@given(written())
def test_workbooks_read_back(table: tuple[list[Row], list[list[str]], list[int]]) -> None:
    rows, lines, numbers = table
    book = openpyxl.Workbook()
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            book.active.cell(number, column, text)
    stream = io.BytesIO()
    book.save(stream)
    check(read_one(stream.getvalue(), "台账.xlsx"), rows, numbers)


