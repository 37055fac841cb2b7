"""Warehouses published by the real pipeline from real files, once a run of the tests, whatever the number of workers."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from pipelines import demo
from pipelines.refresh import refresh

# No test depends on the clock; in CI the examples are the same every time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
# Modules that take a worker longest, though some have few tests. Begun first, none of them is waited for at the end.
LONGEST = (
    "faults/test_faults.py", "refresh/test_simulated_quarter.py", "browser/test_pages_open.py", "browser/test_address_state.py",
    "faults/test_full_disk.py", "demo/test_demo_writing.py", "faults/test_sources_in_motion.py", "cli/test_schedule_command.py",
)  # fmt: skip
LAST_MONTH = 202610


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules first; the workers take whole modules in this order (`make test`: `--no-loadscope-reorder`)."""
    ranks = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get("/".join(item.path.parts[-2:]), len(ranks)))


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """A folder that the first worker to ask builds and the others share."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            folder.mkdir()
            build(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def province_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared province."""
    raw = ROOT / "../shared/province/raw"
    return build_once(tmp_path_factory, "province", lambda folder: publish(raw, folder))


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small province of the fixtures."""
    raw = ROOT / "tests/fixtures/small_province/raw"
    return build_once(tmp_path_factory, "small", lambda folder: publish(raw, folder))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo province as `burden demo` writes it (`raw/`) and `burden refresh` publishes it (`warehouse/`)."""

    def build(folder: Path) -> None:
        demo.write(folder / "raw", last_month=LAST_MONTH)
        publish(folder / "raw", folder / "warehouse")

    return build_once(tmp_path_factory, "demo", build)


@pytest.fixture(scope="session")
def demo_warehouse(demo_folder: Path) -> Path:
    """The published demo province."""
    return demo_folder / "warehouse"


def publish(raw: Path, warehouse: Path) -> None:
    """Refresh as of a fixed day."""
    refresh(raw, warehouse, today=TODAY)
