"""Fingerprints of large files: spared where nothing was touched, never where anything was."""

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.ingest import scan
from pipelines.refresh import prints
from pipelines.refresh.prints import Prints

BYTES = b"a,b\n1,2\n"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files read, every file counting as large and every clock as slow enough."""
    read: list[str] = []

    def fingerprint(path: Path) -> str:
        read.append(path.name)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr(prints, "fingerprint", fingerprint)
    monkeypatch.setattr(prints, "LARGE", 1)
    monkeypatch.setattr(prints, "_TICK", 0)
    return read


def look(raw: Path, kept: Path, *, fresh: bool = False) -> dict[str, str]:
    known = Prints(kept, fresh=fresh)
    found = {source.path: source.sha256 for source in scan(raw, known.look)}
    known.keep()
    return found


def test_an_untouched_file_is_read_once_and_anew_when_asked(tmp_path: Path, readings: list[str]) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "prints.json"
    raw.mkdir()
    (raw / "A.csv").write_bytes(BYTES)
    expected = {"A.csv": hashlib.sha256(BYTES).hexdigest()}
    assert look(raw, kept) == look(raw, kept) == expected
    assert readings == ["A.csv"]
    assert look(raw, kept, fresh=True) == expected
    assert readings == ["A.csv", "A.csv"]


def test_a_change_of_the_same_size_and_date_is_seen(tmp_path: Path, readings: list[str]) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "prints.json"
    raw.mkdir()
    (raw / "A.csv").write_bytes(BYTES)
    before = (raw / "A.csv").stat()
    look(raw, kept)
    (raw / "A.csv").write_bytes(BYTES[::-1])
    os.utime(raw / "A.csv", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look(raw, kept) == {"A.csv": hashlib.sha256(BYTES[::-1]).hexdigest()}


@pytest.mark.parametrize("broken", ["", "[]", '{"a": 1'])
def test_what_a_power_cut_left_counts_as_nothing(tmp_path: Path, readings: list[str], broken: str) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "prints.json"
    raw.mkdir()
    (raw / "A.csv").write_bytes(BYTES)
    kept.write_text(broken)
    assert look(raw, kept) == {"A.csv": hashlib.sha256(BYTES).hexdigest()}
    assert readings == ["A.csv"]


def test_a_file_touched_just_now_or_small_is_read_every_time(
    tmp_path: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "prints.json"
    raw.mkdir()
    (raw / "A.csv").write_bytes(BYTES)
    monkeypatch.setattr(prints, "_TICK", 3600 * 10**9)
    look(raw, kept)
    look(raw, kept)
    assert readings == ["A.csv"] * 2
    monkeypatch.setattr(prints, "_TICK", 0)
    monkeypatch.setattr(prints, "LARGE", 1000)
    look(raw, kept)
    look(raw, kept)
    assert readings == ["A.csv"] * 4
