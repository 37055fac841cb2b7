"""Alerts put together: findings become records with their kind, sureness, reason and address, in an order that ranks nobody."""

import polars as pl

from dashboard.answers.alerts.alert import ALERT_COLUMNS, Alert, Kind, Reason, Sureness
from dashboard.answers.alerts.ceilings import find_ceilings
from dashboard.answers.alerts.evidence import Finding, Window, find_all, find_newest
from dashboard.answers.alerts.signals import Trace, find_fall, trace
from dashboard.answers.alerts.sources import find_source
from dashboard.answers.periods import province_of
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS

_INDICATORS = {indicator: n for n, indicator in enumerate(INDICATORS)}
_KINDS, _SURE = list(Kind), list(Sureness)


@kept(4)
def find_alerts(snapshot: Snapshot) -> tuple[Alert, ...]:
    """Every alert of a snapshot, remembered: by kind, sureness, indicator and region code.

    Alerts on indicators on which regions are not ranked stand last of their kind, without regard to how sure they are.
    """
    chosen: dict[tuple[object, ...], Finding] = {}
    for found in find_all(snapshot):  # the settled window comes first and is kept; of pairs of a theme the surest
        key = (found.region, found.move.theme if found.move else found.claims[0])
        held = chosen.get(key)
        if held is None or (held.window is found.window and found.q < held.q):
            chosen[key] = found
    cities = snapshot.regions.filter(pl.col("level").is_in(["province", "city"]))["code"].to_list()
    return tuple(sorted([*(_tell(snapshot, f) for f in chosen.values()), *find_ceilings(snapshot, cities)], key=_order))


def select_alerts(snapshot: Snapshot, region: str | None = None) -> list[Alert]:
    """The alerts of a region and its parts, all without one or for the province, in the same order."""
    if region is None or region == province_of(snapshot):
        return list(find_alerts(snapshot))
    parts = {region, *snapshot.regions.filter(pl.col("city_code") == region)["code"]}
    return [a for a in find_alerts(snapshot) if a.region in parts]


def list_alerts(snapshot: Snapshot, region: str | None = None) -> pl.DataFrame:
    """The same as a frame (ALERT_COLUMNS). Raises RequestError where there is no such region."""
    if region is not None and region not in set(snapshot.regions["code"]):
        raise RequestError(f"没有区划代码“{region}”；请用六位区划代码，如 411300。",
                           f"There is no region “{region}”; use a six-digit code such as 411300.")
    return pl.DataFrame([a.record(snapshot.id) for a in select_alerts(snapshot, region)], schema=ALERT_COLUMNS, orient="row")


def _tell(snapshot: Snapshot, found: Finding) -> Alert:
    last = months.parse(found.rows[0]["period_to"])
    traces = [trace(snapshot, c, found.region, last, find_newest(snapshot, c.indicator)) for c in found.claims]
    claim, row, seen = found.claims[-1], found.rows[-1], traces[-1]
    fall = None if found.move else find_fall(snapshot, claim, found.region, last)
    kind = Kind.DISPLACEMENT if found.move else Kind.REBOUND if fall else Kind.RISE
    sureness, reason = _judge(found, seen)
    address = {"region": found.region, "from": row["period_from"], "to": row["period_to"]}
    return Alert(
        kind, found.region, INDICATORS[claim.indicator].domain.value, found.claims, found.rows, tuple(t.frame for t in traces),
        found.q, seen.since, seen.signals, seen.months, sureness, reason, fall, find_source(snapshot, claim, row),
        found.move.theme if found.move else None, address=address | ({} if found.move else dict(claim.where)),
    )  # fmt: skip


def _judge(found: Finding, seen: Trace) -> tuple[Sureness, Reason]:
    if found.window is Window.NEWEST or any(row["provisional"] for row in found.rows):
        return Sureness.OPEN, Reason.PROVISIONAL
    if not seen.settled:
        return Sureness.FAIR, Reason.BOTH if found.move else Reason.NO_SIGNAL
    return Sureness.CLEAR, Reason.BOTH if found.move else Reason.SIGNALS


def _order(alert: Alert) -> tuple[object, ...]:
    sure = _SURE.index(alert.sureness) if alert.is_ranked else len(_SURE)
    words = _INDICATORS[alert.claims[-1].indicator] if alert.claims else -1
    return _KINDS.index(alert.kind), sure, words, alert.region, str(alert.plan and (alert.plan["item"], alert.plan["level"]))
