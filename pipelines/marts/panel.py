"""The panel: which point-months exist, and which of them reported each ledger (DATA.md §2, "0 is not missing").

No statistic is computed here.
"""

import ibis
from ibis import Table, _

from pipelines.contracts import months
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.statistics import UNIVERSES

OWED = tuple(ledger for ledger in LEDGERS.values() if ledger.return_code)
POINT_MONTH = ("point_id", "month")


def list_reported(facts: dict[str, Table], counts: dict[str, Table], ledger: str) -> Table:
    """`point_id, month` in which the ledger was reported: it has a row, or a nil return where that makes a true zero.

    A point-month may come twice.
    """
    contract = LEDGERS[ledger]
    rows = counts[ledger].select(*POINT_MONTH)
    if not contract.reported_by_nil:
        return rows
    returns = facts["returns"]
    nil = returns.filter((returns.ledger == contract.return_code) & returns.nil_return).select(*POINT_MONTH)
    return ibis.union(rows, nil)


def list_active_months(points: Table, span: tuple[int, int]) -> Table:
    """`point_id, month`: every month of the span in which each registered point is active."""
    numbers = ibis.literal(months.span(*span), type="array<int32>").unnest()
    every = points.select("point_id", "active_from", "active_to", month=numbers)
    active = (every.active_from <= every.month) & (every.active_to.isnull() | (every.active_to >= every.month))
    return every.filter(active).select(*POINT_MONTH)


def build_panel(facts: dict[str, Table], counts: dict[str, Table], owed: Table) -> Table:
    """`point_id, month` and the universe booleans of `pipelines.contracts.statistics`, one row an active point-month.

    `counts`: a table a ledger with one row a point-month that has rows; `owed`: the active point-months.
    """
    known = {f"{ledger.name}_reported": list_reported(facts, counts, ledger.name) for ledger in OWED}
    known["posts_reported"] = (
        facts["standing"].filter(_.posts_established.notnull()).semi_join(counts["staff"], POINT_MONTH)
    )
    known["minutes_reported"] = facts["returns"].filter(_.minutes_spent.notnull())
    tagged = ibis.union(*(table.select(*POINT_MONTH, universe=ibis.literal(name)) for name, table in known.items()))
    flags = tagged.group_by(POINT_MONTH).aggregate(**{name: (tagged.universe == name).any() for name in known})
    joined = owed.left_join(flags, POINT_MONTH)
    panel = joined.select(*POINT_MONTH, **{name: joined[name].fill_null(False) for name in known})
    panel = panel.mutate(burden_reported=_.meetings_reported & _.documents_reported & _.inspections_reported)
    return panel.select(*POINT_MONTH, *UNIVERSES)
