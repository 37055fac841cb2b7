"""Alerts of the register of plans: a ceiling above last year's actual, and one that is or will be exceeded."""

from collections.abc import Iterator

from dashboard.answers.alerts.alert import Alert, Kind, Reason, Sureness
from dashboard.answers.plans import default_plan_period, pace_plans
from dashboard.warehouse import Snapshot
from pipelines.contracts import months


def find_ceilings(snapshot: Snapshot, regions: list[str]) -> Iterator[Alert]:
    """One alert a region, item and level at most: what is over comes before what was raised (只减不增)."""
    first, last = default_plan_period(snapshot)
    for row in pace_plans(snapshot, regions, first, last).iter_rows(named=True):
        if row["used"] is not None and row["used"] > 1:
            reason, sureness = Reason.EXCEEDED, Sureness.CLEAR
        elif row["projected_low"] is not None and row["projected_low"] > 1:
            reason, sureness = Reason.PROJECTED, Sureness.FAIR
        elif row["raised"]:
            reason, sureness = Reason.RAISED, Sureness.CLEAR
        else:
            continue
        since = months.iso(months.of_date(row["as_of"])) if reason is not Reason.RAISED else f"{row['year']}-01"
        yield Alert(
            Kind.PLAN, row["region_code"], "plans", since=since, sureness=sureness, reason=reason, plan=row,
            address={"region": row["region_code"]},
        )
