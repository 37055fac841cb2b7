"""The timetable: APScheduler runs the turns, the main thread waits for the signal to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import structlog
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
    JobExecutionEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from filelock import FileLock, Timeout

from pipelines.contracts.errors import BurdenError
from pipelines.contracts.policy import Schedule
from pipelines.schedule.duty import Duty
from pipelines.schedule.hours import Clock, find_last_due, make_trigger
from pipelines.schedule.turns import COULD_NOT, Refresher, Turn
from pipelines.schedule.watching import Watcher

LOCK = "schedule.lock"
LATE = timedelta(hours=12)  # a machine that slept through the night refreshes when it wakes
LOOK_EVERY = timedelta(minutes=10)
TURNS, LOOKS = "turns", "looks"


class Timetable:
    """Refreshes at set times, when overdue at the start, and when a watched folder has changed."""

    def __init__(
        self, settings: Schedule, duty: Duty, log: structlog.stdlib.BoundLogger, now: Clock, stop: threading.Event
    ) -> None:
        self._settings, self._duty, self._log, self._now, self._stop = settings, duty, log, now, stop
        # One thread for the turns: they queue up, whatever has called for them.
        self.scheduler = BackgroundScheduler(
            executors={TURNS: ThreadPoolExecutor(1), LOOKS: ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(LATE.total_seconds())},
            timezone=settings.timezone,
        )
        self.scheduler.add_listener(self._note, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def start(self, watched: Path | None) -> None:
        """Begin; returns at once."""
        settings, scheduler = self._settings, self.scheduler
        trigger = make_trigger(settings.times, settings.timezone)
        scheduler.add_job(self._duty.take_turn, trigger, ["time"], id="refresh", executor=TURNS)
        looks = IntervalTrigger(seconds=int(LOOK_EVERY.total_seconds()))
        scheduler.add_job(self._duty.watch_over, looks, id="look", executor=LOOKS)
        last, due = self._duty.find_last_success(), find_last_due(settings.times, settings.timezone, self._now())
        if last is None or last < due:
            self.call("overdue")
        scheduler.start()
        following = scheduler.get_job("refresh").next_run_time
        self._log.info("timetable_started", next=following.isoformat(), watching=bool(watched))
        if watched:
            Watcher(watched, settings.quiet_seconds, lambda: self.call("change"), self._log, self._stop).start()

    def call(self, cause: str) -> None:
        """Take a turn as soon as none is at work; a second call that comes while one waits adds nothing."""
        self.scheduler.add_job(
            self._duty.take_turn, args=[cause], id=cause, executor=TURNS, replace_existing=True, max_instances=2
        )

    def pause(self) -> None:
        """Begin nothing more. Must come before the scheduler's shutdown, which does not wait for jobs just being handed out."""
        self.scheduler.pause()
        self.scheduler.get_jobs()  # waits for the lock under which jobs are handed out

    def _note(self, event: JobEvent) -> None:
        problem = getattr(event, "exception", None) if isinstance(event, JobExecutionEvent) else None
        if problem:
            self._log.error("job_failed", job=event.job_id, reason=f"{type(problem).__name__}: {problem}")
        else:
            self._log.info("turn_passed_over", job=event.job_id)


def follow(
    settings: Schedule, duty: Duty, refresher: Refresher, warehouse: Path, watched: Path | None,
    log: structlog.stdlib.BoundLogger, now: Clock,
) -> None:
    """Keep to the timetable until SIGTERM or SIGINT. Raises BurdenError where another keeps one here already."""
    with _hold_lock(warehouse), catch_signals(refresher) as stop:
        timetable = Timetable(settings, duty, log, now, stop)
        timetable.start(watched)
        stop.wait()
        log.info("stopping", grace_seconds=settings.grace_seconds)
        timetable.pause()
        refresher.stop(settings.grace_seconds)
        timetable.scheduler.shutdown(wait=True)
        log.info("stopped")


def run_once(settings: Schedule, duty: Duty, refresher: Refresher) -> int:
    """One turn now; the exit code is that of the refresh. A signal stops it as it stops the timetable."""
    turns: list[Turn] = []

    def take() -> None:
        try:
            turns.append(duty.take_turn("once"))
        finally:
            stop.set()

    with catch_signals(refresher) as stop:
        worker = threading.Thread(target=take)
        worker.start()
        stop.wait()
        refresher.stop(settings.grace_seconds)
        worker.join()
    return turns[0].exit_code if turns else COULD_NOT


@contextmanager
def catch_signals(refresher: Refresher) -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; a second signal cuts the grace period short."""
    stop = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            refresher.kill()
        else:
            stop.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _hold_lock(warehouse: Path) -> Iterator[None]:
    lock = FileLock(warehouse / LOCK)
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise BurdenError(
            f"数据仓库“{warehouse}”已有定时任务在运行；请先停止它（见 docs/operations.md）。",
            f"A timetable for the warehouse “{warehouse}” is running already; stop it first (see docs/operations.md).",
        ) from None
    except OSError as error:
        raise BurdenError(
            f"数据仓库“{warehouse}”无法写入（{error.strerror}）；请检查路径与权限。",
            f"The warehouse “{warehouse}” cannot be written ({error.strerror}); check the path and permissions.",
        ) from None
    try:
        yield
    finally:
        lock.release()
