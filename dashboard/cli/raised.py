"""Alerts as one sentence each, for the notices of the timetable."""

from pathlib import Path

from dashboard.answers.alerts import Sureness, find_alerts
from dashboard.i18n.alerts import tell
from dashboard.i18n.catalogue import Lang, text
from dashboard.i18n.regions import region_names
from dashboard.warehouse import open_snapshot


def list_raised(warehouse: Path, lang: str) -> list[tuple[str, str]]:
    """(key, sentence) of every alert that does not rest on a provisional month; keys are the same in every snapshot.

    Raises WarehouseError.
    """
    snapshot = open_snapshot(warehouse)
    tongue: Lang = "en" if lang == "en" else "zh"
    names = region_names(snapshot.regions, tongue)
    raised = []
    for alert in find_alerts(snapshot):
        if alert.sureness is not Sureness.OPEN:
            told = tell(alert, tongue)
            about = alert.theme.value if alert.theme else "".join(claim.indicator for claim in alert.claims)
            if alert.plan:
                about = "-".join(str(alert.plan[part]) for part in ("year", "item", "level"))
            key = ":".join([alert.kind.value, alert.region, about])
            where = names.get(alert.region, alert.region)
            raised.append((key, text("alerts.notice", tongue, where=where, kind=told.kind, what=told.what, detail=told.detail)))
    return raised
