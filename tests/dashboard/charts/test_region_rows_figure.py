"""`region_rows`: order, dots, reference, absent rows."""

import re
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from made_estimates import estimate_frame

from dashboard.charts.region_rows import region_rows

NAMES = {"410100": "郑州市", "410200": "开封市", "410300": "洛阳市", "410400": "平顶山市"}
PROVINCE = estimate_frame([
    {"estimate": 7.7, "ci_low": 7.4, "ci_high": 8.0, "change": -13.0, "change_low": -16.0, "change_high": -10.0},
])  # fmt: skip


def cities(indicator: str = "meetings", scale: float = 1.0, **given: Any) -> pl.DataFrame:
    rows = []
    for code, level, change in zip(NAMES, (8.4, 7.0, 7.3, 9.9), (-5.0, -21.0, -18.0, 11.0), strict=True):
        rows.append({
            "indicator": indicator, "group": code, "estimate": level * scale, "ci_low": (level - 0.5) * scale,
            "ci_high": (level + 0.5) * scale, "change": change * scale, "change_low": (change - 7) * scale,
            "change_high": (change + 7) * scale, **given,
        })  # fmt: skip
    return estimate_frame(rows)


def ranked(order: tuple[str, ...], sets: tuple[tuple[int, int], ...] = ((1, 2), (1, 3), (2, 4), (4, 4))) -> pl.DataFrame:
    """The cities with places in that order."""
    places = dict(zip(order, enumerate(sets, start=1), strict=True))
    rows = cities().to_dicts()
    for row in rows:
        row["rank"], (row["rank_low"], row["rank_high"]) = places[row["group"]]
    return estimate_frame(rows)


BY_CHANGE = ("410200", "410300", "410100", "410400")


def draw(frame: pl.DataFrame, **more: Any) -> go.Figure:
    return region_rows(frame, names=NAMES, lang="zh", width=660, province=PROVINCE, header="地市", **more)


def column(fig: go.Figure, place: int) -> list[str]:
    return list([t for t in fig.data if t.name == "words"][place].text)


def dots(fig: go.Figure) -> dict[str, tuple[float, float, float, str]]:
    """Code → (value, low, high, colour)."""
    return {
        code: (x, x - minus, x + plus, t.marker.color)
        for t in fig.data if t.name == "dots"
        for code, x, plus, minus in zip(t.customdata, t.x, t.error_x.array, t.error_x.arrayminus, strict=True)
    }  # fmt: skip


@pytest.mark.parametrize("mode", ["change", "level"])
@pytest.mark.parametrize("order", [BY_CHANGE, BY_CHANGE[::-1]])
def test_rows_are_ordered_by_the_places_of_the_answer(order: tuple[str, ...], mode: Any) -> None:
    assert column(draw(ranked(order), mode=mode), 0) == [NAMES[code] for code in order]


@pytest.mark.parametrize("frame", [cities(), cities("video_share", 0.01), cities(status="withheld")])
@pytest.mark.parametrize("mode", ["change", "level"])
def test_without_places_rows_stand_by_code_and_no_set_is_drawn(frame: pl.DataFrame, mode: Any) -> None:
    fig = draw(frame, mode=mode)
    assert column(fig, 0) == list(NAMES.values())
    assert not {"rank sets", "places"} & {s.name for s in fig.layout.shapes}


def bars(fig: go.Figure, name: str) -> list[list[float]]:
    """The x ends of each piece of a path, in px."""
    path = next(s.path for s in fig.layout.shapes if s.name == name)
    pieces = [re.findall(r"([\d.-]+),", piece) for piece in path.split("M ")[1:]]
    return [sorted({float(x) for x in piece}) for piece in pieces]


def test_rank_sets_are_bars_with_their_ends_in_figures() -> None:
    fig = draw(ranked(BY_CHANGE))
    assert column(fig, 4) == ["1–2", "1–3", "2–4", "4–4"]
    sets, places = bars(fig, "rank sets"), bars(fig, "places")
    step = sets[3][1] - sets[3][0]
    assert [round((high - low) / step) for low, high in sets] == [2, 3, 3, 1]
    assert all(low < place < high for (low, high), (place,) in zip(sets, places, strict=True))
    assert sets[2][1] == pytest.approx(sets[3][1])


def test_a_row_without_a_place_has_no_bar_and_comes_last() -> None:
    rows = ranked(BY_CHANGE).to_dicts()
    rows[0] |= {"rank": None, "rank_low": None, "rank_high": None}
    fig = draw(estimate_frame(rows))
    assert column(fig, 0)[-1] == NAMES["410100"]
    assert column(fig, 4)[-1] == ""
    assert len(bars(fig, "rank sets")) == 3


