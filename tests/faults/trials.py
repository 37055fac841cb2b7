"""One office under fire: a raw folder that changes, a warehouse, a server of processes to be killed, and a reader.

After every kill the warehouse is looked at from outside; whatever is not as it must be is written down in the books.
"""

import itertools
import json
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tests.faults import snapshots
from tests.faults.office import STATES, TODAY, State, list_files, settle, write_files
from tests.faults.points import Plan

ROOT = Path(__file__).parents[2]
RANDOM_TIME = "at a random time"


@dataclass
class Books:
    """What was tried and what was found wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    fresh: int = 0
    missed: int = 0
    finished: int = 0
    published_by_the_killed: int = 0
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    reads: int = 0
    snapshots_read: int = 0
    reader_errors: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Was nothing found wrong?"""
        return not (self.torn or self.lost or self.leftovers or self.failures or self.reader_errors)

    def take(self, other: "Books") -> None:
        """Add another office's books to these."""
        self.kills.update(other.kills)
        for name in ("fresh", "missed", "finished", "published_by_the_killed", "reads", "snapshots_read"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("torn", "lost", "leftovers", "failures", "reader_errors"):
            getattr(self, name).extend(getattr(other, name))


@dataclass(frozen=True)
class Ending:
    """How a process ended: killed, or with which exit code."""

    killed: bool
    code: int | None
    seconds: float


class Server:
    """Forks of one process that has everything imported."""

    def __init__(self, log: Path) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.child", "--serve"], cwd=ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip

    def run(self, trial: dict[str, Any], kill_after: float | None = None) -> Ending:
        """One trial in a fork, killed from outside after a time where one is given."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"trial": trial, "kill_after": kill_after}) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout
        end = json.loads(self._process.stdout.readline())
        return Ending(end["signal"] == signal.SIGKILL, end["code"], end["seconds"])

    def close(self) -> None:
        """End the server."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


class Office:
    """A raw folder and a warehouse; `keep` snapshots stay; `notes` takes what belongs to the trials (default: the same)."""

    def __init__(
        self, folder: Path, seed: int, keep: int, states: tuple[State, ...] = STATES, notes: Path | None = None, *,
        parted: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._notes, self._parted = notes or folder, parted
        self._states = states
        self.folder, self.raw, self.warehouse, self.keep = folder, folder / "raw", folder / "warehouse", keep
        self.raw.mkdir()
        self.books = Books()
        self._random = random.Random(seed)
        self._server = Server(self._notes / "server.log")
        self._numbers = itertools.count()
        self._caches: dict[State, set[str]] = {}
        self._anew = self._notes
        self._rebuilt: dict[tuple[State, date], dict[str, pl.DataFrame]] = {}
        self._reader: subprocess.Popen[str] | None = None
        self._last: tuple[str, str] | None = None
        self.change(states[0])

    def change(self, state: State | None = None) -> None:
        """Let the raw folder become another."""
        self.state = self._random.choice([s for s in self._states if s != self.state]) if state is None else state
        write_files(self.raw, list_files(self.state))
        self._changed_at = snapshots.read_pointer(self.warehouse)

    @property
    def is_done(self) -> bool:
        """Was a snapshot published since the last change?"""
        return snapshots.read_pointer(self.warehouse) != self._changed_at

    def trace(self, name: str, *, full: bool = False) -> dict[str, Any]:
        """What a refresh passes that nobody kills: points with their number of passes, and the longest time of each."""
        report = self._notes / f"{name}.json"
        self.finish(report=str(report), full=full)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found

    def kill(self, plan: Plan | None, seconds: float = 0.0, *, full: bool = False) -> None:
        """Start a refresh that dies as planned, else after some seconds, and look at what it left."""
        trial = self._compose(plan=plan.as_json() if plan else None, full=full)
        self._enter(plan, self._server.run(trial, None if plan else seconds), TODAY)

    def kill_fresh(self, plan: Plan | None, seconds: float = 0.0) -> None:
        """The same to a process of its own: the command `burden refresh`."""
        trial = json.dumps(self._compose(plan=plan.as_json() if plan else None))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", trial, *self.words], cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        if plan is None:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
        _, said = process.communicate()
        self.books.fresh += process.returncode == -signal.SIGKILL
        self._enter(plan, Ending(process.returncode == -signal.SIGKILL, process.returncode, seconds), date.today())
        if said:
            self.books.failures.append(f"burden refresh said: {said}")

    def command(self, *words: str, server: Server | None = None) -> tuple[int | None, str]:
        """Run `burden` in a fork: its exit code and what it said on standard error."""
        said = self._notes / "said.txt"
        ending = (server or self._server).run(self._compose(words=list(words), said=str(said)))
        return ending.code, said.read_text(encoding="utf-8")

    @property
    def words(self) -> tuple[str, ...]:
        """The words of a refresh of this office."""
        return ("refresh", "--raw", str(self.raw), "--warehouse", str(self.warehouse), "--accept", "--json")

    def _compose(self, **rest: Any) -> dict[str, Any]:
        return {"raw": str(self.raw), "warehouse": str(self.warehouse), "today": TODAY.isoformat(), "keep": self.keep,
                "parted": self._parted, **rest}  # fmt: skip

    def _enter(self, plan: Plan | None, ending: Ending, today: date) -> None:
        point = plan.name if plan else RANDOM_TIME
        if ending.killed:
            self.books.kills[point] += 1
        else:
            self.books.missed += 1
            if ending.code:
                self.books.failures.append(f"{point}: exit code {ending.code}")
        self.look(f"{plan.moment} {point}" if plan else point, today)

    def look(self, where: str, today: date) -> None:
        """The current snapshot must be whole, and exactly the last one or the new one."""
        try:
            current = snapshots.read_pointer(self.warehouse)
        except (ValueError, KeyError):
            self.books.torn.append(f"{where}: current.json is torn")
            return
        if current is None:
            if self._last:
                self.books.torn.append(f"{where}: the pointer is gone")
            return
        damage = snapshots.find_damage(self.warehouse, current)
        if not damage:
            damage = self._compare(current, today)
        self.books.torn += [f"{where}: {what}" for what in damage]

    def _compare(self, current: str, today: date) -> list[str]:
        manifest = snapshots.read_manifest(self.warehouse, current)
        seen = (current, json.dumps(manifest))
        if self._last and self._last[0] == current:
            return [] if self._last == seen else [f"{current}: a published manifest was changed"]
        if self._last and self._last[0] > current:
            return [f"{current}: older than {self._last[0]}, which was published"]
        self._last = seen
        self.books.published_by_the_killed += 1
        differ = snapshots.find_differences(snapshots.read_tables(self.warehouse, current), self.rebuild(today))
        return [f"{current}: {table} is neither the old nor the new one" for table in differ]

    def rebuild(self, today: date = TODAY) -> dict[str, pl.DataFrame]:
        """The tables of a warehouse that was made anew from the raw folder as it stands."""
        key = (self.state, today)
        if key not in self._rebuilt:
            self._rebuilt[key] = self.make_anew(today)
            self._caches[self.state] = snapshots.list_cache(self._anew)
        return self._rebuilt[key]

    def make_anew(self, today: date = TODAY) -> dict[str, pl.DataFrame]:
        """The tables of a new warehouse, whatever lies in the raw folder."""
        self._anew = self._notes / f"anew{next(self._numbers)}"
        trial = self._compose(full=True) | {"warehouse": str(self._anew), "today": today.isoformat()}
        assert self._server.run(trial).code == 0
        return snapshots.read_current_tables(self._anew)

    def run(self, plan: Plan | None = None) -> Ending:
        """A refresh to which something is done, or nothing."""
        return self._server.run(self._compose(plan=plan.as_json() if plan else None))

    def finish(self, *, report: str | None = None, full: bool = False) -> float:
        """The next refresh, which nobody kills, must finish the work and leave nothing lying about."""
        ending = self._server.run(self._compose(report=report, full=full))
        self.books.finished += 1
        if ending.code != 0:
            self.books.failures.append(f"the next refresh ended with {ending}")
            return ending.seconds
        published = self.books.published_by_the_killed
        self.look("after the next refresh", TODAY)
        self.books.published_by_the_killed = published
        current = snapshots.read_pointer(self.warehouse)
        assert current
        manifest, tables = snapshots.read_manifest(self.warehouse, current), snapshots.read_tables(self.warehouse, current)
        self.books.lost += snapshots.find_lost_rows(tables, manifest, settle(list_files(self.state)))
        differ = snapshots.find_differences(tables, self.rebuild(TODAY))
        self.books.torn += [f"{current}: {table} is not as rebuilt" for table in differ]
        self.books.leftovers += snapshots.list_leftovers(self.warehouse)
        kept = snapshots.list_cache(self.warehouse) ^ self._caches[self.state]
        self.books.leftovers += [f"{current}: {path} is in one cache only" for path in sorted(kept)]
        return ending.seconds

    def start_reader(self) -> None:
        """Let a reader read from now on."""
        self._reader = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.reader", str(self.warehouse), str(self.keep)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def start_anew(self) -> None:
        """Take an empty warehouse; the reader, if any, stays with the one before."""
        self.warehouse = self.warehouse.with_name(f"{self.warehouse.name}+")
        self._last = None

    def close(self) -> Books:
        """End the reader and the server; every snapshot that is left must be whole. Gives the books."""
        if self._reader:
            told = json.loads(self._reader.communicate()[0])
            self.books.reads, self.books.snapshots_read = told["reads"], told["snapshots"]
            self.books.reader_errors += told["errors"]
        self._server.close()
        for snapshot in sorted(path.name for path in (self.warehouse / "snapshots").iterdir()):
            self.books.torn += snapshots.find_damage(self.warehouse, snapshot)
        log = (self._notes / "server.log").read_text(encoding="utf-8")
        if log:
            self.books.failures.append(log)
        return self.books
