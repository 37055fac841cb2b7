"""Publication: atomic, immutable, verified, and survives a kill at any step."""

import json
import os
import stat
import threading
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from editions import make_edition, release

from pipelines.contracts.errors import PublicationHeldError, WarehouseError
from pipelines.warehouse import clear_leftovers, hold_lock, prune, stage, verify
from pipelines.warehouse.tables import hash_file, write_table

FIRST, SECOND, THIRD = "20260201T080000", "20260202T080000", "20260203T080000"


def test_a_published_snapshot_is_named_by_the_pointer_and_is_what_the_manifest_says(layout):
    release(layout, make_edition(FIRST, 3, quarantined=1))
    path = layout.snapshots / FIRST / "manifest.json"
    assert json.loads((layout.root / "current.json").read_text()) == {"snapshot": FIRST, "manifest_sha256": hash_file(path)}
    manifest = json.loads(path.read_text())
    assert manifest["rows"] == {"in": 4, "accepted": 3, "superseded": 0, "duplicate": 0, "quarantined": 1}
    for name, entry in manifest["tables"].items():
        path = layout.snapshots / FIRST / entry["file"]
        assert hash_file(path) == entry["sha256"]
        assert pl.read_parquet(path).height == entry["rows"], name


def test_published_files_cannot_be_written(layout):
    release(layout, make_edition(FIRST, 1))
    for path in (layout.snapshots / FIRST).iterdir():
        assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_an_unchanged_table_is_a_link_to_the_snapshot_before_and_a_changed_one_is_not(layout):
    release(layout, make_edition(FIRST, 3))
    release(layout, make_edition(SECOND, 4))
    one, two = (layout.snapshots / s for s in (FIRST, SECOND))
    assert (one / "quarantine.parquet").samefile(two / "quarantine.parquet")
    assert not (one / "fact_meeting.parquet").samefile(two / "fact_meeting.parquet")
    assert pl.read_parquet(one / "fact_meeting.parquet").height == 3


def test_a_damaged_file_of_the_snapshot_before_is_never_linked(layout):
    release(layout, make_edition(FIRST, 3))
    damaged = layout.snapshots / FIRST / "fact_meeting.parquet"
    damaged.chmod(0o644)
    damaged.write_bytes(b"PAR1 damaged")
    release(layout, make_edition(SECOND, 3))
    assert pl.read_parquet(layout.snapshots / SECOND / "fact_meeting.parquet").height == 3


def test_the_same_rows_in_another_order_give_the_same_bytes(tmp_path):
    rows = pl.DataFrame({
        "point_id": ["B", "A", "A"], "month": [202601, 202602, 202601], "title": ["x", None, "会议"],
        "source_file": ["f"] * 3, "source_sheet": [None] * 3, "source_row": [3, 2, 1],
    })  # fmt: skip
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = write_table("fact_meeting", rows, tmp_path / "a")
    two = write_table("fact_meeting", rows.reverse(), tmp_path / "b")
    assert one == two


@pytest.mark.parametrize("counts", [{"in": 9}, {"accepted": 2, "duplicate": 1}])
def test_rows_that_do_not_add_up_hold_publication_back(layout, counts):
    edition = make_edition(FIRST, 3, **counts)
    with pytest.raises(PublicationHeldError, match="do not add up"):
        verify(layout, edition, stage(layout, edition), accept_fall=True)
    assert layout.read_current() is None


def test_a_row_missing_from_quarantine_holds_publication_back(layout):
    edition = make_edition(FIRST, 3, quarantined=2)
    edition.tables["quarantine"] = edition.tables["quarantine"].head(1)
    with pytest.raises(PublicationHeldError, match="1 rows in quarantine, 2 expected"):
        verify(layout, edition, stage(layout, edition), accept_fall=True)


def test_a_wrong_checksum_holds_publication_back(layout):
    edition = make_edition(FIRST, 3)
    entries = stage(layout, edition)
    other = pl.DataFrame({"point_id": ["Z"] * 3})
    other.write_parquet(layout.staging / FIRST / "fact_meeting.parquet")
    with pytest.raises(PublicationHeldError, match="checksum"):
        verify(layout, edition, entries, accept_fall=True)


@pytest.mark.parametrize(("left", "held"), [(8, False), (7, True), (0, True)])
def test_a_fall_by_over_a_fifth_holds_publication_back_unless_accepted(layout, left, held):
    release(layout, make_edition(FIRST, 10))
    if held:
        with pytest.raises(PublicationHeldError, match=f"fell from 10 to {left}"):
            release(layout, make_edition(SECOND, left))
        assert layout.read_current() == FIRST
        clear_leftovers(layout)
    release(layout, make_edition(SECOND, left), accept_fall=True)
    assert layout.read_current() == SECOND


