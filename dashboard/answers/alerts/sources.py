"""Through which issuer level a change came."""

from dashboard.answers.alerts.alert import Source
from dashboard.answers.alerts.claims import Claim
from dashboard.answers.alerts.evidence import Row
from dashboard.answers.answer import answer
from dashboard.answers.parse import breakdowns_of
from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Kind


def find_source(snapshot: Snapshot, claim: Claim, row: Row) -> Source | None:
    """The level whose matched change is the largest towards the claim's side, and its part of all such changes.

    Only of counts by level, whose changes add up to the whole one; None for ratios and what has no level.
    """
    indicator = INDICATORS[claim.indicator]
    if indicator.kind is not Kind.MEAN or "level" not in breakdowns_of(indicator):
        return None
    first, last = (months.parse(row[end]) for end in ("period_from", "period_to"))
    parts = answer(snapshot, Request(claim.indicator, row["group"], first, last, "level", claim.where, "year"))
    moved = {level: claim.side * same for level, same in parts.select("group", "same").iter_rows() if same is not None}
    towards = {level: part for level, part in moved.items() if part > 0}
    if not towards:
        return None
    level = max(towards, key=lambda name: towards[name])
    return Source(level, towards[level] / sum(towards.values()))
