"""The timetable: refreshes at set times, in child processes, with a log and with notices to those on duty.

Belongs here: when, what is told to whom, the units and lines that other timetables need. Not here: what a refresh does.
"""

from pipelines.schedule.duty import Duty
from pipelines.schedule.logs import open_log
from pipelines.schedule.posting import Post
from pipelines.schedule.timetable import follow, read_clock, run_once
from pipelines.schedule.turns import Refresher
from pipelines.schedule.units import Installation, write_cron, write_units

__all__ = [
    "Duty",
    "Installation",
    "Post",
    "Refresher",
    "follow",
    "open_log",
    "read_clock",
    "run_once",
    "write_cron",
    "write_units",
]
