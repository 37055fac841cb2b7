"""Is the current snapshot still what was published? Looked at file by file, by checksum; what is damaged is named.

Nothing is mended here: a refresh makes anew what it finds damaged, and never links a damaged file forward.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipelines.warehouse.layout import Layout
from pipelines.warehouse.tables import Checksums


def find_damage(layout: Layout, checksums: Checksums | None = None) -> list[str]:
    """Files of the current snapshot that are absent, unreadable or not what was published, relative to the warehouse.

    Empty where the snapshot is whole, and where nothing was ever published. `checksums` keeps those of the files read.
    """
    look = (checksums or Checksums()).look
    if not layout.pointer.exists():
        return []
    try:
        pointer = json.loads(layout.pointer.read_text(encoding="utf-8"))
        folder = layout.snapshots / pointer["snapshot"]
    except (OSError, ValueError, KeyError, TypeError):
        return [_name(layout, layout.pointer)]
    manifest = layout.read_manifest(folder.name)
    path = folder / "manifest.json"
    if manifest is None or not _is_sound(path, pointer.get("manifest_sha256"), look):
        return [_name(layout, path)]
    files = [(folder / file, sha256) for file, sha256 in _list_files(manifest)]
    return [_name(layout, path) for path, sha256 in files if not _is_sound(path, sha256, look)]


def _list_files(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in manifest["tables"].values():
        for file in entry.get("parts", [entry]):
            yield file["file"], file["sha256"]


def _is_sound(path: Path, sha256: str | None, look: Callable[[Path], str]) -> bool:
    """Is it what was published? Pointers of older releases know no checksum of the manifest."""
    try:
        return sha256 is None or look(path) == sha256
    except OSError:
        return False


def _name(layout: Layout, path: Path) -> str:
    return path.relative_to(layout.root).as_posix()
