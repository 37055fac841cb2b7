"""The timetable with its real scheduler, around a duty that only counts; times are moved, not waited for."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.contracts.policy import Schedule
from pipelines.schedule.logs import open_log
from pipelines.schedule.timetable import Timetable

NOW = datetime.now(UTC)
EVERY_HOUR = Schedule(times=tuple(f"{hour:02}:00" for hour in range(24)))


class CountingDuty:
    """Stands where the duty does; a turn waits until it is let go."""

    def __init__(self, last_success: datetime | None = NOW) -> None:
        self.last_success, self.causes, self.at_work, self.most = last_success, [], 0, 0
        self.changed, self.go = threading.Condition(), threading.Event()

    def take_turn(self, cause: str) -> None:
        with self.changed:
            self.causes.append(cause)
            self.at_work += 1
            self.most = max(self.most, self.at_work)
            self.changed.notify_all()
        self.go.wait(10)
        with self.changed:
            self.at_work -= 1
            self.changed.notify_all()

    def watch_over(self) -> None:
        raise OSError("no space")

    def find_last_success(self) -> datetime | None:
        return self.last_success

    def wait_for(self, turns: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.causes) >= turns, 10)

    def wait_for_rest(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.at_work == 0, 10)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def start(stop):
    begun = []

    def begin(duty: CountingDuty, settings: Schedule = EVERY_HOUR) -> Timetable:
        timetable = Timetable(settings, duty, open_log(None, lambda: NOW), lambda: NOW, stop)
        timetable.start(None)
        begun.append((timetable, duty))
        return timetable

    yield begin
    for timetable, duty in begun:
        duty.go.set()
        timetable.pause()
        timetable.scheduler.shutdown(wait=True)


def test_missed_turns_are_taken_once(start):
    duty = CountingDuty()
    duty.go.set()
    timetable = start(duty)
    timetable.scheduler.modify_job("refresh", next_run_time=NOW - timedelta(hours=5))
    duty.wait_for(1)
    duty.wait_for_rest()
    timetable.call("after")
    duty.wait_for(2)
    assert duty.causes == ["time", "after"]


def test_a_turn_missed_by_more_than_half_a_day_is_passed_over(start, capsys):
    duty = CountingDuty()
    duty.go.set()
    timetable = start(duty, Schedule(times=(f"{(NOW - timedelta(hours=13)):%H:00}",), timezone="UTC"))
    timetable.scheduler.modify_job("refresh", next_run_time=NOW - timedelta(hours=13))
    timetable.call("after")
    duty.wait_for(1)
    duty.wait_for_rest()
    assert duty.causes == ["after"]


def test_turns_never_overlap_and_those_that_wait_are_one(start):
    duty = CountingDuty()
    timetable = start(duty)
    for _ in range(4):
        timetable.call("change")
        duty.wait_for(1)
    timetable.scheduler.modify_job("refresh", next_run_time=NOW - timedelta(minutes=1))
    while timetable.scheduler.get_job("refresh").next_run_time < NOW:
        time.sleep(0.01)
    duty.go.set()
    duty.wait_for(3)
    duty.wait_for_rest()
    assert sorted(duty.causes) == ["change", "change", "time"]
    assert duty.most == 1


@pytest.mark.parametrize(("ago", "causes"), [(None, ["overdue"]), (25, ["overdue"]), (0, [])])
def test_what_is_overdue_at_the_start_is_done_at_once(start, ago, causes):
    duty = CountingDuty(None if ago is None else NOW - timedelta(hours=ago))
    duty.go.set()
    timetable = start(duty)
    if causes:
        duty.wait_for(1)
    assert duty.causes == causes
    assert timetable.scheduler.get_job("overdue") is None


def test_a_job_that_fails_is_logged_and_the_timetable_goes_on(start, capsys):
    duty = CountingDuty()
    duty.go.set()
    timetable = start(duty)
    timetable.scheduler.modify_job("look", next_run_time=NOW)
    timetable.scheduler.add_job(duty.watch_over, id="again", executor="looks")
    lines: list[dict] = []
    deadline = time.monotonic() + 10
    while sum(line["event"] == "job_failed" for line in lines) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
        lines += [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {line["reason"] for line in lines if line["event"] == "job_failed"} == {"OSError: no space"}
    timetable.call("after")
    duty.wait_for(1)
