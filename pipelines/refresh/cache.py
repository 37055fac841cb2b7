"""Parsed files kept between refreshes, so that only new and changed files are read.

An entry hangs on the bytes of the file, its suffix and the version of the code; its path and time are those of today.
Frames are written as Parquet, which holds the values alone: Arrow's own format carries along the whole buffers that its
strings point into, and so the numbers that were masked and the rows that were refused. A sheet lies in pieces that say
which points they hold: of a large file a group of points is read without the others.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from pipelines.contracts.errors import PublicationHeldError
from pipelines.contracts.ledgers import LEDGERS, Ledger
from pipelines.ingest import ParsedFile, ParsedSheet, SourceFile, read
from pipelines.ingest.parsed import FAULT_SCHEMA, empty_frame
from pipelines.ingest.sources import fingerprint
from pipelines.refresh.groups import Group

INDEX = "index.json"
FILES = "files"


@dataclass(frozen=True)
class Piece:
    """Rows of a sheet in a file of their own: how many, of which points (None: the ledger has none)."""

    name: str
    rows: int
    points: frozenset[str | None] | None


@dataclass(frozen=True)
class KeptSheet:
    """A sheet without its rows; `frame` of the sheet is empty, `faults` are those of the whole sheet."""

    sheet: ParsedSheet
    pieces: tuple[Piece, ...] = ()

    def holds(self, group: Group) -> bool:
        """Does it have rows of the group?"""
        return any(group.may_hold(piece.points) for piece in self.pieces)


@dataclass(frozen=True)
class KeptFile:
    """A file of the cache."""

    source: SourceFile
    folder: Path
    sheets: tuple[KeptSheet, ...] = ()
    faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAULT_SCHEMA))

    @property
    def rows(self) -> int:
        """Rows of ledgers that belong to points."""
        return sum(p.rows for kept in self.sheets for p in kept.pieces if p.points is not None)

    def holds(self, group: Group) -> bool:
        """Does it have rows of the group?"""
        return any(kept.holds(group) for kept in self.sheets)

    def outline(self) -> ParsedFile:
        """The file without its rows."""
        return ParsedFile(self.source, tuple(kept.sheet for kept in self.sheets), self.faults)

    def load(self, group: Group) -> ParsedFile:
        """The file with the rows of the group. Raises OSError or PolarsError where the entry is damaged."""
        return ParsedFile(self.source, tuple(self._load(kept, group) for kept in self.sheets), self.faults)

    def _load(self, kept: KeptSheet, group: Group) -> ParsedSheet:
        frames, faults = [kept.sheet.frame], [kept.sheet.faults]
        for piece in kept.pieces:
            if not group.may_hold(piece.points):
                continue
            frame = pl.read_parquet(self.folder / f"{piece.name}.frame.parquet", memory_map=False)
            rejected = pl.read_parquet(self.folder / f"{piece.name}.faults.parquet", memory_map=False)
            if not group.holds_all(piece.points):
                frame = group.select(frame)
                rejected = rejected.join(frame.select("row"), on="row", how="semi", maintain_order="left")
            frames.append(frame)
            faults.append(rejected)
        sheet = kept.sheet
        return ParsedSheet(sheet.ledger, sheet.sheet, pl.concat(frames), pl.concat(faults), sheet.dropped, sheet.ignored)


@dataclass(frozen=True)
class FileCache:
    """The cache in a folder, for one version of the code."""

    folder: Path
    version: str

    def parse(self, source: SourceFile, *, fresh: bool) -> KeptFile:
        """The file as read, from the cache unless `fresh`. Raises PublicationHeldError where it changes meanwhile."""
        entry = self._entry(source)
        kept = find_kept(entry, source) if source.sha256 and not fresh else None
        if kept is not None:
            return kept
        parsed = read(source)
        if source.sha256:
            _check_unchanged(source)
        return _store(entry, parsed)

    def keep_only(self, sources: Iterable[SourceFile]) -> None:
        """Remove the entries of other versions and of files that are no longer there."""
        wanted = {self._entry(source).name for source in sources}
        for version in self.folder.glob("*"):
            if version.name != self.version:
                shutil.rmtree(version)
        for entry in (self.folder / self.version / FILES).glob("*"):
            if entry.name not in wanted:
                shutil.rmtree(entry)

    def _entry(self, source: SourceFile) -> Path:
        name = f"{source.sha256}{PurePosixPath(source.path).suffix.lower()}"
        return self.folder / self.version / FILES / name


def _store(entry: Path, parsed: ParsedFile) -> KeptFile:
    """Keep a file as read. Raises OSError."""
    draft = _start(entry)
    sheets = []
    for number, sheet in enumerate(parsed.sheets):
        whole = sheet.faults.filter(pl.col("row").is_null())
        outline = ParsedSheet(sheet.ledger, sheet.sheet, empty_frame(sheet.ledger), whole, sheet.dropped, sheet.ignored)
        piece = _write_piece(draft, str(number), sheet) if sheet.frame.height else None
        sheets.append(KeptSheet(outline, (piece,) if piece else ()))
    return _finish(entry, draft, KeptFile(parsed.source, entry, tuple(sheets), parsed.faults))


def _start(entry: Path) -> Path:
    draft = entry.with_name(f".{entry.name}.draft")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    return draft


def _write_piece(folder: Path, name: str, sheet: ParsedSheet) -> Piece:
    sheet.frame.write_parquet(folder / f"{name}.frame.parquet", compression="lz4", statistics=False)
    of_rows = sheet.faults.filter(pl.col("row").is_not_null())
    of_rows.write_parquet(folder / f"{name}.faults.parquet", compression="lz4", statistics=False)
    has_point = sheet.ledger is not None and sheet.ledger.has_point
    return Piece(name, sheet.frame.height, frozenset(sheet.frame["point_id"].unique()) if has_point else None)


def _finish(entry: Path, draft: Path, kept: KeptFile) -> KeptFile:
    index = {"faults": kept.faults.rows(), "sheets": [_describe(sheet) for sheet in kept.sheets]}
    (draft / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    if entry.exists():
        shutil.rmtree(entry)
    draft.rename(entry)
    return kept


def _describe(kept: KeptSheet) -> dict[str, Any]:
    sheet = kept.sheet
    return {
        "ledger": sheet.ledger.name if sheet.ledger else None, "sheet": sheet.sheet, "faults": sheet.faults.rows(),
        "dropped": sheet.dropped, "ignored": sheet.ignored,
        "pieces": [
            [p.name, p.rows, None if p.points is None else sorted(p.points, key=lambda point: point or "")]
            for p in kept.pieces
        ],
    }  # fmt: skip


def find_kept(entry: Path, source: SourceFile) -> KeptFile | None:
    """The entry's file; None where there is no entry, or one that a power cut left incomplete."""
    try:
        index = json.loads((entry / INDEX).read_text(encoding="utf-8"))
        sheets = tuple(_recall(fields, entry) for fields in index["sheets"])
        return KeptFile(source, entry, sheets, _make_faults(index["faults"]))
    except (OSError, ValueError, LookupError, TypeError, pl.exceptions.PolarsError):
        return None


def _recall(fields: Mapping[str, Any], entry: Path) -> KeptSheet:
    ledger: Ledger | None = LEDGERS[fields["ledger"]] if fields["ledger"] else None
    sheet = ParsedSheet(
        ledger, fields["sheet"], empty_frame(ledger), _make_faults(fields["faults"]), tuple(fields["dropped"]),
        tuple(fields["ignored"]),
    )  # fmt: skip
    pieces = tuple(Piece(name, rows, None if points is None else frozenset(points)) for name, rows, points in fields["pieces"])
    for piece in pieces:
        for part in ("frame", "faults"):
            if not pl.read_parquet_schema(entry / f"{piece.name}.{part}.parquet"):
                raise ValueError(piece.name)
    return KeptSheet(sheet, pieces)


def _make_faults(rows: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")


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
