"""Nobody pays for the first view of a snapshot: it is prepared in the background, and shown once it is."""

import gc
import importlib
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from dashboard.pages.prepare import prepare
from dashboard.pages.source import open_one, show
from dashboard.settings import Settings
from dashboard.warehouse import resolve
from pipelines.contracts.errors import BurdenError

log = logging.getLogger(__name__)
LOOK_EVERY = 2.0  # seconds
LONGEST_REST = 0.5


@asynccontextmanager
async def warming(_app: object) -> AsyncIterator[None]:
    """While the server runs, look for new snapshots and prepare them."""
    settle()
    stop = threading.Event()
    settings = Settings()
    if settings.prepare:
        threading.Thread(target=keep_warm, args=(settings.warehouse, stop), name="warming", daemon=True).start()
    yield
    stop.set()


def keep_warm(warehouse: Path, stop: threading.Event) -> None:
    """Prepare each snapshot that is published; until then sessions go on with the one before, where there is one."""
    prepared = failed = ""
    importlib.import_module("pandas")  # which Streamlit loads for the first component, in a second
    while not stop.is_set():
        try:
            newest = resolve(warehouse)
            if newest not in (prepared, failed):
                failed = newest
                _prepare(warehouse, newest, stop)
                prepared = newest
                settle()
            show(warehouse, newest if newest == prepared else None)
        except Exception as error:  # what is wrong with the warehouse is told by the pages, once nothing keeps them from it
            show(warehouse, None)
            if not (isinstance(error, BurdenError) or stop.is_set()):
                log.exception("The snapshot %s could not be prepared", failed)
        stop.wait(LOOK_EVERY)


def settle() -> None:
    """Spare the collector what stays: Streamlit has it look at everything after each run of the script.

    Modules and the prepared snapshot are 170,000 objects, which take 100 ms of every session's time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _prepare(warehouse: Path, snapshot: str, stop: threading.Event) -> None:
    """One view after the other, resting between them, so that sessions have the better half of the time."""
    begun = before = time.perf_counter()
    for _ in prepare(open_one(warehouse, snapshot)):
        now = time.perf_counter()
        if stop.wait(min(now - before, LONGEST_REST)):
            return
        before = time.perf_counter()
    log.info("The snapshot %s was prepared in %.1f s", snapshot, time.perf_counter() - begun)
