"""The reading commands of `burden`: `estimate` and `serve`. Words in, frames out; the figures come from `answers`."""

from dashboard.cli.batch import parse_line
from dashboard.cli.commands import app

__all__ = ["app", "parse_line"]
