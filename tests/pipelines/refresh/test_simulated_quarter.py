"""A quarter as it happens: ledgers late, twice, corrected, withdrawn, corrected back, registers changed, day after day.

What must stand in the warehouse after each refresh was written down by hand.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from raw_folder import list_meetings, write

from dashboard.answers import provisional_months
from dashboard.warehouse import open_snapshot
from pipelines.contracts.indicators import INDICATORS
from pipelines.refresh import RefreshResult, refresh
from pipelines.warehouse import Layout

HISTORY = {"refresh_run", "revision"}
POINTS = {"A1": "410102", "B1": "410202", "B2": "410202"}
JAN, FEB, MAR = 202601, 202602, 202603


class Raw:
    """The raw folder on one day: what is written is dated that day, at noon."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today

    def meetings(self, name: str, *keys: tuple[str, str, str], **rest: Any) -> None:
        self._write(name, "meetings", list_meetings(*keys, **rest))

    def returns(self, name: str, month: str, **nil: str) -> None:
        """One return of meetings a point: `B1="否"`, or `"是"` for a month without any."""
        self._write(name, "returns", [
            {"point_id": p, "month": month, "ledger": "会议", "nil_return": word, "submitted_at": self.today.isoformat(),
             "minutes_spent": 10} for p, word in nil.items()
        ])  # fmt: skip

    def registers(self, **closed: str) -> None:
        """Every point from January on; `B2="2026-02"` for one that ends."""
        self._write("名录", "points", [
            {"point_id": p, "point_name": f"{p}镇", "point_type": "乡镇", "region_code": county, "active_from": "2026-01",
             "selection": "概率抽样", "active_to": closed.get(p, "")} for p, county in POINTS.items()
        ])  # fmt: skip
        self._write("抽样框", "frame", [
            {"city_code": city, "point_type": "乡镇", "population_units": 40} for city in ("410100", "410200")
        ])  # fmt: skip

    def withdraw(self, name: str) -> None:
        (self.folder / f"{name}.csv").unlink()

    def _write(self, name: str, ledger: str, rows: list[dict[str, Any]]) -> None:
        path = write(self.folder / f"{name}.csv", ledger, rows)
        noon = datetime.combine(self.today, time(12)).timestamp()
        os.utime(path, (noon, noon))


@dataclass(frozen=True)
class Day:
    """What happens before the refresh of a day, and what must stand afterwards.

    `meetings`: of the point-months that reported them. `awaited`: returns whose rows are still to come. `refused`:
    (point, month, reason). `counts`: accepted, superseded, duplicate, quarantined meetings. `provisional`: of the province.
    """

    today: date
    happens: Callable[[Raw], None]
    meetings: dict[tuple[str, int], int]
    provisional: set[int]
    counts: tuple[int, int, int, int]
    awaited: set[tuple[str, int]] = field(default_factory=set)
    refused: set[tuple[str, int, str]] = field(default_factory=set)
    published: bool = True


def _first_january(raw: Raw) -> None:
    raw.registers()
    raw.meetings("会议/A1-01", ("A1", "1", "2026-01-08"), ("A1", "2", "2026-01-20"))
    raw.returns("回执/A1-01", "2026-01", A1="否")


def _february(raw: Raw) -> None:
    raw.meetings("会议/A1-02", ("A1", "3", "2026-02-03"), ("A1", "4", "2026-02-25"))
    raw.meetings("会议/B1-02", ("B1", "2", "2026-02-11"))
    raw.meetings("会议/B2-02", ("B2", "1", "2026-02-12"))
    raw.returns("回执/02", "2026-02", A1="否", B1="否", B2="否")


def _march(raw: Raw) -> None:
    raw.meetings("会议/A1-03", ("A1", "5", "2026-03-05"))
    raw.meetings("会议/B2-03", ("B2", "2", "2026-03-06"), ("B2", "3", "2026-03-31"))
    raw.returns("回执/03", "2026-03", A1="否", B1="否", B2="否")


