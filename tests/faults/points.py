"""Where a refresh can be killed, found by looking, so that a new step of it is a new point by itself.

Points are every function of the refresh and of the warehouse, the entries of the other rooms, every act on the file system
under the raw folder and the warehouse, and every Parquet file written. The product holds no hook for any of this.
"""

import functools
import importlib
import os
import pkgutil
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import polars as pl
import pyarrow.parquet as pq

import pipelines

WHOLE_ROOMS = ("refresh", "warehouse")
ENTRY_ROOMS = ("ingest", "conform", "marts")
ACTS = ("rename", "replace", "link", "symlink", "mkdir", "rmdir", "remove", "unlink", "chmod", "utime", "truncate")
WRITERS = ((pl.DataFrame, "write_parquet"), (pl.LazyFrame, "sink_parquet"), (pq, "write_table"))
_NAMES = (
    (re.compile(r"\d{8}T\d{6}"), "<id>"),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "<hash>"),
    (re.compile(r"\b(fact|dim|mart)_\w+|\b(quarantine|refresh_run|revision)\b"), "<table>"),
    (re.compile(r"\b\d{6}\b(?=[./-]|$)"), "<city>"),
    (re.compile(r"\b\d+\.(frame|faults)\b"), r"<sheet>.\1"),
)


def _kill(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _grow(path: Path) -> None:
    """Somebody is still copying the file: its last line comes twice more."""
    text = path.read_bytes()
    path.write_bytes(text + text.splitlines(keepends=True)[-1] * 2)


def _replace_file(path: Path) -> None:
    """Another file, prepared beside it, takes its place."""
    os.replace(path.with_name(f"{path.name}.part"), path)


def _wait(path: Path) -> None:
    """Stand still until the file is there."""
    path.with_suffix(".waiting").touch()
    while not path.exists():
        time.sleep(0.01)


DEEDS: dict[str, Callable[[Path], None]] = {
    "kill": _kill, "vanish": Path.unlink, "grow": _grow, "replace": _replace_file, "wait": _wait,
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What befalls a process before, after or `delay` seconds into the `nth` passing of the point `name`.

    `deed`: its death, or what somebody else does meanwhile to the file `path`.
    """

    name: str
    moment: str
    nth: int = 1
    delay: float = 0.0
    deed: str = "kill"
    path: str = ""

    def __str__(self) -> str:
        return f"{self.moment} {self.name}"

    def as_json(self) -> dict[str, Any]:
        """For the way to the child."""
        return asdict(self)


@dataclass
class Watch:
    """Passes of points in this process; kills it where the plan says."""

    raw: Path
    warehouse: Path
    plan: Plan | None = None
    passes: Counter[str] = field(default_factory=Counter)
    spans: dict[str, float] = field(default_factory=dict)

    def arm(self) -> None:
        """Stand at every point from now on. For the rest of the process's life: there is no way back."""
        _wrap_functions(self)
        for act in ACTS:
            setattr(os, act, self._guard(getattr(os, act), lambda *words, act=act: self._name_act(act, *words)))
        os.fsync = self._guard(os.fsync, lambda handle: self._name_act("fsync", f"/proc/self/fd/{handle}"))
        for owner, name in WRITERS:
            setattr(owner, name, self._guard(getattr(owner, name), lambda *_, name=name: f"{name}"))
        sys.addaudithook(self._hear)

    def _guard(self, function: Callable[..., Any], name_of: Callable[..., str | None]) -> Callable[..., Any]:
        @functools.wraps(function)
        def passing(*words: Any, **options: Any) -> Any:
            name = name_of(*words)
            if name is None:
                return function(*words, **options)
            self._pass(name, "before")
            started = time.perf_counter()
            result = function(*words, **options)
            self.spans[name] = max(self.spans.get(name, 0.0), time.perf_counter() - started)
            self._pass(name, "after")
            return result

        return passing

    def _hear(self, event: str, words: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(words[0], str | os.PathLike):
            flags = words[2] if isinstance(words[2], int) else 0
            name = self._name_act("open for writing" if flags & (os.O_WRONLY | os.O_RDWR) else "open", words[0])
            if name is not None:
                self._pass(name, "before")

    def _name_act(self, act: str, *paths: Any) -> str | None:
        shown = [self._shorten(path) for path in paths if isinstance(path, str | os.PathLike)]
        return f"{act} {' → '.join(s for s in shown if s)}" if any(shown) else None

    def _shorten(self, path: str | os.PathLike[str]) -> str | None:
        """A path as it is called in every run; None outside the raw folder and the warehouse."""
        text = os.fspath(path)
        text = os.readlink(text) if text.startswith("/proc/self/fd/") else text
        if not isinstance(text, str):
            return None
        for root, label in ((self.raw, "raw"), (self.warehouse, "")):
            if Path(text).is_relative_to(root):
                inside = Path(text).relative_to(root).as_posix()
                aimed_at = self.plan is not None and text == self.plan.path
                return ("that file" if aimed_at else "raw file") if label else _generalise(inside)
        return None if os.path.isabs(text) else _generalise(text)  # a name inside a folder that is being removed

    def _pass(self, name: str, moment: str) -> None:
        key = f"{moment} {name}"
        self.passes[key] += 1
        plan = self.plan
        if plan is None or plan.name != name or self.passes[key] != plan.nth:
            return
        if plan.moment == moment:
            self.plan = None
            DEEDS[plan.deed](Path(plan.path))
        if plan.moment == "during" and moment == "before":
            threading.Timer(plan.delay, os.kill, (os.getpid(), signal.SIGKILL)).start()


def _generalise(path: str) -> str:
    for pattern, name in _NAMES:
        path = pattern.sub(name, path)
    return path


def _wrap_functions(watch: Watch) -> None:
    modules = [*_import_room(WHOLE_ROOMS), *_import_room(ENTRY_ROOMS)]
    for module in modules:
        room = module.__name__.split(".")[1]
        entries = getattr(sys.modules[f"pipelines.{room}"], "__all__", ())
        for name, thing in list(vars(module).items()):
            if getattr(thing, "__module__", None) != module.__name__ or (room in ENTRY_ROOMS and name not in entries):
                continue
            if isinstance(thing, FunctionType):
                _replace(thing, _stand_at(watch, thing))
            elif isinstance(thing, type):
                for method, function in list(vars(thing).items()):
                    if isinstance(function, FunctionType) and not method.startswith("__"):
                        setattr(thing, method, _stand_at(watch, function))


def _stand_at(watch: Watch, function: FunctionType) -> Callable[..., Any]:
    name = f"{function.__module__.removeprefix('pipelines.')}.{function.__qualname__}"
    return watch._guard(function, lambda *_: name)


def _import_room(rooms: tuple[str, ...]) -> list[ModuleType]:
    found = []
    for room in rooms:
        package = importlib.import_module(f"pipelines.{room}")
        found += [importlib.import_module(f"pipelines.{room}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__)]
    return found


def _replace(old: FunctionType, new: Callable[..., Any]) -> None:
    """Put the new function wherever a module of the pipelines holds the old one."""
    for module in [m for name, m in sys.modules.items() if name.startswith(pipelines.__name__)]:
        for name, thing in list(vars(module).items()):
            if thing is old:
                setattr(module, name, new)
