"""Fingerprints of large files: spared where nothing was touched, never where anything was."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from raw_folder import list_meetings, write, write_registers

from pipelines.contracts.errors import PublicationHeldError
from pipelines.ingest import ParsedSheet, reading, scan
from pipelines.refresh import cache, prints
from pipelines.refresh.prints import Prints
from pipelines.warehouse import Layout

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


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, readings: list[str], new_office: Callable[[], Any]) -> Any:
    """An office whose file of meetings counts as very large."""
    office = new_office()
    write_registers(office.raw)
    rows = list_meetings(*((f"P{1 + n % 3}", f"M{n}", f"2026-02-{1 + n % 28:02d}") for n in range(200)))
    size = write(office.raw / "会议.csv", "meetings", rows).stat().st_size
    monkeypatch.setattr(cache, "fingerprint", prints.fingerprint)
    for module in (prints, reading):
        monkeypatch.setattr(module, "STRETCH", size - 1)
    return office


def test_a_very_large_file_is_read_once_by_a_full_refresh(large: Any, readings: list[str]) -> None:
    (source,) = (s for s in large.refresh(full=True).manifest["sources"] if s["path"] == "会议.csv")
    assert source["sha256"] == hashlib.sha256((large.raw / "会议.csv").read_bytes()).hexdigest()
    assert "会议.csv" not in readings
    made = large.table("fact_meeting")
    assert made.height == 200
    assert not large.refresh().published
    assert "会议.csv" not in readings
    shutil.rmtree(large.warehouse)
    large.refresh()
    assert large.table("fact_meeting").equals(made)
    assert [path.name for path in (large.warehouse / "cache").rglob(".*")] == []


def test_a_very_large_file_that_needs_another_reader_is_read_as_any_other(large: Any, readings: list[str]) -> None:
    path = large.raw / "会议.csv"
    path.write_text(path.read_text("utf-8-sig").replace("工作例会", '工作"例"会'), "gb18030")
    assert large.refresh(full=True).manifest["ledgers"]["meetings"]["accepted"] == 200
    assert "会议.csv" in readings


def test_a_very_large_file_that_changes_meanwhile_holds_the_publication(
    large: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(*words: Any, **options: Any) -> Iterator[ParsedSheet]:
        yield from reading.read_in_stretches(*words, **options)
        (large.raw / "会议.csv").touch()

    monkeypatch.setattr(cache, "read_in_stretches", change)
    with pytest.raises(PublicationHeldError, match=r"会议\.csv"):
        large.refresh(full=True)
    assert Layout(large.warehouse).read_current() is None
