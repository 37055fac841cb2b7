"""The marts are expressions that another engine can run too."""

from pathlib import Path

import ibis
import polars as pl
from hand_made import make_facts, make_quarantine

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.ledgers import LEDGERS
from pipelines.marts import build_marts, find_span
from pipelines.marts.build import express_marts
from pipelines.marts.counting import QUARANTINE
from pipelines.warehouse.ordering import order_columns


def test_every_mart_compiles_to_spark_sql_and_avoids_what_differs_there():
    facts = {name: ibis.memtable(frame) for name, frame in make_facts().items()}
    marts = express_marts(facts, ibis.memtable(make_quarantine()), (202601, 202603))
    assert set(marts) == {"mart_point_month", "mart_reporting", *(cell.name for cell in CELLS.values())}
    for name, expression in marts.items():
        sql = str(ibis.to_sql(expression, dialect="databricks")).upper()
        assert "DAYOFWEEK" not in sql, name
        assert " / " not in sql, name


def test_duckdb_counts_what_polars_counts(small_warehouse: Path):
    (snapshot,) = (small_warehouse / "snapshots").iterdir()
    facts = {name: pl.read_parquet(snapshot / f"{ledger.table}.parquet") for name, ledger in LEDGERS.items() if ledger.has_point}
    facts["points"] = pl.read_parquet(snapshot / "dim_point.parquet")
    quarantine = pl.read_parquet(snapshot / "quarantine.parquet")
    tables = {name: ibis.table(ibis.memtable(frame.clear()).schema(), name=name) for name, frame in facts.items()}
    refused = ibis.table(ibis.memtable(quarantine.clear()).schema(), name=QUARANTINE)
    engine = ibis.duckdb.connect(autoinstall_known_extensions=False, autoload_known_extensions=False).con
    for name, frame in {**facts, QUARANTINE: quarantine}.items():
        engine.register(name, frame)
    expressed = express_marts(tables, refused, find_span(facts))
    for name, counted in build_marts(facts, quarantine).items():
        other = engine.sql(str(ibis.to_sql(expressed[name], dialect="duckdb"))).pl().cast(dict(counted.schema))
        order = order_columns(name, counted)
        assert counted.sort(order).equals(other.sort(order)), name
