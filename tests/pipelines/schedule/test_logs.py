"""The log rotates, and one that cannot be written is a sentence."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.contracts.errors import BurdenError
from pipelines.schedule import logs


def test_the_file_rotates_and_every_line_is_an_object(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 500)
    log = logs.open_log(tmp_path / "deep" / "x.log", lambda: datetime(2026, 3, 1, 2, tzinfo=ZoneInfo("Asia/Shanghai")))
    for number in range(40):
        log.info("refresh_ended", number=number, reason="电话 13800138000")
    files = sorted((tmp_path / "deep").iterdir())
    assert len(files) == logs.KEPT + 1
    lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert {line["reason"] for line in lines} == {"电话 [手机号]"}
    assert 39 in {line["number"] for line in lines}
    assert {"event", "level"} <= set(lines[0])
    assert {line["timestamp"] for line in lines} == {"2026-03-01T02:00:00+08:00"}


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BurdenError, match="cannot be written"):
        logs.open_log(tmp_path / "file" / "x.log", datetime.now)
    logs.open_log(None, datetime.now)
