"""The mart of reporting: what every active point owes for each month and ledger, whether and when it came.

One row depends on its own point alone, so the marts of any groups of points lie below each other. Whether a report was
late is judged when it is read, by the due days of the settings; it does not stand here.
"""

from typing import Any

import ibis
from ibis import Table, _

from pipelines.contracts.ledgers import Ledger
from pipelines.marts.panel import OWED, POINT_MONTH

REPORTING_MART = "mart_reporting"
KEYS = ("month", "point_id", "ledger")


def build_reporting(facts: dict[str, Table], counts: dict[str, Table], owed: Table, quarantine: Table) -> Table:
    """`month, point_id, ledger` and what is known of that report, one row an active point-month and owed ledger.

    `reported`; `awaited`: a return that is not nil came without rows; `nil`; `contradictory`: a nil return beside rows;
    `submitted_on` (null without a return), `minutes_spent` (null where not stated), `rejected` rows of that ledger.
    """
    return ibis.union(*(_report(ledger, owed, counts[ledger.name], facts["returns"], quarantine) for ledger in OWED))


def _report(ledger: Ledger, owed: Table, counts: Table, every: Table, quarantine: Table) -> Table:
    rows = counts.select(*POINT_MONTH).mutate(has_rows=True)
    returns = every.filter(_.ledger == ledger.return_code).select(
        *POINT_MONTH, "minutes_spent", has_return=True, nil=_.nil_return, submitted_on=_.submitted_at.cast("date")
    )  # fmt: skip
    rejected = quarantine.filter((_.ledger == ledger.name) & _.point_id.notnull() & _.month.notnull())
    counted = rejected.group_by(POINT_MONTH).aggregate(rejected=_.count())
    joined = owed
    for number, part in enumerate((rows, returns, counted)):
        joined = joined.left_join(part, POINT_MONTH, rname=f"{{name}}_{number}")
    has_rows, nil = joined.has_rows.fill_null(False), joined.nil.fill_null(False)
    true_zero: Any = nil if ledger.reported_by_nil else ibis.literal(False)
    return joined.select(
        "month", "point_id", ledger=ibis.literal(ledger.return_code), reported=has_rows | true_zero,
        awaited=joined.has_return.fill_null(False) & ~nil & ~has_rows, nil=nil, contradictory=nil & has_rows,
        submitted_on="submitted_on", minutes_spent="minutes_spent", rejected=joined.rejected.fill_null(0),
    )  # fmt: skip
