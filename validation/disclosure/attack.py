"""The linear system of the cells that are shown, solved for those that are not.

Unknowns are the weighted sums of every county × type and group, by month; the weights are known, so an estimate is a known
sum of them. A cell that is suppressed is recovered where it is a combination of shown ones: a random vector, projected on
what the shown ones leave open, is zero on such a cell and on no other (but with probability 0).

Three attacks: `across` months, where all shown periods are differences of sums from the first month on (the attacker is given
both of their ends, more than the difference tells); `within` a period, where units that did not report are known to hold nobody;
`between` snapshots of which both are kept, where a part (county × type) that reported the same in both is one unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsqr

from dashboard.warehouse import Snapshot, load_point_months
from pipelines.contracts import months
from validation.disclosure.offers import Cell, Series, Span, list_parts

ZERO = 1e-6
Offered = tuple[Snapshot, Sequence[Cell]]
Floats = NDArray[np.float64]


def recover(snapshot: Snapshot, cells: Sequence[Cell], universe: str = "staff_reported") -> list[Cell]:
    """The suppressed cells that the shown ones tell, by either attack; `universe`: who counts as having reported.

    What is shown by quarter alone is no secret over another period.
    """
    asked = [c for c in cells if c.hidden != "by_quarter"]
    return [*recover_across(asked), *recover_within(snapshot, asked, universe)]


def recover_across(cells: Sequence[Cell], place: Callable[[Cell, int], Cell] = lambda cell, _: cell) -> list[Cell]:
    """Over all periods at once: by end of month, the sums of every series from the first month on.

    `place`: the cell over the unknowns of an end, where those are not the same for all cells.
    """
    known: dict[int, dict[bool, dict[Series, Cell]]] = {}
    for cell in cells:
        for end in _ends(cell.span):
            placed = place(cell, end)
            known.setdefault(end, {True: {}, False: {}})[placed.is_shown][placed.series] = placed
    told: dict[int, set[Series]] = {}
    solved: dict[tuple[frozenset[Series], frozenset[Series]], set[Series]] = {}
    for end, found in known.items():
        shown, hidden = found[True], [c for s, c in found[False].items() if s not in found[True]]
        key = frozenset(shown), frozenset(c.series for c in hidden)
        if key not in solved:
            is_told = find_told(list(shown.values()), hidden)
            solved[key] = {*shown, *(c.series for c, t in zip(hidden, is_told, strict=True) if t)}
        told[end] = solved[key]
    return [c for c in cells if not c.is_shown and all(place(c, end).series in told[end] for end in _ends(c.span))]


def recover_between(earlier: Offered, later: Offered) -> list[Cell]:
    """The suppressed cells of two kept snapshots that what both show tells together.

    A part in which anything differs up to the end of a month is another unknown in the later one: nothing is known of what came.
    What the earlier one held back because it was not final is no secret: it is shown later, or suppressed there.
    """
    since = find_changes(earlier[0], later[0])
    size = len(list_parts(later[0]))
    is_later = {id(cell) for cell in later[1]}

    def place(cell: Cell, end: int) -> Cell:
        if id(cell) not in is_later:
            return cell
        return replace(cell, parts=tuple(p + size if since.get(p, end + 1) <= end else p for p in cell.parts))

    asked = [c for c in (*earlier[1], *later[1]) if c.hidden != "by_quarter" and (c.hidden != "not_final" or id(c) in is_later)]
    return recover_across(asked, place)


def find_changes(earlier: Snapshot, later: Snapshot) -> dict[int, int]:
    """The first month in which a part's rosters or moves differ between two snapshots, by part."""
    index = {part: i for i, part in enumerate(list_parts(later))}
    if list_parts(earlier) != list(index):
        raise ValueError("the snapshots have other points")
    rows = [_sum_up(snapshot) for snapshot in (earlier, later)]
    keys = ["city_code", "county_code", "point_type", "month"]
    same = rows[0].join(rows[1], on=rows[0].columns, how="inner")
    differs = pl.concat([r.join(same, on=r.columns, how="anti").select(keys) for r in rows])
    changed = differs.group_by(keys[:3]).agg(pl.col("month").min())
    return {index[city, county, kind]: month for city, county, kind, month in changed.iter_rows()}


def _sum_up(snapshot: Snapshot) -> pl.DataFrame:
    """A check sum of the rosters and one of the moves of each part and month."""
    people = "hash(point_id, person_id, birth_month, gender, post_type, status)"
    moves = "hash(point_id, person_id, date, move, to_level, in_service_term, months_agreed)"
    return pl.concat(
        snapshot.query(
            f"SELECT '{table}' AS rows, city_code, coalesce(county_code, '') AS county_code, point_type, month, count(*) AS n, "
            f"bit_xor({row}) AS sum FROM {table} JOIN dim_point USING (point_id) WHERE selection = 'probability' GROUP BY ALL"
        )
        for table, row in (("fact_staff", people), ("fact_staff_move", moves))
    )


def recover_within(snapshot: Snapshot, cells: Sequence[Cell], universe: str) -> list[Cell]:
    """Within each period by itself; parts without a report in it are known to be 0."""
    found = []
    for span in sorted({c.span for c in cells}):
        reported = _list_reported(snapshot, span, universe)
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


def _list_reported(snapshot: Snapshot, span: Span, universe: str) -> set[int]:
    base, index = load_point_months(snapshot), {part: i for i, part in enumerate(list_parts(snapshot))}
    wanted = base.reported[universe] & (base.month >= span[0]) & (base.month <= span[1])
    points = snapshot.points[np.unique(base.point[wanted]).tolist()]
    rows = points.select("city_code", points["county_code"].fill_null(""), "point_type").rows()
    return {index[row] for row in rows}


def _restrict(cell: Cell, reported: set[int]) -> Cell:
    parts = tuple(p for p in cell.parts if p in reported)
    return replace(cell, parts=parts)
