"""The sentences under pictures: what a rank set, a withheld order, a suppressed cell and a difference of levels mean."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.reading import say_ranks, write_suppressed
from dashboard.pages.trends import _Parts, write_decomposition
from dashboard.pages.view import View


@pytest.fixture
def opened(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))

    def open_at(page: str = "meetings", **params: str) -> View:
        return open_view(PAGES[page], {"from": "2026-02", "to": "2026-03", "compare": "previous", **params})[0]

    return open_at


def ranked(*sets: tuple[str, int, int, int]) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {"group": group, "status": "ok", "reason": None, "rank": rank, "rank_low": low, "rank_high": high}
        for group, rank, low, high in sets
    ]
    return pl.DataFrame(rows)


def test_sets_that_lie_apart_are_told_by_an_example(opened) -> None:
    frame = ranked(("410100", 1, 1, 1), ("410200", 2, 2, 3), ("410300", 3, 2, 3))
    said = say_ranks(opened(), frame)
    assert "郑州市排在第 1 至 1 位之间" in said
    assert "两两相比共 3 对，能肯定谁先谁后的有 2 对；洛阳市肯定排在 1 地之后" in said


def test_sets_may_overlap_and_yet_put_one_region_behind_another(opened) -> None:
    frame = ranked(("410100", 1, 1, 2), ("410200", 2, 1, 3), ("410300", 3, 2, 3))
    assert "能肯定谁先谁后的有 1 对；洛阳市肯定排在 1 地之后" in say_ranks(opened(), frame)


def test_sets_over_all_places_allow_no_order(opened) -> None:
    frame = ranked(("410100", 1, 1, 3), ("410200", 2, 1, 3), ("410300", 3, 1, 3))
    assert "3 地两两都难分先后" in say_ranks(opened(), frame)
    assert "Of any two of the 3 regions nobody can say" in say_ranks(opened(lang="en"), frame)


def test_a_withheld_order_says_why_and_that_the_places_mean_nothing(opened) -> None:
    frame = pl.DataFrame({"group": ["410100"], "status": ["withheld"], "reason": ["invites_faking"], "rank": [None]})
    assert say_ranks(opened(), frame).startswith("不排名：排名易诱发造假。各地按区划代码排列，先后不表示好坏")


def test_suppressed_cells_are_counted_with_their_reasons_and_are_no_zero(opened) -> None:
    frame = pl.DataFrame({
        "group": list("abcd"), "status": ["suppressed", "ok", "suppressed", "suppressed"], "n_points": [2, 9, 5, 5],
        "reason": ["few_points", None, "complementary", "complementary"],
    })  # fmt: skip
    said = write_suppressed(opened(), frame)
    assert "有 3 个数不公布（不足 3 个样本点；防止由合计倒推）" in said
    assert "不公布不等于 0" in said
    assert write_suppressed(opened(), frame.filter(status="ok")) == write_suppressed(opened(), pl.DataFrame()) == ""


def test_points_that_came_or_went_are_shown_where_they_can_be_seen() -> None:
    assert _Parts((1.0, 0.2, -0.1), matters=True).write("zh") == (
        "水平之差 <b>+1.1</b> = 同点变化 <b>+1.0</b> + 新增点 <b>+0.2</b> + 退出点 <b>−0.1</b>"
    )
    assert _Parts((1.0, 0.01, -0.02), matters=False).write("en") == "Difference of levels <b>+1.0</b>"


def test_the_decomposition_names_the_points_that_reported_in_both_periods(opened) -> None:
    view = opened()
    said, row = write_decomposition(view, "meetings"), view.ask("meetings", compare=True).row(0, named=True)
    assert f"两期都报的 {row['n_matched']} 个" in said
    assert f"本期 {row['response_rate']:.0%}" in said
    assert write_decomposition(opened(compare="none"), "meetings") == ""
