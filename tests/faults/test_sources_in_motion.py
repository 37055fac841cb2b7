"""A source file vanishes, grows or is replaced while a refresh reads: it publishes what was or what is, or nothing."""

import os
from collections.abc import Iterator

import polars as pl
import pytest

from tests.faults import snapshots
from tests.faults.office import STATES
from tests.faults.points import Plan
from tests.faults.trials import Office

STEADY, MOVING = STATES[0], STATES[1]
TARGET = "补报/会议.csv"  # the file by which the two states differ: it is new, so it is read
WHERE = (
    Plan("open raw file", "before"), Plan("open that file", "before"), Plan("ingest.sources.scan", "after"),
    Plan("ingest.reading.read", "before"), Plan("ingest.reading.read", "after"),
    Plan("conform.divisions.read_divisions", "before"),
)  # fmt: skip
CASES = [(deed, where) for where in WHERE for deed in ("vanish", "grow", "replace")]
SOME = [CASES[number] for number in (3, 10, 14)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("motion"), seed=1, keep=3, states=(STEADY, MOVING))
    office.finish()
    yield office
    books = office.close()
    assert [*books.torn, *books.lost, *books.leftovers] == []


def rows_of(tables: dict[str, pl.DataFrame]) -> list[tuple[object, ...]]:
    meetings = tables["fact_meeting"].select("point_id", "meeting_id", "attendees", "source_file", "source_row").sort(pl.all())
    return [*meetings.rows(), *tables["quarantine"].select("file", "row", "reason").rows()]


@pytest.mark.parametrize(("deed", "where"), CASES if "FAULTS_ALL" in os.environ else SOME, ids=str)
def test_a_file_that_moves_is_read_whole_or_not_at_all(office: Office, deed: str, where: Plan) -> None:
    office.change(STEADY)
    office.finish()
    last, was = snapshots.read_pointer(office.warehouse), rows_of(snapshots.read_current_tables(office.warehouse))
    office.change(MOVING)
    before = rows_of(office.rebuild())
    target = office.raw / TARGET
    target.with_name(f"{target.name}.part").write_bytes(target.read_bytes().replace(b",8,", b",7,"))
    ending = office.run(Plan(where.name, where.moment, where.nth, deed=deed, path=str(target)))
    after = rows_of(office.make_anew())
    now = rows_of(snapshots.read_current_tables(office.warehouse))
    if ending.code == 0:
        assert now in (before, after)
    else:
        assert (ending.code, snapshots.read_pointer(office.warehouse), now) == (2, last, was)
    assert office.run().code == 0
    assert rows_of(snapshots.read_current_tables(office.warehouse)) == after


def test_a_file_that_cannot_be_read_stops_no_other_and_comes_back(office: Office) -> None:
    office.change(STEADY)
    office.finish()
    whole = rows_of(snapshots.read_current_tables(office.warehouse))
    broken = office.raw / "会议" / "不可读.csv"
    broken.symlink_to("/proc/self/mem")  # reading it is an input/output error, for the superuser too
    assert office.run().code == 0
    now = rows_of(snapshots.read_current_tables(office.warehouse))
    assert [row for row in now if row not in whole] == [("会议/不可读.csv", None, "unreadable_file")]
    assert [row for row in whole if row not in now] == []
    broken.unlink()
    assert office.run().code == 0
    assert rows_of(snapshots.read_current_tables(office.warehouse)) == whole


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_named_and_its_rows_come_back(office: Office) -> None:
    office.change(MOVING)
    office.finish()
    (office.raw / TARGET).chmod(0)
    assert office.run().code == 0
    quarantine = snapshots.read_current_tables(office.warehouse)["quarantine"]
    assert (TARGET, "unreadable_file") in quarantine.select("file", "reason").rows()
    (office.raw / TARGET).chmod(0o644)
    office.finish()
