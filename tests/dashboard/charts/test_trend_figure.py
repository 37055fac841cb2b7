"""What `trend` draws is the frame: values, gaps, provisional segments, compared periods, reforms."""

from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from made_estimates import estimate_frame, mark_provisional, month_frame

from dashboard.charts.trend import trend
from pipelines.contracts.policy import Reform

VALUES = [9.0, 8.5, None, 8.8, 0.0, 8.9, 9.2]


def draw(frame: pl.DataFrame, **more: Any) -> go.Figure:
    return trend(frame, lang="zh", subject="南阳市", width=660, **more)


def traces(fig: go.Figure, name: str) -> list[Any]:
    return [t for t in fig.data if t.name == name]


def strokes(trace: Any) -> list[list[tuple[str, float]]]:
    """The unbroken strokes of a line trace."""
    found: list[list[tuple[str, float]]] = [[]]
    for x, y in zip(trace.x, trace.y, strict=True):
        if x is None:
            found.append([])
        else:
            found[-1].append((x, y))
    return [s for s in found if s]


def test_a_missing_month_is_a_gap_and_is_named() -> None:
    fig = draw(month_frame(VALUES))
    (line,) = traces(fig, "line")
    assert [[x for x, _ in s] for s in strokes(line)] == [["26-03", "26-04"], ["26-06", "26-07", "26-08", "26-09"]]
    (absent,) = traces(fig, "absent")
    assert (list(absent.x), list(absent.text)) == (["26-05"], ["缺报"])


def test_a_month_that_is_not_in_the_frame_is_a_gap_too() -> None:
    frame = month_frame([9.0, 8.5, 8.0, 8.8]).filter(pl.col("group") != "2026-08")
    (line,) = traces(draw(frame), "line")
    assert [len(s) for s in strokes(line)] == [2]


def test_a_quarter_is_a_step_over_its_months_with_one_mark() -> None:
    quarters = [
        {"group": f"2026-Q{n + 1}", "period_from": f"2026-0{3 * n + 1}", "period_to": f"2026-0{3 * n + 3}", "estimate": 8.0 + n}
        for n in range(3)
    ]
    frame = mark_provisional(estimate_frame(quarters), "2026-Q2")
    fig = draw(frame)
    values = {x: y for t in traces(fig, "line") + traces(fig, "provisional") for s in strokes(t) for x, y in s}
    assert values == {f"26-0{m}": 8.0 + (m - 1) // 3 for m in range(1, 10)}
    (marks,) = traces(fig, "marks")
    assert list(marks.x) == ["26-05", "26-09"]
    assert traces(fig, "hover")[0].customdata[4].startswith("<b>2026年4—6月（暂定）</b>")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(1, 40).map(lambda v: v / 2)), min_size=3, max_size=30).filter(any))
def test_every_drawn_value_stands_in_the_frame_and_nothing_else(values: list[float | None]) -> None:
    fig = draw(month_frame(values))
    hover = traces(fig, "hover")[0]
    labels = dict(zip(hover.x, values, strict=True))
    drawn = {point for t in traces(fig, "line") for stroke in strokes(t) for point in stroke}
    assert all(labels[x] == y for x, y in drawn)
    pairs = sum(a is not None and b is not None for a, b in pairwise(values))
    assert sum(len(s) - 1 for t in traces(fig, "line") for s in strokes(t)) == pairs


def test_the_segment_to_a_provisional_month_is_dotted_with_a_hollow_end() -> None:
    fig = draw(mark_provisional(month_frame([9.0, 8.5, 8.8, 9.2]), "2026-09"))
    (dotted,) = traces(fig, "provisional")
    assert strokes(dotted) == [[("26-08", 8.8), ("26-09", 9.2)]]
    assert dotted.line.dash == "1.5px,3px"
    marks = traces(fig, "marks")[0]
    assert (list(marks.x), list(marks.marker.color)) == (["26-09"], ["#FFFFFF"])
    assert any("9月暂定" in a.text for a in fig.layout.annotations)


def test_a_true_zero_is_a_hollow_dot_with_its_0() -> None:
    marks = traces(draw(month_frame(VALUES)), "marks")[0]
    place = list(marks.x).index("26-07")
    assert (marks.y[place], marks.text[place], marks.marker.color[place]) == (0.0, "0", "#FFFFFF")


def test_the_band_is_the_interval_clipped_at_zero() -> None:
    (band,) = traces(draw(month_frame([0.2, 5.0, 6.0])), "band")
    assert list(band.y)[:6] == [0.8, 5.6, 6.6, 5.4, 4.4, 0.0]


