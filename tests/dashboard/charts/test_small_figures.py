"""Sparkline, small multiples, two lines, share rows, stacks, pyramid, churn, observation panels: figure equals frame."""

import re
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from made_estimates import estimate_frame, mark_provisional, month_frame

from dashboard.charts.age_pyramid import age_pyramid
from dashboard.charts.churn import churn
from dashboard.charts.observation_panel import observation_panel
from dashboard.charts.share_rows import share_rows
from dashboard.charts.small_multiples import small_multiples
from dashboard.charts.sparkline import data_uri, spark_labels, sparkline
from dashboard.charts.stacked_bar_rows import stacked_bar_rows
from dashboard.charts.stacked_share import stacked_share
from dashboard.charts.two_lines import Pair, two_lines

LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡级"}


def named(fig: go.Figure, name: str) -> list[Any]:
    return [t for t in fig.data if t.name == name]


def words(fig: go.Figure) -> list[str]:
    return [a.text for a in fig.layout.annotations]


COMPARED = estimate_frame([{"estimate": 8.7, "period_from": "2025-07", "period_to": "2025-09"}, {"estimate": 7.0}])


def test_a_sparkline_shows_24_months_and_both_periods() -> None:
    svg = sparkline(mark_provisional(month_frame([8.0] * 36), "2026-09"), lang="zh", compared=COMPARED, label="会议数 <7>")
    assert svg.count("<line") == 23 + 2
    assert svg.count('class="provisional"') == 1
    assert svg.count('class="compared"') == 2
    assert 'fill="#FFFFFF"' in svg
    assert "会议数 &lt;7&gt;" in svg
    assert data_uri(svg).startswith("data:image/svg+xml;base64,")


def test_a_sparkline_leaves_a_gap() -> None:
    svg = sparkline(month_frame([8.0, 8.1, None, 8.3, 8.2]), lang="zh")
    assert svg.count("<line") == 2
    assert "缺报" in sparkline(month_frame([None]), lang="zh")


def test_the_highest_month_of_a_sparkline_stands_highest() -> None:
    svg = sparkline(month_frame([5.0, 9.0, 7.0], half=0.0), lang="zh")
    ends = [float(y) for y in re.findall(r'y1="([\d.]+)"', svg)]
    assert ends[1] < ends[0]


def test_spark_labels() -> None:
    assert spark_labels(month_frame([8.0] * 36), COMPARED, lang="zh") == ("24-10", "上年 8.7", "本期 7.0")


def panels(**changes: float) -> go.Figure:
    now = estimate_frame([
        {"group": c, "estimate": 1.5, "ci_low": 1.2, "ci_high": 1.8, "change": v, "change_low": v - 9, "change_high": v + 9}
        for c, v in changes.items()
    ])  # fmt: skip
    frames = {c: month_frame([1.0, 1.5, None, 1.6]) for c in changes}
    return small_multiples(frames, labels={c: c.upper() for c in changes}, now=now, lang="zh", width=660)


def test_panels_are_ordered_by_change_with_other_last() -> None:
    heads = ("<b>PARTY</b>", "<b>SAFETY</b>", "<b>OTHER</b>")
    said = words(panels(party=-20.0, other=50.0, safety=35.0))
    assert [w for w in said if w in heads] == ["<b>SAFETY</b>", "<b>PARTY</b>", "<b>OTHER</b>"]


def test_panels_share_one_scale_and_keep_gaps() -> None:
    fig = panels(party=-20.0, safety=35.0, economy=1.0)
    assert len({tuple(fig.layout[f"yaxis{n}"].range) for n in ("", "2", "3")}) == 1
    assert [list(t.x) for t in named(fig, "line")] == [["26-06", "26-07"]] * 3
    assert [list(t.text) for t in named(fig, "absent")] == [["缺报"]] * 3
    assert "<b>▲ +35%</b>" in words(fig)


def test_two_lines_draw_both_series_from_zero() -> None:
    old = month_frame([0.28, 0.30], half=0.02, indicator="over50_share")
    young = month_frame([0.22, 0.20], half=0.02, indicator="under35_share")
    fig = two_lines([Pair("50岁及以上", old), Pair("35岁以下", young)], lang="zh", subject="南阳市", width=660)
    assert [list(t.y) for t in named(fig, "line")] == [[28.0, 30.0], [22.0, 20.0]]
    assert fig.layout.yaxis.range[0] == 0
    assert "<b>35岁以下<br>南阳市 20.0%</b>" in words(fig)


