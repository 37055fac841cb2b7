"""`burden refresh` and `burden status` as a script and as a person meet them."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from raw_folder import list_meetings, write

from pipelines.cli.texts import TEXTS, say

BURDEN = Path(sys.executable).with_name("burden")


def run(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BURDEN, *map(str, words)], capture_output=True, text=True, check=False, encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **env},
    )  # fmt: skip


def where(office) -> list[object]:
    return ["--raw", office.raw, "--warehouse", office.warehouse]


def test_json_is_exactly_one_object_with_the_named_keys(office):
    office.refresh(today=date.today())  # else a due day that has passed since is a reason to publish
    done = run("refresh", *where(office), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(answer) == ["snapshot", "published", "rows", "ledgers", "seconds"]
    ends = ["in", "accepted", "superseded", "duplicate", "quarantined"]
    assert list(answer["rows"]) == ends
    assert list(answer["ledgers"]["meetings"]) == ends
    assert answer["published"] is False
    assert answer["ledgers"]["meetings"]["in"] == 36


def test_a_refresh_held_back_is_code_2_and_still_tells_the_state(office):
    (office.raw / "会议" / "2026-02.csv").unlink()
    before = office.manifest()["snapshot"]
    done = run("refresh", *where(office), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--accept" in done.stderr
    assert (answer["snapshot"], answer["published"]) == (before, False)
    assert answer["ledgers"]["meetings"]["accepted"] == 24
    assert answer["rows"]["in"] == sum(counts["in"] for counts in answer["ledgers"].values())


def test_folders_come_from_the_environment_and_the_answer_is_chinese_unless_asked(office):
    folders = {"BURDEN_RAW": str(office.raw), "BURDEN_WAREHOUSE": str(office.warehouse)}
    office.refresh(today=date.today())
    assert "没有新到或更正的内容" in run("refresh", **folders).stdout
    english = run("--lang", "en", "refresh", **folders).stdout
    assert "Nothing new" in english
    assert re.search(r"[\d,]+ rows in = [\d,]+ accepted \+ 0 superseded \+ 0 duplicate \+ 0 quarantined", english)


def test_what_cannot_be_done_is_one_sentence_and_code_2(tmp_path):
    done = run("refresh", "--raw", tmp_path / "none", "--warehouse", tmp_path / "warehouse")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "原始数据文件夹" in done.stderr
    assert run("refresh", "--nonsense").returncode == 2


def test_a_warehouse_that_cannot_be_made_is_one_sentence(office, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("refresh", "--raw", office.raw, "--warehouse", tmp_path / "file" / "warehouse", BURDEN_LANG="en")
    assert done.returncode == 2
    assert done.stderr.startswith("The warehouse “")
    assert "Traceback" not in done.stderr


def test_a_demo_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("demo", "--points", "500", "--months", "12", "--out", tmp_path / "file" / "raw")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("示例数据无法写入")


def test_status_tells_the_snapshot_the_runs_and_what_waits(office):
    write(office.raw / "新到.csv", "meetings", list_meetings(("P1", "new", "2026-03-02")))
    (office.raw / "计划.csv").unlink()
    told = json.loads(run("status", *where(office), "--json").stdout)
    assert (told["waiting"], told["months"], told["synthetic"]) == (2, [202601, 202603], False)
    assert [entry["outcome"] for entry in told["runs"]] == ["published"]
    people = run("status", *where(office), BURDEN_LANG="en").stdout
    assert told["snapshot"] in people
    assert "2 files wait" in people


def test_status_of_an_empty_warehouse_says_so(tmp_path):
    done = run("status", "--raw", tmp_path / "raw", "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 0
    assert "还没有已发布的快照" in done.stdout


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same_things(key):
    zh, en = ([field for _, field, _, _ in Formatter().parse(text) if field] for text in TEXTS[key])
    assert sorted(zh) == sorted(en)


def test_the_language_is_chinese_by_default(monkeypatch):
    monkeypatch.delenv("BURDEN_LANG", raising=False)
    assert say("outcome.held") == "暂停发布"
    monkeypatch.setenv("BURDEN_LANG", "en")
    assert say("outcome.held") == "held back"
