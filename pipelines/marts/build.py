"""From facts to marts: one wide row a point and month, and one slim table a breakdown.

The expressions are backend-neutral (DuckDB by default, Spark where one machine no longer suffices): integer month keys,
no function whose meaning differs between the two. Order is set when a table is written.
"""

from collections.abc import Mapping
from typing import Any

import ibis
import polars as pl
from ibis import BaseBackend, Table, _

from pipelines.contracts.breakdowns import CELLS, Cell
from pipelines.contracts.ledgers import RETURNS
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.panel import OWED, POINT_MONTH, build_panel
from pipelines.marts.reporting import REPORTING_MART, build_reporting
from pipelines.marts.statistics import ROW_VALUES

QUARANTINE = "quarantine"
POINT_MONTH_MART = "mart_point_month"
FRACTIONAL = frozenset({"survey"})  # ledgers whose statistics may have fractions; all others are whole


def build_marts(facts: dict[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The marts of docs/architecture.md.

    `facts`: a frame a ledger, as conform hands them over. `quarantine`: with `point_id` and `month` where known.
    Returns a frame a mart, in no particular order of rows.
    """
    return Counter().count(facts, quarantine, find_span(facts))


class Counter:
    """Counts groups of points, one after the other; the expressions are compiled once for all of them."""

    def __init__(self) -> None:
        self._engine = connect()
        self._compiled: dict[tuple[int, int] | None, dict[str, tuple[str, Any]]] = {}

    def count(
        self, facts: Mapping[str, pl.DataFrame], quarantine: pl.DataFrame, span: tuple[int, int] | None
    ) -> dict[str, pl.DataFrame]:
        """The marts of the points in the facts; `span` is that of the whole province."""
        frames = {**facts, QUARANTINE: quarantine}
        if span not in self._compiled:
            tables = {name: _name_table(name, frame) for name, frame in frames.items()}
            marts = express_marts({name: tables[name] for name in facts}, tables[QUARANTINE], span)
            self._compiled[span] = {
                name: (str(ibis.to_sql(mart, dialect="duckdb")), mart.schema().to_polars()) for name, mart in marts.items()
            }
        connection = self._engine.con
        for name, frame in frames.items():
            connection.register(name, frame)
        # The engine widens sums beyond the types that the expressions state.
        counted = {name: connection.sql(sql).pl().cast(dict(schema)) for name, (sql, schema) in self._compiled[span].items()}
        for name in frames:
            connection.unregister(name)
        return counted


def _name_table(name: str, frame: pl.DataFrame) -> Table:
    return ibis.table(ibis.memtable(frame.clear()).schema(), name=name)


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


def find_span(facts: Mapping[str, pl.DataFrame]) -> tuple[int, int] | None:
    """The first and the last month with any report; None where there is none."""
    found = pl.concat([facts[ledger.name]["month"] for ledger in (*OWED, RETURNS)])
    first, last = found.min(), found.max()
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None
