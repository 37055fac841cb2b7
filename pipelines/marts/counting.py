"""Counting the marts of groups of points, one after the other: planned once, run on the tables of each group.

What a mart holds is said in `build`; how its expression is run, and on which tables, here.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from pipelines.contracts.ledgers import LEDGERS, RETURNS, ColumnType, Ledger

QUARANTINE = "quarantine"
Span = tuple[int, int] | None


def build_marts(facts: dict[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The marts of docs/architecture.md.

    `facts`: a frame a ledger, as conform hands them over. `quarantine`: with `point_id` and `month` where known.
    Returns a frame a mart, in no particular order of rows.
    """
    empty = [name for name, frame in facts.items() if frame.is_empty()]
    counted = Counter(find_span(facts), empty).count(facts, quarantine)
    return {name: frame.cast(dict.fromkeys(_list_coded(frame), pl.String())) for name, frame in counted.items()}


class Counter:
    """Counts groups of points. Expressions and plans are made with the first of them and serve all others."""

    def __init__(self, span: Span, empty: Collection[str] = ()) -> None:
        """`span`: that of the whole province; `empty`: ledgers without rows in all of it."""
        self._span = span
        self._empty = frozenset(empty)
        self._frames: dict[str, pl.DataFrame] = {}
        self._plans: dict[str, tuple[pl.LazyFrame, dict[str, Any]]] = {}

    def count(self, facts: Mapping[str, pl.DataFrame], quarantine: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The marts of the points in the facts. Ids and code-list words are coded. Tables have the same columns every time."""
        frames = {**facts, QUARANTINE: quarantine}
        self._frames = {name: _code(name, frame) for name, frame in frames.items()}
        if not self._plans:
            self._plans = self._plan(frames)
        counted = {name: _collect(plan, schema) for name, (plan, schema) in self._plans.items()}
        self._frames = {}
        return counted

    def _plan(self, frames: Mapping[str, pl.DataFrame]) -> dict[str, tuple[pl.LazyFrame, dict[str, Any]]]:
        """Mart → what Polars is to do, and the types that the expression states."""
        import ibis  # half of the time a refresh takes to start, and not needed where nothing is counted

        from pipelines.marts.build import express_marts

        engine = ibis.polars.connect()
        for name in frames:
            engine.create_table(name, self._offer(name), overwrite=True)
        tables = {name: ibis.table(ibis.memtable(frame.clear()).schema(), name=name) for name, frame in frames.items()}
        facts = {name: table for name, table in tables.items() if name != QUARANTINE}
        marts = express_marts(facts, tables[QUARANTINE], self._span, self._empty)
        return {name: (engine.compile(mart), mart.schema().to_polars()) for name, mart in marts.items()}

    def _offer(self, name: str) -> pl.LazyFrame:
        """The table of that name as it stands when a plan is run."""

        def read(
            columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _size: int | None
        ) -> Iterator[pl.DataFrame]:
            frame = self._frames[name]
            if predicate is not None:
                frame = frame.filter(predicate)
            if columns is not None:
                frame = frame.select(columns)
            yield frame if rows is None else frame.head(rows)

        return register_io_source(read, schema=self._frames[name].schema)


def _collect(plan: pl.LazyFrame, schema: Mapping[str, Any]) -> pl.DataFrame:
    counted: pl.DataFrame = plan.collect()
    # The engine narrows counts and widens sums beyond the types that the expressions state.
    coded = _list_coded(counted)
    return counted.cast({name: dtype for name, dtype in schema.items() if name not in coded})


def _code(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with ids of points and words of code lists as numbers with a dictionary: these are grouped and joined by."""
    columns = LEDGERS[name].columns if name in LEDGERS else ()
    coded: dict[str, pl.DataType] = {c.name: pl.Enum(c.codes.codes) for c in columns if c.codes is not None}
    coded["point_id"] = pl.Categorical()
    return frame.cast({name: dtype for name, dtype in coded.items() if name in frame.columns})


def _list_coded(frame: pl.DataFrame) -> list[str]:
    return [name for name, dtype in frame.schema.items() if dtype in (pl.Categorical, pl.Enum)]


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
