"""Reading a source file: by its extension into tables of text, and those into parsed sheets.

Whatever is wrong with one file becomes a fault of that file; it never stops the others.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from pipelines.contracts.errors import Reason
from pipelines.ingest.compound import MAGIC
from pipelines.ingest.delimited import read_delimited
from pipelines.ingest.parsed import ParsedFile, ParsedSheet, make_fault
from pipelines.ingest.records import read_json_lines, read_parquet
from pipelines.ingest.sheets import is_own_page, parse_sheet, parse_stretches
from pipelines.ingest.sources import SourceFile
from pipelines.ingest.stretches import STRETCH, UnfitError, read_stretches
from pipelines.ingest.tables import TextTable, UnreadableError
from pipelines.ingest.workbooks import read_workbook

_READERS: dict[str, Callable[[bytes], list[TextTable]]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".et": read_workbook,
    ".ods": read_workbook,
    ".parquet": read_parquet,
    ".json": read_json_lines,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}

# What a file is by its first bytes, whatever its name says.
_BY_CONTENT: dict[bytes, Callable[[bytes], list[TextTable]]] = {
    b"PK\x03\x04": read_workbook, MAGIC: read_workbook, b"PAR1": read_parquet,
}  # fmt: skip
_RECORD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 4096
_OF_THE_WEB = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<table|<\?xml|<meta|mime-version:)", re.IGNORECASE)


def read(source: SourceFile) -> ParsedFile:
    """The file's sheets; where it cannot be read, none, and one `unreadable_file` fault that says why."""
    try:
        tables = read_tables(source)
    except UnreadableError as error:
        return ParsedFile(source, faults=make_fault(Reason.UNREADABLE_FILE, rule=(error.zh, error.en)))
    sheets = tuple(sheet for table in tables if (sheet := parse_sheet(table)) is not None)
    if not sheets:
        return ParsedFile(source, faults=make_fault(Reason.UNREADABLE_FILE, rule=("文件是空的", "it is empty")))
    return ParsedFile(source, sheets)


def read_in_stretches(
    source: SourceFile, *, careful: bool, digest: "hashlib._Hash | None" = None
) -> Iterator[ParsedSheet]:
    """The one sheet of a large delimited file, some rows at a time; the last one says what holds for the whole.

    Unless `careful`, the text is taken to be UTF-8. `digest` is fed the whole file. Raises UnfitError where `read` has to do
    it, whatever is wrong.
    """
    if source.size <= STRETCH or _READERS.get(PurePosixPath(source.path).suffix.lower()) is not read_delimited:
        raise UnfitError
    found = False
    try:
        with source.absolute.open("rb") as stream:
            if _choose(stream.read(_HEAD_BYTES), read_delimited) is not read_delimited:
                raise UnfitError
        for sheet in parse_stretches(read_stretches(source, careful=careful, digest=digest)):
            found = True
            yield sheet
    except (OSError, UnreadableError) as error:
        raise UnfitError from error
    if not found:
        raise UnfitError


def read_tables(source: SourceFile) -> list[TextTable]:
    """The file's sheets as text, without the product's own pages. Raises UnreadableError."""
    return [table for table in _open_tables(source) if not is_own_page(table)]


def _open_tables(source: SourceFile) -> list[TextTable]:
    reader = _READERS.get(PurePosixPath(source.path).suffix.lower())
    if reader is None:
        raise UnreadableError("不支持这种文件类型", "files of this type are not supported")
    try:
        content = source.absolute.read_bytes()
    except OSError as error:
        raise UnreadableError("文件打不开或已被移走", "it cannot be opened or was taken away") from error
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise UnreadableError("读取过程中文件发生了变化", "it changed while it was being read")
    if not content:
        raise UnreadableError("文件是空的", "it is empty")
    return _choose(content, reader)(content)


def _choose(content: bytes, named: Callable[[bytes], list[TextTable]]) -> Callable[[bytes], list[TextTable]]:
    """The reader that fits the content, where the name of the file (reader `named`) is wrong."""
    if _OF_THE_WEB.match(content):
        raise UnreadableError("内容是网页或 XML，不是工作簿", "it holds a web page or XML, not a workbook")
    fitting = next((reader for magic, reader in _BY_CONTENT.items() if content.startswith(magic)), None)
    if fitting is None and _RECORD.match(content):
        return read_json_lines
    if fitting is None and _looks_like_text(content) and not (named is read_json_lines and _JSON.match(content)):
        return read_delimited
    return fitting or named


def _looks_like_text(content: bytes) -> bool:
    head = content[:_HEAD_BYTES]
    return head.startswith(_WIDE_MARKS) or (b"\n" in head and not any(byte < 9 for byte in head))
