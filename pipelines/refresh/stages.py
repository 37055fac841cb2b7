"""The stages of a refresh, as a progress bar names them."""

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What a refresh is doing."""

    READ = "read"
    CONFORM = "conform"
    COUNT = "count"
    WRITE = "write"


# Called with a stage, the steps done and the steps in all.
Progress = Callable[[str, int, int], None]


def ignore(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""
