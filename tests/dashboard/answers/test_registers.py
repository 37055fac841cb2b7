"""Plans and feedback: counted as they came. Expected values are counted here with the standard library alone."""

import csv
import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.answers import answer, build_request
from dashboard.answers.plans import pace_plans, trace_plans
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError
from tests.conftest import ROOT

PROVINCE = ROOT / "../shared/province/raw"
needs_province = pytest.mark.skipif(not PROVINCE.exists(), reason="the shared province is not here")


def ask(snapshot: Snapshot, indicator: str, **words: Any) -> list[dict[str, Any]]:
    return answer(snapshot, build_request(snapshot, indicator, **words)).to_dicts()


def figures(rows: Sequence[dict[str, Any]]) -> dict[str | None, float | None]:
    return {row["group"]: row["estimate"] for row in rows}


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@needs_province
def test_a_plan_is_what_was_issued_over_the_ceiling(province_warehouse: Path):
    snapshot = open_snapshot(province_warehouse)
    assert figures(ask(snapshot, "plan_used_share")) == {"documents": 830 / 1100, "meetings": 281 / 280}
    (row,) = ask(snapshot, "plan_used_share", region="411300", where=["类别=督查检查考核"])
    assert (row["group"], row["estimate"], row["se"], row["n_points"]) == (None, 30 / 45, None, None)
    (row,) = ask(snapshot, "plan_projection", region="411300")
    assert (row["status"], row["reason"]) == ("not_estimable", "few_years")
    (row,) = ask(snapshot, "plan_used_share", region="411300", first="2026-01", last="2026-08")
    assert (row["status"], row["reason"]) == ("no_data", "missing")


@needs_province
def test_feedback_is_counted_with_all_that_lies_in_a_region(province_warehouse: Path):
    snapshot = open_snapshot(province_warehouse)
    with (PROVINCE / "反馈/feedback.csv").open(encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if "2026-01" <= r["提交时间"][:7] <= "2026-06"]
    inside = [r for r in rows if r["区划代码"][:4] == "4113"]
    old = [r for r in inside if (snapshot.as_of - date.fromisoformat(r["提交时间"][:10])).days > 30]
    prompt = [
        r for r in old if r["状态"] == "已办结"
        and (date.fromisoformat(r["办结日期"]) - date.fromisoformat(r["提交时间"][:10])).days <= 30
    ]  # fmt: skip
    closed = [r for r in inside if r["状态"] == "已办结"]
    period = {"region": "411300", "first": "2026-01", "last": "2026-06"}
    assert figures(ask(snapshot, "feedback_count", **period)) == {None: len(inside)}
    assert figures(ask(snapshot, "feedback_closed_30d_share", **period)) == {None: len(prompt) / len(old)}
    assert figures(ask(snapshot, "feedback_action_share", **period)) == {
        None: sum(r["处理方式"] != "无" for r in closed) / len(closed)
    }


def test_the_ways_of_splitting_feedback_add_up(demo: Snapshot):
    (whole,) = ask(demo, "feedback_count", first="2025-01", last="2025-12")
    assert whole["estimate"] > 100
    for by in ("month", "quarter", "theme", "kind"):
        parts = ask(demo, "feedback_count", first="2025-01", last="2025-12", by=by)
        assert sum(row["estimate"] for row in parts) == whole["estimate"], by
    below = ask(demo, "feedback_count", first="2025-01", last="2025-12", by="city")
    assert len(below) == 18
    assert sum(row["estimate"] for row in below) < whole["estimate"]  # some are about the province itself


def test_a_planted_breach_is_projected_beyond_its_ceiling(demo: Snapshot):
    rows = ask(demo, "plan_projection", by="city", where=["item=inspections", "level=city"])
    assert len(rows) == 18
    clear = [row["group"] for row in rows if row["ci_low"] > 1]
    assert clear == ["410400"]
    assert all(row["ci_low"] <= row["estimate"] <= row["ci_high"] for row in rows)


def test_the_first_year_has_none_to_be_projected_from(demo: Snapshot):
    rows = ask(demo, "plan_projection", first="2024-01", last="2024-06", where=["item=documents"])
    assert {(row["status"], row["reason"]) for row in rows} == {("not_estimable", "few_years")}


def test_a_finished_year_is_its_own_projection(demo: Snapshot):
    period = {"first": "2025-01", "last": "2025-12", "by": "city", "where": ["item=meetings", "level=city"]}
    assert figures(ask(demo, "plan_projection", **period)) == figures(ask(demo, "plan_used_share", **period))


@pytest.mark.parametrize("words", [{"by": "month"}, {"compare": "year"}, {"by": "point_type"}, {"where": ["topic=party"]}])
def test_what_a_register_cannot_answer_is_said(demo: Snapshot, words: dict[str, Any]):
    with pytest.raises(RequestError):
        ask(demo, "plan_used_share", **words)


def test_the_pace_is_the_mean_share_that_earlier_years_had_reached(demo: Snapshot):
    plans = demo.query("SELECT * FROM fact_plan WHERE item = 'inspections' ORDER BY as_of").to_dicts()
    paths: dict[tuple[str, str, int], dict[tuple[int, int], int]] = {}
    for row in plans:
        day = (row["as_of"].month, row["as_of"].day)
        paths.setdefault((row["region_code"], row["level"], row["year"]), {})[day] = row["issued"]
    shares = []
    for (_, _, year), path in paths.items():
        if year < 2026 and (9, 30) in path:  # a first year with December alone says nothing of October
            start = {2024: 274 / 366}.get(year, 273 / 365)
            way = (304 / 365 - start) / (1 - start)
            shares.append((path[9, 30] + (path[12, 31] - path[9, 30]) * way) / path[12, 31])
    row = pace_plans(demo, ["410000"], 202601, 202610).filter(item="inspections", level="city").row(0, named=True)
    assert row["n_paths"] == len(shares)
    assert row["pace"] == pytest.approx(math.exp(sum(map(math.log, shares)) / len(shares)))
    assert row["pace"] == pytest.approx(row["used"] / row["projected"])


def test_the_reports_of_a_region_are_those_of_the_year_and_of_the_one_before(demo: Snapshot):
    traced = trace_plans(demo, "411400", 202601, 202609)
    assert sorted(traced["year"].unique()) == [2025, 2026]
    assert traced["as_of"].max() == date(2026, 9, 30)
    assert traced.filter(as_of=date(2025, 12, 31))["day"].unique().to_list() == [1.0]
    assert trace_plans(demo, "411301", 202601, 202609).is_empty()
