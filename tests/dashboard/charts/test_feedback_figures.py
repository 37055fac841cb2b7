"""Pictures of the register of messages: what is drawn is what was counted, rows stay in the order of codes."""

import polars as pl
import pytest

from dashboard.charts.count_bars import count_months, count_rows
from dashboard.charts.feedback_rows import feedback_rows

PARTS = {"clue": "线索", "practice": "做法"}
COLOURS = ("#8FB0CE", "#DCCB9A")


def test_bars_of_a_row_stand_behind_each_other_and_their_sum_beside_them() -> None:
    counts = {("a", "clue"): 30, ("a", "practice"): 10, ("b", "practice"): 5}
    fig = count_rows(counts, rows={"a": "甲", "b": "乙"}, parts=PARTS, colours=COLOURS, lang="zh", width=600).figure
    clue, practice = (next(t for t in fig.data if t.name == part) for part in PARTS)
    assert list(clue.x) == [30, 0]
    assert (list(practice.base), list(practice.x)) == ([30, 0], [10, 5])
    assert {"40", "5"} <= {note.text for note in fig.layout.annotations}


def test_months_before_the_period_are_paler() -> None:
    counts = {("202605", "clue"): 2, ("202606", "clue"): 1}
    fig = count_months(
        counts, months=[202605, 202606], parts=PARTS, colours=COLOURS, lang="en", width=600, height=200, since=202606
    ).figure
    assert list(fig.data[0].y) == [2, 1]
    assert list(fig.data[0].marker.opacity) == [0.5, 1.0]
    assert list(fig.layout.yaxis.tickvals) == [0, 1, 2]


@pytest.mark.parametrize("draw", [
    lambda: count_rows({}, rows={"a": "甲"}, parts=PARTS, colours=COLOURS, lang="zh", width=600),
    lambda: count_months({}, months=[202605], parts=PARTS, colours=COLOURS, lang="zh", width=600, height=200, since=202605),
])  # fmt: skip
def test_nothing_counted_is_said_in_a_sentence(draw) -> None:
    assert "没有留言" in draw().figure.layout.annotations[0].text


def row(group: str, messages: int, estimate: float | None, *, verify: bool = False) -> dict[str, object]:
    known = estimate is not None
    return {
        "theme": "meetings", "indicator": "meetings", "group": group, "messages": messages, "expected": 2.0 if known else None,
        "many": verify, "estimate": estimate, "ci_low": estimate and estimate - 1, "ci_high": estimate and estimate + 1,
        "n_points": 5, "response_rate": 1.0, "status": "ok" if known else "no_data", "reason": None if known else "no_points",
        "whole": 6.0, "whole_low": 5.5, "whole_high": 6.5, "low": verify, "verify": verify,
    }  # fmt: skip


def test_regions_stand_by_code_and_those_to_verify_are_named() -> None:
    frame = pl.DataFrame([row("410100", 1, 7.0), row("410200", 9, 3.0, verify=True), row("410300", 0, None)])
    names = {"410100": "郑州", "410200": "开封", "410300": "洛阳"}
    fig = feedback_rows(frame, names=names, header="地市", whole="全省", lang="zh", width=662).figure
    words = [list(t.text) for t in fig.data if t.name == "words"]
    assert ["郑州", "<b>开封</b>", "洛阳"] in words
    assert ["", "<b>待核实</b>", ""] in words
    assert ["1", "9", "0"] in words
    bars = next(t for t in fig.data if t.name == "messages")
    assert list(bars.x) == [1, 9, 0]
    assert bars.marker.color[1] != bars.marker.color[0]
    expected = next(t for t in fig.data if t.name == "expected")
    assert list(expected.y) == [0, 1]
    assert any("无样本点" in note.text for note in fig.layout.annotations)
