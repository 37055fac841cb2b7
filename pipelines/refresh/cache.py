"""Parsed files kept between refreshes, so that only new and changed files are read.

An entry hangs on the bytes of the file, its suffix and the version of the code; its path and time are those of today.
Frames are written as Parquet, which holds the values alone: Arrow's own format carries along the whole buffers that its
strings point into, and so the numbers that were masked and the rows that were refused.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import polars as pl

from pipelines.contracts.errors import PublicationHeldError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import ParsedFile, ParsedSheet, SourceFile, read
from pipelines.ingest.sources import fingerprint

INDEX = "index.json"


@dataclass(frozen=True)
class FileCache:
    """The cache in a folder, for one version of the code."""

    folder: Path
    version: str

    def parse(self, source: SourceFile, *, fresh: bool) -> ParsedFile:
        """The file as read, from the cache unless `fresh`. Raises PublicationHeldError where it changes meanwhile."""
        entry = self._entry(source)
        kept = _load(entry, source) if source.sha256 and not fresh else None
        if kept is not None:
            return kept
        parsed = read(source)
        if source.sha256:
            _check_unchanged(source)
            _store(entry, parsed)
        return parsed

    def keep_only(self, sources: tuple[SourceFile, ...]) -> None:
        """Remove the entries of other versions and of files that are no longer there."""
        wanted = {self._entry(source).name for source in sources}
        for version in self.folder.glob("*"):
            for entry in version.glob("*"):
                if version.name != self.version or entry.name not in wanted:
                    shutil.rmtree(entry)
            if version.name != self.version:
                version.rmdir()

    def _entry(self, source: SourceFile) -> Path:
        return self.folder / self.version / f"{source.sha256}{PurePosixPath(source.path).suffix.lower()}"


def _store(entry: Path, parsed: ParsedFile) -> None:
    draft = entry.with_name(f".{entry.name}.draft")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    _write(parsed.faults, draft / "faults.parquet")
    index = []
    for number, sheet in enumerate(parsed.sheets):
        _write(sheet.frame, draft / f"{number}.frame.parquet")
        _write(sheet.faults, draft / f"{number}.faults.parquet")
        index.append({
            "ledger": sheet.ledger.name if sheet.ledger else None, "sheet": sheet.sheet,
            "dropped": sheet.dropped, "ignored": sheet.ignored,
        })  # fmt: skip
    (draft / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    if entry.exists():
        shutil.rmtree(entry)
    draft.rename(entry)


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="lz4", statistics=False)


def _load(entry: Path, source: SourceFile) -> ParsedFile | None:
    """The entry's file; None where there is no entry, or one that a power cut left incomplete."""
    try:
        return _load_sheets(entry, source)
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None


def _load_sheets(entry: Path, source: SourceFile) -> ParsedFile:
    index = json.loads((entry / INDEX).read_text(encoding="utf-8"))
    sheets = tuple(
        ParsedSheet(
            LEDGERS[sheet["ledger"]] if sheet["ledger"] else None, sheet["sheet"],
            pl.read_parquet(entry / f"{number}.frame.parquet"),
            pl.read_parquet(entry / f"{number}.faults.parquet"),
            tuple(sheet["dropped"]), tuple(sheet["ignored"]),
        )
        for number, sheet in enumerate(index)
    )  # fmt: skip
    return ParsedFile(source, sheets, pl.read_parquet(entry / "faults.parquet"))


def _check_unchanged(source: SourceFile) -> None:
    try:
        same = fingerprint(source.absolute) == source.sha256
    except OSError:
        same = False
    if not same:
        raise PublicationHeldError(
            f"暂停发布：“{source.shown}”在读取期间被改动；请待文件传完后重试。",
            f"Publication held: “{source.shown}” changed while it was read; run again when the file is complete.",
        )
