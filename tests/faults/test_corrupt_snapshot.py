"""A damaged snapshot is found by checksum and named, is never linked forward, and the next refresh replaces it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.answers import Request, answer
from dashboard.warehouse import open_snapshot
from pipelines.contracts.errors import WarehouseError
from pipelines.refresh import find_status, refresh
from tests.faults import snapshots
from tests.faults.office import STATES, TODAY, list_files, write_files

SPOILED = {
    "a table": "fact_meeting.parquet", "a mart": "mart_point_month.parquet", "a register": "dim_point.parquet",
    "the manifest": "manifest.json",
}  # fmt: skip


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    overwrite(path, bytes(content))


def truncate(path: Path) -> None:
    overwrite(path, path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {"one bit": flip, "cut short": truncate, "gone": Path.unlink}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrupt")
    write_files(folder / "raw", list_files(STATES[0]))
    refresh(folder / "raw", folder / "warehouse", today=TODAY)
    return folder


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("what", SPOILED)
def test_damage_is_named_and_made_good(office: Path, what: str, damage: str) -> None:
    raw, warehouse = office / "raw", office / "warehouse"
    spoiled = f"snapshots/{snapshots.read_pointer(warehouse)}/{SPOILED[what]}"
    DAMAGES[damage](warehouse / spoiled)
    assert find_status(raw, warehouse).damage == [spoiled]
    result = refresh(raw, warehouse, today=TODAY)
    assert (result.published, result.damage) == (True, [spoiled])
    assert snapshots.find_damage(warehouse, result.snapshot) == []
    assert find_status(raw, warehouse).damage == []
    assert not refresh(raw, warehouse, today=TODAY).published


def test_a_torn_pointer_is_named_and_made_good(office: Path) -> None:
    raw, warehouse = office / "raw", office / "warehouse"
    (warehouse / "current.json").write_text('{"snaps')
    assert find_status(raw, warehouse).damage == ["current.json"]
    assert refresh(raw, warehouse, today=TODAY).damage == ["current.json"]
    assert find_status(raw, warehouse).damage == []


@pytest.mark.parametrize("damage", ["cut short", "gone"])
def test_the_error_of_a_reader_names_the_part(office: Path, damage: str) -> None:
    warehouse = office / "warehouse"
    refresh(office / "raw", warehouse, today=TODAY)
    spoiled = f"snapshots/{snapshots.read_pointer(warehouse)}/mart_point_month.parquet"
    DAMAGES[damage](warehouse / spoiled)
    with pytest.raises(WarehouseError, match=spoiled):
        answer(open_snapshot(warehouse), Request("meetings", first=202601, last=202603))
    refresh(office / "raw", warehouse, today=TODAY)


def test_damage_under_an_open_reader_is_named(office: Path) -> None:
    warehouse = office / "warehouse"
    refresh(office / "raw", warehouse, today=TODAY)
    snapshot = open_snapshot(warehouse)
    spoiled = snapshot.folder / "fact_meeting.parquet"
    overwrite(spoiled, b"PAR1" + bytes(spoiled.stat().st_size - 8) + b"PAR1")
    with pytest.raises(WarehouseError, match=f"snapshots/{snapshot.id}/fact_meeting.parquet"):
        snapshot.query("SELECT sum(attendees) FROM fact_meeting")
    refresh(office / "raw", warehouse, today=TODAY)