def shares() -> pl.DataFrame:
    return estimate_frame([
        {"indicator": "merged_share", "estimate": 0.127, "ci_low": 0.1, "ci_high": 0.15, "change": -0.034,
         "change_low": -0.065, "change_high": -0.003},
        {"indicator": "long_meeting_share", "status": "no_data", "reason": "not_due"},
    ])  # fmt: skip


def test_share_rows_draw_subject_reference_and_range() -> None:
    reference = estimate_frame([{"indicator": "merged_share", "estimate": 0.195, "ci_low": 0.18, "ci_high": 0.21}])
    regions = estimate_frame([
        {"indicator": "merged_share", "group": "410100", "estimate": 0.1},
        {"indicator": "merged_share", "group": "410200", "estimate": 0.28},
        {"indicator": "merged_share", "group": "410300", "status": "suppressed"},
    ])  # fmt: skip
    fig = share_rows(
        shares(), lang="zh", subject="南阳市", width=660, reference=reference, regions=regions, regions_label="18 市范围"
    )
    (subject,) = named(fig, "subject")
    assert (list(subject.x), list(subject.y)) == ([12.7], [0])
    assert list(named(fig, "reference")[0].x) == [19.5]
    (span,) = [s for s in fig.layout.shapes if s.name == "range"]
    assert (span.x0, span.x1) == (10.0, 28.0)
    columns = [list(t.text) for t in named(fig, "words")]
    assert ["<b>▼ 加重</b>", ""] in columns
    assert any("未到期" in w for w in words(fig))


def quarter_shares(**given: Any) -> pl.DataFrame:
    rows = []
    for first, last in (("2026-04", "2026-06"), ("2026-07", "2026-09")):
        rows += [
            {"group": c, "estimate": v, "ci_low": v - 0.02, "ci_high": v + 0.02, "period_from": first, "period_to": last}
            for c, v in zip(LEVELS, (0.07, 0.20, 0.48, 0.25), strict=True)
        ]  # fmt: skip
    return estimate_frame([r | given for r in rows])


def test_stacked_shares_are_the_frame_in_order() -> None:
    fig = stacked_share(quarter_shares(), parts=LEVELS, lang="zh", width=660)
    assert {t.name: list(t.y) for t in fig.data} == {
        "province": [7.0, 7.0], "city": [20.0, 20.0], "county": [48.0, 48.0], "township": [25.0, 25.0],
    }  # fmt: skip
    assert list(fig.data[0].x) == ["26-Q2", "26-Q3"]
    assert fig.data[-1].marker.color == "#12324F"


def test_beside_a_stack_stand_count_change_and_interval() -> None:
    counts = estimate_frame([
        {"group": "county", "estimate": 4.7, "ci_low": 4.2, "ci_high": 5.2, "change": 27.0, "change_low": 18.0,
         "change_high": 36.0},
    ])  # fmt: skip
    fig = stacked_share(quarter_shares(), parts=LEVELS, counts=counts, lang="zh", width=660)
    assert {"48.0%", "4.7", "<b>▲ +27%</b>", "+18 至 +36"} <= set(words(fig))


def test_a_provisional_quarter_is_framed() -> None:
    frame = quarter_shares().with_columns(provisional=pl.col("period_to") == "2026-09")
    fig = stacked_share(frame, parts=LEVELS, lang="zh", width=660)
    assert [s.x0 for s in fig.layout.shapes if s.name == "provisional"] == [0.5]


def test_an_absent_quarter_is_a_gap_with_its_word() -> None:
    rows = quarter_shares().to_dicts()
    for row in rows[:4]:
        row |= {"status": "no_data", "reason": "missing"}
    fig = stacked_share(estimate_frame(rows), parts=LEVELS, lang="zh", width=660)
    assert {t.name: t.y[0] for t in fig.data} == dict.fromkeys(LEVELS)
    assert "缺报" in words(fig)


def test_stacked_rows_hatch_what_is_suppressed() -> None:
    parts = {"civil_servant": "行政", "support": "工勤"}
    frame = estimate_frame([
        {"indicator": "headcount", "group": "civil_servant", "estimate": 0.6, "ci_low": 0.5, "ci_high": 0.7},
        {"indicator": "headcount", "group": "support", "status": "suppressed", "reason": "few_people"},
    ])  # fmt: skip
    fig = stacked_bar_rows([("南阳", frame)], parts=parts, lang="zh", width=660)
    bars = [t for t in fig.data if t.type == "bar"]
    assert [(t.name, t.x[0], t.marker.pattern.shape) for t in bars] == [("civil_servant", 60.0, ""), ("support", 4.0, "/")]


