"""Directions follow the interval, verdicts the indicator's better side."""

import pytest
from made_rows import made_row

from dashboard.i18n.judgement import Direction, Verdict, change_line, interval_of_change, judge, signed_change
from dashboard.i18n.measures import measure


@pytest.mark.parametrize(
    ("indicator", "low", "high", "direction", "verdict"),
    [
        ("meetings", -16.0, -10.0, Direction.FELL, Verdict.LIGHTER),
        ("meetings", 3.0, 19.0, Direction.ROSE, Verdict.HEAVIER),
        ("meetings", -3.0, 19.0, Direction.NO_CLEAR_CHANGE, Verdict.UNCLEAR),
        ("merged_share", -0.06, -0.01, Direction.FELL, Verdict.HEAVIER),
        ("merged_share", 0.01, 0.06, Direction.ROSE, Verdict.LIGHTER),
        ("video_share", 0.01, 0.06, Direction.ROSE, Verdict.NEUTRAL),
    ],
)
def test_judgement(indicator: str, low: float, high: float, direction: Direction, verdict: Verdict) -> None:
    row = made_row(indicator=indicator, change=(low + high) / 2, change_low=low, change_high=high)
    judged = judge(row, measure(indicator))
    assert (judged.direction, judged.verdict) == (direction, verdict)


def test_lines_of_cards() -> None:
    fell = made_row(change=-13.0, change_low=-16.0, change_high=-10.0)
    assert change_line(fell, measure("meetings"), "zh") == "▼ 下降 13% · 好转"
    assert change_line(fell, measure("meetings"), "en") == "▼ down 13% · better"
    rate = made_row(indicator="meeting_accompaniment_rate", change=0.018, change_low=0.007, change_high=0.029)
    assert change_line(rate, measure("meeting_accompaniment_rate"), "zh") == "▲ 上升 1.8 个百分点 · 加重"
    unclear = made_row(change=1.0, change_low=-2.0, change_high=4.0)
    assert change_line(unclear, measure("meetings"), "zh") == "– 无明显变化"


def test_a_change_without_interval_is_not_shown() -> None:
    row = made_row(change=-13.0)
    assert signed_change(row, measure("meetings")) == ""
    assert interval_of_change(row, measure("meetings"), "zh") == ""
    assert change_line(row, measure("meetings"), "zh") == "变化不可估计"


def test_a_withheld_rank_keeps_the_change() -> None:
    row = made_row(status="withheld", change=-13.0, change_low=-16.0, change_high=-10.0)
    assert signed_change(row, measure("meetings")) == "−13%"


def test_a_suppressed_row_has_no_change() -> None:
    row = made_row(status="suppressed", change=-13.0, change_low=-16.0, change_high=-10.0)
    assert judge(row, measure("meetings")).direction is Direction.UNKNOWN