def test_dots_are_the_changes_with_their_intervals_and_meanings() -> None:
    drawn = dots(draw(cities()))
    assert drawn["410200"] == (-21.0, -28.0, -14.0, "#1B7A8C")
    assert drawn["410100"] == (-5.0, -12.0, 2.0, "#8592A0")
    assert drawn["410400"] == (11.0, 4.0, 18.0, "#C1561A")
    square = next(t for t in draw(cities()).data if t.name == "dots" and "410400" in t.customdata)
    assert square.marker.symbol == "square"


def test_each_dot_stands_in_the_row_of_its_name() -> None:
    fig = draw(cities())
    names = column(fig, 0)
    for trace in fig.data:
        if trace.name == "dots":
            for code, y in zip(trace.customdata, trace.y, strict=True):
                assert names[round(y)] == NAMES[code]


def test_changes_in_words_are_bold_where_clear() -> None:
    assert column(draw(ranked(BY_CHANGE)), 2) == ["<b>−21%</b>", "<b>−18%</b>", "−5%", "<b>+11%</b>"]
    assert column(draw(ranked(BY_CHANGE)), 3) == ["−28 至 −14", "−25 至 −11", "−12 至 +2", "+4 至 +18"]


def test_the_province_is_a_dashed_line_over_its_interval() -> None:
    shapes = {s.name: s for s in draw(cities()).layout.shapes}
    assert (shapes["reference"].x0, shapes["reference band"].x0, shapes["reference band"].x1) == (-13.0, -16.0, -10.0)


def test_a_level_is_filled_only_where_the_intervals_do_not_overlap() -> None:
    drawn = dots(draw(cities(), mode="level"))
    assert drawn["410400"][3] == "#1F4E79"
    assert drawn["410300"][3] == "#FFFFFF"
    assert drawn["410300"][0] == 7.3


def test_a_true_zero_is_hollow_and_written_0() -> None:
    rows = cities("upward_drain_rate", 0.01).to_dicts()
    rows[0] |= {"estimate": 0.0, "ci_low": 0.0, "ci_high": 0.0}
    fig = draw(estimate_frame(rows), mode="level")
    assert dots(fig)["410100"][3] == "#FFFFFF"
    assert "0" in column(fig, 1)


def test_absent_rows_come_last_with_pill_and_reason() -> None:
    frame = cities().to_dicts()
    frame[1] |= {"status": "suppressed", "reason": "few_points"}
    frame[2] |= {"change_low": None, "change_high": None, "direction": None}
    fig = draw(estimate_frame(frame))
    assert column(fig, 0) == ["郑州市", "平顶山市", "开封市", "洛阳市"]
    words = [a.text.strip("\u00a0") for a in fig.layout.annotations]
    assert "ⓢ 不公布" in words
    assert "不足 3 个样本点" in words
    assert "不可估计" in words
    assert "410200" not in dots(fig)


def test_a_change_that_would_tell_a_suppressed_figure_is_suppressed_not_inestimable() -> None:
    frame = cities().to_dicts()
    hidden = dict.fromkeys(("change", "change_low", "change_high", "direction", "n_matched"))
    frame[2] |= {"indicator": "mean_age", **hidden}
    words = [a.text.strip("\u00a0") for a in draw(estimate_frame(frame)).layout.annotations]
    assert "ⓢ 不公布" in words
    assert "差值会透露不公布的数" in words
    assert "不可估计" not in words


def test_a_whisker_beyond_the_axis_gets_an_arrow() -> None:
    frame = cities().to_dicts()
    frame[0] |= {"change_low": -20.0, "change_high": 900.0}
    fig = draw(estimate_frame([*frame, *({**f, "group": f"41{i}"} for i, f in enumerate(frame[1:] * 3, start=5000))]))
    assert [list(t.marker.symbol) for t in fig.data if t.name == "beyond"] == [["triangle-right"]]


def test_a_narrow_figure_keeps_name_level_dot_and_change() -> None:
    fig = region_rows(cities(), names=NAMES, lang="en", width=420)
    assert len([t for t in fig.data if t.name == "words"]) == 3


def test_a_narrow_figure_has_no_room_for_sets_but_keeps_their_order() -> None:
    fig = region_rows(ranked(BY_CHANGE), names=NAMES, lang="zh", width=420)
    assert column(fig, 0)[0] == NAMES["410200"]
    assert "rank sets" not in {s.name for s in fig.layout.shapes}
