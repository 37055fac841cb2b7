"""The timetable: refreshes at set times, in child processes, with a log and with notices to those on duty.

Belongs here: when, what is told to whom, the units and lines that other timetables need. Not here: what a refresh does.
"""
