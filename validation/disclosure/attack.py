"""The linear system of the cells that are shown, solved for those that are not.

Unknowns are the weighted sums of every county × type and group, by month; the weights are known, so an estimate is a known
sum of them. A cell that is suppressed is recovered where it is a combination of shown ones: a random vector, projected on
what the shown ones leave open, is zero on such a cell and on no other (but with probability 0).

Two attacks: `across` months, where all shown periods are differences of sums from the first month on (the attacker is given both
of their ends, more than the difference tells); `within` a period, where units that did not report are known to hold nobody.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsqr

from dashboard.warehouse import Snapshot, load_point_months
from pipelines.contracts import months
from validation.disclosure.offers import Cell, Span, list_parts

ZERO = 1e-6
Floats = NDArray[np.float64]


def recover(snapshot: Snapshot, cells: Sequence[Cell]) -> list[Cell]:
    """The suppressed cells that the shown ones tell, by either attack."""
    return [*recover_across(cells), *recover_within(snapshot, cells)]


def recover_across(cells: Sequence[Cell]) -> list[Cell]:
    """Over all periods at once: by end of month, the sums of every series from the first month on."""
    series = {cell.series: cell for cell in cells}
    known: dict[int, set[tuple[tuple[int, ...], bytes]]] = {}
    for cell in cells:
        for end in _ends(cell.span):
            known.setdefault(end, set()).update([cell.series] if cell.is_shown else [])
    told: dict[int, set[tuple[tuple[int, ...], bytes]]] = {}
    solved: dict[frozenset[object], set[tuple[tuple[int, ...], bytes]]] = {}
    for end, shown in known.items():
        key = frozenset(shown)
        if key not in solved:
            hidden = [c for s, c in series.items() if s not in shown]
            is_told = find_told([series[s] for s in sorted(shown)], hidden)
            solved[key] = shown | {c.series for c, t in zip(hidden, is_told, strict=True) if t}
        told[end] = solved[key]
    return [c for c in cells if not c.is_shown and all(c.series in told[end] for end in _ends(c.span))]


def recover_within(snapshot: Snapshot, cells: Sequence[Cell]) -> list[Cell]:
    """Within each period by itself; parts without a report in it are known to be 0."""
    found = []
    for span in sorted({c.span for c in cells}):
        reported = _list_reported(snapshot, span)
        own = [_restrict(c, reported) for c in cells if c.span == span]
        shown = [c for c in own if c.is_shown]
        named = {c.series for c in shown}  # the same reporting units under another name: no secret
        hidden = [c for c in own if not c.is_shown and c.series not in named]
        told = find_told(shown, hidden)
        found += [c for c, t in zip(hidden, told, strict=True) if t]
    return found


def find_told(shown: Sequence[Cell], hidden: Sequence[Cell]) -> list[bool]:
    """Which hidden cells are combinations of the shown ones."""
    if not hidden:
        return []
    asked = build_rows(hidden)
    if not shown:
        return [False] * len(hidden)
    system = build_rows(shown, asked.shape[1])
    asked = build_rows(hidden, system.shape[1])
    random = np.random.default_rng(7)
    largest = np.zeros(len(hidden))
    for _ in range(2):
        vector = random.normal(size=system.shape[1])
        weights = lsqr(system.T, vector, atol=1e-13, btol=1e-13, iter_lim=5_000)[0]
        largest = np.maximum(largest, np.abs(asked @ (vector - system.T @ weights)))
    told: list[bool] = (largest < ZERO).tolist()
    return told


def build_rows(cells: Sequence[Cell], width: int = 0) -> csr_matrix:
    """One row a cell over the unknowns part × group, scaled to length 1."""
    size = len(cells[0].groups)
    columns, values, starts = [], [], [0]
    for cell in cells:
        some = np.flatnonzero(cell.groups)
        columns.append((np.array(cell.parts, dtype=np.int64)[:, None] * size + some).ravel())
        row = np.tile(cell.groups[some], len(cell.parts))
        values.append(row / max(1.0, float(np.sqrt((row**2).sum()))))
        starts.append(starts[-1] + len(row))
    held = max((int(c.max()) + 1 for c in columns if len(c)), default=1)
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(cells), max(width, held)))


def _ends(span: Span) -> tuple[int, int]:
    return months.shift(span[0], -1), span[1]


def _list_reported(snapshot: Snapshot, span: Span) -> set[int]:
    base, index = load_point_months(snapshot), {part: i for i, part in enumerate(list_parts(snapshot))}
    wanted = base.reported["staff_reported"] & (base.month >= span[0]) & (base.month <= span[1])
    points = snapshot.points[np.unique(base.point[wanted]).tolist()]
    rows = points.select("city_code", points["county_code"].fill_null(""), "point_type").rows()
    return {index[row] for row in rows}


def _restrict(cell: Cell, reported: set[int]) -> Cell:
    parts = tuple(p for p in cell.parts if p in reported)
    return replace(cell, parts=parts)
