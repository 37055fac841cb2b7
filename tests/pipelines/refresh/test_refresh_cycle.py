"""Refresh on real files: what is published, what is not, and that an incremental refresh equals a full rebuild."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet
import pytest
from polars.testing import assert_frame_equal
from raw_folder import DOCUMENT, PERSON, POINTS, TODAY, list_meetings, set_minute, write, write_raw, write_registers

from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.errors import BurdenError, PublicationHeldError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.marts import plans
from pipelines.refresh import cache, edition, groups, refresh
from pipelines.warehouse import Layout, Outcome, list_runs, read_table

TABLES = {ledger.table for ledger in LEDGERS.values()} | {cell.name for cell in CELLS.values()} | {
    "dim_region", "dim_indicator", "mart_point_month", "mart_reporting", "quarantine", "refresh_run",
}  # fmt: skip


def list_checksums(manifest: dict[str, Any]) -> dict[str, str]:
    return {name: entry["sha256"] for name, entry in manifest["tables"].items() if name != "refresh_run"}


def read_pages(path: Path) -> bytes:
    """Every value that a Parquet file holds, whether a row points to it or not."""
    names = pyarrow.parquet.read_schema(path).names
    table = pyarrow.parquet.read_table(path, read_dictionary=names).unify_dictionaries()
    arrays = [chunk.dictionary if hasattr(chunk, "dictionary") else chunk for c in table.columns for chunk in c.chunks]
    return b"".join(buffer.to_pybytes() for array in arrays for buffer in array.buffers() if buffer)


def test_every_table_is_published_and_readable_by_another_tool(refreshed):
    manifest = Layout(refreshed.warehouse).read_manifest(Layout(refreshed.warehouse).read_current())
    assert set(manifest["tables"]) == TABLES
    folder = refreshed.warehouse / "snapshots" / manifest["snapshot"]
    for name, entry in manifest["tables"].items():
        assert duckdb.sql(f"SELECT count(*) FROM '{folder / name}.parquet'").fetchall() == [(entry["rows"],)]
    assert manifest["months"] == [202601, 202603]
    assert manifest["as_of"] == "2026-04-20"
    assert manifest["synthetic"] is None
    assert manifest["policy"]["constants"]["characters_per_hour"] == 18_000
    assert {source["path"] for source in manifest["sources"]} >= {"会议/2026-01.csv", "登记/名录.csv"}


def test_the_accounting_is_that_of_the_whole_raw_folder(refreshed):
    manifest = Layout(refreshed.warehouse).read_manifest(Layout(refreshed.warehouse).read_current())
    assert manifest["ledgers"]["meetings"] == {
        "in": 36, "accepted": 36, "superseded": 0, "duplicate": 0, "quarantined": 0,
    }  # fmt: skip
    assert set(manifest["ledgers"]) == set(LEDGERS)
    assert manifest["rows"]["in"] == sum(counts["in"] for counts in manifest["ledgers"].values()) > 100


def test_point_months_hold_statistics_of_sampled_and_observed_points(refreshed):
    months = refreshed.table("mart_point_month")
    assert set(months["point_id"]) == set(POINTS)
    row = months.filter(point_id="P1", month=202602).row(0, named=True)
    expected = {
        "meetings": 3, "meeting_person_minutes": 3 * 50 * 8, "receipts": 2, "documents": 2, "inspection_escort_days": 4,
        "headcount": 3, "separations": 1, "apps": 3, "posts_vacant": 2, "valid_forms": 10, "reporting_minutes": 120,
        "burden_reported": True, "minutes_reported": True, "incomplete": 0,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_nothing_new_publishes_nothing_and_still_tells_the_state(office):
    before = Layout(office.warehouse).read_current()
    result = office.refresh()
    assert (result.published, result.snapshot) == (False, before)
    assert result.as_json()["ledgers"]["meetings"]["accepted"] == 36
    assert Layout(office.warehouse).list_snapshots() == [before]
    assert [run.outcome for run in list_runs(Layout(office.warehouse))] == [Outcome.PUBLISHED, Outcome.UNCHANGED]


def _add(office):
    corrected = ("P1", "2026-01/0", "2026-01-10"), ("P2", "2026-01/0", "2026-01-12")
    added = ("P3", "new", "2026-03-31"), ("P1", "bad", "2026-02-30")
    write(office.raw / "补报" / "会议.csv", "meetings", list_meetings(*corrected, *added, attendees=9), minute=5)


def _change(office):
    write(office.raw / "文件.csv", "documents", [
        {"point_id": "P1", "document_no": "豫9号", "date": f"2026-0{m}-15", **DOCUMENT} for m in (1, 2, 3)
    ], minute=6)  # fmt: skip
    set_minute(office.raw / "会议" / "2026-01.csv", 9)


def _remove(office):
    (office.raw / "补报" / "会议.csv").unlink()


def test_after_every_change_the_snapshot_equals_a_full_rebuild_table_for_table(office, tmp_path):
    seen = []
    for number, change in enumerate((_add, _change, _remove)):
        change(office)
        result = office.refresh(accept=True)
        rebuilt = refresh(office.raw, tmp_path / f"rebuilt{number}", today=TODAY, full=True)
        assert result.published
        assert list_checksums(result.manifest) == list_checksums(rebuilt.manifest)
        assert result.manifest["rows"] == rebuilt.manifest["rows"]
        seen.append({end: result.manifest["ledgers"]["meetings"][end] for end in ("accepted", "superseded", "quarantined")})
    assert seen == [
        {"accepted": 37, "superseded": 2, "quarantined": 1}, {"accepted": 37, "superseded": 2, "quarantined": 1},
        {"accepted": 36, "superseded": 0, "quarantined": 0},
    ]  # fmt: skip


def test_parts_are_conformed_anew_only_where_their_points_changed(new_office, tmp_path, monkeypatch):
    """Tables in parts hold the rows of tables in one file, and any sequence of changes ends where a full rebuild does."""
    office = new_office()
    write_raw(office.raw)
    whole = refresh(office.raw, tmp_path / "whole", today=TODAY)
    monkeypatch.setattr(groups, "PARTED_FROM", 1)
    office.refresh()
    assert office.manifest()["rows"] == whole.manifest["rows"]
    for name in set(office.manifest()["tables"]) - {"refresh_run"}:
        one = pl.read_parquet(tmp_path / "whole" / "snapshots" / whole.snapshot / f"{name}.parquet")
        parts = read_table(Layout(office.warehouse), office.manifest()["snapshot"], name)
        assert_frame_equal(parts, one, check_row_order=False)
    conform, done = edition.conform_points, []
    monkeypatch.setattr(edition, "conform_points", lambda files, *rest: (done.append(files), conform(files, *rest))[1])
    for number, change in enumerate((_add, _change, _remove)):
        change(office)
        result = office.refresh(accept=True)
        anew = len(done)
        rebuilt = refresh(office.raw, tmp_path / f"rebuilt{number}", today=TODAY, full=True)
        assert 0 < anew < len(done) - anew
        assert result.manifest["rows"] == rebuilt.manifest["rows"]
        assert list_checksums(result.manifest) == list_checksums(rebuilt.manifest)
        done.clear()


def test_a_damaged_part_is_made_anew_and_never_published(office):
    for file in (office.warehouse / "cache").rglob("parts/*/fact_meeting.parquet"):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[:-20] + b"x" * 20)
    before = list_checksums(office.manifest())
    (office.warehouse / "current.json").unlink()
    assert list_checksums(office.refresh().manifest) == before
    assert office.table("fact_meeting").height == 36


def test_only_new_and_changed_files_are_read_again(office, monkeypatch):
    read, opened = cache.read, []
    monkeypatch.setattr(cache, "read", lambda source: (opened.append(source.path), read(source))[1])
    _add(office)
    office.refresh()
    assert opened == ["补报/会议.csv"]


def test_a_cache_entry_damaged_by_a_power_cut_is_read_anew(office):
    for entry in (office.warehouse / "cache").rglob("*.frame.parquet"):
        entry.write_bytes(entry.read_bytes()[:40])
    _add(office)
    assert office.refresh().manifest["ledgers"]["meetings"]["accepted"] == 37


def test_queries_of_the_marts_are_written_once_and_anew_where_they_were_torn(office, monkeypatch):
    (kept,) = (office.warehouse / "cache").rglob("queries.json")
    whole = kept.read_text()
    with monkeypatch.context() as patched:
        patched.setattr(plans, "_write_queries", pytest.fail)
        _add(office)
        assert office.refresh().published
    kept.write_text(whole[:100])
    assert office.refresh(full=True).published
    assert json.loads(kept.read_text()).keys() == json.loads(whole).keys()


def test_the_cache_holds_no_number_that_was_masked_or_refused(new_office):
    office = new_office()
    write_registers(office.raw)
    mobile, identity = "13812345678", "11010519491231002X"
    rows = list_meetings(("P1", "M1", "2026-02-03"), title=f"请联系{mobile}，证件号{identity}")
    write(office.raw / "会议.csv", "meetings", rows + list_meetings((mobile, identity, "2026-02-03"), title=identity))
    write(office.raw / "人员.csv", "staff", [{"point_id": "P1", "month": "2026-02", "person_id": identity, **PERSON}])
    office.refresh()
    stored = b"".join(read_pages(path) for path in (office.warehouse / "cache").rglob("*.parquet"))
    assert "请联系[手机号]".encode() in stored
    assert not [number for number in (mobile, identity) if number.encode() in stored]


def test_taking_a_ledger_file_away_makes_its_months_missing_and_not_zero(office):
    (office.raw / "会议" / "2026-02.csv").unlink()
    with pytest.raises(PublicationHeldError, match="meetings fell from 36 to 24"):
        office.refresh()
    assert office.table("fact_meeting").height == 36
    assert office.refresh(accept=True).published
    months = office.table("mart_point_month").filter(point_id="P1").sort("month")
    assert months["meetings_reported"].to_list() == [True, False, True]
    assert months["burden_reported"].to_list() == [True, False, True]
    assert months["documents_reported"].to_list() == [True, True, True]
    outcomes = [run.outcome for run in list_runs(Layout(office.warehouse))]
    assert outcomes == [Outcome.PUBLISHED, Outcome.HELD, Outcome.PUBLISHED]
    assert office.table("refresh_run")["outcome"].to_list() == ["published", "held", "published"]


def test_a_row_dated_in_the_future_comes_in_when_its_day_comes(office):
    write(office.raw / "会议" / "2026-05.csv", "meetings", list_meetings(("P1", "M1", "2026-05-06")))
    assert office.refresh().manifest["ledgers"]["meetings"]["quarantined"] == 1
    assert not office.refresh(today=date(2026, 4, 30)).published
    assert not office.refresh(today=date(2026, 5, 4)).published
    due = office.refresh(today=date(2026, 5, 6))
    assert due.published
    assert due.manifest["ledgers"]["meetings"] == {
        "in": 37, "accepted": 37, "superseded": 0, "duplicate": 0, "quarantined": 0,
    }  # fmt: skip


def test_a_file_that_grows_while_it_is_read_holds_publication_back(office, monkeypatch):
    path = write(office.raw / "补报.csv", "meetings", list_meetings(("P1", "M9", "2026-01-10")))
    read = cache.read

    def read_slowly(source):
        parsed = read(source)
        with path.open("a", encoding="utf-8") as file:
            file.write("P1,M10\n")
        return parsed

    monkeypatch.setattr(cache, "read", read_slowly)
    with pytest.raises(PublicationHeldError, match=r"补报\.csv"):
        office.refresh()


def test_a_ledger_without_registers_is_quarantined_and_empty_tables_keep_their_columns(new_office):
    office = new_office()
    write(office.raw / "会议.csv", "meetings", list_meetings(("P1", "M1", "2026-01-10")))
    result = office.refresh()
    assert result.manifest["ledgers"]["meetings"]["quarantined"] == 1
    assert result.manifest["months"] is None
    assert office.table("quarantine")["reason"].to_list() == ["unknown_point"]
    assert office.table("mart_point_month").schema["meetings"] == pl.Int64
    assert office.table("dim_point").columns[-3:] == ["stratum", "city_code", "county_code"]


def test_registers_alone_make_a_snapshot_without_months(new_office):
    office = new_office()
    write_registers(office.raw)
    assert office.refresh().manifest["months"] is None
    assert office.table("dim_point").height == 4


def test_no_folder_and_an_empty_folder_are_told_in_one_sentence(new_office):
    office = new_office()
    with pytest.raises(BurdenError, match="does not exist"):
        office.refresh()
    office.raw.mkdir()
    with pytest.raises(BurdenError, match="holds no files"):
        office.refresh()


def test_a_warehouse_inside_the_raw_folder_is_refused(new_office):
    office = new_office()
    write_registers(office.raw)
    with pytest.raises(BurdenError, match="must not lie in the raw folder"):
        refresh(office.raw, office.raw / "warehouse", today=TODAY)
    assert not (office.raw / "warehouse").exists()
