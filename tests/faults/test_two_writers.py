"""One writer at a time: a second one says so, a dead one blocks nobody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from tests.faults import snapshots
from tests.faults.office import STATES, TODAY
from tests.faults.points import Plan
from tests.faults.trials import Office, Server

WAITING_POINT = ("warehouse.publish.publish", "before")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("writers"), seed=1, keep=3, states=STATES[:2])
    office.finish()
    yield office
    office.close()
    assert office.books.sound, office.books


def test_a_second_refresh_is_turned_away_in_one_sentence_and_the_first_one_publishes(office: Office, tmp_path: Path) -> None:
    office.change()
    last, go = snapshots.read_pointer(office.warehouse), tmp_path / "go.flag"
    other = Server(tmp_path / "other.log")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(office.run, Plan(*WAITING_POINT, deed="wait", path=str(go)))
        while not go.with_suffix(".waiting").exists():
            sleep(0.01)
        code, said = office.command(*office.words, server=other)
        assert snapshots.read_pointer(office.warehouse) == last
        go.touch()
        assert first.result().code == 0
    other.close()
    assert code == 2
    assert "Another refresh is writing" in said
    assert said.count("\n") == 1
    assert snapshots.read_pointer(office.warehouse) != last
    office.look("after two writers", TODAY)


def test_the_lock_of_a_dead_process_blocks_nobody(office: Office) -> None:
    office.change()
    office.kill(Plan(*WAITING_POINT))
    assert (office.warehouse / "writer.lock").exists()
    code, said = office.command(*office.words)
    assert (code, said) == (0, "")
    assert office.is_done
