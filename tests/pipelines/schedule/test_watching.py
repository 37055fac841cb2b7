"""A watched folder calls once its files are quiet, for files that count."""

import os
import threading
from datetime import datetime

import pytest

from pipelines.ingest import is_passed_over, scan
from pipelines.schedule.logs import open_log
from pipelines.schedule.watching import Watcher

QUIET = 0.1


@pytest.fixture
def watched(tmp_path):
    """A folder under watch and the semaphore that every call releases."""
    raw = tmp_path / "raw"
    raw.mkdir()
    called, stop = threading.Semaphore(0), threading.Event()
    watcher = Watcher(raw, QUIET, called.release, open_log(None, datetime.now), stop)
    watcher.start()
    yield raw, called
    stop.set()
    watcher.join(10)
    assert not watcher.is_alive()


def _write_until_called(raw, called) -> None:
    """The watch begins some time after its thread does."""
    for number in range(20):
        (raw / f"{number}.csv").write_text("x", encoding="utf-8")
        if called.acquire(timeout=0.5):
            return
    pytest.fail("no call")


def test_a_new_file_calls_and_files_that_are_passed_over_do_not(watched):
    raw, called = watched
    _write_until_called(raw, called)
    for name in (".hidden.csv", "~$open.xlsx", "coming.part"):
        (raw / name).write_text("x", encoding="utf-8")
    assert not called.acquire(timeout=4 * QUIET)


def test_many_changes_are_one_call(watched):
    raw, called = watched
    _write_until_called(raw, called)
    for number in range(50):
        (raw / f"many-{number}.csv").write_text("x", encoding="utf-8")
    os.replace(raw / "many-0.csv", raw / "moved.csv")
    assert called.acquire(timeout=5)
    assert not called.acquire(timeout=4 * QUIET)


def test_what_is_passed_over_is_what_a_scan_leaves_out(tmp_path):
    for name in ("a.csv", ".b.csv", "~c.xlsx", "d.tmp", ".e/f.csv", "g/h.csv", "Thumbs.db", "g/~i/j.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("x", encoding="utf-8")
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    counted = sorted(path.as_posix() for path in files if not is_passed_over(path))
    assert counted == [source.path for source in scan(tmp_path)] == ["a.csv", "g/h.csv"]
