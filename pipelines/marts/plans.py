"""The marts as SQL that Polars runs: text, so that it can be kept, and Ibis is loaded only where it is not known yet."""

import re
from collections.abc import Collection, Mapping, MutableMapping
from importlib.metadata import version
from typing import Any

import polars as pl

from pipelines.contracts.statistics import STATISTICS

QUARANTINE, OWED = "quarantine", "owed"
Span = tuple[int, int] | None
# Name → SQL, and the Polars type of every column by name.
Queries = dict[str, tuple[str, dict[str, str]]]

# What Ibis writes for DuckDB and Polars does not know, and what says the same there.
_SAID_OTHERWISE = (
    (re.compile(r"\bBOOL_OR\("), "MAX("),
    (re.compile(r"\bDATE_DIFF\(\s*'DAY',\s*([^\s,()]+),\s*([^\s,()]+)\s*\)"), r"(CAST(\2 AS BIGINT) - CAST(\1 AS BIGINT))"),
)


def name_rows(ledger: str) -> str:
    """The query for what each row of a ledger adds to the statistics."""
    return f"rows_{ledger}"


def name_counts(ledger: str) -> str:
    """The table of what the rows of a ledger come to, a point and month."""
    return f"counts_{ledger}"


def find_queries(
    kept: MutableMapping[str, Any], frames: Mapping[str, pl.DataFrame], span: Span, empty: Collection[str]
) -> Queries:
    """The queries from what was kept, else written by Ibis, and kept.

    `frames`: a table a ledger and the quarantine, of which only the types matter.
    """
    key = f"{version('ibis-framework')} {span} {sorted(empty)}"
    if key not in kept:
        kept.clear()
        kept[key] = _write_queries(frames, span, empty)
    return {name: (sql, types) for name, (sql, types) in kept[key].items()}


def _write_queries(frames: Mapping[str, pl.DataFrame], span: Span, empty: Collection[str]) -> Queries:
    import ibis  # takes as long to load as everything else

    from pipelines.marts.build import express_owed, express_rows, express_summaries, fold_rows
    from pipelines.marts.panel import POINT_MONTH

    tables = {name: ibis.table(ibis.memtable(frame.clear()).schema(), name=name) for name, frame in frames.items()}
    facts = {name: table for name, table in tables.items() if name != QUARANTINE}
    rows = express_rows(facts)
    sums = {ledger: fold_rows(rows[ledger], ledger, POINT_MONTH).schema() for ledger in STATISTICS}
    counts = {ledger: ibis.table(schema, name=name_counts(ledger)) for ledger, schema in sums.items()}
    owed = express_owed(facts, span)
    offered = ibis.table(owed.schema(), name=OWED)
    summaries = express_summaries(facts, counts, offered, tables[QUARANTINE], empty)
    queries = {name_rows(ledger): table for ledger, table in rows.items()} | {OWED: owed} | summaries
    return {name: (_write(query), _list_types(query)) for name, query in queries.items()}


def _write(query: Any) -> str:
    import ibis

    sql = str(ibis.to_sql(query, dialect="duckdb"))
    for pattern, other in _SAID_OTHERWISE:
        sql = pattern.sub(other, sql)
    return sql


def _list_types(query: Any) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in query.schema().to_polars().items()}
