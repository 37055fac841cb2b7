"""Finding sentences: their forms, and that they never say more than the intervals."""

from typing import Any

import pytest
from made_rows import made_row

from dashboard.i18n import sentences
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import measure
from dashboard.i18n.sentences import Style, Subject


def subject(indicator: str = "meetings", region: str = "", **given: Any) -> Subject:
    return Subject(made_row(indicator=indicator, **given), measure(indicator), region)


FELL = subject(change=-13.0, change_low=-16.0, change_high=-10.0)
ROSE = subject(
    "meeting_accompaniment_rate", estimate=0.186, ci_low=0.178, ci_high=0.194,
    change=0.018, change_low=0.007, change_high=0.029,
)  # fmt: skip
FELT = subject(
    "felt_relief_share", estimate=0.583, ci_low=0.559, ci_high=0.607, change=0.008, change_low=-0.016, change_high=0.032
)


def test_changes_in_one_sentence() -> None:
    found = sentences.change([FELL, ROSE], "zh")
    assert found is not None
    assert found.plain == "会议数下降 13%（区间 −16% 至 −10%），陪会率上升 1.8 个百分点（+0.7 至 +2.9）。"
    assert (found.sign, found.verdict) == ("▼", Verdict.LIGHTER)
    assert [s.text for s in found.spans if s.style is Style.BOLD] == ["会议数下降 13%", "陪会率上升 1.8 个百分点"]
    assert next(s.text for s in found.spans if s.style is Style.GREY) == "（区间 −16% 至 −10%）"


def test_changes_in_english() -> None:
    found = sentences.change([FELL, ROSE], "en")
    assert found is not None
    assert found.plain == "Meetings fell 13% (interval −16% to −10%), accompaniment rate rose 1.8 points (+0.7 to +2.9)."


def test_an_unclear_change_names_no_direction() -> None:
    found = sentences.change([subject(region="南阳市", change=-3.0, change_low=-8.0, change_high=2.0)], "zh")
    assert found is not None
    assert found.plain == "南阳市会议数与上年同期无明显变化（区间 −8% 至 +2%）。"
    assert found.sign == "–"
    assert "下降" not in found.plain


def test_no_change_no_sentence() -> None:
    assert sentences.change([subject(change=-3.0)], "zh") is None
    assert sentences.change([], "zh") is None


def test_level_beside_the_province() -> None:
    mine = Subject(ROSE.row, ROSE.measure, "南阳市")
    province = subject("meeting_accompaniment_rate", estimate=0.15, ci_low=0.146, ci_high=0.154)
    found = sentences.level(mine, "zh", reference=province)
    assert found is not None
    assert found.plain == "南阳市陪会率 18.6%（95% 区间 17.8% 至 19.4%），比全省高 3.6 个百分点。"


def test_overlapping_intervals_say_no_difference() -> None:
    province = subject("meeting_accompaniment_rate", estimate=0.18, ci_low=0.17, ci_high=0.19)
    found = sentences.level(ROSE, "zh", reference=province)
    assert found is not None
    assert "与全省的 18.0% 无明显差别" in found.plain
    assert "高" not in found.plain


def test_displacement_needs_both_intervals() -> None:
    found = sentences.displacement(FELL, ROSE, "zh")
    assert found is not None
    assert found.sign == "⇄"
    assert found.plain == "可能转移：会议数下降 13%（−16% 至 −10%），同时陪会率上升 1.8 个百分点（+0.7 至 +2.9）。"
    assert sentences.displacement(ROSE, FELL, "zh") is None
    unclear = subject(change=3.0, change_low=-1.0, change_high=7.0)
    assert sentences.displacement(FELL, unclear, "zh") is None


@pytest.mark.parametrize(
    ("counts", "felt_low", "felt_high", "said"),
    [
        ((-16.0, -10.0), -0.016, 0.032, True),
        ((-16.0, -10.0), 0.004, 0.032, False),
        ((-16.0, 2.0), -0.016, 0.032, False),
    ],
)
def test_relief_did_not_follow_only_where_both_intervals_say_so(
    counts: tuple[float, float], felt_low: float, felt_high: float, said: bool
) -> None:
    felt = subject(
        "felt_relief_share", estimate=0.583, ci_low=0.559, ci_high=0.607,
        change=0.018, change_low=felt_low, change_high=felt_high,
    )  # fmt: skip
    count = subject(change=-7.0, change_low=counts[0], change_high=counts[1])
    found = sentences.relief([count], felt, "zh")
    assert found is not None
    assert ("感受未随之上升" in found.plain) is said


def test_regions_name_only_clear_moves_towards_burden() -> None:
    rows = [
        made_row(group="410100", change=-5.0, change_low=-11.0, change_high=1.0),
        made_row(group="410200", change=-21.0, change_low=-28.0, change_high=-14.0),
        made_row(group="411300", change=11.0, change_low=3.0, change_high=19.0),
        made_row(group="411400", status="no_data", reason="missing"),
    ]
    found = sentences.regions(rows, measure("meetings"), {"411300": "南阳市"}, "zh")
    assert found is not None
    assert found.plain == (
        "会议数：3 个地区中下降明确 1 个，上升明确 1 个，无明显变化 1 个，加重的是南阳市 +11%（+3% 至 +19%）。"
    )
    assert found.verdict is Verdict.HEAVIER
    fell = sentences.regions(rows[:2], measure("meetings"), {}, "zh", within="洛阳市")
    assert fell is not None
    assert fell.plain == "洛阳市会议数：2 个地区中下降明确 1 个，无明显变化 1 个。"


def test_where_all_regions_moved_none_is_counted_as_unclear() -> None:
    rows = [made_row(change=-10.0, change_low=-12.0, change_high=-8.0, group=g) for g in ("410100", "410200")]
    found = sentences.regions(rows, measure("meetings"), {}, "zh")
    assert found
    assert found.plain == "会议数：2 个地区均下降明确。"
