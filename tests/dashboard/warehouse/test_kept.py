import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.warehouse.kept import kept


def test_what_many_ask_for_at_once_is_computed_once() -> None:
    begun, go = threading.Event(), threading.Event()

    @kept(4)
    def square(number: int) -> int:
        begun.set()
        assert go.wait(20)
        return number**2

    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(square, 3) for _ in range(4)]
        assert begun.wait(20)
        go.set()
        assert [a.result() for a in answers] == [9] * 4
    assert square.computed == 1


def test_the_values_asked_for_longest_ago_are_forgotten() -> None:
    @kept(2)
    def double(number: int) -> int:
        return 2 * number

    assert [double(n) for n in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert double.computed == 4


def test_a_failure_is_not_remembered() -> None:
    faults = iter([True, False])

    @kept(2)
    def fail_once(word: str) -> str:
        if next(faults):
            raise ValueError(word)
        return word

    with pytest.raises(ValueError, match="a"):
        fail_once("a")
    assert fail_once("a") == "a"
