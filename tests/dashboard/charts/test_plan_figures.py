"""Pictures of plans, of counts beside feeling, and of constants: each mark stands where its number says."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from made_estimates import estimate_row

from dashboard.charts import palette
from dashboard.charts.plan_fans import PlanFan, plan_fans
from dashboard.charts.plan_rows import PlanRow, plan_rows
from dashboard.charts.relief_rows import Pair, relief_rows
from dashboard.charts.tornado_rows import Weight, tornado_rows
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import measure

HEAVIER = palette.MARK[Verdict.HEAVIER]


def plan(**given: Any) -> dict[str, Any]:
    return {
        "region_code": "411300", "year": 2026, "level": "city", "item": "meetings", "previous_actual": 120, "ceiling": 100,
        "issued": 70, "as_of": date(2026, 9, 30), "used": 0.7, "raised": False, "pace": 0.75, "projected": 0.93,
        "projected_low": 0.9, "projected_high": 0.97, "chance_over": 0.01, "n_paths": 9,
    } | given  # fmt: skip


PLANS = [
    PlanRow("下", "411300", plan(), "93%", "几乎不会 <1%", "下"),
    PlanRow("上", "411301", plan(projected=1.2, projected_low=1.1, projected_high=1.3), "120%", "几乎肯定", "上"),
    PlanRow("两可", "411302", plan(projected=1.0, projected_low=0.9, projected_high=1.1), "100%", "说不准", "两可"),
    PlanRow("抬高", "411303", plan(previous_actual=90, raised=True), "93%", "几乎不会", "抬高"),
    PlanRow("少", "411304", plan(pace=None, projected=None, projected_low=None, projected_high=None), "往年进度不足"),
    PlanRow("零", "411305", plan(ceiling=0, used=None, pace=None, projected=None, projected_low=None, projected_high=None)),
    PlanRow("无", "411306", None),
]
REPORTS = pl.DataFrame({"year": [2025, 2025, 2026], "day": [0.5, 1.0, 0.75], "issued": [60, 120, 70], "as_of": [
    date(2025, 6, 30), date(2025, 12, 31), date(2026, 9, 30)], "ceiling": [130, 130, 100]})  # fmt: skip


def draw_plans(lang: Any = "zh", width: int = 662) -> Any:
    return plan_rows(PLANS, header="计划", lang=lang, width=width)


def draw_fans(lang: Any = "zh", width: int = 662) -> Any:
    return plan_fans([PlanFan(name, plan(), REPORTS, "93%") for name in "abc"], lang=lang, width=width)


def draw_relief(lang: Any = "zh", width: int = 662) -> Any:
    pairs = []
    for name, low, high, felt in (("甲", -9, -2, 0.03), ("乙", -3, 4, -0.03)):
        counted = estimate_row(group=name, estimate=7.0, change=(low + high) / 2, change_low=low, change_high=high)
        feeling = estimate_row(
            indicator="felt_relief_share", group=name, estimate=0.5, change=felt, change_low=felt - 0.01, change_high=felt + 0.01
        )
        pairs.append(Pair(name, counted, feeling, "都减轻", Verdict.LIGHTER))
    pairs.append(Pair("丙", estimate_row(group="丙", status="no_data", reason="no_points"), feeling, "不可比", Verdict.UNCLEAR))
    return relief_rows(pairs, (measure("meetings"), measure("felt_relief_share")), header="地市", lang=lang, width=width)


def draw_constants(lang: Any = "zh", width: int = 816) -> Any:
    escorts = Weight("陪同", "4 小时", "假定：没有实测，" * 8, 89.0, 111.0)
    weights = [escorts, Weight("阅文", "18,000 字", "假定", 101.7, 99.5, changed=True)]
    return tornado_rows(weights, 100.0, by="50%", unit="人时", lang=lang, width=width)


def test_the_year_end_is_drawn_by_where_its_interval_lies() -> None:
    ends = {trace.y[0]: trace for trace in draw_plans().data if trace.name == "end" and len(trace.y) == 1}
    beyond, either = ends[1], ends[2]
    assert (beyond.marker.symbol, beyond.marker.color) == ("square", HEAVIER)
    assert (either.marker.symbol, either.marker.color) == ("circle", palette.PAPER)
    assert beyond.x[0] - beyond.error_x.arrayminus[0] == pytest.approx(1.1)
    (below,) = [trace for trace in draw_plans().data if trace.name == "end" and 0 in trace.y]
    assert below.marker.color == palette.SUBJECT


def test_a_ceiling_above_last_years_actual_is_told_by_a_filled_diamond_left_of_it() -> None:
    (raised,) = [trace for trace in draw_plans().data if trace.name == "raised"]
    assert list(raised.y) == [3]
    assert raised.x[0] == pytest.approx(0.9)
    assert raised.marker.color == HEAVIER


def test_plans_without_a_ceiling_or_a_register_say_so() -> None:
    words = [note.text.strip("\u00a0") for note in draw_plans().layout.annotations]
    assert "不可估计" in words
    assert "无计划" in words


def test_the_fan_opens_from_the_last_report_to_the_interval_of_the_year_end() -> None:
    fan = next(trace for trace in draw_fans().data if trace.name == "fan")
    assert list(fan.x) == [0.75, 1, 1, 0.75]
    assert list(fan.y) == pytest.approx([70, 97, 90, 70])
    assert len({trace.yaxis for trace in draw_fans().data}) == 3


def test_counts_and_feeling_have_axes_of_their_own_and_colours_of_their_verdicts() -> None:
    dots = {(trace.xaxis, y): trace.marker.color for trace in draw_relief().data if trace.name == "dots" for y in trace.y}
    lighter, unclear = palette.MARK[Verdict.LIGHTER], palette.MARK[Verdict.UNCLEAR]
    assert dots == {("x", 0): lighter, ("x", 1): unclear, ("x3", 0): lighter, ("x3", 1): HEAVIER, ("x3", 2): HEAVIER}
    assert any("无样本点" in note.text for note in draw_relief().layout.annotations)


def test_the_bars_of_a_constant_run_from_the_estimate_to_what_it_would_be() -> None:
    bars = [(shape.x0, shape.x1) for shape in draw_constants().layout.shapes if shape.name == "weight"]
    assert bars == [(100.0, 89.0), (100.0, 111.0), (100.0, 101.7), (100.0, 99.5)]
