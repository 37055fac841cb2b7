"""Counting the marts of groups of points, one after the other: planned once, run on the tables of each group.

What a mart holds is said in `build`; how it comes about from the tables at hand, here.
"""

from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

import polars as pl

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.ledgers import LEDGERS, RETURNS, ColumnType, Ledger
from pipelines.contracts.statistics import STATISTICS
from pipelines.marts.plans import OWED, QUARANTINE, Queries, Span, find_queries, name_counts, name_rows
from pipelines.marts.summing import add_up

MART = "mart_"
POINT_MONTH = ("month", "point_id")  # as tables are sorted
_CODED = (pl.Enum, pl.Categorical)


def build_marts(facts: dict[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The marts of docs/architecture.md.

    `facts`: a frame a ledger, as conform hands them over. `quarantine`: with `point_id` and `month` where known.
    Returns a frame a mart, in no particular order of rows.
    """
    empty = [name for name, frame in facts.items() if frame.is_empty()]
    counted = Counter(find_span(facts), empty).count(facts, quarantine)
    coded = {name: [c for c, dtype in frame.schema.items() if dtype in _CODED] for name, frame in counted.items()}
    return {name: frame.cast(dict.fromkeys(coded[name], pl.String())) for name, frame in counted.items()}


class Counter:
    """Counts groups of points. The queries are found with the first of them and serve all others."""

    def __init__(self, span: Span, empty: Collection[str] = (), kept: MutableMapping[str, Any] | None = None) -> None:
        """`span`: that of the whole province; `empty`: ledgers without rows in all of it; `kept`: queries of before."""
        self._span = span
        self._empty = frozenset(empty)
        self._kept = {} if kept is None else kept
        self._queries: Queries = {}

    def count(self, facts: Mapping[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The marts of the points in the facts. Ids and code-list words are coded. Tables have the same columns every time."""
        frames = {n: frame for n, frame in {**facts, QUARANTINE: quarantine}.items() if "point_id" in frame.columns}
        if not self._queries:
            self._queries = find_queries(self._kept, frames, self._span, self._empty)
        points = pl.Enum(facts["points"]["point_id"].cast(pl.String).unique().sort())
        tables = {name: _code(name, frame, points) for name, frame in frames.items()}
        context = pl.SQLContext(tables)
        cells = {}
        for ledger in STATISTICS:
            rows = self._run(context, name_rows(ledger))
            if ledger in CELLS:
                keys = [*POINT_MONTH, *(b.column for b in CELLS[ledger].breakdowns)]
                rows = cells[CELLS[ledger].name] = add_up(rows, keys).select(rows.columns)
                rows = rows.select(*POINT_MONTH, *STATISTICS[ledger])
            context.register(name_counts(ledger), add_up(rows, POINT_MONTH))
        context.register(OWED, self._run(context, OWED))
        return cells | {name: self._run(context, name) for name in self._queries if name.startswith(MART)}

    def _run(self, context: pl.SQLContext[Any], name: str) -> pl.DataFrame:
        """The outcome of a query, as the types that were stated; what is coded stays so."""
        sql, types = self._queries[name]
        found: pl.DataFrame = context.execute(sql, eager=True)
        stated = {column: getattr(pl, dtype) for column, dtype in types.items()}
        return found.cast({column: dtype for column, dtype in stated.items() if found.schema[column] not in _CODED})


def _code(name: str, frame: pl.DataFrame, points: pl.Enum) -> pl.DataFrame:
    """The frame with ids of points and words of code lists as numbers, in the order of the words.

    A rejected row may name a point that is not registered; it counts for none.
    """
    lists = {c.name: c.codes for c in LEDGERS[name].columns if c.codes is not None} if name in LEDGERS else {}
    lists |= {b.column: b.codes for b in CELLS[name].breakdowns} if name in CELLS else {}
    coded: dict[str, pl.DataType] = {column: pl.Enum(sorted(words.codes)) for column, words in lists.items()}
    coded = {column: dtype for column, dtype in coded.items() if column in frame.columns}
    return frame.cast(pl.Schema(coded)).with_columns(pl.col("point_id").cast(points, strict=name != QUARANTINE))


def list_uncounted(ledger: Ledger) -> frozenset[str]:
    """Columns of a ledger's facts that no mart rests on: its texts, and where its rows came from."""
    texts = {column.name for column in ledger.columns if column.type is ColumnType.TEXT}
    return frozenset(texts | {"source_file", "source_sheet", "source_row"})


def find_span(facts: Mapping[str, pl.DataFrame]) -> Span:
    """The first and the last month with any report; None where there is none."""
    owed = (ledger for ledger in LEDGERS.values() if ledger.return_code)
    found = pl.concat([facts[ledger.name]["month"] for ledger in (*owed, RETURNS)])
    first, last = found.min(), found.max()
    return (first, last) if isinstance(first, int) and isinstance(last, int) else None
