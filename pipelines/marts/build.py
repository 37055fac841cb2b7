"""From facts to marts: one wide row a point and month, and one slim table a breakdown.

The expressions are backend-neutral (Polars by default, DuckDB alike, Spark where one machine no longer suffices): integer
month keys, no function whose meaning differs between them. Order is set when a table is written.
"""

from collections.abc import Collection
from typing import Any

import ibis
from ibis import Table, _

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.panel import POINT_MONTH, build_panel, list_active_months
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
    rows = express_rows(facts)
    cells = {cell.name: fold_rows(rows[name], name, list_keys(name)) for name, cell in CELLS.items()}
    counts = {ledger: fold_rows(rows[ledger], ledger, POINT_MONTH) for ledger in STATISTICS}
    return cells | express_summaries(facts, counts, express_owed(facts, span), quarantine, empty)


def list_keys(ledger: str) -> tuple[str, ...]:
    """By what the rows of a ledger are counted: `point_id, month` and the breakdown columns (null where unknown)."""
    return (*POINT_MONTH, *(b.column for b in CELLS[ledger].breakdowns)) if ledger in CELLS else POINT_MONTH


def express_rows(facts: dict[str, Table]) -> dict[str, Table]:
    """A table a ledger of `STATISTICS`: keys, and what each row adds to each statistic."""
    sources = select_sources(facts)
    values = {
        ledger: {name: ROW_VALUES[ledger][name].cast(_kind(ledger)) for name in names}
        for ledger, names in STATISTICS.items()
    }  # fmt: skip
    return {ledger: sources[ledger].select(*list_keys(ledger), **values[ledger]) for ledger in STATISTICS}


def express_owed(facts: dict[str, Table], span: tuple[int, int] | None) -> Table:
    """`point_id, month`: every active month of every point; none without any report (`span` None)."""
    return list_active_months(facts["points"], span or BEFORE_ALL)


def express_summaries(
    facts: dict[str, Table], counts: dict[str, Table], owed: Table, quarantine: Table, empty: Collection[str]
) -> dict[str, Table]:
    """The marts of point-months. `counts`: a table a ledger, the statistics of the point-months that have rows."""
    return {
        POINT_MONTH_MART: build_point_months(facts, counts, owed, quarantine, empty),
        REPORTING_MART: build_reporting(facts, counts, owed, quarantine),
    }


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


def fold_rows(rows: Table, ledger: str, keys: tuple[str, ...]) -> Table:
    """What the rows of a ledger add to each statistic, summed by `keys`."""
    kind = _kind(ledger)
    sums: dict[str, Any] = {n: rows[n].sum().fill_null(0).cast(kind) for n in STATISTICS[ledger]}
    return rows.group_by(keys).aggregate(**sums)


def build_point_months(
    facts: dict[str, Table], counts: dict[str, Table], owed: Table, quarantine: Table, empty: Collection[str]
) -> Table:
    """`mart_point_month`."""
    parts = [counts[ledger] for ledger in STATISTICS if ledger not in empty]
    rejected = quarantine.filter(_.point_id.notnull() & _.month.notnull())
    parts.append(rejected.group_by(POINT_MONTH).aggregate(incomplete=_.count()))
    joined = build_panel(facts, counts, owed)
    for number, part in enumerate(parts):
        joined = joined.left_join(part, POINT_MONTH, rname=f"{{name}}_{number}")
    noughts = {n: ibis.literal(0, type=_kind(ledger)) for n, ledger in LEDGER_OF.items() if ledger in empty}
    counted = {n: joined[n].fill_null(0) for n in (*LEDGER_OF, "incomplete") if n not in noughts}
    values = noughts | counted
    return joined.select(*POINT_MONTH, *UNIVERSES, **{n: values[n] for n in (*LEDGER_OF, "incomplete")})


def _kind(ledger: str) -> str:
    return "float64" if ledger in FRACTIONAL else "int64"
