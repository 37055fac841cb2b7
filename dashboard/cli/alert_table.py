"""`burden alerts` as a table for reading."""

from rich.console import Console
from rich.table import Table

from dashboard.answers.alerts import select_alerts
from dashboard.i18n.alerts import tell
from dashboard.i18n.catalogue import Lang, text
from dashboard.i18n.regions import region_names
from dashboard.warehouse import Snapshot

COLUMNS = ("kind", "what", "where", "since", "sure")


def print_alerts(snapshot: Snapshot, region: str | None, lang: Lang) -> None:
    """Print the alerts of a region and its parts (all without one), a row each, in words."""
    names = region_names(snapshot.regions, lang)
    chosen = select_alerts(snapshot, region)
    key = "title" if chosen else "empty"
    table = Table(title=text(f"alerts.block.{key}", lang, n=len(chosen)), title_justify="left", show_lines=True)
    for column in COLUMNS:
        table.add_column(text(f"alerts.block.{column}", lang), no_wrap=column == "kind")
    for alert in chosen:
        told = tell(alert, lang)
        sure = f"{told.sureness} {told.dots}\n{told.reason}"
        table.add_row(told.kind, f"{told.what}\n{told.detail}", names.get(alert.region, alert.region), told.since, sure)
    Console().print(table)
