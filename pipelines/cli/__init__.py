"""The writing commands of `burden`, and those for senders and the timetable. Words in, sentences out; the rooms do the work."""

from pipelines.cli import intake, schedule  # noqa: F401 - their commands join the app
from pipelines.cli.commands import app

__all__ = ["app"]
