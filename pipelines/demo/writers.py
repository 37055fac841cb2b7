"""Files of the demo: one submission, as its style wants it, with its modification time."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from pipelines.contracts.ledgers import ColumnType, Ledger
from pipelines.demo import texts
from pipelines.demo.faults import Fault, spoil
from pipelines.demo.styles import SERIAL, Form, Style, name_header, to_text

BASIC_HEADER, DETAIL_HEADER = "基本情况", "填报内容"


@dataclass(frozen=True)
class Submission:
    """One file with one ledger.

    `path`: relative to the demo's folder, without suffix. `minute`: its place in the order of arrival, minutes.
    `extra`: columns beyond the ledger's, header to texts. `faults`: bad rows to be mixed in.
    """

    path: str
    ledger: Ledger
    frame: pl.DataFrame
    style: Style
    minute: int
    faults: tuple[Fault, ...] = ()
    extra: tuple[tuple[str, pl.Series], ...] = ()


def write_submission(folder: Path, submission: Submission, arrived: datetime) -> int:
    """Write the file, stamp it with `arrived`; the number of its rows."""
    form = submission.style.form
    path = folder / f"{submission.path}.{form.value}"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = submission.frame.height
    if form is Form.PARQUET:
        submission.frame.write_parquet(path)
    elif form is Form.JSONL:
        submission.frame.write_ndjson(path)
    else:
        body = to_text(submission.frame, submission.ledger, submission.style)
        headers = [name_header(c, submission.style) for c in submission.ledger.columns]
        for header, cells in submission.extra:
            body, headers = body.with_columns(cells.alias(header)), [*headers, header]
        body = spoil(body, submission.ledger, submission.faults)
        rows = body.height
        write = _write_book if form is Form.XLSX else _write_text
        write(path, submission, headers, body, arrived)
    stamp(path, arrived)
    return rows


def stamp(path: Path, arrived: datetime) -> None:
    """Set the modification time."""
    seconds = arrived.replace(tzinfo=UTC).timestamp()
    os.utime(path, (seconds, seconds))


def _titles(submission: Submission) -> list[str]:
    name = submission.path.rsplit("/", 1)[-1]
    return [f"{name}（{submission.ledger.zh}）", "单位：次、份、人、分钟", ""][: submission.style.titles]


def _footers(submission: Submission) -> list[str]:
    return texts.words()["return_notes"]["footers"] if submission.style.footer else []


def _group_headers(headers: list[str], ledger: Ledger) -> tuple[list[str], list[str]]:
    """A two-row header: keys span both rows, the other columns stand under two groups."""
    keys = len(ledger.key)
    upper = [*headers[:keys], *("" for _ in headers[keys:])]
    middle = (keys + len(headers)) // 2
    upper[keys], upper[middle] = BASIC_HEADER, DETAIL_HEADER
    return upper, ["" for _ in headers[:keys]] + headers[keys:]


def _write_text(path: Path, submission: Submission, headers: list[str], body: pl.DataFrame, arrived: datetime) -> None:
    style = submission.style
    padding = style.separator * (len(headers) - 1)
    lines = [title + padding for title in _titles(submission)]
    lines.append(style.separator.join(headers))
    content = "".join(f"{line}\n" for line in lines)
    content += body.write_csv(include_header=False, separator=style.separator)
    content += "".join(f"{note}{padding}\n" for note in _footers(submission))
    path.write_bytes(content.encode(style.encoding))


def _write_book(path: Path, submission: Submission, headers: list[str], body: pl.DataFrame, arrived: datetime) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        book.set_properties({"created": arrived})
        sheet = book.add_worksheet(submission.ledger.zh)
        top, wide = 0, len(headers) - 1
        for title in _titles(submission):
            sheet.merge_range(top, 0, top, wide, title)
            top += 1
        top = _write_headers(sheet, top, headers, submission)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for k, name in enumerate(body.columns):
            cells, number_format = _as_cells(body[name], submission, day)
            sheet.write_column(top, k, cells, number_format)
        for k, note in enumerate(_footers(submission)):
            sheet.write_string(top + body.height + k, 0, note)


def _write_headers(sheet: Any, top: int, headers: list[str], submission: Submission) -> int:
    if not submission.style.grouped:
        sheet.write_row(top, 0, headers)
        return top + 1
    upper, lower = _group_headers(headers, submission.ledger)
    keys, wide = len(submission.ledger.key), len(headers)
    middle = (keys + wide) // 2
    for k in range(keys):
        sheet.merge_range(top, k, top + 1, k, upper[k])
    for first, following in ((keys, middle), (middle, wide)):
        if following - first > 1:
            sheet.merge_range(top, first, top, following - 1, upper[first])
        else:
            sheet.write_string(top, first, upper[first])
    sheet.write_row(top + 1, keys, lower[keys:])
    return top + 2


def _as_cells(cells: pl.Series, submission: Submission, day: Any) -> tuple[list[Any], Any]:
    """Values of a column for the sheet: what reads as a number is one, a serial is a date."""
    ledger = submission.ledger
    column = next((c for c in ledger.columns if c.name == cells.name), None)
    numeric = column is not None and column.type in (ColumnType.INTEGER, ColumnType.NUMBER)
    dated = column is not None and column.type is ColumnType.DATE and SERIAL in submission.style.dates
    if not numeric and not dated:
        return cells.to_list(), None
    values = [int(v) if v is not None and v.isascii() and v.isdigit() else v for v in cells.to_list()]
    return values, day if dated else None
