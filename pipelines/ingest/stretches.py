"""Large delimited files in stretches: whole lines, some ten megabytes at a time, so that memory does not grow with the file.

A stretch is cut where a line ends outside quotes. What cannot be judged without the whole text (an odd number of quotes,
quotes in the middle of cells, old line ends, a binary file) is left to the reader of whole files.
"""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

import polars as pl

from pipelines.ingest.delimited import (
    BOMS,
    LOST,
    SAMPLE_BYTES,
    measure_width,
    parse_delimited,
    refuse_encoding,
    sniff_separator,
)
from pipelines.ingest.headers import SEARCH_ROWS
from pipelines.ingest.sources import SourceFile
from pipelines.ingest.tables import TextTable, UnreadableError

STRETCH = 64 * 2**20
_LONGEST_LINE = 4 * STRETCH
# A stretch is read in four: for larger blocks the system makes room anew every time, and the processor's cache is too small.
_BLOCKS = 4
_CANDIDATES = ("utf-8", "gb18030")
_QUOTE, _LINE_END = ord('"'), ord("\n")


class UnfitError(Exception):
    """A file that has to be read as a whole."""


def read_stretches(
    source: SourceFile, *, careful: bool, digest: "hashlib._Hash | None" = None, size: int = STRETCH // _BLOCKS,
    blocks: int = _BLOCKS,
) -> Iterator[TextTable]:
    """The one table of a delimited text, some lines at a time, numbered on. Of `size` bytes each are `blocks` read and united.

    Unless `careful`, it is taken to be UTF-8. `digest` is fed all that is read. Raises UnfitError; UnreadableError, also
    where the file is not what its fingerprint says.
    """
    digest = digest or hashlib.sha256()
    try:
        with source.absolute.open("rb") as stream:
            encoding = _find_encoding(stream, size) if careful else _read_mark(stream)
            texts = _decode(_read_blocks(stream, size, digest), encoding, careful=careful)
            tables = _parse_blocks(_cut_lines(texts))
            while some := list(islice(tables, blocks)):
                yield replace(some[0], frame=pl.concat(table.frame for table in some))
    except OSError as error:
        raise UnreadableError("文件打不开或已被移走", "it cannot be opened or was taken away") from error
    if not source.state and digest.hexdigest() != source.sha256:
        raise UnreadableError("读取过程中文件发生了变化", "it changed while it was being read")


def _parse_blocks(blocks: Iterator[bytes]) -> Iterator[TextTable]:
    separator, width, row = "", 0, 1
    for data in blocks:
        if not width:
            if b"\0" in data[:SAMPLE_BYTES]:
                raise UnfitError
            sample = data[:SAMPLE_BYTES].decode("utf-8", "ignore")
            separator = sniff_separator(sample, quoted=True)
            width = measure_width(sample, separator, quoted=True)
        _check_quotes(data, separator)
        frame = _parse(data, separator, width)
        if row == 1 and frame.height < SEARCH_ROWS:
            raise UnfitError
        yield TextTable(None, frame, first_row=row)
        row += frame.height


def _parse(data: bytes, separator: str, width: int) -> pl.DataFrame:
    """The lines as text. The reader takes the width from the first of them: one is put before where that has another."""
    first = data[: data.find(b"\n")]
    as_wide = b'"' not in first and first.count(separator.encode()) == width - 1
    above = b"" if as_wide else separator.join("0" * width).encode() + b"\n"
    try:
        frame = parse_delimited(above + data if above else data, separator, width, quoted=True)
    except UnreadableError as error:
        raise UnfitError from error  # perhaps not UTF-8 after all
    return frame.slice(1) if above else frame


def _cut_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Blocks of whole lines."""
    rest = b""
    for block in blocks:
        if b'"' in rest or b'"' in block:
            data = rest + block
            end = _find_end(data)
            stretch, rest = data[:end], data[end:]
        else:
            end = block.rfind(b"\n") + 1
            stretch = b"".join((rest, memoryview(block)[:end])) if end else b""
            rest = block[end:] if end else rest + block
        if len(rest) > _LONGEST_LINE:
            raise UnfitError
        if stretch:
            yield stretch
    if rest:
        yield rest


def _find_end(data: bytes) -> int:
    """Where the last line ends that ends outside quotes; 0 where none does."""
    import numpy as np

    quotes, ends = (np.flatnonzero(np.frombuffer(data, np.uint8) == mark) for mark in (_QUOTE, _LINE_END))
    outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _check_quotes(data: bytes, separator: str) -> None:
    """Raise UnfitError unless every quote opens or closes a cell, or is one of two that stand for one."""
    if b'"' not in data:
        return
    import numpy as np

    edges = np.frombuffer(f'{separator}"\r\n'.encode(), np.uint8)
    marks = np.frombuffer(b"\n" + data + b"\n", np.uint8)
    quotes = np.flatnonzero(marks == _QUOTE)
    if len(quotes) % 2 or not np.isin(marks[quotes[::2] - 1], edges).all() or not np.isin(marks[quotes[1::2] + 1], edges).all():
        raise UnfitError


def _read_blocks(stream: BinaryIO, size: int, digest: "hashlib._Hash") -> Iterator[bytes]:
    stream.seek(0)
    while block := stream.read(size):
        digest.update(block)
        yield block


def _decode(blocks: Iterator[bytes], encoding: str, *, careful: bool) -> Iterator[bytes]:
    """The text as UTF-8, without its mark; what cannot be decoded is replaced where `careful`."""
    if encoding in ("utf-8", "utf-8-sig") and not careful:
        yield next(blocks, b"").removeprefix(codecs.BOM_UTF8)
        yield from blocks
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace" if careful else "strict")
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise UnfitError from error


def _read_mark(stream: BinaryIO) -> str:
    head = stream.read(4)
    return next((encoding for bom, encoding in BOMS if head.startswith(bom)), "utf-8")


def _find_encoding(stream: BinaryIO, size: int) -> str:
    """The encoding that fits the whole text best. Raises UnreadableError where none does."""
    marked = _read_mark(stream)
    names = _CANDIDATES if marked == "utf-8" else (marked,)
    decoders = {name: codecs.getincrementaldecoder(name)("replace") for name in names}
    lost, length = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    stream.seek(0)
    block = stream.read(size)
    while block:
        following = stream.read(size)
        for name, decoder in decoders.items():
            text = decoder.decode(block, final=not following)
            lost[name] += text.count(LOST)
            length[name] += len(text)
        block = following
    best = min(names, key=lambda name: lost[name])
    refuse_encoding(lost[best], length[best])
    return best