JANUARY = {("A1", JAN): 2, ("B1", JAN): 1, ("B2", JAN): 0}
FEBRUARY = {("A1", FEB): 2, ("B1", FEB): 1, ("B2", FEB): 1}
RESENT = JANUARY | FEBRUARY | {("B1", FEB): 2, ("A1", MAR): 1, ("B1", MAR): 1}
QUARTER = (
    Day(date(2026, 2, 3), _first_january, {("A1", JAN): 2}, {JAN}, (2, 0, 0, 0)),
    # The return of B1 comes before its rows.
    Day(date(2026, 2, 5), lambda raw: raw.returns("回执/B1-01", "2026-01", B1="否"),
        {("A1", JAN): 2}, {JAN}, (2, 0, 0, 0), awaited={("B1", JAN)}),
    # The rows come late; B2 had no meetings and says so. Everybody has reported, 30 days have not passed.
    Day(date(2026, 2, 9), lambda raw: (raw.meetings("会议/B1-01", ("B1", "1", "2026-01-15")),
                                       raw.returns("回执/B2-01", "2026-01", B2="是")),
        JANUARY, {JAN}, (3, 0, 0, 0)),
    # B1 sends the same once more under another name.
    Day(date(2026, 2, 10), lambda raw: raw.meetings("会议/B1-01 再次", ("B1", "1", "2026-01-15")),
        JANUARY, {JAN}, (3, 0, 1, 0)),
    Day(date(2026, 3, 4), _february, JANUARY | FEBRUARY, {JAN, FEB}, (7, 0, 1, 0)),
    # A1 corrects its first meeting, a month after January was due: January is final by now.
    Day(date(2026, 3, 12), lambda raw: raw.meetings("更正/A1-01", ("A1", "1", "2026-01-08"), attendees=9),
        JANUARY | FEBRUARY, {FEB}, (7, 1, 1, 0)),
    # A correction that nobody can accept: more people sent along than present. The older row stays.
    Day(date(2026, 3, 16), lambda raw: raw.meetings("更正/A1-01 二", ("A1", "2", "2026-01-20"), accompanying=99),
        JANUARY | FEBRUARY, {FEB}, (7, 1, 1, 1), refused={("A1", JAN, "out_of_range")}),
    # The same file, mended in place.
    Day(date(2026, 3, 20), lambda raw: raw.meetings("更正/A1-01 二", ("A1", "2", "2026-01-21"), accompanying=1),
        JANUARY | FEBRUARY, {FEB}, (7, 2, 1, 0)),
    Day(date(2026, 4, 2), _march, JANUARY | FEBRUARY | {("A1", MAR): 1, ("B2", MAR): 2}, {FEB, MAR}, (10, 2, 1, 0),
        awaited={("B1", MAR)}),
    # B2 turns out to have left the sample with February: what it sent for March is refused, and not owed.
    Day(date(2026, 4, 6), lambda raw: raw.registers(B2="2026-02"), JANUARY | FEBRUARY | {("A1", MAR): 1}, {MAR},
        (8, 2, 1, 2), awaited={("B1", MAR)}, refused={("B2", MAR, "point_inactive")}),
    Day(date(2026, 4, 8), lambda raw: raw.meetings("会议/B1-03", ("B1", "3", "2026-03-17")),
        JANUARY | FEBRUARY | {("A1", MAR): 1, ("B1", MAR): 1}, {MAR}, (9, 2, 1, 2), refused={("B2", MAR, "point_inactive")}),
    # A1 takes its first correction back: the row of January counts again, the third sending repeats it.
    Day(date(2026, 4, 13), lambda raw: raw.meetings("更正/A1-01 三", ("A1", "1", "2026-01-08")),
        JANUARY | FEBRUARY | {("A1", MAR): 1, ("B1", MAR): 1}, {MAR}, (9, 2, 2, 2), refused={("B2", MAR, "point_inactive")}),
    # B1's February is withdrawn: its return is there, its rows are awaited. February is under 90 % again.
    Day(date(2026, 4, 20), lambda raw: raw.withdraw("会议/B1-02"),
        JANUARY | {("A1", FEB): 2, ("B2", FEB): 1, ("A1", MAR): 1, ("B1", MAR): 1}, {FEB, MAR},
        (8, 2, 2, 2), awaited={("B1", FEB)}, refused={("B2", MAR, "point_inactive")}),
    Day(date(2026, 4, 27), lambda raw: raw.meetings("会议/B1-02 新", ("B1", "2", "2026-02-11"), ("B1", "4", "2026-02-26")),
        RESENT, {MAR}, (10, 2, 2, 2), refused={("B2", MAR, "point_inactive")}),
    # Nothing comes; the days that make March provisional pass.
    Day(date(2026, 5, 8), lambda _: None, RESENT, set(), (10, 2, 2, 2), refused={("B2", MAR, "point_inactive")}),
    # Nothing comes, and no day passes by which anything is judged: nothing is published.
    Day(date(2026, 5, 9), lambda _: None, RESENT, set(), (10, 2, 2, 2), refused={("B2", MAR, "point_inactive")},
        published=False),
    # B2 was in the sample after all: its March comes back.
    Day(date(2026, 5, 20), lambda raw: raw.registers(), RESENT | {("B2", MAR): 2}, set(), (12, 2, 2, 0)),
)  # fmt: skip


