"""Gathering: the rows and faults of all sheets of one ledger in one frame each.

Every row is known by (`_file`, `_sheet`, `row`): `_file` is its file's place in the order of corrections (modification
minute, then path), `_sheet` the sheet's place in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import polars as pl

from pipelines.contracts.ledgers import Ledger
from pipelines.ingest.parsed import FAULT_SCHEMA, ParsedFile, empty_frame

ROW = ("_file", "_sheet", "row")
_TEXT = pl.String()
_PLACE = {"_file": pl.Int32(), "_sheet": pl.Int32()}
LOCATED_FAULTS: dict[str, pl.DataType] = {**_PLACE, **FAULT_SCHEMA}


@dataclass(frozen=True)
class Gathered:
    """The rows of one ledger (`_file`, `_sheet`, `row`, its columns) and their faults (LOCATED_FAULTS)."""

    ledger: Ledger
    rows: pl.DataFrame
    faults: pl.DataFrame


def order_files(files: Sequence[ParsedFile]) -> list[ParsedFile]:
    """Files in the order of corrections, later ones last."""
    return sorted(files, key=lambda f: (f.source.mtime_minute, f.source.path))


def gather(files: Sequence[ParsedFile], ledger: Ledger, ids: pl.DataType = _TEXT) -> Gathered:
    """The rows of `ledger` in `files`, which are in the order of corrections; ids of points as type `ids`.

    Words and texts may come as numbers with a dictionary, and stay so where all sheets have the same.
    """
    rows = []
    faults = [pl.DataFrame(schema=LOCATED_FAULTS)]
    for file_number, file in enumerate(files):
        for sheet_number, sheet in enumerate(file.sheets):
            if sheet.ledger == ledger and sheet.frame.height:
                rows.append(_locate(sheet.frame, file_number, sheet_number))
                of_rows = sheet.faults.filter(pl.col("row").is_not_null())
                faults.append(_locate(of_rows, file_number, sheet_number))
    united = unite_rows(rows or [_locate(empty_frame(ledger), 0, 0)])
    of_type = united.cast({"point_id": ids}) if ledger.has_point else united
    return Gathered(ledger, of_type, pl.concat(faults))


def unite_rows(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Frames of the same columns below each other; a column that is coded in some of them only becomes text."""
    kinds = {name: {frame.schema[name] for frame in frames} for name in frames[0].columns}
    mixed = dict.fromkeys((name for name, dtypes in kinds.items() if len(dtypes) > 1), pl.String())
    return pl.concat(frame.cast(pl.Schema(mixed)) for frame in frames)


def decode(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with text in place of numbers with a dictionary."""
    coded = [name for name, dtype in frame.schema.items() if dtype in (pl.Categorical, pl.Enum)]
    return frame.cast(dict.fromkeys(coded, pl.String()))


def _locate(frame: pl.DataFrame, file_number: int, sheet_number: int) -> pl.DataFrame:
    return frame.select(
        pl.lit(file_number, pl.Int32).alias("_file"), pl.lit(sheet_number, pl.Int32).alias("_sheet"), pl.all(),
    )


@dataclass(frozen=True)
class Places:
    """Where rows come from. `sheets`: one row a sheet, in the order of files and their sheets.

    Its columns: `_file, _sheet, source_path, source_file, source_sheet, _place`; `source_path` is for ordering only,
    `_place` numbers the sheets in the order of their paths. `starts`: the first sheet of every file among the rows.
    """

    sheets: pl.DataFrame
    starts: pl.Series

    def name(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with `_file, _sheet`, and the other columns of `sheets` beside them."""
        at = self.starts.gather(rows["_file"]) + rows["_sheet"]
        coded = pl.col("source_file", "source_sheet").cast(pl.Categorical)
        described = self.sheets.drop("_file", "_sheet").with_columns(coded)
        return rows.with_columns(described[column].gather(at) for column in described.columns)


def locate_sheets(files: Sequence[ParsedFile]) -> Places:
    """The places of all sheets of the files, which are in the order of corrections."""
    places = [
        (f, s, file.source.path, file.source.shown, sheet.sheet)
        for f, file in enumerate(files) for s, sheet in enumerate(file.sheets)
    ]  # fmt: skip
    names = dict.fromkeys(("source_path", "source_file", "source_sheet"), pl.String())
    sheets = pl.DataFrame(places, schema={**_PLACE, **names}, orient="row")
    order = {place: number for number, place in enumerate(sorted((path, sheet) for _, sheet, path, *_ in places))}
    numbers = pl.Series("_place", [order[path, sheet] for _, sheet, path, *_ in places], dtype=pl.Int32)
    starts = accumulate((len(file.sheets) for file in files), initial=0)
    return Places(sheets.with_columns(numbers), pl.Series(starts, dtype=pl.Int32))
