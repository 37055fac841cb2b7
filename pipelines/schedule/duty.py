"""The duty of one warehouse: take a turn, log it, tell what is worth telling. When that is due does not belong here."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from pipelines.contracts.errors import BurdenError
from pipelines.refresh import find_last_success
from pipelines.schedule.alarms import FindRaised, Kind, Notice, Told, decide, read_told, write_told
from pipelines.schedule.hours import Clock
from pipelines.schedule.posting import Post
from pipelines.schedule.texts import say
from pipelines.schedule.turns import Ending, Refresher, Turn
from pipelines.warehouse import Layout, list_runs

STATE = "schedule.json"
SENTENCES = 8  # of alerts in one message


class Duty:
    """Turns and their notices. Safe to use from several threads; turns follow each other, they never overlap."""

    def __init__(
        self, refresher: Refresher, warehouse: Path, stale_hours: float, post: Post, lang: str,
        log: structlog.stdlib.BoundLogger, now: Clock, find_raised: FindRaised | None = None,
        keep_brief: Callable[[], Path | None] | None = None,
    ) -> None:  # fmt: skip
        self._refresher, self._layout, self._stale_hours = refresher, Layout(warehouse), stale_hours
        self._post, self._lang, self._log, self._now = post, lang, log, now
        self._state = warehouse / STATE
        self._told = read_told(self._state)
        self._began = now()
        self._find_raised, self._keep_brief = find_raised, keep_brief
        self._alerts_due = False
        self._last_turn: tuple[Turn, datetime] | None = None
        self._telling = threading.Lock()

    def take_turn(self, cause: str) -> Turn:
        """Refresh in a child process."""
        self._log.info("refresh_started", cause=cause)
        turn = self._refresher.run()
        speak = self._log.info if turn.exit_code == 0 or turn.ending is Ending.STOPPED else self._log.warning
        rows = dict(turn.rows) if turn.rows else None
        speak(
            "refresh_ended", cause=cause, ending=turn.ending.value, snapshot=turn.snapshot, rows=rows,
            seconds=turn.seconds, reason=turn.reason,
        )  # fmt: skip
        if turn.ending is not Ending.STOPPED:
            self.watch_over(turn)
        if turn.ending is Ending.PUBLISHED and self._keep_brief:
            self._refresh_brief(self._keep_brief)
        return turn

    def _refresh_brief(self, keep: Callable[[], Path | None]) -> None:
        """Have the deck of the settings made or refreshed; what goes wrong there is no fault of the turn."""
        try:
            written = keep()
        except BurdenError as error:
            self._log.warning("brief_not_written", reason=error.sentence(self._lang))
            return
        if written is not None:
            self._log.info("brief_written", path=str(written))

    def watch_over(self, turn: Turn | None = None) -> None:
        """Tell what is due after a turn, or as time passes: then also of the last turn, where its notice reached nobody."""
        with self._telling:
            now, last = self._now(), self.find_last_success()
            self._alerts_due |= bool(turn and turn.ending is Ending.PUBLISHED)
            if turn and turn.ending is not Ending.SKIPPED:
                self._last_turn = turn, now
            turn, ended = self._last_turn or (None, now)
            mended = last and last > ended
            for notice in decide(self._told, None if mended else turn, last, self._began, now, self._stale_hours):
                if self._deliver(notice):
                    self._keep(self._told.after(notice, now))
            if self._alerts_due:
                self._tell_alerts()

    def _tell_alerts(self) -> None:
        """Tell which alerts the publication raised that were not there before; due again where they reached nobody."""
        try:
            raised = self._find_raised() if self._find_raised else ()
        except BurdenError as error:
            self._log.warning("alerts_not_found", reason=error.sentence(self._lang))
            self._alerts_due = False
            return
        new = self._told.find_new(raised)
        more = say("alert.more", self._lang, n=len(new) - SENTENCES) if len(new) > SENTENCES else ""
        if new:
            self._log.info("alerts_raised", new=len(new), all=len(raised))
        if not new or self._deliver(Notice(Kind.ALERT, "\n".join([*new[:SENTENCES], *([more] if more else [])]))):
            self._alerts_due = False
            if new or len(raised) != len(self._told.alerts):
                self._keep(self._told.with_alerts(raised))

    def find_last_success(self) -> datetime | None:
        """When a refresh last ended well, also one run by hand."""
        current = self._layout.read_current()
        manifest = self._layout.read_manifest(current) if current else None
        return find_last_success(list_runs(self._layout), manifest)

    def test_post(self) -> bool:
        """Send a test message; did every address take it?"""
        return self._send("test", say("test.body", self._lang), everywhere=True)

    def _deliver(self, notice: Notice) -> bool:
        """Send it; what reached nobody is due again at the next look."""
        last = self.find_last_success()
        body = say(
            f"{notice.kind}.body", self._lang, reason=notice.reason, hours=self._stale_hours,
            snapshot=self._layout.read_current() or say("none", self._lang),
            last=f"{last.astimezone(self._now().tzinfo):%Y-%m-%d %H:%M}" if last else say("none", self._lang),
        )  # fmt: skip
        if not self._post:
            if notice.kind is Kind.STALE:
                self._log.warning("data_stale", reason=body)
            return True
        return self._send(notice.kind.value, body)

    def _send(self, kind: str, body: str, *, everywhere: bool = False) -> bool:
        title = say("sender", self._lang, title=say(f"{kind}.title", self._lang))
        deliveries = self._post.send(title, body)
        sent = [str(d) for d in deliveries if d.sent]
        failed = [str(d) for d in deliveries if not d.sent]
        speak = self._log.warning if failed else self._log.info
        speak("notice_sent" if sent else "notice_not_delivered", kind=kind, sent=sent, failed=failed)
        return not failed if everywhere else bool(sent)

    def _keep(self, told: Told) -> None:
        self._told = told
        try:
            self._layout.root.mkdir(parents=True, exist_ok=True)
            write_told(self._state, told)
        except OSError as error:
            self._log.warning("state_not_kept", reason=error.strerror)
