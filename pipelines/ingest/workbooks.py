"""Workbooks: XLSX, XLS and ODS, every cell as text, every line kept so that line numbers are those on the screen."""

import io
import logging
import re
import zipfile
import zlib

import fastexcel
import polars as pl

from pipelines.ingest.compound import MAGIC, is_whole
from pipelines.ingest.extents import refuse_stray_cells
from pipelines.ingest.tables import TextTable, UnreadableError, refuse_panics

# Where XLSX and ODS say that they count days from 1904; in XLS it is the record Date1904 before CalcPrecision.
_EPOCHS_1904 = {
    "xl/workbook.xml": re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']"""),
    "content.xml": re.compile(rb"""<table:null-date\b[^>]*date-value\s*=\s*["']1904-01-01"""),
}
_XLS_EPOCH_1904 = bytes.fromhex("2200020001000e000200")
_PASSWORD = re.compile(r"password|encrypt", re.IGNORECASE)
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_INCOMPLETE = ("不是完整的工作簿", "it is not a complete workbook")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

logging.getLogger("calamine").addHandler(logging.NullHandler())  # of sheets that are charts it would print a line


def read_workbook(content: bytes) -> list[TextTable]:
    """One table a sheet. Raises UnreadableError."""
    if content.startswith(MAGIC) and not is_whole(content):
        raise _explain(content, "")
    try:
        _check_sums(content)
        refuse_stray_cells(content)
        with refuse_panics(*_INCOMPLETE):
            book = fastexcel.read_excel(content)
            sheets = [(name, _load(book, name)) for name in book.sheet_names]
        epoch_1904 = _counts_from_1904(content)
    except fastexcel.FastExcelError as error:
        raise _explain(content, str(error)) from error
    except _ZIP_ERRORS as error:
        raise UnreadableError(*_INCOMPLETE) from error
    return [TextTable(name, frame, epoch_1904=epoch_1904) for name, frame in sheets]


def _check_sums(content: bytes) -> None:
    """Raise UnreadableError where a part of an XLSX or ODS is not what was packed: its reader would not notice."""
    if not content.startswith(MAGIC) and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.testzip() is not None:
                raise UnreadableError(*_INCOMPLETE)


def _load(book: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    # skip_rows=0 keeps blank lines at the top, without which every line number would be short by them.
    frame: pl.DataFrame = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    return frame.rename({old: str(i) for i, old in enumerate(frame.columns)})


def _explain(content: bytes, error: str) -> UnreadableError:
    if _PASSWORD.search(error) or (content.startswith(MAGIC) and _ENCRYPTED_STREAM in content):
        return UnreadableError("工作簿有密码保护", "the workbook is protected by a password")
    return UnreadableError(*_INCOMPLETE)


def _counts_from_1904(content: bytes) -> bool:
    if content.startswith(MAGIC):
        return _XLS_EPOCH_1904 in content
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        return any(name in names and mark.search(archive.read(name)) for name, mark in _EPOCHS_1904.items())
