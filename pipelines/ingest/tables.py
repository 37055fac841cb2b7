"""Tables of text: what every format is read into before any meaning is sought."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl


class UnreadableError(Exception):
    """A file that cannot be read: why, in Chinese and English, as the end of a sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@contextmanager
def refuse_panics(zh: str, en: str) -> Iterator[None]:
    """Turn the panic of a compiled reader over a damaged file into an UnreadableError.

    A panic is no Exception, and each library has a class of its own for it, of the same name.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(zh, en) from error


@dataclass(frozen=True)
class TextTable:
    """A sheet as text.

    `frame`: String columns named by position (`0`, `1`, …), one row a line. The first line is number `first_row`.
    `header` holds the names where the format has them apart from its lines (Parquet, JSON Lines). `epoch_1904` says
    that bare serial numbers of days count from 1904 instead of 1900.
    """

    sheet: str | None
    frame: pl.DataFrame
    header: tuple[str, ...] | None = None
    first_row: int = 1
    epoch_1904: bool = False
