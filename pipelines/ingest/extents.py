"""How far the sheets of an XLSX reach. A reader makes room for the whole rectangle up to the farthest cell that holds
anything: one stray space in XFD1048576 would take hundreds of gigabytes and end the process. Seen here beforehand."""

import io
import re
import zipfile
from collections.abc import Iterator

from pipelines.ingest.tables import UnreadableError

MOST_CELLS = 60_000_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CHUNK, _OVERLAP = 1 << 22, 1 << 10
_NEAR_COLUMNS = 52  # A to AZ, which no cell is looked at for
_FAR_CELL = re.compile(rb' r="((?:[B-Z][A-Z]|[A-Z]{3})\d+)"[^>]*[^/]>')
_LAST_CELL = b' r="'
_ROW = re.compile(rb' r="[A-Z]*(\d+)"')


def refuse_stray_cells(content: bytes) -> None:
    """Raise UnreadableError where a sheet of the XLSX has a cell far outside its table."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if _SHEET.fullmatch(name):
                rows, columns, farthest = _measure(archive, name)
                if rows * columns > MOST_CELLS:
                    raise UnreadableError(f"表格之外很远处有多余内容（单元格 {farthest}，第 {rows} 行），请清除",
                                          f"something stands far outside the table (cell {farthest}, row {rows}): clear it")


def _measure(archive: zipfile.ZipFile, name: str) -> tuple[int, int, str]:
    """The last row, the number of columns, and the cell that makes them so many."""
    rows, columns, farthest = 0, _NEAR_COLUMNS, "AZ1"
    for chunk in _read_in_chunks(archive, name):
        at = chunk.rfind(_LAST_CELL)
        last = _ROW.match(chunk, at) if at >= 0 else None
        rows = max(rows, int(last.group(1))) if last else rows
        for match in _FAR_CELL.finditer(chunk):
            cell = match.group(1).decode()
            if (number := _number(cell.rstrip("0123456789"))) > columns:
                columns, farthest = number, cell
    return rows, columns, farthest


def _read_in_chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The content in pieces; each begins with the end of the one before, so that no cell is cut in two."""
    kept = b""
    with archive.open(name) as stream:
        while piece := stream.read(_CHUNK):
            yield kept + piece
            kept = piece[-_OVERLAP:]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
