"""The set times of a timetable, as APScheduler knows them. Nothing is run here."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

LOOK_BACK = timedelta(days=2)
Clock = Callable[[], datetime]


def make_clock(timezone: str) -> Clock:
    """The time of day in the zone, whatever that of the machine."""
    zone = ZoneInfo(timezone)
    return lambda: datetime.now(zone)


def make_trigger(times: Sequence[str], timezone: str) -> OrTrigger:
    """Every day at the times, on the clock of the zone."""
    zone = ZoneInfo(timezone)
    parts = [time.split(":") for time in times]
    return OrTrigger([CronTrigger(hour=int(hour), minute=int(minute), timezone=zone) for hour, minute in parts])


def find_last_due(times: Sequence[str], timezone: str, now: datetime) -> datetime:
    """The latest set time that has passed."""
    trigger, moment = make_trigger(times, timezone), now - LOOK_BACK
    due = [moment]
    while (following := trigger.get_next_fire_time(None, moment)) and following <= now:
        due.append(following)
        moment = following + timedelta(seconds=1)
    return due[-1]
