"""From facts to marts: one wide row a point and month, and one slim table a breakdown.

The expressions are backend-neutral (DuckDB by default, Spark where one machine no longer suffices): integer month keys,
no function whose meaning differs between the two. Order is set when a table is written.
"""

from typing import Any

import ibis
import polars as pl
from ibis import BaseBackend, Table, _

from pipelines.contracts.breakdowns import CELLS, Cell
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.panel import POINT_MONTH, build_panel, list_reports
from pipelines.marts.reporting import REPORTING_MART, build_reporting
from pipelines.marts.statistics import ROW_VALUES

POINT_MONTH_MART = "mart_point_month"
FRACTIONAL = frozenset({"survey"})  # ledgers whose statistics may have fractions; all others are whole


def build_marts(
    facts: dict[str, pl.DataFrame], quarantine: pl.DataFrame, backend: BaseBackend | None = None
) -> dict[str, pl.DataFrame]:
    """The marts of docs/architecture.md.

    `facts`: a frame a ledger, as conform hands them over. `quarantine`: with `point_id` and `month` where known.
    Returns a frame a mart, in no particular order of rows.
    """
    engine = backend or connect()
    tables = {ledger: ibis.memtable(frame) for ledger, frame in facts.items()}
    span = _find_span(engine, list_reports(tables))
    marts = express_marts(tables, ibis.memtable(quarantine), span)
    return {name: _execute(engine, expression) for name, expression in marts.items()}


def express_marts(facts: dict[str, Table], quarantine: Table, span: tuple[int, int] | None) -> dict[str, Table]:
    """The marts as expressions; `span` is the first and the last month with any report, None where there is none."""
    sources = select_sources(facts)
    marts: dict[str, Table] = {cell.name: fold_cells(sources[cell.ledger], cell) for cell in CELLS.values()}
    marts[POINT_MONTH_MART] = build_point_months(facts, sources, quarantine, span)
    marts[REPORTING_MART] = build_reporting(facts, quarantine, span or (1, 0))
    return marts


def connect() -> BaseBackend:
    """A DuckDB in memory that never looks for extensions."""
    return ibis.duckdb.connect(autoinstall_known_extensions=False, autoload_known_extensions=False)


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
    kind = "float64" if ledger in FRACTIONAL else "int64"
    values = {name: ROW_VALUES[ledger][name] for name in STATISTICS[ledger]}
    rows = source.select(*keys, **values)
    sums: dict[str, Any] = {n: rows[n].cast(kind).sum().fill_null(0).cast(kind) for n in values}
    return rows.group_by(keys).aggregate(**sums)


def fold_cells(source: Table, cell: Cell) -> Table:
    """A cell table: `point_id, month`, the breakdown columns (null where unknown) and the ledger's statistics."""
    return fold_rows(source, cell.ledger, (*POINT_MONTH, *(b.column for b in cell.breakdowns)))


def build_point_months(
    facts: dict[str, Table], sources: dict[str, Table], quarantine: Table, span: tuple[int, int] | None
) -> Table:
    """`mart_point_month`; without any report (`span` None) it has no row."""
    panel = build_panel(facts, span or (1, 0))
    parts = [fold_rows(sources[ledger], ledger, POINT_MONTH) for ledger in STATISTICS]
    rejected = quarantine.filter(_.point_id.notnull() & _.month.notnull())
    parts.append(rejected.group_by(POINT_MONTH).aggregate(incomplete=_.count()))
    joined = panel
    for number, part in enumerate(parts):
        joined = joined.left_join(part, POINT_MONTH, rname=f"{{name}}_{number}")
    zeros = {n: joined[n].fill_null(0) for n in (*LEDGER_OF, "incomplete")}
    return joined.select(*POINT_MONTH, *UNIVERSES, **zeros)


def _find_span(engine: BaseBackend, reports: Table) -> tuple[int, int] | None:
    """The first and the last month with any report."""
    bounds = engine.to_polars(reports.aggregate(first=_.month.min(), last=_.month.max())).row(0)
    return (bounds[0], bounds[1]) if bounds[0] is not None else None


def _execute(engine: BaseBackend, expression: Table) -> pl.DataFrame:
    frame: pl.DataFrame = engine.to_polars(expression)
    return frame
