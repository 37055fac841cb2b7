"""The marts are expressions that another engine can run too."""

import ibis
from hand_made import make_facts, make_quarantine

from pipelines.contracts.breakdowns import CELLS
from pipelines.marts.build import express_marts


def test_every_mart_compiles_to_spark_sql_and_avoids_what_differs_there():
    facts = {name: ibis.memtable(frame) for name, frame in make_facts().items()}
    marts = express_marts(facts, ibis.memtable(make_quarantine()), (202601, 202603))
    assert set(marts) == {"mart_point_month", "mart_reporting", *(cell.name for cell in CELLS.values())}
    for name, expression in marts.items():
        sql = str(ibis.to_sql(expression, dialect="databricks")).upper()
        assert "DAYOFWEEK" not in sql, name
        assert " / " not in sql, name
