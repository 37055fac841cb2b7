"""The bounded fuzz run: every kind of mutation a few times. `make fuzz` runs each 300 times."""

import pytest
from fuzz_run import KINDS, run_kind


def test_there_are_kinds_enough() -> None:
    assert len(KINDS) >= 30


@pytest.mark.parametrize("kind", KINDS)
def test_every_try_ends_as_expected(kind: str) -> None:
    assert run_kind(kind, tries=3) == (3, [])
