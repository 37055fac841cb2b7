"""The region profile: what is chosen as a strength or a worry, what is said of it, and what its spine shows or withholds."""

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.answers.profile import PROFILE_COLUMNS
from dashboard.answers.quality.points import KEYS
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import measure
from dashboard.pages import region_spine
from dashboard.pages.catalogue import PAGES
from dashboard.pages.panel import Drawn, collect
from dashboard.pages.region_points import draw_points, find_points
from dashboard.pages.region_profile import choose, count_changes, count_gaps, find_profile, side_of_gap
from dashboard.pages.region_sides import say_counts, say_side, write_peers, write_side
from dashboard.pages.source import bounds_of
from dashboard.pages.state import read
from dashboard.pages.view import View
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def open_page(snapshot: Snapshot, **params: str) -> View:
    bounds, page = bounds_of(snapshot), PAGES["region"]
    state, faults = read(params, bounds, page.choices)
    assert not faults
    return View("region", page.choices, state, bounds, snapshot)


def made(*rows: dict[str, Any]) -> pl.DataFrame:
    plain = {"status": "ok", "gap_found": False, "change_found": False, "spread": 1.0, "estimate": 1.0, "whole": 1.0}
    return pl.DataFrame([dict.fromkeys(PROFILE_COLUMNS) | plain | r for r in rows], schema=PROFILE_COLUMNS, orient="row")


def gap(indicator: str, size: float, *, found: bool = True, **more: Any) -> dict[str, Any]:
    return {"indicator": indicator, "gap": size, "gap_low": size - 0.1, "gap_high": size + 0.1, "gap_found": found, **more}


def change(direction: str) -> dict[str, Any]:
    low, high = {"fell": (-9.0, -1.0), "rose": (1.0, 9.0)}[direction]
    return {"change": (low + high) / 2, "change_low": low, "change_high": high, "direction": direction}


def names(rows: list[Any]) -> list[str]:
    return [row["indicator"] for row in rows]


def test_a_worry_is_heavier_by_the_better_of_its_indicator() -> None:
    profile = made(gap("meetings", 1), gap("merged_share", 1), gap("documents", -1), gap("leave_taken_share", -1))
    assert names(choose(profile, Verdict.HEAVIER)) == ["meetings", "leave_taken_share"]
    assert names(choose(profile, Verdict.LIGHTER)) == ["merged_share", "documents"]


def test_only_what_is_found_is_chosen_both_kinds_first_then_the_farthest() -> None:
    profile = made(
        gap("meetings", 1), gap("documents", 3, found=False), gap("inspections", 2),
        gap("apps", 1, change_found=True, **change("rose")),
    )  # fmt: skip
    assert names(choose(profile, Verdict.HEAVIER)) == ["apps", "inspections", "meetings"]


def test_contradictions_and_indicators_that_are_not_ranked_are_neither() -> None:
    profile = made(gap("meetings", 1, **change("fell")), gap("felt_relief_share", -1), gap("video_share", 1))
    assert choose(profile, Verdict.HEAVIER) == []
    assert choose(profile, Verdict.LIGHTER) == []


def test_at_most_two_of_a_domain() -> None:
    profile = made(*(gap(i, n) for n, i in enumerate(("meetings", "meeting_hours", "long_meeting_share", "apps"), start=1)))
    assert names(choose(profile, Verdict.HEAVIER)) == ["apps", "long_meeting_share", "meeting_hours"]


def test_counts_tell_how_many_chance_would_give() -> None:
    profile = made(*(gap(i, 0.05) for i in list(INDICATORS)[:40]))
    counts = count_gaps(profile)
    assert counts.known == sum(INDICATORS[i].better.value != "none" for i in list(INDICATORS)[:40])
    assert (counts.lighter, counts.heavier, counts.unclear) == (0, 0, counts.known)
    assert counts.chance == round(0.05 * counts.known)
    assert count_changes(profile).known == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_findings_of_a_city_are_those_of_its_profile(demo: Snapshot, lang: str) -> None:
    view = open_page(demo, region="410300", **({"lang": lang} if lang == "en" else {}))
    profile = find_profile(view)
    gaps, said = count_gaps(profile), say_counts(view, profile)
    assert said is not None
    assert all(str(n) in said.plain for n in (gaps.known, gaps.lighter, gaps.heavier, gaps.chance))
    worries = say_side(view, profile, "worries")
    assert worries is not None
    assert INDICATORS["meeting_accompaniment_rate"].name(lang) in worries.plain
    assert "[[" not in said.plain + worries.plain
    assert "indicators?" in write_side(view, profile, "worries")


def test_the_spine_has_every_indicator_and_withholds_what_policy_withholds(demo: Snapshot) -> None:
    view = open_page(demo, region="410300")
    profile = find_profile(view)
    html = region_spine._Writer(view, profile, "indicator").write()
    rows = dict(re.findall(r'<tr><th scope="row"[^>]*><a[^>]*>([^<]+)</a>(.*?)</tr>', html))
    assert {i.zh for i in INDICATORS.values()} == set(rows)
    for indicator in INDICATORS.values():
        if not indicator.ranked:
            assert "不排名" in rows[indicator.zh]
            assert 'class="bar"' not in rows[indicator.zh]
    assert html.index("会议数") < html.index("文件数") < html.index("责任状份数")


def test_a_city_leads_to_its_counties_and_a_county_to_its_points_without_any_value(demo: Snapshot) -> None:
    def panel(code: str) -> Drawn:
        return collect(draw_points, open_page(demo, region=code))["points"]

    counties = str(panel("411300").figure)
    assert all(f"region={code}" in counties for code in open_page(demo, region="411300").part_codes)
    code = find_points(open_page(demo, region="411300"))["county_code"].drop_nulls()[0]
    frame = find_points(open_page(demo, region=code))
    listed = str(panel(code).figure)
    assert all(f">{point}<" in listed for point in frame.drop_nulls("month")["point_id"].unique())
    assert set(frame.columns) == {
        *KEYS, "active_from", "active_to", "units", "points", "weight", "month", "due", "reported",
    }  # fmt: skip
    assert "不在名单上公布" in panel(code).panel.note
    used = set(find_points(open_page(demo))["county_code"])
    empty = next(code for code in demo.regions.filter(level="county")["code"] if code not in used)
    assert "无样本点" in str(panel(empty).figure)


def test_suppressed_cells_say_so_and_show_no_figure(demo: Snapshot) -> None:
    view = open_page(demo, region="411372")
    html = region_spine._Writer(view, find_profile(view), "indicator").write()
    row = re.search(r"35岁以下占比</a>(.*?)</tr>", html)
    assert row
    assert "ⓢ 不公布" in row.group(1)
    assert "不足 3 个样本点" in row.group(1)
    figures = re.findall(r'class="lv[^>]*><b>', row.group(1))
    assert figures == []


def test_a_county_has_no_peers_and_a_city_five(demo: Snapshot) -> None:
    assert 'class="peer"' not in write_peers(open_page(demo, region="410323"))
    assert "不到县" in write_peers(open_page(demo, region="410323"))
    html = write_peers(open_page(demo, region="410300"))
    assert html.count('class="peer"') == 5
    assert html.count('class="own"') == 1
    assert html.count("<tr>") == 7
    assert "只供参考" not in html
    assert "只供参考" in write_peers(open_page(demo, region="419001"))


def test_a_side_follows_from_the_interval_of_the_difference() -> None:
    how = measure("meetings")
    assert side_of_gap(gap("meetings", 0.05), how) is Verdict.UNCLEAR
    assert side_of_gap(gap("video_share", 1), measure("video_share")) is Verdict.NEUTRAL
