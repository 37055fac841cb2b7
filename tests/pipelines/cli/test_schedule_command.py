"""`burden schedule` as a service manager and as a person meet it."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from string import Formatter

import pytest
from post_office import open_post_office
from test_writing_commands import BURDEN, run, where

from pipelines.cli.schedule_texts import TEXTS as WORDS
from pipelines.schedule.texts import TEXTS
from pipelines.warehouse import Layout, hold_lock


@contextmanager
def started(office, *words: object, **env: str) -> Iterator[subprocess.Popen[str]]:
    """A timetable in the foreground, ended at the latest with the test."""
    timetable = subprocess.Popen(
        [BURDEN, "schedule", *map(str, where(office)), *map(str, words)], stderr=subprocess.PIPE, encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **env},
    )  # fmt: skip
    try:
        yield timetable
    finally:
        timetable.kill()
        timetable.communicate()


def wait_for(timetable: subprocess.Popen[str], event: str) -> dict:
    """The first line of the log with that event."""
    for line in timetable.stderr:
        told = json.loads(line)
        if told["event"] == event:
            return told
    raise AssertionError(event)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_timetable_cleanly(office, number):
    with started(office) as timetable:
        assert wait_for(timetable, "timetable_started")["next"]
        timetable.send_signal(number)
        assert wait_for(timetable, "stopped")
        assert timetable.wait() == 0


def test_a_signal_lets_the_refresh_at_work_finish(office):
    (office.warehouse / "runs.jsonl").unlink()
    (office.warehouse / "current.json").unlink()
    with started(office) as timetable:
        assert wait_for(timetable, "refresh_started")["cause"] == "overdue"
        timetable.terminate()
        assert wait_for(timetable, "refresh_ended")["ending"] in {"published", "stopped"}
        assert timetable.wait() == 0


def test_a_second_timetable_is_refused(office):
    with started(office) as timetable:
        wait_for(timetable, "timetable_started")
        second = run("schedule", *where(office), "--lang", "en")
        assert second.returncode == 2
        assert second.stderr.startswith("A timetable for the warehouse")
        assert second.stderr.count("\n") == 1


def test_watching_refreshes_when_a_file_comes(office):
    (office.raw.parent / "burden.toml").write_text("[schedule]\nquiet_seconds = 0.2\n", encoding="utf-8")
    office.refresh()
    with started(office, "--watch") as timetable:
        assert wait_for(timetable, "timetable_started")["watching"] is True
        wait_for(timetable, "watching")
        (office.raw / "新到.csv").write_text("x\n", encoding="utf-8")
        told = wait_for(timetable, "refresh_ended")
        assert (told["cause"], told["ending"]) == ("change", "published")


def test_once_exits_as_the_refresh_does_and_tells_what_was_held(office):
    with open_post_office() as post:
        assert run("schedule", "--once", *where(office), BURDEN_NOTIFY=post.address).returncode == 0
        with hold_lock(Layout(office.warehouse)):
            skipped = run("schedule", "--once", *where(office), BURDEN_NOTIFY=post.address)
        assert skipped.returncode == 2
        assert json.loads(skipped.stderr.splitlines()[-1])["ending"] == "skipped"
        assert post.messages == []
        (office.raw / "会议" / "2026-02.csv").unlink()
        held = run("schedule", "--once", *where(office), BURDEN_NOTIFY=post.address, BURDEN_LANG="en")
        assert held.returncode == 2
        assert post.messages[0]["title"] == "Burden monitor: A publication was held back"
        assert "SECRETKEY" not in held.stderr + held.stdout


def test_a_test_message_is_sent_and_what_did_not_arrive_is_code_2(office):
    with open_post_office() as post:
        done = run("schedule", "--test-notify", *where(office), BURDEN_NOTIFY=post.address)
        assert (done.returncode, post.titles) == (0, ["测试消息"])
        post.code = 500
        failed = run("schedule", "--test-notify", *where(office), BURDEN_NOTIFY=post.address)
    assert failed.returncode == 2
    assert "SECRETKEY" not in failed.stderr + done.stderr + done.stdout
    assert "BURDEN_NOTIFY" in run("schedule", "--test-notify", *where(office)).stderr


def test_what_other_timetables_need_is_written(office, tmp_path):
    assert "0 2 * * * BURDEN_LANG=zh" in run("schedule", "--cron", *where(office)).stdout
    assert run("schedule", "--systemd", tmp_path / "units", *where(office)).returncode == 0
    assert (tmp_path / "units" / "burden-refresh.timer").exists()
    assert run("schedule", "--cron", "--once", *where(office)).returncode == 2


def test_wrong_settings_are_one_sentence(office):
    (office.raw.parent / "burden.toml").write_text('[schedule]\ntimezone = "Asia/Nowhere"\n', encoding="utf-8")
    done = run("schedule", *where(office))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "schedule.timezone" in done.stderr


def test_status_says_that_data_are_stale(office):
    runs = office.warehouse / "runs.jsonl"
    run_of_old = json.loads(runs.read_text(encoding="utf-8")) | {"started_at": "2026-01-01T02:00:00+08:00"}
    runs.write_text(json.dumps(run_of_old) + "\n", encoding="utf-8")
    told = json.loads(run("status", *where(office), "--json").stdout)
    assert told["stale"] is True
    assert told["age_hours"] > 36
    assert "没有成功更新" in run("status", *where(office)).stdout


@pytest.mark.parametrize("texts", [TEXTS, WORDS])
def test_both_languages_say_the_same_things(texts):
    for pair in texts.values():
        zh, en = ([field for _, field, _, _ in Formatter().parse(text) if field] for text in pair)
        assert sorted(zh) == sorted(en)
