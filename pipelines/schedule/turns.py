"""One turn of the timetable: `burden refresh` in a child process, and how it ended.

A child gives its memory back, and its crash ends nothing but itself. When a turn is due does not belong here.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipelines.contracts.errors import WarehouseBusyError
from pipelines.contracts.policy import Schedule
from pipelines.ingest.personal import mask
from pipelines.schedule.texts import say
from pipelines.warehouse import Layout, Outcome, list_runs

COULD_NOT = 2
KILL_AFTER = 5.0
SECRETS = "BURDEN_NOTIFY"


class Ending(StrEnum):
    """How a turn ended."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"
    SKIPPED = "skipped"  # another refresh was at work
    STOPPED = "stopped"  # the timetable was stopped meanwhile


@dataclass(frozen=True)
class Turn:
    """What a turn came to; `reason` is a sentence (masked), empty where all went well."""

    ending: Ending
    seconds: float
    reason: str = ""
    snapshot: str | None = None
    rows: Mapping[str, int] | None = None

    @property
    def exit_code(self) -> int:
        """That of the refresh."""
        return 0 if self.ending in (Ending.PUBLISHED, Ending.UNCHANGED) else COULD_NOT


class Refresher:
    """Runs refreshes of one warehouse, one at a time, until it is stopped."""

    def __init__(self, raw: Path, warehouse: Path, settings: Schedule, lang: str) -> None:
        self._minutes, self._timezone, self._lang = settings.timeout_minutes, settings.timezone, lang
        self._layout = Layout(warehouse)
        self._busy = WarehouseBusyError(warehouse).sentence(lang)
        self._command = [
            sys.executable, "-P", "-m", "burden", "refresh", "--json", "--raw", str(raw), "--warehouse", str(warehouse),
        ]  # fmt: skip
        self._one, self._starting = threading.Lock(), threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False  # no event: a signal's handler sets it, and must wait for no lock

    def run(self) -> Turn:
        """Refresh now; waits for a turn at work before."""
        with self._one:
            clock, started = time.perf_counter(), datetime.now(UTC)
            try:
                with self._starting:
                    if self._stopped:
                        return Turn(Ending.STOPPED, 0.0)
                    child = self._child = self._start()
            except OSError as error:
                return Turn(Ending.FAILED, 0.0, say("not_started", self._lang, reason=error.strerror))
            reason = ""
            try:
                out, err = child.communicate(timeout=self._minutes * 60)
            except subprocess.TimeoutExpired:
                end(child)
                out, err = child.communicate()
                reason = say("timeout", self._lang, minutes=self._minutes)
            turn = self._judge(child.returncode, out, err, reason, round(time.perf_counter() - clock, 3))
            if turn.ending is Ending.FAILED and self._was_held(started):
                return replace(turn, ending=Ending.HELD)
            return turn

    def stop(self, grace_seconds: float) -> None:
        """Begin no other turn; let the one at work finish within the grace period, then end it."""
        with self._starting:
            self._stopped = True
        if self._child is None:
            return
        try:
            self._child.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            end(self._child)

    def kill(self) -> None:
        """End the turn at work at once, and begin no other; a signal's handler may call it."""
        self._stopped = True
        if self._child:
            self._child.kill()

    def _start(self) -> subprocess.Popen[str]:
        """Start the child, on the clock of the timetable's zone: its day is the day of the refresh.

        A session of its own keeps the Ctrl-C of a terminal from it; the webhooks' addresses are not for it.
        """
        own = {name: value for name, value in os.environ.items() if name != SECRETS}
        return subprocess.Popen(  # noqa: S603 - the words are this module's
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            errors="replace", start_new_session=True,
            env={**own, "PYTHONUTF8": "1", "BURDEN_LANG": self._lang, "TZ": self._timezone},
        )  # fmt: skip

    def _was_held(self, started: datetime) -> bool:
        """Does the history say so? Where the rows were not counted before, the answer does not."""
        since = [run for run in list_runs(self._layout) if datetime.fromisoformat(run.started_at) >= started]
        return bool(since) and since[-1].outcome is Outcome.HELD

    def _judge(self, code: int, out: str, err: str, reason: str, seconds: float) -> Turn:
        answer = _parse(out)
        told = next((line.strip() for line in reversed(err.splitlines()) if line.strip()), "")
        snapshot, rows = answer.get("snapshot"), answer.get("rows")
        if code == 0 and answer:
            return Turn(Ending.PUBLISHED if answer["published"] else Ending.UNCHANGED, seconds, "", snapshot, rows)
        if reason:
            return Turn(Ending.FAILED, seconds, reason)
        if code < 0:
            if self._stopped:
                return Turn(Ending.STOPPED, seconds)
            return Turn(Ending.FAILED, seconds, say("killed", self._lang, signal=-code))
        if told == self._busy:
            return Turn(Ending.SKIPPED, seconds, told)
        told = mask(told) or say("silent", self._lang, code=code)
        return Turn(Ending.HELD if answer else Ending.FAILED, seconds, told, snapshot, rows)


def end(child: subprocess.Popen[str]) -> None:
    """Ask a child to end, then make it; what it has published stays, what it has not is cleared by the next refresh."""
    child.terminate()
    try:
        child.wait(KILL_AFTER)
    except subprocess.TimeoutExpired:
        child.kill()


def _parse(out: str) -> dict[str, Any]:
    try:
        answer = json.loads(out)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
