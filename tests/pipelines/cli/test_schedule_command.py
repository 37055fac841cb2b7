"""`burden schedule` as a service manager and as a person meet it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from string import Formatter

import pytest
from post_office import open_post_office
from test_writing_commands import BURDEN, run, where

import burden
from pipelines.cli.schedule_texts import TEXTS as WORDS
from pipelines.schedule.texts import TEXTS


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


@pytest.fixture
def ask(capsys, monkeypatch):
    """The command in this process, which is quicker: its exit code, what it printed and what it told."""

    def run_here(*words: object, **env: str) -> tuple[int, str, str]:
        for name, value in ({"BURDEN_NOTIFY": "", "BURDEN_LANG": "zh"} | env).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["burden", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            burden.main()
        return ended.value.code or 0, *capsys.readouterr()

    return run_here


def test_an_interrupt_ends_the_timetable_cleanly_and_a_second_one_is_refused_meanwhile(office):
    with started(office) as timetable:
        assert wait_for(timetable, "timetable_started")["next"]
        second = run("schedule", *where(office), "--lang", "en")
        assert second.returncode == 2
        assert second.stderr.startswith("A timetable for the warehouse")
        assert second.stderr.count("\n") == 1
        timetable.send_signal(signal.SIGINT)
        assert wait_for(timetable, "stopped")
        assert timetable.wait() == 0


def test_sigterm_lets_the_refresh_at_work_finish(office):
    (office.warehouse / "runs.jsonl").unlink()
    (office.warehouse / "current.json").unlink()
    with started(office) as timetable:
        assert wait_for(timetable, "refresh_started")["cause"] == "overdue"
        timetable.terminate()
        assert wait_for(timetable, "refresh_ended")["ending"] in {"published", "stopped"}
        assert timetable.wait() == 0


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
        (office.raw / "会议" / "2026-02.csv").unlink()
        held = run("schedule", "--once", *where(office), BURDEN_NOTIFY=post.address, BURDEN_LANG="en")
        assert held.returncode == 2
        assert post.messages[0]["title"] == "Burden monitor: A publication was held back"
        assert "SECRETKEY" not in held.stderr + held.stdout


def test_a_test_message_is_sent_and_what_no_server_took_is_code_2(office, ask):
    with open_post_office() as post:
        code, out, told = ask("schedule", "--test-notify", *where(office), BURDEN_NOTIFY=post.address)
        assert (code, post.titles) == (0, ["测试消息"])
        assert "请逐一核对是否收到" in out
        post.code = 500
        failed = ask("schedule", "--test-notify", *where(office), BURDEN_NOTIFY=post.address)
    assert failed[0] == 2
    assert "SECRETKEY" not in out + told + failed[1] + failed[2]
    assert "BURDEN_NOTIFY" in ask("schedule", "--test-notify", *where(office))[2]


def test_what_other_timetables_need_is_written(office, tmp_path, ask):
    assert "0 2 * * * BURDEN_LANG=zh" in ask("schedule", "--cron", *where(office))[1]
    assert ask("schedule", "--systemd", tmp_path / "units", *where(office))[0] == 0
    assert (tmp_path / "units" / "burden-refresh.timer").exists()
    assert ask("schedule", "--cron", "--once", *where(office))[0] == 2


def test_wrong_settings_are_one_sentence(office, ask):
    (office.raw.parent / "burden.toml").write_text('[schedule]\ntimezone = "Asia/Nowhere"\n', encoding="utf-8")
    code, _, told = ask("schedule", *where(office))
    assert (code, told.count("\n")) == (2, 1)
    assert "schedule.timezone" in told


def test_status_says_that_data_are_stale(office, ask):
    runs = office.warehouse / "runs.jsonl"
    run_of_old = json.loads(runs.read_text(encoding="utf-8")) | {"started_at": "2026-01-01T02:00:00+08:00"}
    runs.write_text(json.dumps(run_of_old) + "\n", encoding="utf-8")
    told = json.loads(ask("status", *where(office), "--json")[1])
    assert told["stale"] is True
    assert told["age_hours"] > 36
    assert "没有成功更新" in ask("status", *where(office))[1]


@pytest.mark.parametrize("texts", [TEXTS, WORDS])
def test_both_languages_say_the_same_things(texts):
    for pair in texts.values():
        zh, en = ([field for _, field, _, _ in Formatter().parse(text) if field] for text in pair)
        assert sorted(zh) == sorted(en)
