"""Watching the raw folder: a call when files have changed and then been quiet for some seconds."""

import threading
from collections.abc import Callable
from pathlib import Path

import structlog
from watchfiles import Change, watch

from pipelines.ingest import is_passed_over

AGAIN_AFTER = 60.0


class Watcher(threading.Thread):
    """A thread that watches `folder` until `stop` is set."""

    def __init__(
        self, folder: Path, quiet_seconds: float, call: Callable[[], None], log: structlog.stdlib.BoundLogger,
        stop: threading.Event,
    ) -> None:  # fmt: skip
        super().__init__(name="watcher", daemon=True)
        self._folder, self._quiet, self._call, self._log, self._stopping = folder, quiet_seconds, call, log, stop

    def run(self) -> None:
        """Watch; where the folder cannot be watched (a lost network drive), say so and try again."""
        while not self._stopping.is_set():
            try:
                self._follow()
            except (OSError, RuntimeError) as error:
                self._log.warning("watching_failed", reason=f"{type(error).__name__}: {error}")
                self._stopping.wait(AGAIN_AFTER)

    def _follow(self) -> None:
        begun = changed = False
        for changes in watch(
            self._folder, watch_filter=self._concerns, stop_event=self._stopping, yield_on_timeout=True, raise_interrupt=False,
            rust_timeout=round(self._quiet * 1000), debounce=min(1600, round(self._quiet * 1000)),
        ):  # fmt: skip
            if not begun:
                self._log.info("watching", folder=str(self._folder))
                begun = True
            # Nothing within the time that files must be quiet for: whoever was writing has done.
            if changed and not changes:
                self._call()
            changed = bool(changes)

    def _concerns(self, _change: Change, path: str) -> bool:
        return not is_passed_over(Path(path).relative_to(self._folder))
