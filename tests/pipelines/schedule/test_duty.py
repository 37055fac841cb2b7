"""A duty with real refreshes, log and web server, by a clock that is passed in; how turns end in children: `test_turns`."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipelines.contracts.errors import BurdenError, PublicationHeldError
from pipelines.schedule.duty import Duty
from pipelines.schedule.logs import open_log
from pipelines.schedule.posting import Post
from pipelines.schedule.turns import Ending, Turn


class NearRefresher:
    """Refreshes in this process, which is quicker."""

    def __init__(self, office) -> None:
        self._office = office

    def run(self) -> Turn:
        try:
            result = self._office.refresh()
        except BurdenError as error:
            held = isinstance(error, PublicationHeldError)
            return Turn(Ending.HELD if held else Ending.FAILED, 0.1, error.sentence("zh"))
        return Turn(Ending.PUBLISHED if result.published else Ending.UNCHANGED, 0.1)


class Clock:
    """Tells the time, moved on by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now().astimezone() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(office, post_office, clock, tmp_path):
    def begin(addresses: str | None = None, find_raised=None, keep_brief=None) -> Duty:
        post = Post(post_office.address if addresses is None else addresses)
        log = open_log(tmp_path / "log" / "x.log", clock)
        return Duty(NearRefresher(office), office.warehouse, 36, post, "zh", log, clock, find_raised, keep_brief)

    return begin


def read_log(tmp_path) -> list[dict]:
    return [json.loads(line) for line in (tmp_path / "log" / "x.log").read_text(encoding="utf-8").splitlines()]


def test_a_publication_held_back_is_told_once_even_over_a_restart_and_so_is_its_end(office, make, post_office):
    february = office.raw / "会议" / "2026-02.csv"
    content = february.read_bytes()
    february.unlink()
    make().take_turn("time")
    assert post_office.titles == ["暂停发布，请核对"]
    message = post_office.messages[0]["message"]
    assert "--accept" in message
    assert office.manifest()["snapshot"] in message
    make().take_turn("time")
    assert len(post_office.messages) == 1
    february.write_bytes(content)
    make().take_turn("time")
    assert post_office.titles == ["暂停发布，请核对", "数据更新已恢复"]


def test_stale_data_are_told_once_and_again_when_they_are_fresh(office, make, post_office, clock):
    duty = make()
    duty.watch_over()
    assert post_office.titles == []
    clock.ahead = timedelta(hours=37)
    for _ in range(3):
        duty.watch_over()
    assert post_office.titles == ["数据已过期"]


def test_a_notice_that_reached_nobody_is_tried_again_and_ends_nothing(make, post_office, clock, tmp_path):
    duty = make()
    clock.ahead = timedelta(hours=37)
    post_office.code = 500
    duty.watch_over()
    post_office.code = 200
    duty.watch_over()
    duty.watch_over()
    assert post_office.titles == ["数据已过期"] * 2
    events = [(line["event"], line["failed"]) for line in read_log(tmp_path)]
    assert events == [("notice_not_delivered", ["1:json"]), ("notice_sent", [])]


def test_a_failure_that_reached_nobody_is_tried_again_until_a_refresh_by_hand_ends_it(office, make, post_office):
    duty, raw = make(), office.raw
    office.raw = raw / "none"
    post_office.code = 500
    duty.take_turn("time")
    duty.watch_over()
    assert post_office.titles == ["数据更新未完成"] * 2
    post_office.code = 200
    duty.watch_over()
    duty.watch_over()
    assert post_office.titles == ["数据更新未完成"] * 3
    office.raw = raw
    office.refresh()
    duty.watch_over()
    duty.watch_over()
    assert post_office.titles[3:] == ["数据更新已恢复"]


def test_a_state_that_cannot_be_kept_is_logged_and_still_known(office, make, post_office, clock, tmp_path):
    duty = make()
    (office.warehouse / "schedule.draft").mkdir()
    clock.ahead = timedelta(hours=37)
    duty.watch_over()
    duty.watch_over()
    assert post_office.titles == ["数据已过期"]
    assert "state_not_kept" in [line["event"] for line in read_log(tmp_path)]


