"""Delimited text: CSV, tab- and semicolon-separated, in the encodings that offices write.

A line is a record: a cell that holds line breaks in quotes is part of one line, as a spreadsheet shows it.
"""

import csv
import io
from collections import Counter
from typing import Literal

import polars as pl

from pipelines.ingest.tables import TextTable, UnreadableError

_SEPARATORS = (",", "\t", ";")
SAMPLE_BYTES = 200_000
_SAMPLE_LINES = 60
LOST = "\ufffd"
_MOST_LOST = 0.01
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_delimited(content: bytes) -> list[TextTable]:
    """The one table of a delimited text. Raises UnreadableError."""
    data = _to_utf8(content)
    if b"\0" in data[:SAMPLE_BYTES]:
        raise UnreadableError("不是文本文件", "it is not a text file")
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    sample = data[:SAMPLE_BYTES].decode("utf-8", "ignore")
    # An odd number of quotes means a stray one, which would swallow the lines after it.
    quoted = data.count(b'"') % 2 == 0
    separator = sniff_separator(sample, quoted=quoted)
    width = measure_width(sample, separator, quoted=quoted)
    return [TextTable(None, parse_delimited(data, separator, width, quoted=quoted))]


def _to_utf8(content: bytes) -> bytes:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _decode(content, (encoding,)).encode()
    if b"\0" in content[:SAMPLE_BYTES]:
        return _decode_wide(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(content, ("utf-8", "gb18030")).encode()
    return content


def _decode_wide(content: bytes) -> bytes:
    """UTF-16 without its mark: that byte order in which the separators and line ends are found; else as it is."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content.decode(encoding, "ignore")
        if any(end in text for end in "\r\n") and any(separator in text for separator in _SEPARATORS):
            return text.encode(errors="ignore")
    return content


def _decode(content: bytes, encodings: tuple[str, ...]) -> str:
    """The text in the encoding that fits best. Old systems cut characters in half: a few may be lost, not the file."""
    text = min((content.decode(e, "replace") for e in encodings), key=lambda text: text.count(LOST))
    refuse_encoding(text.count(LOST), len(text))
    return text


def refuse_encoding(lost: int, length: int) -> None:
    """Raise UnreadableError where too many characters of a text were lost."""
    if lost > _MOST_LOST * length:
        raise UnreadableError("文字编码不是 UTF-8、UTF-16 或 GB18030", "its text is not encoded as UTF-8, UTF-16 or GB18030")


def _lines(sample: str, separator: str, *, quoted: bool) -> list[list[str]]:
    stream = io.StringIO(sample, newline="")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(stream, delimiter=separator, quoting=quoting)
    lines: list[list[str]] = []
    try:
        for line in reader:
            lines.append(line)
            if len(lines) == _SAMPLE_LINES:
                break
    except csv.Error:
        return lines
    return lines


def sniff_separator(sample: str, *, quoted: bool) -> str:
    """The separator that splits most lines into the same number of two or more cells."""

    def evenness(separator: str) -> tuple[int, int]:
        widths = Counter(len(line) for line in _lines(sample, separator, quoted=quoted) if len(line) > 1)
        width, lines = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return lines, width

    return max(_SEPARATORS, key=evenness)


def measure_width(sample: str, separator: str, *, quoted: bool) -> int:
    """The cells of the widest of the first lines, at least 1."""
    return max((len(line) for line in _lines(sample, separator, quoted=quoted)), default=0) or 1


def parse_delimited(data: bytes, separator: str, width: int, *, quoted: bool) -> pl.DataFrame:
    """String columns by position, a row a line. Raises UnreadableError."""
    try:
        return pl.read_csv(
            io.BytesIO(data), has_header=False, schema={str(i): pl.String() for i in range(width)},
            separator=separator, quote_char='"' if quoted else None, truncate_ragged_lines=True,
            missing_columns="insert",
        )  # fmt: skip
    except pl.exceptions.PolarsError as error:
        raise UnreadableError("不是有效的 CSV 文件", "it is not a valid CSV file") from error