def pyramid_frame() -> pl.DataFrame:
    cells = [("-24", 0.02), ("25-29", 0.05), ("50-54", 0.11)]
    rows = [{"indicator": "headcount", "group": b, "estimate": v, "ci_low": v - 0.01, "ci_high": v + 0.01} for b, v in cells]
    hidden = {"indicator": "headcount", "group": "60-", "status": "suppressed", "reason": "few_people"}
    return estimate_frame([*rows, hidden])


def test_the_pyramid_draws_bands_and_hatches_suppressed_ones() -> None:
    fig = age_pyramid(pyramid_frame(), pyramid_frame(), lang="zh", subject="南阳市", width=660, male_reference=pyramid_frame())
    male, female = named(fig, "share")
    assert list(male.x) == list(female.x) == [2.0, 5.0, 11.0]
    assert list(male.customdata) == ["-24", "25-29", "50-54"]
    assert list(male.y) == [0, 1, 6]
    assert [list(t.y) for t in named(fig, "suppressed")] == [[8], [8]]
    assert {t.width for t in [*named(fig, "suppressed"), *named(fig, "share")]} == {0.72}
    assert fig.layout.xaxis.range[0] > fig.layout.xaxis.range[1]
    (outline,) = named(fig, "reference")
    assert outline.x[6:8] == (None, None)
    assert any("ⓢ" in w for w in words(fig))


def moves() -> pl.DataFrame:
    return estimate_frame([
        {"indicator": "recruitment_rate", "group": "recruited", "estimate": 0.03, "ci_low": 0.02, "ci_high": 0.04},
        {"indicator": "separation_rate", "group": "selected_up", "estimate": 0.016, "ci_low": 0.011, "ci_high": 0.021,
         "change": 0.006, "change_low": 0.001, "change_high": 0.011},
        {"indicator": "separation_rate", "group": "dismissed", "estimate": 0.0, "ci_low": 0.0, "ci_high": 0.0},
        {"indicator": "separation_rate", "group": "resigned", "status": "suppressed", "reason": "few_people"},
    ])  # fmt: skip


def test_joiners_stand_right_and_leavers_left() -> None:
    net = estimate_frame([{"indicator": "net_flow_rate", "estimate": -0.02, "ci_low": -0.035, "ci_high": -0.005}])
    fig = churn(moves(), lang="zh", subject="南阳市", width=660, reference=moves(), net=net)
    (bars,) = named(fig, "moves")
    assert dict(zip(bars.customdata, bars.x, strict=True)) == {"recruited": 3.0, "selected_up": -1.6, "dismissed": 0.0}
    assert [round(v, 6) for v in bars.error_x.array][1] == 0.5
    assert len(named(fig, "zero")[0].x) == 1
    assert list(named(fig, "net")[0].x) == [-2.0]
    assert [s.x0 for s in fig.layout.shapes if s.name == "reference"] == [3.0, -1.6, 0.0]
    said = words(fig)
    assert said.index("<b>进入</b>") < said.index("<b>被上级抽走</b>") < said.index("<b>其他离开</b>")
    assert any("ⓢ 不公布" in w for w in said)
    assert "<b>+0.6 ▲ 加重</b>" in said


@pytest.fixture
def observed() -> pl.DataFrame:
    values = {"P1": (3.0, 0.0, None), "P2": (5.0, 2.0, 1.0)}
    rows = [(p, "村甲", "village", "411326", 202607 + m, v) for p, row in values.items() for m, v in enumerate(row)]
    columns = ["point_id", "point_name", "point_type", "region_code", "month", "value"]
    frame = pl.DataFrame(rows, orient="row", schema=columns)
    return frame.with_columns(reported=pl.col("value").is_not_null())


def test_observation_points_are_grey_bars_without_interval(observed: pl.DataFrame) -> None:
    fig = observation_panel(observed, "meetings", names={"411326": "淅川县"}, lang="zh", width=660)
    bars = named(fig, "observed")
    assert [list(t.y) for t in bars] == [[3.0, 0.0, None], [5.0, 2.0, 1.0]]
    assert all(t.error_y.array is None for t in bars)
    assert [list(t.x) for t in named(fig, "zero")] == [["26-08"]]
    assert [list(t.x) for t in named(fig, "missing")] == [["26-09"]]
    assert "9月缺报" in words(fig)
    assert not any("村甲" in w for w in words(fig))


def test_no_observation_point_says_so(observed: pl.DataFrame) -> None:
    fig = observation_panel(observed.clear(), "meetings", names={}, lang="zh", width=660)
    assert words(fig) == ["该地区没有典型观测点。"]
