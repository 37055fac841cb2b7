"""What an alert says. Words for people are made of it elsewhere (`dashboard.i18n.alerts`)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl

from dashboard.answers.alerts.claims import Claim, Theme
from pipelines.contracts.indicators import INDICATORS

Row = dict[str, Any]


class Kind(StrEnum):
    """What was found, in the order told: REBOUND a rise against the better direction after a fall, RISE without one."""

    REBOUND = "rebound"
    DISPLACEMENT = "displacement"
    PLAN = "plan"
    RISE = "rise"


class Sureness(StrEnum):
    """How sure: CLEAR ●●● interval off 0 and a signal in a settled month; FAIR ●●○ no such signal; OPEN ●○○ rests on a
    provisional month."""

    CLEAR = "clear"
    FAIR = "fair"
    OPEN = "open"


class Reason(StrEnum):
    """The one reason told beside the sureness."""

    SIGNALS = "signals"
    NO_SIGNAL = "no_signal"
    PROVISIONAL = "provisional"
    BOTH = "both"
    RAISED = "raised"
    EXCEEDED = "exceeded"
    PROJECTED = "projected"


@dataclass(frozen=True)
class Source:
    """The issuer level through which a change came: its code, and its part of the change (1 = all of it)."""

    level: str
    share: float


@dataclass(frozen=True, eq=False)
class Alert:
    """One thing to look into.

    `claims` and `rows`: what changed, with the answer's row of each (of a displacement the fall first); `charts`: their
    months with control limits. `q`: adjusted p-value (of a plan none). `since`: month of the first signal, `2026-05`; `signals`
    of the `months` since then are signals. `fall`: the row of the fall before. `plan`: the row of the register.
    """

    kind: Kind
    region: str
    page: str
    claims: tuple[Claim, ...] = ()
    rows: tuple[Row, ...] = ()
    charts: tuple[pl.DataFrame, ...] = ()
    q: float | None = None
    since: str | None = None
    signals: int = 0
    months: int = 0
    sureness: Sureness = Sureness.FAIR
    reason: Reason = Reason.NO_SIGNAL
    fall: Row | None = None
    source: Source | None = None
    theme: Theme | None = None
    plan: Row | None = None
    address: dict[str, str] = field(default_factory=dict)

    @property
    def is_ranked(self) -> bool:
        """May regions be put in an order by what this alert is about?"""
        return all(INDICATORS[c.indicator].ranked for c in self.claims)

    def record(self, snapshot: str) -> Row:
        """One flat row with the columns `ALERT_COLUMNS`; changes in per cent for a mean, in the unit for a ratio."""
        flat: Row = dict.fromkeys(ALERT_COLUMNS) | {
            "kind": self.kind.value, "region_code": self.region, "q": self.q, "since": self.since, "signals": self.signals,
            "months": self.months, "sureness": self.sureness.value, "reason": self.reason.value, "page": self.page,
            "address": "&".join(f"{k}={v}" for k, v in self.address.items()), "snapshot": snapshot,
        }  # fmt: skip
        for prefix, claim, row in zip(("", "other_"), reversed(self.claims), reversed(self.rows), strict=False):
            flat |= {f"{prefix}indicator": claim.indicator, f"{prefix}where": "&".join("=".join(w) for w in claim.where)}
            flat |= {f"{prefix}{name}": row[name] for name in ("change", "change_low", "change_high")}
        for row in self.rows[-1:]:
            flat |= {name: row[name] for name in ("period_from", "period_to", "n_matched", "provisional")}
        if self.fall:
            flat |= {"fall": self.fall["change"], "fall_low": self.fall["change_low"], "fall_high": self.fall["change_high"]}
        if self.source:
            flat |= {"level": self.source.level, "level_share": self.source.share}
        if self.plan:
            flat |= {"indicator": "plan_used_share", "where": f"item={self.plan['item']}&level={self.plan['level']}"}
            flat |= {f"plan_{name}": self.plan[name] for name in ("previous_actual", "ceiling", "used", "projected")}
        return flat


ALERT_COLUMNS: dict[str, pl.DataType] = {
    "kind": pl.String(), "region_code": pl.String(), "indicator": pl.String(), "where": pl.String(),
    "period_from": pl.String(), "period_to": pl.String(), "change": pl.Float64(), "change_low": pl.Float64(),
    "change_high": pl.Float64(), "other_indicator": pl.String(), "other_where": pl.String(), "other_change": pl.Float64(),
    "other_change_low": pl.Float64(), "other_change_high": pl.Float64(), "n_matched": pl.Int64(), "provisional": pl.Boolean(),
    "q": pl.Float64(), "since": pl.String(), "signals": pl.Int64(), "months": pl.Int64(), "sureness": pl.String(),
    "reason": pl.String(), "fall": pl.Float64(), "fall_low": pl.Float64(), "fall_high": pl.Float64(), "level": pl.String(),
    "level_share": pl.Float64(), "plan_previous_actual": pl.Int64(), "plan_ceiling": pl.Int64(), "plan_used": pl.Float64(),
    "plan_projected": pl.Float64(), "page": pl.String(), "address": pl.String(), "snapshot": pl.String(),
}  # fmt: skip