@dataclass(frozen=True)
class After:
    """The warehouse after the refresh of a day, and one that was built from nothing on that day."""

    day: Day
    result: RefreshResult
    provisional: set[int]
    tables: dict[str, pl.DataFrame]
    rebuilt: RefreshResult
    rebuilt_tables: dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> list[After]:
    folder = tmp_path_factory.mktemp("quarter")
    days = []
    for number, day in enumerate(QUARTER):
        day.happens(Raw(folder / "raw", day.today))
        result = refresh(folder / "raw", folder / "warehouse", today=day.today, accept=True)
        anew = folder / f"anew{number}"
        rebuilt = refresh(folder / "raw", anew, today=day.today, full=True)
        snapshot = open_snapshot(folder / "warehouse")
        provisional = set(provisional_months(snapshot, INDICATORS["meetings"], "410000"))
        days.append(After(day, result, provisional, read_tables(folder / "warehouse"), rebuilt, read_tables(anew)))
    return days


def read_tables(warehouse: Path) -> dict[str, pl.DataFrame]:
    """Every table of the current snapshot but the history, a file or a folder."""
    layout = Layout(warehouse)
    current = layout.read_current()
    assert current
    manifest = layout.read_manifest(current)
    assert manifest
    snapshot = layout.snapshots / current
    return {
        name: pl.read_parquet(snapshot / name / "*.parquet" if (snapshot / name).is_dir() else snapshot / f"{name}.parquet",
                              memory_map=False)
        for name in manifest["tables"] if name not in HISTORY
    }  # fmt: skip


def list_checksums(result: RefreshResult) -> dict[str, str]:
    return {name: entry["sha256"] for name, entry in result.manifest["tables"].items() if name not in HISTORY}


def test_after_every_refresh_the_warehouse_equals_a_full_rebuild_table_for_table(quarter: list[After]) -> None:
    for after in quarter:
        assert after.tables.keys() == after.rebuilt_tables.keys()
        differing = [name for name, table in after.tables.items() if not table.equals(after.rebuilt_tables[name])]
        assert (after.day.today, differing) == (after.day.today, [])
        assert list_checksums(after.result) == list_checksums(after.rebuilt)
        assert after.result.manifest["rows"] == after.rebuilt.manifest["rows"]


def test_what_is_reported_counted_and_awaited_is_as_written_down(quarter: list[After]) -> None:
    for after in quarter:
        reports = after.tables["mart_reporting"].filter(ledger="meetings")
        months = after.tables["mart_point_month"].join(
            reports.filter("reported").select("point_id", "month"), on=["point_id", "month"], how="semi"
        )
        found = {(p, m): n for p, m, n in months.select("point_id", "month", "meetings").iter_rows()}
        assert (after.day.today, found) == (after.day.today, after.day.meetings)
        awaited = set(reports.filter("awaited").select("point_id", "month").iter_rows())
        assert (after.day.today, awaited) == (after.day.today, after.day.awaited)


def test_every_row_ends_where_it_was_written_down_to_end(quarter: list[After]) -> None:
    for after in quarter:
        counts = after.result.manifest["ledgers"]["meetings"]
        ends = tuple(counts[end] for end in ("accepted", "superseded", "duplicate", "quarantined"))
        assert (after.day.today, ends) == (after.day.today, after.day.counts)
        meetings = after.tables["quarantine"].filter(ledger="meetings")
        refused = set(meetings.select("point_id", "month", "reason").iter_rows())
        assert (after.day.today, refused) == (after.day.today, after.day.refused)


def test_a_month_is_provisional_as_long_as_was_written_down(quarter: list[After]) -> None:
    assert [(a.day.today, a.provisional) for a in quarter] == [(day.today, day.provisional) for day in QUARTER]


def test_a_snapshot_is_published_where_something_changed_and_only_there(quarter: list[After]) -> None:
    assert [(a.day.today, a.result.published) for a in quarter] == [(day.today, day.published) for day in QUARTER]
