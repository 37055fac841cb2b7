"""The first view of a snapshot is prepared before it is shown."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.pages import source
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.panel import collect
from dashboard.serve.warm import keep_warm


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def publish_again(warehouse: Path, name: str) -> None:
    """The same tables under the id of another snapshot."""
    pointer = warehouse / "current.json"
    current = json.loads(pointer.read_text())
    folder = warehouse / "snapshots" / current["snapshot"]
    shutil.copytree(folder, folder.with_name(name))
    pointer.write_text(json.dumps(current | {"snapshot": name}))


def count_computed() -> int:
    return source.ask.computed


def test_sessions_see_a_new_snapshot_when_its_first_views_cost_nothing(
    small_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "warehouse"
    shutil.copytree(small_warehouse, warehouse)
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(warehouse))
    stop = threading.Event()
    at_work = threading.Thread(target=keep_warm, args=(warehouse, stop))
    at_work.start()
    try:
        for name in (source.current_snapshot(warehouse).id, "29990101T000000"):
            if name.startswith("2999"):
                publish_again(warehouse, name)
                assert source.current_snapshot(warehouse).id != name
            wait_for(lambda name=name: source._shown.get(warehouse) == name)
            before = count_computed()
            for page in ("overview", "staffing", "plans"):
                view, _ = open_view(PAGES[page], {})
                assert view.snapshot.id == name
                collect(PAGES[page].draw, view)
            assert count_computed() == before
        # A pointer that cannot be read is told by the pages, as without preparing.
        (warehouse / "current.json").write_text("{")
        wait_for(lambda: warehouse not in source._shown)
    finally:
        stop.set()
        at_work.join()
        source.show(warehouse, None)
