"""The marts of a snapshot as arrays in memory, read once a ledger and kept: a snapshot never changes.

Only probability points of a known stratum. Whole numbers are kept in the narrowest type that holds them: some 10 MB for a
hundred thousand point-months, and the cells of a ledger when they are first asked for.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboard.warehouse.kept import kept
from dashboard.warehouse.snapshot import Snapshot
from pipelines.contracts.breakdowns import CELLS, Breakdown
from pipelines.contracts.statistics import STATISTICS, UNIVERSES

SNAPSHOTS_KEPT = 3
Ints = NDArray[np.int64]
Numbers = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class PointMonths:
    """One entry an active month of a point, by month and point. `point`: row of `Snapshot.points`; `reported`: by universe."""

    month: Ints
    point: Ints
    reported: dict[str, NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Cells:
    """One entry a cell, by entry of the point-months (`row`). `codes`: places in the code list of each breakdown, −1 unknown."""

    row: Ints
    codes: dict[str, NDArray[np.int8]]
    statistics: Numbers


@dataclass(frozen=True, eq=False)
class Roster:
    """One entry a person and month, by point: those of row p of `Snapshot.points` are `starts[p]` to `starts[p + 1]`.

    `person`: a number for each pseudonym; `codes`: as in `Cells`.
    """

    starts: Ints
    month: NDArray[np.int32]
    person: NDArray[np.int32]
    codes: dict[str, NDArray[np.int8]]


@kept(SNAPSHOTS_KEPT)
def load_roster(snapshot: Snapshot) -> Roster:
    """Who was on the roster of each probability point, by month."""
    known = snapshot.points.select("point_id").with_row_index("point")
    traits = CELLS["staff"].breakdowns
    names = ", ".join(["point_id", "month", "person_id", *(b.column for b in traits)])
    rows = snapshot.query(f"SELECT {names} FROM fact_staff").join(known, on="point_id", how="inner", validate="m:1").sort("point")
    return Roster(
        np.searchsorted(rows["point"].to_numpy(), np.arange(known.height + 1)).astype(np.int64), rows["month"].to_numpy(),
        rows["person_id"].rank("dense").cast(pl.Int32).to_numpy(), {b.column: _place_codes(rows, b) for b in traits},
    )  # fmt: skip


@kept(SNAPSHOTS_KEPT)
def load_point_months(snapshot: Snapshot) -> PointMonths:
    """Which points were active when, and what they reported."""
    rows = _read(snapshot, list(UNIVERSES))
    return PointMonths(
        rows["month"].to_numpy().astype(np.int64), rows["point"].to_numpy().astype(np.int64),
        {name: rows[name].to_numpy() for name in UNIVERSES},
    )  # fmt: skip


@kept(SNAPSHOTS_KEPT * len(STATISTICS))
def load_statistics(snapshot: Snapshot, ledger: str) -> Numbers:
    """The statistics of a ledger, an entry a point-month as in `load_point_months`."""
    return _narrow(_read(snapshot, list(STATISTICS[ledger])), STATISTICS[ledger])


@kept(SNAPSHOTS_KEPT * 2)
def load_submissions(snapshot: Snapshot, ledger: str) -> NDArray[np.datetime64]:
    """The day on which the return of a ledger was submitted, an entry a point-month; not a day where there is none."""
    days = snapshot.query("SELECT point_id, month, submitted_on FROM mart_reporting WHERE ledger = ?", [ledger])
    keys = _read(snapshot, []).select("point_id", "month")
    rows = keys.join(days, on=["point_id", "month"], how="left", validate="m:1", maintain_order="left")
    return rows["submitted_on"].to_numpy().astype("datetime64[D]")


@kept(SNAPSHOTS_KEPT * len(CELLS))
def load_cells(snapshot: Snapshot, ledger: str) -> Cells:
    """The cells of a ledger that has breakdowns."""
    cell = CELLS[ledger]
    keys = _read(snapshot, []).select("point_id", "month").with_row_index("row")
    columns = ", ".join(["point_id", "month", *(b.column for b in cell.breakdowns), *STATISTICS[ledger]])
    rows = (
        snapshot.query(f"SELECT {columns} FROM {cell.name}")
        .join(keys, on=["point_id", "month"], how="inner", validate="m:1").sort("row", maintain_order=True)
    )  # fmt: skip
    codes = {b.column: _place_codes(rows, b) for b in cell.breakdowns}
    return Cells(rows["row"].to_numpy().astype(np.int64), codes, _narrow(rows, STATISTICS[ledger]))


def _read(snapshot: Snapshot, columns: list[str]) -> pl.DataFrame:
    """Columns of the point-months, with `point_id`, `month` and `point`, in the order of entries."""
    known = snapshot.points.select("point_id").with_row_index("point")
    names = ", ".join(["point_id", "month", *columns])
    rows = snapshot.query(f"SELECT {names} FROM mart_point_month")
    return rows.join(known, on="point_id", how="inner", validate="m:1").sort("month", "point")


def _place_codes(rows: pl.DataFrame, breakdown: Breakdown) -> NDArray[np.int8]:
    """The place of each row's code in the list of a breakdown, −1 where it is unknown."""
    known = list(breakdown.codes.codes)
    return rows[breakdown.column].replace_strict(known, range(len(known)), default=-1, return_dtype=pl.Int8).to_numpy()


def _narrow(rows: pl.DataFrame, names: tuple[str, ...]) -> Numbers:
    return {name: rows[name].shrink_dtype().to_numpy() for name in names}
