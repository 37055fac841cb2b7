"""A bounded siege, by the same means as `make faults`: kills of real processes at every step, a reader throughout."""


import pytest

from tests.faults.office import STATES
from tests.faults.plans import STEPS
from tests.faults.suite import Siege, besiege
from tests.faults.trials import RANDOM_TIME, Books

BOUNDED = Siege(kills=36, seed=7, chain=3, keep=2, states=(STATES[4], STATES[8]), by_chance=0.12, fresh=0, first=0,
                parted=True)  # fmt: skip


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return besiege(tmp_path_factory.mktemp("siege") / "office", BOUNDED)


def test_every_kill_leaves_the_last_snapshot_or_the_new_one_whole(books: Books) -> None:
    assert books.torn == []
    assert books.kills.total() >= 30
    assert len(books.kills) >= 25
    assert books.kills[RANDOM_TIME] > 0


def test_the_kills_fall_on_both_sides_of_publication(books: Books) -> None:
    assert 0 < books.published_by_the_killed < books.kills.total()


def test_no_row_is_lost_and_the_next_refresh_equals_a_rebuild(books: Books) -> None:
    assert books.lost == []
    assert books.failures == []
    assert books.finished >= 10


def test_nothing_of_the_killed_lies_about_after_the_next_refresh(books: Books) -> None:
    assert books.leftovers == []


def test_a_reader_never_meets_an_error(books: Books) -> None:
    assert books.reader_errors == []
    assert books.reads > 10
    assert books.snapshots_read > 1


def test_every_step_of_a_refresh_is_among_the_points() -> None:
    assert len(STEPS) >= 25
