"""How old the data are, in the words of an operator: refreshes that were held back, failed, or are overdue. Read only."""

from datetime import datetime, timedelta

from dashboard.i18n import text
from dashboard.pages.markup import esc
from dashboard.pages.view import View
from dashboard.warehouse import Run, read_recent_runs


def draw_warnings(view: View, now: datetime) -> str:
    """The marks in the strip: a refresh that did not end well, and data that no refresh has looked after for too long."""
    runs = read_recent_runs(view.snapshot.folder.parents[1])
    marks = []
    if runs and not runs[-1].succeeded:
        marks.append(text(f"quality.run.mark_{runs[-1].outcome}", view.lang))
    if is_stale(view, runs, now):
        marks.append(text("quality.run.stale", view.lang, hours=f"{view.snapshot.policy.schedule.stale_hours:.0f}"))
    return "".join(f'<span class="stale">{esc(mark)}</span>' for mark in marks)


def is_stale(view: View, runs: list[Run], now: datetime) -> bool:
    """Did no refresh succeed for the hours that the settings allow?"""
    ended = [run.ended_at for run in runs if run.succeeded]
    last = ended[-1] if ended else datetime.fromisoformat(str(view.snapshot.manifest["published_at"]))
    last = last if last.tzinfo else last.astimezone()
    return now - last > timedelta(hours=view.snapshot.policy.schedule.stale_hours)


def find_trouble(view: View) -> Run | None:
    """The last run, where what it found was not published."""
    runs = read_recent_runs(view.snapshot.folder.parents[1])
    return runs[-1] if runs and not runs[-1].succeeded else None
