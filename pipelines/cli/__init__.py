"""The writing commands of `burden`: `demo`, `refresh`, `status`. Words in, sentences out; the rooms do the work."""

from pipelines.cli import intake  # noqa: F401 - its commands join the app
from pipelines.cli.commands import app

__all__ = ["app"]
