"""The control view of a topic page: chosen in the address, told in words, with its limits in the table and the file."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from written import read_html

from dashboard.answers.control import CONTROL_COLUMNS, Variation
from dashboard.answers.request import ESTIMATE_COLUMNS
from dashboard.i18n.measures import measure
from dashboard.pages import control, strip
from dashboard.pages.catalogue import PAGES
from dashboard.pages.source import bounds_of
from dashboard.pages.state import read
from dashboard.pages.trends import CHART
from dashboard.pages.view import View
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from pipelines.contracts.policy import Policy, Rebase

SCRIPT = """
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import run

run(PAGES["meetings"], tuple(PAGES))
"""


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def open_page(snapshot: Snapshot, page: str = "meetings", **params: str) -> View:
    bounds = bounds_of(snapshot)
    state, faults = read({"chart": "control", **params}, bounds, PAGES[page].choices)
    assert not faults
    return View(page, PAGES[page].choices, state, bounds, snapshot)


def read_chart(view: View, indicator: str = "meetings") -> control.Reading:
    chart = view.control(indicator)
    known = [row for row in chart.frame.to_dicts() if row["estimate"] is not None]
    return control.Reading(view, chart, measure(indicator), tuple(known))


def with_policy(snapshot: Snapshot, **policy: object) -> Snapshot:
    changed = Policy().model_copy(update=policy).model_dump(mode="json")
    return replace(snapshot, manifest=snapshot.manifest | {"policy": changed})


def test_the_pages_offer_the_switch_as_addresses(demo: Snapshot) -> None:
    for page in ("meetings", "documents", "accompaniment", "staffing"):
        tabs = strip.draw_tabs(open_page(demo, page, region="411300"), CHART)
        hrefs = re.findall(r'href="([^"]+)"', tabs)
        assert hrefs == [f"./{page}?region=411300{chart}" for chart in ("", "&amp;chart=control", "&amp;chart=parts")]
        assert re.findall(r'aria-current="true">([^<]+)<', tabs) == ["控制图"]


def test_a_signal_is_told_with_direction_and_since_when(demo: Snapshot) -> None:
    readings = (
        read_chart(open_page(demo, region=code), "meeting_accompaniment_rate")
        for code in demo.regions.filter(level="city")["code"]
    )
    worse = next(r for r in readings if r.chart.variation is Variation.WORSE)
    assert "是信号，不是波动" in control.say_sentence(worse)
    assert control.say_sentence(worse).startswith(worse.view.name() + "陪会率")
    pills = control.write_pills(worse)
    assert 'class="pill heavier">▲ 加重信号' in pills
    year, month = worse.chart.since.split("-")
    assert f"自{year}年{int(month)}月起" in pills


@pytest.mark.parametrize(
    ("values", "signal", "side", "told"),
    [
        ([9, 11, 12, 13, 12, 11, 12, 13], "run", 1, "已连续 7 个月高于均值"),
        ([11, 9, 9, None, 9, 8, 9], "run", -1, "已连续 3 个月低于均值"),
        ([9, 8, 9, 10, 11, 12, 13, 14], "trend", 1, "已连续 7 个月上升"),
        ([14, 13, 13, 12, 11], "trend", -1, "已连续 3 个月下降"),
        ([10, 30], "limit", 1, "2025年2月越过上控制线"),
        ([10, 10, 3], "two_of_three", -1, "近三个月中两个月接近下控制线"),
    ],
)
def test_a_signal_is_named_by_its_rule(demo: Snapshot, values: list, signal: str, side: int, told: str) -> None:
    rows = tuple(
        {"group": months.iso(202501 + i), "estimate": float(v), "centre": 10.0, "side": 0, "signal": None}
        for i, v in enumerate(values) if v is not None
    )  # fmt: skip
    newest = rows[-1] | {"side": side, "signal": signal}
    shown = replace(read_chart(open_page(demo)), known=(*rows[:-1], newest))
    assert control.say_title(shown) == f"会议数：{told}"
    assert told in control.say_sentence(shown)


def test_months_within_the_limits_are_told_as_noise(demo: Snapshot) -> None:
    cities = demo.regions.filter(level="city")["code"]
    readings = (read_chart(open_page(demo, region=code, **{"from": "2025-01", "to": "2025-01"})) for code in cities)
    quiet = next(r for r in readings if not any(row["side"] for row in r.known))
    assert quiet.chart.variation is Variation.COMMON
    assert "上下起伏属正常波动" in control.say_sentence(quiet)
    assert "无信号，属正常波动" in control.write_pills(quiet)


def test_an_earlier_signal_is_not_told_as_todays(demo: Snapshot) -> None:
    readings = (read_chart(open_page(demo, region=code)) for code in demo.regions.filter(level="city")["code"])
    calm = next(r for r in readings if r.chart.variation is Variation.COMMON and any(row["side"] for row in r.known))
    signals = [row["group"] for row in calm.known if row["side"]]
    said = control.say_sentence(calm)
    assert f"此前有 {len(signals)} 个月是信号" in said
    assert "不是波动" not in said


def test_too_few_months_give_the_reason_and_no_limits(demo: Snapshot) -> None:
    first = demo.months[0]
    shown = read_chart(open_page(demo, **{"from": months.iso(first), "to": months.iso(months.shift(first, 5))}))
    assert shown.chart.variation is Variation.FEW_MONTHS
    assert "只有 6 个" in control.say_sentence(shown)
    assert "月数不足" in control.write_pills(shown)
    assert control.say_title(shown) == "会议数"


def test_a_target_and_a_rebase_are_told_with_their_reasons(demo: Snapshot) -> None:
    rebase = Rebase(indicator="meetings", month=date(2025, 3, 1), reason="统计口径调整")
    view = open_page(with_policy(demo, targets={"meetings": 0.5}, rebases=(rebase,)))
    shown = read_chart(view)
    assert "按现状达不到目标" in control.write_pills(shown)
    assert "目标 0.5" in control.write_pills(shown)
    assert control._say_rebases(shown) == "控制限自2025年3月起重新计算：统计口径调整。"


def test_without_a_chosen_period_provisional_months_stay_out(demo: Snapshot) -> None:
    settled, asked = (open_page(demo, **period) for period in ({}, {"from": "2026-08", "to": "2026-10"}))
    assert not settled.control("meetings").frame["provisional"].any()
    assert asked.control("meetings").frame["group"].to_list()[-1] == "2026-10"
    assert asked.control("meetings").frame["provisional"].to_list()[-1]


def test_the_filters_of_the_page_hold(demo: Snapshot) -> None:
    whole, some = (open_page(demo, **more).control("meetings").frame for more in ({}, {"level": "county"}))
    assert (some["estimate"] < whole["estimate"]).all()


def test_the_file_is_the_answer_of_the_command_line(demo: Snapshot) -> None:
    frame = PAGES["meetings"].tables["trend"](open_page(demo, region="411300"))
    assert frame.columns == [*ESTIMATE_COLUMNS, *CONTROL_COLUMNS]
    plain = PAGES["meetings"].tables["trend"](open_page(demo, region="411300", chart="trend"))
    assert plain.columns == list(ESTIMATE_COLUMNS)


def test_the_page_shows_pills_sentence_and_columns(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))
    test = AppTest.from_string(SCRIPT, default_timeout=120)
    test.query_params.update({"chart": "control", "region": "411300"})
    test.run()
    assert not test.exception
    html = read_html(test)
    assert html.count('<p class="pills">') == 1
    assert "纵轴不从 0 起" in html
    assert "95% 区间，来自抽样" in html
    assert all(f">{head}</th>" in html for head in ("均值", "控制限", "信号"))
    assert "暂时无法显示" not in html
