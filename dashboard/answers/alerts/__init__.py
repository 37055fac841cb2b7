"""Alerts: what rose against the better direction and what moved into another channel, at a held rate of false discoveries.

`claims` says what is tested, `evidence` weighs it in every region, `signals` finds since when, `sources` through which level.
"""

from dashboard.answers.alerts.alert import ALERT_COLUMNS, Alert, Kind, Reason, Source, Sureness
from dashboard.answers.alerts.claims import Claim, Theme
from dashboard.answers.alerts.finding import find_alerts, list_alerts, select_alerts

__all__ = [
    "ALERT_COLUMNS", "Alert", "Claim", "Kind", "Reason", "Source", "Sureness", "Theme", "find_alerts", "list_alerts",
    "select_alerts",
]  # fmt: skip
