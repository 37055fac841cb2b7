"""Parquet files of a snapshot: order of rows, writing, checksums. The same content always gives the same bytes."""

import errno
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.warehouse.layout import Layout
from pipelines.warehouse.ordering import is_coded, order_codes, order_columns, sort_rows

_NOTE, _FORGOTTEN = b"ARROW:schema", b"ARROW-schema"
MART = "mart_"
_LONGEST_END = 2**20
_TAIL = 8  # the bytes of a Parquet file behind its footer: how long that is, and a mark


@dataclass(frozen=True)
class PartFile:
    """A Parquet file of a part of a table, as it was written."""

    path: Path
    rows: int
    sha256: str


@dataclass(frozen=True)
class TableEntry:
    """One table in the manifest: file (or folder), rows, checksum of the file (or of its parts' checksums).

    `parts` are the files of a folder, each with its path in the snapshot.
    """

    file: str
    rows: int
    sha256: str
    parts: tuple["TableEntry", ...] = ()

    @property
    def files(self) -> tuple["TableEntry", ...]:
        """The files of the table."""
        return self.parts or (self,)

    def as_json(self) -> dict[str, Any]:
        """The entry as the manifest holds it."""
        own = {"file": self.file, "rows": self.rows, "sha256": self.sha256}
        return own | {"parts": [part.as_json() for part in self.parts]} if self.parts else own


def write_table(name: str, frame: pl.DataFrame, folder: Path) -> TableEntry:
    """Write `<name>.parquet`, sorted. Raises OSError."""
    part = write_part(name, frame, folder / f"{name}.parquet")
    return TableEntry(part.path.name, part.rows, part.sha256)


def write_part(name: str, frame: pl.DataFrame, path: Path) -> PartFile:
    """Write rows of a table, sorted; what is numbers with a dictionary is read as text. Raises OSError."""
    ordered = sort_rows(order_codes(frame), order_columns(name, frame))
    # The lowest level takes a fifth less time than the usual one, and no more room. Marts are read whole: bounds by which
    # readers pass over rows would serve nobody, and take a fifth of the time.
    bounds = not name.startswith(MART)
    noted = {"min": bounds, "max": bounds, "null_count": True, "distinct_count": False}
    write_file(ordered, path, compression="zstd", compression_level=1, statistics=noted)
    if any(map(is_coded, ordered.dtypes)):
        forget_types(path)
    return PartFile(path, frame.height, hash_file(path))


def write_file(frame: pl.DataFrame, path: Path, **options: Any) -> None:
    """Write a Parquet file. Raises OSError or PolarsError.

    Of a file's end that could not be written Polars says that transport failed, but not why.
    """
    try:
        frame.write_parquet(path, **options)
    except pl.exceptions.ComputeError as error:
        if "transport error" not in str(error):
            raise
        disk = os.statvfs(path.parent)
        number = errno.ENOSPC if disk.f_bavail * disk.f_frsize < _LONGEST_END else errno.EIO
        raise OSError(number, os.strerror(number), str(path)) from error


def forget_types(path: Path) -> None:
    """Rename the note of the types that the writer had, so that readers go by those of Parquet: words are text.

    Written as text, words are looked up in a dictionary once more, one by one, and Polars leaves no choice: what it writes
    from its own dictionary it notes down as such. The note is the last thing of that name in the file's end. Raises OSError.
    """
    with path.open("r+b") as file:
        file.seek(-_TAIL, os.SEEK_END)
        length = int.from_bytes(file.read(4), "little")
        start = file.seek(-_TAIL - length, os.SEEK_END)
        at = file.read(length).rfind(_NOTE)
        if at >= 0:
            file.seek(start + at)
            file.write(_FORGOTTEN)


def link_parts(name: str, parts: Mapping[str, PartFile], folder: Path) -> TableEntry:
    """Put the parts of a table into a snapshot's folder: `<name>.parquet` where there is one, else `<name>/<part>.parquet`.

    Parts without rows are left out, unless all are. Raises OSError.
    """
    filled = {key: part for key, part in parts.items() if part.rows} or dict([next(iter(parts.items()))])
    if len(parts) == 1 or not any(part.rows for part in parts.values()):
        (part,) = filled.values()
        link_file(part.path, folder / f"{name}.parquet")
        return TableEntry(f"{name}.parquet", part.rows, part.sha256)
    (folder / name).mkdir()
    entries = []
    for key, part in sorted(filled.items()):
        file = f"{name}/{key}.parquet"
        link_file(part.path, folder / file)
        entries.append(TableEntry(file, part.rows, part.sha256))
    whole = hashlib.sha256("".join(entry.sha256 for entry in entries).encode()).hexdigest()
    return TableEntry(name, sum(entry.rows for entry in entries), whole, tuple(entries))


def link_file(old: Path, new: Path) -> None:
    """The same file under another name; a copy where the file system has no links. Raises OSError."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Checksums:
    """Checksums of files, each read once while the system says that it is as it was; for one refresh, under any name."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], str] = {}

    def look(self, path: Path) -> str:
        """SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
        stat = path.stat()
        state = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if state not in self._known:
            self._known[state] = hash_file(path)
        return self._known[state]


def count_rows(path: Path) -> int:
    """Rows that the footer of a Parquet file states."""
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def read_table(layout: Layout, snapshot: str, name: str) -> pl.DataFrame | None:
    """A table of a published snapshot; None where it cannot be read."""
    folder = layout.snapshots / snapshot
    try:
        return pl.read_parquet(folder / name / "*.parquet" if (folder / name).is_dir() else folder / f"{name}.parquet",
                               memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        return None