def test_the_log_masks_personal_numbers_and_holds_no_address(office, make, post_office, tmp_path, capsys):
    office.raw.rename(office.raw.with_name("raw 13800138000"))
    office.raw = office.raw.with_name("raw 13800138000")
    (office.raw / "会议" / "2026-02.csv").unlink()
    make(f"{post_office.address} wecombot:/SECRETKEY").take_turn("13800138000")
    shown = (tmp_path / "log" / "x.log").read_text(encoding="utf-8") + capsys.readouterr().err
    assert "refresh_ended" in shown
    assert "13800138000" not in shown + str(post_office.messages)
    assert "SECRETKEY" not in shown
    assert "SECRETKEY" not in (office.warehouse / "schedule.json").read_text(encoding="utf-8")


def test_without_addresses_stale_data_are_at_least_logged(make, clock, tmp_path):
    duty = make("")
    clock.ahead = timedelta(hours=37)
    duty.watch_over()
    duty.watch_over()
    assert [line["event"] for line in read_log(tmp_path)] == ["data_stale"]


def test_an_alert_is_told_when_it_is_new_once_even_over_a_restart(office, make, post_office):
    raised = [("rebound:411300", "南阳市 · 回潮：会议数上升。")]
    republish(office)
    make(find_raised=lambda: raised).take_turn("time")
    assert post_office.titles == ["有需要查看的事项"]
    message = post_office.messages[0]["message"]
    assert "南阳市 · 回潮：会议数上升。" in message
    assert office.manifest()["snapshot"] in message
    republish(office)
    raised.append(("plan:410400", "平顶山市 · 计划：限额已用完。"))
    make(find_raised=lambda: raised).take_turn("time")
    assert post_office.titles == ["有需要查看的事项"] * 2
    assert "回潮" not in post_office.messages[1]["message"]
    assert "平顶山市" in post_office.messages[1]["message"]
    republish(office)
    duty = make(find_raised=lambda: raised)
    duty.take_turn("time")
    duty.take_turn("time")
    assert len(post_office.messages) == 2


def test_alerts_that_reached_nobody_are_due_again_and_many_are_counted(office, make, post_office):
    republish(office)
    duty = make(find_raised=lambda: [(f"rise:{n}", f"第{n}项。") for n in range(11)])
    post_office.code = 500
    duty.take_turn("time")
    post_office.code = 200
    duty.watch_over()
    duty.watch_over()
    assert post_office.titles == ["有需要查看的事项"] * 2
    assert "另有 3 项" in post_office.messages[1]["message"]


def test_alerts_that_cannot_be_found_are_logged_and_stop_nothing(office, make, post_office, tmp_path):
    republish(office)

    def fail() -> list[tuple[str, str]]:
        raise BurdenError("快照损坏。", "The snapshot is damaged.")

    assert make(find_raised=fail).take_turn("time").ending is Ending.PUBLISHED
    assert [line["reason"] for line in read_log(tmp_path) if line["event"] == "alerts_not_found"] == ["快照损坏。"]
    assert post_office.titles == []


def test_a_brief_is_kept_after_a_publication_and_its_failure_stops_nothing(office, make, tmp_path):
    republish(office)
    made = [Path("月报.pptx")]
    duty = make(keep_brief=lambda: made.pop() if made else fail())

    def fail() -> Path:
        raise BurdenError("提纲无法读取。", "The outline cannot be read.")

    assert duty.take_turn("time").ending is Ending.PUBLISHED
    assert duty.take_turn("time").ending is Ending.UNCHANGED
    republish(office)
    assert duty.take_turn("time").ending is Ending.PUBLISHED
    told = [(line["event"], line.get("path") or line.get("reason")) for line in read_log(tmp_path) if "brief" in line["event"]]
    assert told == [("brief_written", "月报.pptx"), ("brief_not_written", "提纲无法读取。")]


def republish(office) -> None:
    """Change a file, so that the next refresh publishes."""
    february = office.raw / "会议" / "2026-02.csv"
    february.write_bytes(february.read_bytes() + b"\n")
