"""Source files: what lies in the raw folder. Opens files only to fingerprint them."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.synthetic import SYNTHETIC_MARKER
from pipelines.ingest.personal import mask

_NOT_SOURCES = frozenset({"Thumbs.db", "desktop.ini", SYNTHETIC_MARKER})
_TEMPORARY_STARTS = (".", "~")
_TEMPORARY_ENDS = ("~", ".tmp", ".part", ".crdownload")
_UNREAD = "?"


@dataclass(frozen=True)
class SourceFile:
    """A file of the raw folder.

    `path` is relative to the raw folder, POSIX, unmasked: for ordering and fingerprints only; `shown` is the path to
    store and print. `mtime_minute` counts whole minutes since 1970. `sha256` is empty where the file could not be read,
    and stands for the file's state where its fingerprint is taken when it is read.
    """

    path: str
    absolute: Path
    size: int
    mtime_minute: int
    sha256: str

    @property
    def shown(self) -> str:
        """The path with personal numbers masked."""
        return mask(self.path)

    @property
    def state(self) -> str:
        """What the system said of a file that was not read yet; empty for every other."""
        return self.sha256.removeprefix(_UNREAD) if self.sha256.startswith(_UNREAD) else ""


def describe_state(stat: os.stat_result) -> str:
    """What changes whenever a file does: the system sets the time of the last change by itself."""
    return f"{stat.st_dev}:{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"


def put_off(stat: os.stat_result) -> str:
    """In place of a fingerprint: it is taken when the file is read."""
    return _UNREAD + describe_state(stat)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _look(path: Path, _stat: os.stat_result) -> str:
    return fingerprint(path)


def scan(raw: Path, look: Callable[[Path, os.stat_result], str] = _look) -> list[SourceFile]:
    """Every file under `raw` but hidden and temporary ones and the synthetic marker, in code-point order of the path.

    `look` takes a file's fingerprint, and is told what the system says of the file. Raises BurdenError where the folder,
    or a folder in it, cannot be listed: its rows would silently vanish.
    """
    if not raw.is_dir():
        raise BurdenError(f"原始数据文件夹不存在：{raw}；请先建立或另行指定。",
                          f"The raw folder does not exist: {raw}; make it or name another.")
    found = []
    for folder, subfolders, names in os.walk(raw, onerror=_refuse):
        subfolders[:] = [s for s in subfolders if not s.startswith(_TEMPORARY_STARTS)]
        found += [Path(folder, name) for name in names if _is_source(name)]
    described = [_describe(path, raw, look) for path in found if path.is_file()]
    return sorted((source for source in described if source), key=lambda source: source.path)


def _refuse(error: OSError) -> None:
    raise BurdenError(f"文件夹无法读取：{error.filename}；请检查权限。",
                      f"The folder cannot be read: {error.filename}; check its permissions.") from error


def is_passed_over(path: Path) -> bool:
    """Does `scan` leave out a file or folder of this path, relative to the raw folder?"""
    return any(part.startswith(_TEMPORARY_STARTS) for part in path.parts) or not _is_source(path.name)


def _is_source(name: str) -> bool:
    return not (name in _NOT_SOURCES or name.startswith(_TEMPORARY_STARTS) or name.lower().endswith(_TEMPORARY_ENDS))


def _describe(path: Path, raw: Path, look: Callable[[Path, os.stat_result], str]) -> SourceFile | None:
    """The file as it is; None where it has vanished since the folder was listed."""
    name = _decode_name(path.relative_to(raw).as_posix())
    try:
        stat = path.stat()
        sha256 = look(path, stat)
    except FileNotFoundError:
        return None
    except OSError:
        return SourceFile(name, path, 0, 0, "")
    return SourceFile(name, path, stat.st_size, int(stat.st_mtime // 60), sha256)


def _decode_name(name: str) -> str:
    """A path that other programs can store: names written in GBK by old systems are decoded."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
