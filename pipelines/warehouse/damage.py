"""Is the current snapshot still what was published? Looked at file by file, by checksum; what is damaged is named.

Nothing is mended here: a refresh makes anew what it finds damaged, and never links a damaged file forward.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.warehouse.layout import Layout
from pipelines.warehouse.tables import hash_file


def find_damage(layout: Layout) -> list[str]:
    """Files of the current snapshot that are absent, unreadable or not what was published, relative to the warehouse.

    Empty where the snapshot is whole, and where nothing was ever published.
    """
    if not layout.pointer.exists():
        return []
    try:
        pointer = json.loads(layout.pointer.read_text(encoding="utf-8"))
        folder = layout.snapshots / pointer["snapshot"]
    except (OSError, ValueError, KeyError, TypeError):
        return [_name(layout, layout.pointer)]
    manifest = layout.read_manifest(folder.name)
    path = folder / "manifest.json"
    if manifest is None or not _is_sound(path, pointer.get("manifest_sha256")):
        return [_name(layout, path)]
    return [_name(layout, folder / file) for file, sha256 in _list_files(manifest) if not _is_sound(folder / file, sha256)]


def _list_files(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in manifest["tables"].values():
        for file in entry.get("parts", [entry]):
            yield file["file"], file["sha256"]


def _is_sound(path: Path, sha256: str | None) -> bool:
    """Is it what was published? Pointers of older releases know no checksum of the manifest."""
    try:
        return sha256 is None or hash_file(path) == sha256
    except OSError:
        return False


def _name(layout: Layout, path: Path) -> str:
    return path.relative_to(layout.root).as_posix()
