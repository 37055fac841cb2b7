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


def gather(files: Sequence[ParsedFile], ledger: Ledger) -> Gathered:
    """The rows of `ledger` in `files`, which are in the order of corrections."""
    rows = [_locate(empty_frame(ledger), 0, 0)]
    faults = [pl.DataFrame(schema=LOCATED_FAULTS)]
    for file_number, file in enumerate(files):
        for sheet_number, sheet in enumerate(file.sheets):
            if sheet.ledger == ledger:
                rows.append(_locate(sheet.frame, file_number, sheet_number))
                of_rows = sheet.faults.filter(pl.col("row").is_not_null())
                faults.append(_locate(of_rows, file_number, sheet_number))
    return Gathered(ledger, pl.concat(rows), pl.concat(faults))


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
        described = self.sheets.drop("_file", "_sheet")
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
