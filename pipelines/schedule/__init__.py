"""The timetable: refreshes at set times, in child processes, with a log and with notices to those on duty.

Belongs here: when, what is told to whom, the units and lines that other timetables need. Not here: what a refresh does.
"""

from pipelines.schedule.duty import Duty
from pipelines.schedule.hours import make_clock
from pipelines.schedule.logs import open_log
from pipelines.schedule.posting import Post
from pipelines.schedule.timetable import follow, run_once
from pipelines.schedule.turns import Refresher
from pipelines.schedule.units import Installation, write_cron, write_units

__all__ = [
    "Duty",
    "Installation",
    "Post",
    "Refresher",
    "follow",
    "make_clock",
    "open_log",
    "run_once",
    "write_cron",
    "write_units",
]
