"""Keeping the warehouse in order: one writer at a time, nothing left of a killed run, only the last snapshots."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.contracts.errors import WarehouseBusyError, WarehouseError
from pipelines.warehouse.layout import Layout

REMOVED = ".removed"


@contextmanager
def hold_lock(layout: Layout) -> Iterator[None]:
    """Be the one writer. Raises WarehouseError where another writer is at work or the folder cannot be written."""
    try:
        layout.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(layout.lock)
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseBusyError(layout.root) from None
    except OSError as error:
        raise WarehouseError(
            f"数据仓库“{layout.root}”无法写入（{error.strerror}）；请检查路径与权限。",
            f"The warehouse “{layout.root}” cannot be written ({error.strerror}); check the path and permissions.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def clear_leftovers(layout: Layout) -> list[str]:
    """Remove what a killed run left: the staging folder, a pointer never put in place, snapshots never pointed to.

    Returns the names of the snapshots removed. Ids grow, so one later than the current was never published.
    """
    _remove(layout.staging)
    layout.pointer.with_suffix(".tmp").unlink(missing_ok=True)
    for half_removed in [*layout.root.glob(f".*{REMOVED}"), *layout.snapshots.glob(f".*{REMOVED}")]:
        shutil.rmtree(half_removed)
    current = layout.read_current()
    orphans = [s for s in layout.list_snapshots() if current is not None and s > current]
    for orphan in orphans:
        _remove(layout.snapshots / orphan)
    return orphans


def prune(layout: Layout, keep: int) -> list[str]:
    """Remove all but the last `keep` snapshots; the current one always stays. Returns the names removed."""
    if keep < 1:
        raise ValueError(keep)
    current = layout.read_current()
    gone = [s for s in layout.list_snapshots()[:-keep] if s != current]
    for snapshot in gone:
        _remove(layout.snapshots / snapshot)
    return gone


def _remove(folder: Path) -> None:
    """Remove a folder, first under another name, so that no reader meets half of it."""
    if not folder.exists():
        return
    doomed = folder.with_name(f".{folder.name}{REMOVED}")
    if doomed.exists():
        shutil.rmtree(doomed)
    folder.rename(doomed)
    shutil.rmtree(doomed)
