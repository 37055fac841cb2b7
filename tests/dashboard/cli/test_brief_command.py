"""`burden brief`: what the commands write, print and exit with."""

import json
import sys

import pytest

import burden
from dashboard.briefing import read_outline
from dashboard.warehouse import open_snapshot
from pipelines.contracts.errors import RequestError

OUTLINE = """
period = "month"
title = "会议专报"
[[slides]]
chart = "bars"
indicator = "会议数"
by = "level"
text = "全省{meetings.direction}，变化 {meetings.change}（{meetings.change_interval}）。"
"""


@pytest.fixture
def run(demo_warehouse, monkeypatch, capsys):
    """The command line in this process: (exit code, standard output, standard error)."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["burden", *map(str, words), "--warehouse", str(demo_warehouse)])
        with pytest.raises(SystemExit) as ended:
            burden.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return call


def test_create_refresh_and_check(run, tmp_path):
    (tmp_path / "own.toml").write_text(OUTLINE, encoding="utf-8")
    deck = tmp_path / "brief_2026-07.pptx"
    period = ("--from", "2026-07", "--to", "2026-07")
    made = run("brief", "create", "-o", deck, "--outline", tmp_path / "own.toml", *period)
    assert made == (0, f"已写入 {deck}：1 页\n", "")
    kept = deck.read_bytes()
    code, out, _ = run("brief", "refresh", deck, "--json")
    answer = json.loads(out)
    assert (code, answer["deck"], answer["to"]) == (0, str(tmp_path / "brief_2026-09.pptx"), "2026-09")
    assert {c["chart"] for c in answer["changes"]} == {"会议数 分组"}
    assert deck.read_bytes() == kept
    code, out, _ = run("brief", "check", deck, "--json")
    assert (code, {f["kind"] for f in json.loads(out)["findings"]}) == (1, {"stale_slide"})
    code, out, _ = run("brief", "check", tmp_path / "brief_2026-09.pptx")
    assert (code, out.splitlines()[-1]) == (0, "没有发现问题。")
    code, out, told = run("brief", "refresh", deck, "-o", deck)
    assert (code, out, told.count("\n"), deck.read_bytes()) == (2, "", 1, kept)


@pytest.mark.parametrize(
    ("outline", "told"),
    [
        ("slides = 3", "没有幻灯片"),
        ('[[slides]]\nchart = "pie"\nindicator = "meetings"', "没有“pie”"),
        ('[[slides]]\nchart = "trend"\nindicator = "coffee"', "第 1 页：没有指标“coffee”"),
        ('[[slides]]\nchart = "bars"\nindicator = "meetings"\nby = "age_band"', "第 1 页：by 须为"),
        ('[[slides]]\ntext = "{meetings.median}"', "无法识别"),
        ('[[slides]]\ntext = "{meetings"', "花括号不成对"),
        ('[[slides]]\nchart = "trend"\nindicator = "plan_used_share"', "登记数"),
        ('colour = "red"\n[[slides]]\nchart = "method"', "没有“colour”这一项"),
        ("[[slides", "不是有效的 TOML"),
    ],
)
def test_a_fault_in_an_outline_is_one_sentence(demo_warehouse, tmp_path, outline, told):
    (tmp_path / "own.toml").write_text(outline, encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        read_outline(tmp_path / "own.toml", open_snapshot(demo_warehouse))
    assert told in caught.value.zh
    assert "\n" not in caught.value.en


def test_what_cannot_be_done_exits_with_2_and_one_sentence(run, tmp_path):
    (tmp_path / "x.pptx").write_text("no deck", encoding="utf-8")
    for words in (("refresh", tmp_path / "none.pptx"), ("check", tmp_path / "x.pptx")):
        code, out, told = run("brief", *words)
        assert (code, out, told.count("\n")) == (2, "", 1)
