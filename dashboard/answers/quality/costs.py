"""What reporting takes by ledger: plain averages of the minutes that returns state. The estimate is `reporting_minutes`."""

from functools import lru_cache

import polars as pl

from dashboard.answers.quality.scope import Scope, select_reports
from dashboard.warehouse import Snapshot


@lru_cache(maxsize=64)
def average_minutes(snapshot: Snapshot, scope: Scope, first: int, last: int) -> pl.DataFrame:
    """`ledger, returns, stated, minutes`: returns of those months, how many state minutes, and the mean a return."""
    query, values = select_reports(snapshot, scope, first, last)
    return snapshot.query(
        "SELECT ledger, count(submitted_on) AS returns, count(minutes_spent) AS stated, avg(minutes_spent) AS minutes "
        f"FROM ({query}) GROUP BY ledger ORDER BY ledger",
        values,
    )
