"""From facts to marts: one wide row a point and month, and one slim table a breakdown.

The expressions are backend-neutral (Polars by default, DuckDB alike, Spark where one machine no longer suffices): integer
month keys, no function whose meaning differs between them. Order is set when a table is written.
"""

from collections.abc import Collection
from typing import Any

import ibis
from ibis import Table, _

from pipelines.contracts.breakdowns import CELLS, Cell
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.panel import POINT_MONTH, build_panel
from pipelines.marts.reporting import REPORTING_MART, build_reporting
from pipelines.marts.statistics import ROW_VALUES

POINT_MONTH_MART = "mart_point_month"
BEFORE_ALL = (1, 1)  # a span in which no point is active: a literal list without members would have no type
FRACTIONAL = frozenset({"survey"})  # ledgers whose statistics may have fractions; all others are whole


def express_marts(
    facts: dict[str, Table], quarantine: Table, span: tuple[int, int] | None, empty: Collection[str] = ()
) -> dict[str, Table]:
    """The marts as expressions; `span` is the first and the last month with any report, None where there is none.

    `empty`: ledgers known to have no rows, whose statistics are noughts without counting.
    """
    sources = select_sources(facts)
    marts: dict[str, Table] = {cell.name: fold_cells(sources[cell.ledger], cell) for cell in CELLS.values()}
    marts[POINT_MONTH_MART] = build_point_months(facts, sources, quarantine, span, empty)
    marts[REPORTING_MART] = build_reporting(facts, quarantine, span or BEFORE_ALL)
    return marts


def select_sources(facts: dict[str, Table]) -> dict[str, Table]:
    """The rows that statistics count, a table a ledger of `STATISTICS`.

    Moves only in months whose roster was reported; standing items with `roster`, the people on the month's roster.
    """
    moves = facts["staff_moves"]
    roster = facts["staff"].group_by(POINT_MONTH).aggregate(roster=_.count())
    standing = facts["standing"].left_join(roster, POINT_MONTH)
    special = {
        "staff_moves": moves.filter(moves.roster_reported),
        "standing": standing.select(*facts["standing"].columns, "roster"),
    }
    return {ledger: special.get(ledger, facts[ledger]) for ledger in STATISTICS}


def fold_rows(source: Table, ledger: str, keys: tuple[str, ...]) -> Table:
    """The statistics of a ledger, summed by `keys`."""
    kind = _kind(ledger)
    values = {name: ROW_VALUES[ledger][name] for name in STATISTICS[ledger]}
    rows = source.select(*keys, **values)
    sums: dict[str, Any] = {n: rows[n].cast(kind).sum().fill_null(0).cast(kind) for n in values}
    return rows.group_by(keys).aggregate(**sums)


def fold_cells(source: Table, cell: Cell) -> Table:
    """A cell table: `point_id, month`, the breakdown columns (null where unknown) and the ledger's statistics."""
    return fold_rows(source, cell.ledger, (*POINT_MONTH, *(b.column for b in cell.breakdowns)))


def build_point_months(
    facts: dict[str, Table], sources: dict[str, Table], quarantine: Table, span: tuple[int, int] | None,
    empty: Collection[str],
) -> Table:
    """`mart_point_month`; without any report (`span` None) it has no row."""
    panel = build_panel(facts, span or BEFORE_ALL)
    parts = [fold_rows(sources[ledger], ledger, POINT_MONTH) for ledger in STATISTICS if ledger not in empty]
    rejected = quarantine.filter(_.point_id.notnull() & _.month.notnull())
    parts.append(rejected.group_by(POINT_MONTH).aggregate(incomplete=_.count()))
    joined = panel
    for number, part in enumerate(parts):
        joined = joined.left_join(part, POINT_MONTH, rname=f"{{name}}_{number}")
    noughts = {n: ibis.literal(0, type=_kind(ledger)) for n, ledger in LEDGER_OF.items() if ledger in empty}
    counted = {n: joined[n].fill_null(0) for n in (*LEDGER_OF, "incomplete") if n not in noughts}
    values = noughts | counted
    return joined.select(*POINT_MONTH, *UNIVERSES, **{n: values[n] for n in (*LEDGER_OF, "incomplete")})


def _kind(ledger: str) -> str:
    return "float64" if ledger in FRACTIONAL else "int64"