class Killed(BaseException):
    """The end of the process, as far as the code under test can tell."""


def kill_at(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Let the process die before the step-th of its durable acts: sync, rename, replace, link."""
    done = {"acts": 0}

    def guard(act):
        def run(*args, **kwargs):
            if done["acts"] == step:
                raise Killed
            done["acts"] += 1
            return act(*args, **kwargs)
        return run

    monkeypatch.setattr(os, "fsync", guard(os.fsync))
    for name in ("rename", "replace", "hardlink_to"):
        monkeypatch.setattr(Path, name, guard(getattr(Path, name)))


@pytest.mark.parametrize("step", range(12))
def test_a_kill_at_any_step_leaves_a_complete_snapshot_and_the_next_run_cleans_up(layout, monkeypatch, step):
    release(layout, make_edition(FIRST, 3))
    died = False
    with monkeypatch.context() as patch:
        kill_at(patch, step)
        try:
            release(layout, make_edition(SECOND, 4))
        except Killed:
            died = True
    current = layout.read_current()
    assert current in ({FIRST, SECOND} if died else {SECOND})
    manifest = layout.read_manifest(current)
    for entry in manifest["tables"].values():
        assert hash_file(layout.snapshots / current / entry["file"]) == entry["sha256"]
    clear_leftovers(layout)
    release(layout, make_edition(THIRD, 5))
    expected = {FIRST, THIRD} | ({SECOND} if current == SECOND else set())
    assert set(layout.list_snapshots()) == expected
    assert not any(layout.staging.iterdir())


def test_kills_hit_before_and_after_the_pointer_moves(layout, monkeypatch):
    """The steps above reach both sides: else the test would prove nothing."""
    ends = set()
    for number, step in enumerate(range(12)):
        snapshot = f"20260301T0800{number:02d}"
        with monkeypatch.context() as patch:
            kill_at(patch, step)
            try:
                release(layout, make_edition(snapshot, 4 + number))
                ends.add("finished")
            except Killed:
                ends.add("published" if layout.read_current() == snapshot else "not published")
        clear_leftovers(layout)
    assert ends == {"finished", "published", "not published"}


def test_a_reader_always_finds_a_complete_snapshot_while_the_writer_works(layout):
    release(layout, make_edition("20260101T000000", 1))
    wrong, stop = [], threading.Event()

    def watch():
        while not stop.is_set():
            current = json.loads((layout.root / "current.json").read_text())["snapshot"]
            manifest = json.loads((layout.snapshots / current / "manifest.json").read_text())
            rows = pl.read_parquet(layout.snapshots / current / "fact_meeting.parquet").height
            if rows != manifest["rows"]["accepted"]:
                wrong.append(current)

    reader = threading.Thread(target=watch)
    reader.start()
    for number in range(1, 15):
        release(layout, make_edition(f"20260101T0000{number:02d}", number + 1))
        prune(layout, keep=12)
    stop.set()
    reader.join()
    assert wrong == []


def test_only_the_last_snapshots_stay(layout):
    for number in range(5):
        release(layout, make_edition(f"2026010{number + 1}T000000", 3))
    assert prune(layout, keep=2) == ["20260101T000000", "20260102T000000", "20260103T000000"]
    assert layout.list_snapshots() == ["20260104T000000", "20260105T000000"]
    assert pl.read_parquet(layout.snapshots / "20260105T000000" / "fact_meeting.parquet").height == 3


def test_a_second_writer_is_turned_away(layout):
    with hold_lock(layout), pytest.raises(WarehouseError, match="Another refresh"), hold_lock(layout):
        pass
    with hold_lock(layout):
        pass


def test_ids_grow_even_where_the_clock_stands_still_or_goes_back(layout):
    release(layout, make_edition(SECOND, 1))
    assert layout.name_next(datetime(2026, 2, 2, 8)) == "20260202T080001"
    assert layout.name_next(datetime(2025, 1, 1)) == "20260202T080001"
    assert layout.name_next(datetime(2026, 2, 2, 9)) == "20260202T090000"


@pytest.mark.parametrize("content", ["", "{}", '{"snapshot": 3}', '{"snapshot": "20990101T000000"}'])
def test_a_broken_pointer_counts_as_no_snapshot(layout, content):
    layout.pointer.write_text(content)
    assert layout.read_current() is None


def test_leftovers_do_not_touch_snapshots_where_the_pointer_is_lost(layout):
    release(layout, make_edition(FIRST, 1))
    layout.pointer.unlink()
    assert clear_leftovers(layout) == []
    assert layout.list_snapshots() == [FIRST]


