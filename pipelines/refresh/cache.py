"""Parsed files kept between refreshes, so that only new and changed files are read.

An entry hangs on the bytes of the file, its suffix and the version of the code; its path and time are those of today.
A sheet lies in pieces that say which points they hold: of a large file a group of points is read without the others.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from pipelines.contracts.errors import PublicationHeldError
from pipelines.contracts.ledgers import LEDGERS, Ledger
from pipelines.ingest import ParsedFile, ParsedSheet, SourceFile, UnfitError, read, read_in_stretches
from pipelines.ingest.parsed import FAULT_SCHEMA, empty_frame
from pipelines.ingest.sources import describe_state, fingerprint
from pipelines.refresh.drafts import KeptSheet, Piece, SheetDraft
from pipelines.refresh.groups import Group

INDEX = "index.json"
FILES, UNREAD = "files", "unread"
NO_CITIES = pl.DataFrame(schema={"point_id": pl.String, "city_code": pl.String})


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
        return any(group.may_hold(piece.points) for kept in self.sheets for piece in kept.pieces)

    def has_ledger(self, name: str) -> bool:
        """Is any of its sheets of that ledger?"""
        return any(kept.sheet.ledger is not None and kept.sheet.ledger.name == name for kept in self.sheets)

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
            some, rejected = self._read(piece.frames), self._read(piece.faults)
            if not group.holds_all(piece.points):
                some = [group.select(frame) for frame in some]
                rows = pl.concat(frame.select("row") for frame in some)
                rejected = [part.join(rows, on="row", how="semi", maintain_order="left") for part in rejected]
            frames += some
            faults += rejected
        sheet = kept.sheet
        frame = pl.concat(frames[1:]) if frames[1:] else frames[0]
        return ParsedSheet(sheet.ledger, sheet.sheet, frame, pl.concat(faults), sheet.dropped, sheet.ignored)

    def _read(self, names: Iterable[str]) -> list[pl.DataFrame]:
        return [pl.read_parquet(self.folder / name, memory_map=False) for name in names]


@dataclass(frozen=True)
class FileCache:
    """The cache in a folder, for one version of the code."""

    folder: Path
    version: str

    def parse(self, source: SourceFile, *, fresh: bool, cities: pl.DataFrame = NO_CITIES) -> KeptFile:
        """The file as read, from the cache unless `fresh`. Raises PublicationHeldError where it changes meanwhile.

        `cities`: `point_id, city_code` as far as known, by which many rows are cut into pieces.
        """
        if source.state:
            try:
                return self._parse_unread(source, cities)
            except UnfitError:
                source = _take_print(source)
        entry = self._entry(source)
        kept = find_kept(entry, source) if source.sha256 and not fresh else None
        if kept is not None:
            return kept
        for careful in (False, True):
            try:
                return _store_stretches(entry, source, cities, careful=careful)
            except UnfitError:
                continue
        parsed = read(source)
        if source.sha256:
            _check_unchanged(source)
        return _store(entry, parsed, cities)

    def _parse_unread(self, source: SourceFile, cities: pl.DataFrame) -> KeptFile:
        """Read and keep a large file, and take its fingerprint on the way. Raises UnfitError."""
        digest = hashlib.sha256()
        draft, sheet = _draft_stretches(self._entry(source).with_name(UNREAD), source, cities, careful=False, digest=digest)
        _check_untouched(source)
        seen = replace(source, sha256=digest.hexdigest())
        return _finish(self._entry(seen), draft, KeptFile(seen, self._entry(seen), (sheet,)))

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


def _store_stretches(entry: Path, source: SourceFile, cities: pl.DataFrame, *, careful: bool) -> KeptFile:
    """Read and keep a large file, some rows at a time. Raises UnfitError where it is none or needs another reader."""
    draft, sheet = _draft_stretches(entry, source, cities, careful=careful)
    return _finish(entry, draft, KeptFile(source, entry, (sheet,)))


def _draft_stretches(
    entry: Path, source: SourceFile, cities: pl.DataFrame, *, careful: bool, digest: "hashlib._Hash | None" = None
) -> tuple[Path, KeptSheet]:
    stretches = read_in_stretches(source, careful=careful, digest=digest)
    first = next(stretches)
    draft = _start(entry)
    kept = SheetDraft(draft, 0, cities)
    kept.add(first)
    for sheet in stretches:
        kept.add(sheet)
    return draft, kept.finish()


def _store(entry: Path, parsed: ParsedFile, cities: pl.DataFrame) -> KeptFile:
    """Keep a file as read. Raises OSError."""
    draft = _start(entry)
    sheets = []
    for number, sheet in enumerate(parsed.sheets):
        kept = SheetDraft(draft, number, cities)
        kept.add(sheet)
        sheets.append(kept.finish())
    return _finish(entry, draft, KeptFile(parsed.source, entry, tuple(sheets), parsed.faults))


def _start(entry: Path) -> Path:
    draft = entry.with_name(f".{entry.name}.draft")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    return draft


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
            asdict(piece) | {"points": piece.points and sorted(piece.points, key=lambda point: point or "")}
            for piece in kept.pieces
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
    pieces = tuple(
        Piece(p["rows"], None if p["points"] is None else frozenset(p["points"]), p["frames"], p["faults"])
        for p in fields["pieces"]
    )  # fmt: skip
    for name, size in (file for piece in pieces for files in (piece.frames, piece.faults) for file in files.items()):
        if (entry / name).stat().st_size != size:
            raise ValueError(name)
    return KeptSheet(sheet, pieces)


def _make_faults(rows: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=FAULT_SCHEMA, orient="row")


def _check_unchanged(source: SourceFile) -> None:
    try:
        same = fingerprint(source.absolute) == source.sha256
    except OSError:
        same = False
    if not same:
        raise _refuse_changed(source)


def _check_untouched(source: SourceFile) -> None:
    """Raise PublicationHeldError unless the system says of an unread file what it said before."""
    try:
        same = describe_state(source.absolute.stat()) == source.state
    except OSError:
        same = False
    if not same:
        raise _refuse_changed(source)


def _take_print(source: SourceFile) -> SourceFile:
    """An unread file with its fingerprint. Raises PublicationHeldError where it has changed or vanished."""
    try:
        seen = replace(source, sha256=fingerprint(source.absolute))
    except OSError:
        raise _refuse_changed(source) from None
    _check_untouched(source)
    return seen


def _refuse_changed(source: SourceFile) -> PublicationHeldError:
    return PublicationHeldError(
        f"暂停发布：“{source.shown}”在读取期间被改动；请待文件传完后重试。",
        f"Publication held: “{source.shown}” changed while it was read; run again when the file is complete.",
    )
