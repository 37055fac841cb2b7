"""The progress bar of a command: on standard error, gone when done, absent where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.cli.texts import TEXTS, say


@contextmanager
def show_progress(fallback: str) -> Iterator[Callable[[str, int, int], None]]:
    """A function of (stage, done, total) that moves the bar; `fallback` names the text of a stage without one."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(say(fallback), total=None)

        def move(stage: str, done: int, total: int) -> None:
            key = f"stage.{stage}"
            bar.update(task, description=say(key if key in TEXTS else fallback), completed=done, total=total)

        yield move
