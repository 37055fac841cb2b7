"""Turns in real child processes, and how each of their ends is read."""

import json
import os
import signal
import sys
import threading

import pytest
from raw_folder import list_meetings, write

from pipelines.contracts.errors import PublicationHeldError
from pipelines.contracts.policy import Schedule
from pipelines.schedule.timetable import catch_signals
from pipelines.schedule.turns import Ending, Refresher
from pipelines.warehouse import Layout, hold_lock


def make(office, minutes: float = 5, lang: str = "en") -> Refresher:
    return Refresher(office.raw, office.warehouse, Schedule(timeout_minutes=minutes), lang)


def test_a_turn_publishes_what_is_new(office):
    write(office.raw / "新到.csv", "meetings", list_meetings(("P1", "new", "2026-03-02")))
    turn = make(office).run()
    assert (turn.ending, turn.exit_code, turn.reason) == (Ending.PUBLISHED, 0, "")
    assert turn.snapshot == office.manifest()["snapshot"]
    assert turn.rows == office.manifest()["rows"]


def test_a_publication_held_back_is_told_from_a_failure(office, tmp_path):
    (office.raw / "会议" / "2026-02.csv").unlink()
    held = make(office).run()
    assert (held.ending, held.exit_code) == (Ending.HELD, 2)
    assert "--accept" in held.reason
    office.raw = tmp_path / "none"
    failed = make(office, lang="zh").run()
    assert (failed.ending, failed.exit_code) == (Ending.FAILED, 2)
    assert failed.reason.startswith("原始数据文件夹不存在")


def test_a_turn_that_meets_another_writer_is_skipped(office):
    with hold_lock(Layout(office.warehouse)):
        turn = make(office).run()
    assert (turn.ending, turn.exit_code) == (Ending.SKIPPED, 2)


def test_a_turn_that_takes_too_long_is_ended(office):
    turn = make(office, minutes=0.001).run()
    assert turn.ending is Ending.FAILED
    assert "0.001 minutes" in turn.reason


@pytest.fixture
def endless(office) -> Refresher:
    """A refresher whose child waits for ever: how a turn ends is what is tested, not what it does."""
    refresher = make(office)
    refresher._command = [sys.executable, "-c", "import time; print('{', flush=True); time.sleep(600)"]
    return refresher


def _run_beside(refresher: Refresher) -> tuple[threading.Thread, list]:
    turns: list = []
    thread = threading.Thread(target=lambda: turns.append(refresher.run()))
    thread.start()
    while refresher._child is None:
        thread.join(0.01)
    return thread, turns


def test_a_child_that_is_killed_ends_nothing_but_its_turn(endless):
    thread, turns = _run_beside(endless)
    os.kill(endless._child.pid, signal.SIGKILL)
    thread.join()
    assert turns[0].ending is Ending.FAILED
    assert "signal 9" in turns[0].reason


def test_stopping_ends_the_turn_at_work_after_the_grace_period_and_begins_no_other(endless):
    thread, turns = _run_beside(endless)
    endless.stop(0.05)
    thread.join()
    assert [turn.ending for turn in turns] == [Ending.STOPPED]
    assert endless.run().ending is Ending.STOPPED


def test_a_second_signal_ends_the_turn_at_once(endless):
    with catch_signals(endless) as stop:
        thread, turns = _run_beside(endless)
        signal.raise_signal(signal.SIGINT)
        assert stop.wait(0)
        assert endless._child.poll() is None
        signal.raise_signal(signal.SIGINT)
        thread.join()
    assert [turn.ending for turn in turns] == [Ending.STOPPED]


def test_what_was_held_before_its_rows_were_counted_is_told_from_a_failure(office):
    runs = office.warehouse / "runs.jsonl"
    later = json.loads(runs.read_text(encoding="utf-8")) | {"outcome": "held", "started_at": "2100-01-01T02:00:00+08:00"}
    child = f"import sys; open({str(runs)!r}, 'a').write(sys.argv[1]); sys.exit('a file changed')"
    refresher = make(office)
    refresher._command = [sys.executable, "-c", child, json.dumps(later) + "\n"]
    turn = refresher.run()
    assert (turn.ending, turn.reason) == (Ending.HELD, "a file changed")


def test_what_was_held_in_an_earlier_turn_makes_none_of_a_failure(office):
    (office.raw / "会议" / "2026-02.csv").unlink()
    with pytest.raises(PublicationHeldError):
        office.refresh()
    refresher = make(office)
    refresher._command = [sys.executable, "-c", "import sys; sys.exit('no disk')"]
    assert refresher.run().ending is Ending.FAILED


def test_two_turns_called_at_once_follow_each_other(office):
    refresher = make(office)
    refresher._command = [sys.executable, "-c", "import os; os.mkdir('only'); os.rmdir('only')"]
    first, one = _run_beside(refresher)
    second, other = _run_beside(refresher)
    first.join()
    second.join()
    assert ["exit code 0" in turn.reason for turn in (*one, *other)] == [True, True]


def test_the_child_has_the_clock_of_the_zone_and_knows_nothing_of_the_addresses(office, monkeypatch):
    monkeypatch.setenv("BURDEN_NOTIFY", "json://127.0.0.1/SECRETKEY")
    refresher = make(office)
    refresher._command = [sys.executable, "-c", "import os, sys; sys.exit(str(os.environ))"]
    turn = refresher.run()
    assert "'TZ': 'Asia/Shanghai'" in turn.reason
    assert "SECRETKEY" not in turn.reason


def test_a_sentence_with_a_personal_number_is_masked(office):
    refresher = make(office)
    refresher._command = [sys.executable, "-c", "import sys; sys.exit('bad: 13800138000')"]
    assert refresher.run().reason == "bad: [手机号]"
