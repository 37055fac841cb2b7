"""Kinds of mutation of workbooks and of files with records: sheets, cells, names that lie, damage."""

from datetime import date
from functools import partial
from pathlib import Path

from fuzz_submission import (
    NAMES,
    File,
    Line,
    Maker,
    Page,
    T,
    Try,
    as_csv,
    as_json_lines,
    as_parquet,
    as_xlsx,
)  # fmt: skip

from pipelines.contracts.errors import Reason

FIXTURES = Path(__file__).parents[1] / "pipelines/ingest/fixtures"


def several_ledgers(maker: Maker) -> Try:
    pages = [maker.page(name) for name in maker.random.sample(NAMES, 3)]
    for number, page in enumerate(pages):
        page.name = f"表{number}"
    return Try([File("汇总.xlsx", pages, as_xlsx)])


def hidden_sheet(maker: Maker) -> Try:
    attempt = several_ledgers(maker)
    attempt.files[0].pages[maker.random.randint(1, 2)].hidden = True
    return attempt


def two_row_header(maker: Maker) -> Try:
    page = maker.page("meetings")
    upper, lower = list(page.lines[0].cells), [""] * len(page.lines[0].cells)
    at, who = page.find("stated_minutes"), page.find("attendees")
    upper[at : at + 2], lower[at : at + 2] = ["时长\n(分钟)", ""], ["通知", "实际"]
    upper[who : who + 2], lower[who : who + 2] = ["人数", ""], ["参会", "陪会"]
    page.lines[:1] = [Line(["会议台账"] + [""] * (len(upper) - 1)), Line(upper), Line(lower)]
    merged = ((0, 0, 0, len(upper) - 1), (1, at, 1, at + 1), (1, who, 1, who + 1), (1, 0, 2, 0))
    return Try([File("台账.xlsx", [page], partial(as_xlsx, merged=merged))])


def typed_cells(maker: Maker, epoch_1904: bool = False) -> Try:
    """Real dates and bare serials beside dates as text, numbers as numbers."""
    page = maker.page()
    epoch = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    for line in page.lines[1:]:
        for at, column in enumerate(page.ledger.columns):
            value = line.row.values[column.name]  # type: ignore[union-attr]
            if value is not None and column.type in (T.DATE, T.INTEGER, T.TIMESTAMP):
                choices = [value, line.cells[at], *([(value - epoch).days] if column.type is T.DATE else [])]
                line.cells[at] = maker.random.choice(choices)
    return Try([File("台账.xlsx", [page], partial(as_xlsx, epoch_1904=epoch_1904))])


def formulas(maker: Maker) -> Try:
    page = maker.page("meetings")
    for line in page.lines[1:]:
        line.cells[page.find("attendees")] = ("=SUM(A1:A2)", line.row.values["attendees"])  # type: ignore[union-attr]
    line = page.lines[-1]
    line.cells[page.find("actual_minutes")] = ("=NA()", "#N/A")
    line.row.reject(Reason.MISSING_VALUE)  # type: ignore[union-attr]
    return Try([File("台账.xlsx", [page], as_xlsx)])


def merged_data(maker: Maker) -> Try:
    """The point stands once beside several rows: the others have no key."""
    page = maker.page(maker.random.choice(("meetings", "inspections")), 3)
    for line in page.lines[2:]:
        line.cells[0] = ""
        line.row.reject(Reason.MISSING_KEY)  # type: ignore[union-attr]
    return Try([File("台账.xlsx", [page], partial(as_xlsx, merged=((1, 0, 3, 0),)))])


def _refuse(page: Page) -> list[Page]:
    return [Page(page.ledger, [Line(line.cells) for line in page.lines], refused=Reason.UNREADABLE_FILE)]


def _broken(maker: Maker, content: bytes, name: str) -> Try:
    return Try([File(name, _refuse(maker.page()), lambda _: content, Reason.UNREADABLE_FILE)])


def _cut(maker: Maker, content: bytes, name: str) -> Try:
    return _broken(maker, content[: maker.random.randint(5, len(content) * 9 // 10)], name)


def _fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def web_page(maker: Maker) -> Try:
    lines = maker.page().lines
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.cells) + "</tr>" for line in lines)
    head = maker.random.choice(("", "\n", "<html>", "<!DOCTYPE html>\n", '<meta charset="utf-8">'))
    return _broken(maker, f"{head}<table>{rows}</table>".encode(), "导出.xls")


def json_broken(maker: Maker) -> Try:
    content = as_json_lines([maker.page(count=3)])
    return _broken(maker, content[: -maker.random.randint(1, 20)], "台账.jsonl")


def bytes_flipped(maker: Maker) -> Try:
    """A byte of the sheet's packed content is changed: its checksum no longer fits."""
    content = bytearray(as_xlsx([maker.page()]))
    at = content.index(b"xl/worksheets/sheet1.xml") + 60 + maker.random.randrange(100)
    content[at] ^= 0xFF
    return _broken(maker, bytes(content), "台账.xlsx")


def _named(maker: Maker, name: str, save: object = as_xlsx) -> Try:
    return Try([File(name, [maker.page()], save)])  # type: ignore[arg-type]


KINDS = {
    "several ledgers": several_ledgers,
    "hidden sheet": hidden_sheet,
    "two-row merged header": two_row_header,
    "typed cells": typed_cells,
    "epoch 1904": partial(typed_cells, epoch_1904=True),
    "formulas": formulas,
    "merged data cells": merged_data,
    "workbook named CSV": partial(_named, name="台账.csv"),
    "workbook named XLS": partial(_named, name="台账.xls"),
    "CSV named XLSX": partial(_named, name="台账.xlsx", save=as_csv),
    "Parquet": lambda m: Try([File("台账.parquet", [m.page()], as_parquet, first_line=0)]),
    "JSON Lines": lambda m: Try([File("台账.jsonl", [m.page()], as_json_lines, first_line=0)]),
    "web page named XLS": web_page,
    "truncated XLSX": lambda m: _cut(m, as_xlsx([m.page()]), "台账.xlsx"),
    "truncated XLS": lambda m: _cut(m, _fixture("meetings.xls"), "台账.xls"),
    "truncated ODS": lambda m: _cut(m, _fixture("meetings.ods"), "台账.ods"),
    "truncated Parquet": lambda m: _cut(m, as_parquet([m.page()]), "台账.parquet"),
    "broken JSON Lines": json_broken,
    "password": lambda m: _broken(m, _fixture("password.xlsx"), m.random.choice(("台账.xlsx", "台账.xls", "台账.csv"))),
    "flipped bytes": bytes_flipped,
    "empty file": lambda m: _broken(m, b"", m.random.choice(("台账.csv", "台账.xlsx", "台账.parquet"))),
    "noise": lambda m: _broken(m, b"\0" + m.random.randbytes(m.random.randint(1, 900)), "台账.csv"),
    "unknown type": lambda m: _broken(m, m.random.randbytes(200), m.random.choice(("说明.docx", "照片.jpg", "台账.pdf"))),
}
