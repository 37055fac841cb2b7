"""Fold point-months to one entry a point and panel: the sums of the statistics that a question needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.warehouse.kept import kept
from dashboard.warehouse.resident import Cells, Ints, PointMonths, load_cells, load_point_months, load_statistics
from dashboard.warehouse.snapshot import Snapshot
from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.statistics import LEDGER_OF

Filter = tuple[str, str]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fold:
    """What to fold.

    `universe`: the boolean column of the point-months that count. `panel_of_month`: month → panel number (months
    outside are not read). `statistics`: columns to sum. `filters`: (breakdown column, code), applied to each statistic
    whose ledger has that column. `by`: a breakdown column whose codes split the statistics that have it. `cities`:
    city codes to read, None for all.
    """

    universe: str
    panel_of_month: dict[int, int]
    statistics: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    by: str | None = None
    cities: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Folded:
    """Respondents: one entry a point and panel with at least one reported month, by panel and point.

    `point`: row of `Snapshot.points`; `months`: months reported; `sums`: by statistic. `split`: statistics that the
    breakdown splits, shape (entries, codes of its list). Sums of whole numbers are exact.
    """

    panel: Ints
    point: Ints
    months: Ints
    sums: dict[str, Floats]
    split: dict[str, Floats]


def fold(snapshot: Snapshot, spec: Fold) -> Folded:
    """Sum what the question needs over the reported months of each probability point and panel."""
    base = load_point_months(snapshot)
    width = snapshot.points.height
    rows, key = _select(snapshot, base, spec, width)
    size = (max(spec.panel_of_month.values(), default=0) + 1) * width
    months = np.bincount(key, minlength=size)
    present = np.flatnonzero(months)
    place = np.full(len(base.month), -1)  # of each point-month, the entry it goes to
    place[rows] = (np.cumsum(months > 0) - 1)[key]
    count = len(present)
    sums, split = {}, {}
    for name in spec.statistics:
        ledger = LEDGER_OF[name]
        cell = CELLS.get(ledger)
        filters = [f for f in spec.filters if cell and cell.breakdown(f[0])]
        splits = bool(cell and spec.by and cell.breakdown(spec.by))
        if filters or splits:
            cells = load_cells(snapshot, ledger)
            chosen, target = _select_cells(cells, place, ledger, filters)
            values = cells.statistics[name][chosen]
            sums[name] = np.bincount(target, values, minlength=count).astype(np.float64)
            if splits and spec.by:
                split[name] = _split(cells.codes[spec.by][chosen], target, values, count, _length(ledger, spec.by))
        else:
            values = load_statistics(snapshot, ledger)[name][rows]
            sums[name] = np.bincount(place[rows], values, minlength=count).astype(np.float64)
    return Folded(present // width, present % width, months[present], sums, split)


def _select(snapshot: Snapshot, base: PointMonths, spec: Fold, width: int) -> tuple[Ints, Ints]:
    """The point-months that count, and for each its panel and point as one number."""
    first, last = min(spec.panel_of_month, default=0), max(spec.panel_of_month, default=-1)
    start, end = np.searchsorted(base.month, first, "left"), np.searchsorted(base.month, last, "right")
    month = base.month[start:end]
    panel_of = np.full(last - first + 1, -1)
    panel_of[[m - first for m in spec.panel_of_month]] = list(spec.panel_of_month.values())
    panel = panel_of[month - first]
    counts = base.reported[spec.universe][start:end] & (panel >= 0)
    if spec.cities is not None:
        counts &= _lie_in(snapshot, tuple(spec.cities))[base.point[start:end]]
    chosen = np.flatnonzero(counts)
    return chosen + start, panel[chosen] * width + base.point[start:end][chosen]


@kept(256)
def _lie_in(snapshot: Snapshot, cities: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which points lie in one of the cities."""
    return snapshot.points["city_code"].is_in(cities).to_numpy()


def _select_cells(cells: Cells, place: Ints, ledger: str, filters: list[Filter]) -> tuple[Ints, Ints]:
    """The cells of point-months that count and pass the filters, and the entry that each goes to."""
    wanted = place[cells.row] >= 0
    for column, code in filters:
        wanted &= cells.codes[column] == _codes(ledger, column).index(code)
    chosen = np.flatnonzero(wanted)
    return chosen, place[cells.row[chosen]]


def _split(codes: NDArray[np.int8], target: Ints, values: NDArray[np.generic], count: int, groups: int) -> Floats:
    known = codes >= 0
    cell = target[known] * groups + codes[known]
    return np.bincount(cell, values[known], minlength=count * groups).astype(np.float64).reshape(count, groups)


def _codes(ledger: str, column: str) -> tuple[str, ...]:
    breakdown = CELLS[ledger].breakdown(column)
    return tuple(breakdown.codes.codes) if breakdown else ()


def _length(ledger: str, column: str) -> int:
    return len(_codes(ledger, column))


def count_reports(snapshot: Snapshot, ledgers: tuple[str, ...], points: Ints, span: tuple[int, int]) -> int:
    """Point-months of a period in which these points (rows of `Snapshot.points`) reported all of the ledgers."""
    base = load_point_months(snapshot)
    start, end = np.searchsorted(base.month, span[0], "left"), np.searchsorted(base.month, span[1], "right")
    known = np.isin(base.point[start:end], points)
    for ledger in ledgers:
        known &= base.reported[f"{ledger}_reported"][start:end]
    return int(np.count_nonzero(known))
