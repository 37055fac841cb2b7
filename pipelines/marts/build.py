"""From facts to marts: one wide row a point and month, and one slim table a breakdown.

The expressions are backend-neutral (Polars by default, DuckDB alike, Spark where one machine no longer suffices): integer
month keys, no function whose meaning differs between them. Order is set when a table is written.
"""

from collections.abc import Collection, Mapping
from typing import Any

import ibis
import polars as pl
from ibis import Table, _

from pipelines.contracts.breakdowns import CELLS, Cell
from pipelines.contracts.ledgers import LEDGERS, RETURNS, ColumnType, Ledger
from pipelines.contracts.statistics import LEDGER_OF, STATISTICS, UNIVERSES
from pipelines.marts.panel import OWED, POINT_MONTH, build_panel
from pipelines.marts.reporting import REPORTING_MART, build_reporting
from pipelines.marts.statistics import ROW_VALUES

QUARANTINE = "quarantine"
POINT_MONTH_MART = "mart_point_month"
BEFORE_ALL = (1, 1)  # a span in which no point is active: a literal list without members would have no type
FRACTIONAL = frozenset({"survey"})  # ledgers whose statistics may have fractions; all others are whole


def build_marts(facts: dict[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The marts of docs/architecture.md.

    `facts`: a frame a ledger, as conform hands them over. `quarantine`: with `point_id` and `month` where known.
    Returns a frame a mart, in no particular order of rows.
    """
    counted = Counter().count(facts, quarantine, find_span(facts))
    return {name: frame.cast(dict.fromkeys(_list_coded(frame), pl.String())) for name, frame in counted.items()}


class Counter:
    """Counts groups of points, one after the other; the expressions are made once for all of them."""

    def __init__(self) -> None:
        self._engine = ibis.polars.connect()
        self._expressed: dict[object, dict[str, Table]] = {}

    def count(
        self, facts: Mapping[str, pl.DataFrame], quarantine: pl.DataFrame, span: tuple[int, int] | None
    ) -> dict[str, pl.DataFrame]:
        """The marts of the points in the facts; `span` is that of the whole province. Ids and code-list words are coded."""
        frames = {**facts, QUARANTINE: quarantine}
        empty = frozenset(name for name, frame in facts.items() if frame.is_empty())
        if (span, empty) not in self._expressed:
            tables = {name: _name_table(name, frame) for name, frame in frames.items()}
            marts = express_marts({name: tables[name] for name in facts}, tables[QUARANTINE], span, empty)
            self._expressed[span, empty] = marts
        for name, frame in frames.items():
            self._engine.create_table(name, _code(name, frame), overwrite=True)
        counted = {name: self._collect(mart) for name, mart in self._expressed[span, empty].items()}
        for name in frames:
            self._engine.drop_table(name)
        return counted

    def _collect(self, mart: Table) -> pl.DataFrame:
        counted: pl.DataFrame = self._engine.compile(mart).collect()
        # The engine narrows counts and widens sums beyond the types that the expressions state.
        coded = _list_coded(counted)
        return counted.cast({name: dtype for name, dtype in mart.schema().to_polars().items() if name not in coded})


def _code(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with ids of points and words of code lists as numbers with a dictionary: these are grouped and joined by."""
    columns = LEDGERS[name].columns if name in LEDGERS else ()
    coded: dict[str, pl.DataType] = {c.name: pl.Enum(c.codes.codes) for c in columns if c.codes is not None}
    coded["point_id"] = pl.Categorical()
    return frame.cast({name: dtype for name, dtype in coded.items() if name in frame.columns})


def _list_coded(frame: pl.DataFrame) -> list[str]:
    return [name for name, dtype in frame.schema.items() if dtype in (pl.Categorical, pl.Enum)]


def _name_table(name: str, frame: pl.DataFrame) -> Table:
    return ibis.table(ibis.memtable(frame.clear()).schema(), name=name)


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


def list_uncounted(ledger: Ledger) -> frozenset[str]:
    """Columns of a ledger's facts that no mart rests on: its texts, and where its rows came from."""
    texts = {column.name for column in ledger.columns if column.type is ColumnType.TEXT}
    return frozenset(texts | {"source_file", "source_sheet", "source_row"})


def find_span(facts: Mapping[str, pl.DataFrame]) -> tuple[int, int] | None:
    """The first and the last month with any report; None where there is none."""
    found = pl.concat([facts[ledger.name]["month"] for ledger in (*OWED, RETURNS)])
    first, last = found.min(), found.max()
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None