def test_a_month_between_gaps_has_its_interval_as_a_whisker() -> None:
    (whisker,) = traces(draw(month_frame([9.0, None, 8.0, None, 7.0, 7.5])), "whisker")
    assert list(whisker.x) == ["26-04", "26-04", None, "26-06", "26-06"]
    assert list(whisker.y) == [8.4, 9.6, None, 7.4, 8.6]


def test_the_axis_starts_at_zero_and_holds_the_band() -> None:
    fig = draw(month_frame([9.0, 9.5, 9.9]))
    low, high = fig.layout.yaxis.range
    assert low == 0
    assert high >= 10.5


def test_shares_are_drawn_in_per_cent() -> None:
    frame = month_frame([0.2, 0.25], half=0.02, indicator="meeting_accompaniment_rate")
    fig = draw(frame)
    assert strokes(traces(fig, "line")[0]) == [[("26-08", 20.0), ("26-09", 25.0)]]
    assert fig.layout.yaxis.ticktext[-1].endswith("%")


def test_a_net_rate_below_zero_is_not_cut() -> None:
    frame = month_frame([-0.02, 0.01], half=0.005, indicator="net_flow_rate")
    assert draw(frame).layout.yaxis.range[0] <= -2.5


def test_compared_periods_are_short_black_bars_over_their_months() -> None:
    periods = estimate_frame([
        {"estimate": 8.7, "period_from": "2025-07", "period_to": "2025-09"}, {"estimate": 9.8},
    ])  # fmt: skip
    fig = draw(month_frame([9.0] * 24), compared=periods)
    bars = [(s.x0, s.x1, s.y0) for s in fig.layout.shapes if s.name == "compared"]
    assert bars == [(8.6, 11.4, 8.7), (20.6, 23.4, 9.8)]
    words = [a.text for a in fig.layout.annotations]
    assert "<b>上年7—9月 8.7</b>" in words
    assert "<b>7—9月 9.8</b>" in words


def test_a_period_that_cannot_be_estimated_has_no_bar() -> None:
    periods = estimate_frame([
        {"estimate": 8.7, "period_from": "2025-07", "period_to": "2025-09", "status": "not_estimable"}, {"estimate": 9.8},
    ])  # fmt: skip
    fig = draw(month_frame([9.0] * 24), compared=periods)
    assert [s.y0 for s in fig.layout.shapes if s.name == "compared"] == [9.8]
    assert not any("8.7" in a.text for a in fig.layout.annotations)


def test_the_label_of_the_period_just_before_stands_below_its_bar() -> None:
    periods = estimate_frame([
        {"estimate": 8.7, "period_from": "2026-04", "period_to": "2026-06"}, {"estimate": 9.8},
    ])  # fmt: skip
    fig = draw(month_frame([9.0] * 24), compared=periods)
    sides = {a.text: a.yanchor for a in fig.layout.annotations if a.text.startswith("<b>") and "月 " in a.text}
    assert sides == {"<b>4—6月 8.7</b>": "top", "<b>7—9月 9.8</b>": "bottom"}


def test_reforms_stand_at_their_month_and_only_inside_the_span() -> None:
    reforms = [Reform(month=date(2026, 8, 1), zh="新规", en="New rules"), Reform(month=date(2020, 1, 1), zh="旧", en="old")]
    fig = draw(month_frame([9.0] * 6), reforms=reforms)
    assert [s.x0 for s in fig.layout.shapes if s.name == "reform"] == [4]
    assert any(a.text == "2026-08 新规" for a in fig.layout.annotations)


def test_the_reference_is_dashed_with_a_hollow_diamond() -> None:
    fig = draw(month_frame([9.0, 8.0]), reference=month_frame([7.0, 7.5]))
    reference = traces(fig, "line")[0]
    assert (reference.line.color, reference.line.dash) == ("#7B8794", "7px,4px")
    assert traces(fig, "marks")[0].marker.symbol == "diamond"


def test_one_hover_line_tells_estimate_interval_points_and_coverage() -> None:
    fig = draw(month_frame([9.0, None]))
    assert [t.name for t in fig.data if t.hoverinfo != "skip"] == ["hover"]
    said = traces(fig, "hover")[0].customdata
    assert said[0] == "<b>2026年8月</b><br>南阳市 9.0 场/点·月（8.4 至 9.6）<br>88 个样本点，覆盖 94%"
    assert "缺报" in said[1]


def test_nothing_to_draw_says_why() -> None:
    for frame in (month_frame([None, None]), month_frame([])):
        fig = draw(frame)
        assert not fig.data
        assert len(fig.layout.annotations) == 1
        assert fig.layout.height > 0
