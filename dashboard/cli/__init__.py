"""The reading commands of `burden`: `estimate`, `brief` and `serve`. Words in, frames out; the figures come from `answers`."""

from dashboard.cli import brief
from dashboard.cli.commands import app

__all__ = ["app", "brief"]
