"""Remembering what was computed, for all sessions: each thing once, however many ask for it at the same time.

`functools.lru_cache` lets every thread that asks before the first is done compute the same again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Entry(Generic[T]):
    """A value that is there or in the making; `failed`: its maker raised, and others have to try for themselves."""

    __slots__ = ("done", "failed", "value")

    def __init__(self) -> None:
        self.done: threading.Event | None = threading.Event()  # None where it is done
        self.failed = False
        self.value: T


class Kept(Generic[P, T]):
    """A function of hashable arguments whose last `size` values are remembered. `computed`: how often it was called."""

    def __init__(self, function: Callable[P, T], size: int) -> None:
        update_wrapper(self, function)
        self._function, self._size = function, size
        self._entries: OrderedDict[Hashable, _Entry[T]] = OrderedDict()
        self._lock = threading.Lock()
        self.computed = 0

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The value, computed here where nobody has it or is at it."""
        key = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        while True:
            with self._lock:
                entry = self._entries.get(key)
                mine = entry is None
                if entry is None:
                    entry = self._entries[key] = _Entry()
                    self.computed += 1
                    if len(self._entries) > self._size:
                        self._entries.popitem(last=False)
                else:
                    self._entries.move_to_end(key)
            if mine:
                return self._make(key, entry, *args, **kwargs)
            if (done := entry.done) is not None:
                done.wait()
            if not entry.failed:
                return entry.value

    def _make(self, key: Hashable, entry: _Entry[T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            entry.value = self._function(*args, **kwargs)
        except BaseException:
            entry.failed = True
            with self._lock:
                if self._entries.get(key) is entry:
                    del self._entries[key]
            raise
        finally:
            done, entry.done = entry.done, None
            if done is not None:
                done.set()
        return entry.value

    def clear(self) -> None:
        """Forget all values."""
        with self._lock:
            self._entries.clear()


def kept(size: int) -> Callable[[Callable[P, T]], Kept[P, T]]:
    """Remember the last `size` values of a function, as `lru_cache`, each computed once."""
    return lambda function: Kept(function, size)
