"""Writing a file's entry in the parse cache: sheets, in files that hold the rows of a city each where there are many.

In rows of points, ids of points, words of code lists and texts that come again and again are numbers with a dictionary.

Frames are written as Parquet, which holds the values alone: Arrow's own format carries along the whole buffers that its
strings point into, and so the numbers that were masked and the rows that were refused.
"""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.contracts.ledgers import ColumnType, Ledger
from pipelines.ingest import ParsedSheet
from pipelines.ingest.parsed import empty_frame
from pipelines.warehouse import write_file

DIVIDED_FROM = 50_000
WRITTEN_FROM = 500_000
_REPEATED = 8
_CITY = "_city"


@dataclass(frozen=True)
class Piece:
    """Rows of a sheet in files of their own.

    `rows`: how many; `points`: whose, None where the ledger has none. `frames`, `faults`: name of a file → its bytes.
    """

    rows: int
    points: frozenset[str | None] | None
    frames: dict[str, int]
    faults: dict[str, int]


@dataclass(frozen=True)
class KeptSheet:
    """A sheet without its rows; `frame` of the sheet is empty, `faults` are those of the whole sheet."""

    sheet: ParsedSheet
    pieces: tuple[Piece, ...] = ()


@dataclass
class SheetDraft:
    """The pieces of a sheet in the making, which comes at once or some rows at a time.

    `cities`: `point_id, city_code` as far as known. Which city a piece is cut for decides nothing but what it costs to read.
    """

    folder: Path
    number: int
    cities: pl.DataFrame
    _pieces: dict[str | None, Piece] = field(default_factory=dict)
    _outline: ParsedSheet | None = None
    _waiting: list[ParsedSheet] = field(default_factory=list)
    _coding: dict[str, pl.DataType] | None = None
    _files: int = 0

    def add(self, sheet: ParsedSheet) -> None:
        """Take further rows, and write them where enough have come together. Raises OSError."""
        whole = sheet.faults.filter(pl.col("row").is_null())
        self._outline = ParsedSheet(
            sheet.ledger, sheet.sheet, empty_frame(sheet.ledger), whole, sheet.dropped, sheet.ignored,
        )  # fmt: skip
        self._waiting.append(sheet)
        if sum(waiting.frame.height for waiting in self._waiting) >= WRITTEN_FROM:
            self._write_waiting()

    def finish(self) -> KeptSheet:
        """The sheet as kept. Raises OSError."""
        if self._outline is None:
            raise ValueError(self.number)
        self._write_waiting()
        return KeptSheet(self._outline, tuple(self._pieces.values()))

    def _write_waiting(self) -> None:
        if self._outline is None or not self._waiting:
            return
        frame = pl.concat(sheet.frame for sheet in self._waiting)
        faults = pl.concat(sheet.faults.filter(pl.col("row").is_not_null()) for sheet in self._waiting)
        self._waiting = []
        if self._coding is None:
            self._coding = find_coding(self._outline.ledger, frame)
        for city, part in divide(frame, self._coding, self.cities).items():
            of_rows = faults.join(part, on="row", how="semi", maintain_order="left") if faults.height else faults
            self._write(city, part, of_rows)

    def _write(self, city: str | None, frame: pl.DataFrame, faults: pl.DataFrame) -> None:
        if frame.is_empty():
            return
        points = frozenset(frame["point_id"].unique()) if "point_id" in frame.columns and _has_point(self._outline) else None
        before = self._pieces.get(city, Piece(0, points, {}, {}))
        united = points if points is None or before.points is None else points | before.points
        name = f"{self.number}-{self._files}"
        self._files += 1
        frames = before.frames | self._store(f"{name}.frame.parquet", frame)
        kept = before.faults | (self._store(f"{name}.faults.parquet", faults) if faults.height else {})
        self._pieces[city] = Piece(before.rows + frame.height, united, frames, kept)

    def _store(self, name: str, frame: pl.DataFrame) -> dict[str, int]:
        path = self.folder / name
        write_file(frame, path, compression="lz4", statistics=False)
        return {name: path.stat().st_size}


def _has_point(sheet: ParsedSheet | None) -> bool:
    return sheet is not None and sheet.ledger is not None and sheet.ledger.has_point


def find_coding(ledger: Ledger | None, frame: pl.DataFrame) -> dict[str, pl.DataType]:
    """The columns to hold as numbers with a dictionary, and how; none where the ledger has no points."""
    if ledger is None or not ledger.has_point:
        return {}
    coding: dict[str, pl.DataType] = {"point_id": pl.Categorical()}
    coding |= {c.name: pl.Enum(c.codes.codes) for c in ledger.columns if c.codes is not None}
    if frame.height >= DIVIDED_FROM:
        texts = [c.name for c in ledger.columns if c.type is ColumnType.TEXT and c.name not in ledger.key]
        repeated = [name for name in texts if _REPEATED * frame[name].n_unique() < frame.height]
        coding |= dict.fromkeys(repeated, pl.Categorical())
    return coding


def divide(
    frame: pl.DataFrame, coding: dict[str, pl.DataType], cities: pl.DataFrame
) -> dict[str | None, pl.DataFrame]:
    """City code (None: not known) → the rows of its points, in their order; few rows stay together."""
    coded = frame.cast(pl.Schema(coding))
    if frame.height < DIVIDED_FROM or cities.is_empty() or "point_id" not in coding:
        return {None: coded}
    known = cities["city_code"].unique().drop_nulls().sort()
    numbers = cities["city_code"].cast(pl.Enum(known)).to_physical().cast(pl.UInt32)
    points = cities["point_id"].cast(pl.Categorical()).to_physical()
    at = coded["point_id"].to_physical()
    highest = max(number for number in (at.max(), points.max()) if isinstance(number, int))
    nowhere = pl.repeat(None, highest + 1, dtype=pl.UInt32, eager=True)
    city = nowhere.scatter(points, numbers).gather(at).alias(_CITY)
    parts = coded.with_columns(city).partition_by(_CITY, maintain_order=True, include_key=False, as_dict=True)
    return {None if number is None else known[number]: part for (number,), part in parts.items()}
