"""Disclosure control as it is asked: the same status whichever way, and every kind of absence by its own name."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.answers import answer, build_request
from dashboard.exports.tables import write_csv
from dashboard.i18n import absence
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.refresh import refresh

QUARTER = {"first": "2026-07", "last": "2026-09"}


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def ask(snapshot: Snapshot, indicator: str, **words: object) -> pl.DataFrame:
    return answer(snapshot, build_request(snapshot, indicator, **(QUARTER | words)))  # type: ignore[arg-type]


def status(frame: pl.DataFrame) -> list[tuple[str, str | None]]:
    return frame.select("status", "reason").rows()


def test_a_county_beside_one_that_is_too_small_is_closed_too(snapshot: Snapshot) -> None:
    counties = ask(snapshot, "headcount", by="county", region="410700").filter(pl.col("status") == "suppressed")
    assert counties.filter(reason="few_points")["group"].to_list() == ["410771"]
    assert counties.filter(reason="complementary").height >= 1


def test_whichever_way_it_is_asked_a_figure_has_one_status(snapshot: Snapshot) -> None:
    beside = ask(snapshot, "headcount", by="county", region="410700", where=["gender=female"])
    for row in beside.filter(pl.col("status") != "no_data").iter_rows(named=True):
        alone = ask(snapshot, "headcount", region=row["group"], by="gender").filter(group="female")
        month_by_month = ask(snapshot, "headcount", region=row["group"], by="quarter", where=["gender=female"])
        assert status(alone) == status(month_by_month) == [(row["status"], row["reason"])]


def test_a_group_is_open_as_an_average_where_it_is_open_as_a_share(snapshot: Snapshot) -> None:
    for region in ("411302", "411324", "410122"):
        mean, share = (ask(snapshot, "headcount", region=region, by="age_band", share=s) for s in (False, True))
        assert mean["status"].to_list() == share["status"].to_list()


def test_an_indicator_that_is_a_group_by_another_name_is_closed_with_it(snapshot: Snapshot) -> None:
    named = ask(snapshot, "resignation_rate", by="city")
    group = ask(snapshot, "separation_rate", by="city", where=["move=resigned"])
    assert named["status"].to_list() == group["status"].to_list()
    assert {"ok", "suppressed"} >= set(named["status"])


def test_more_than_two_traits_at_once_are_closed(snapshot: Snapshot) -> None:
    rows = ask(snapshot, "headcount", by="age_band", where=["gender=male", "post_type=other"], share=True)
    assert set(rows.filter(pl.col("reason") != "few_people")["reason"]) == {"complementary"}


def test_absence_keeps_its_kind_in_frames_and_files(snapshot: Snapshot) -> None:
    counties = ask(snapshot, "upward_drain_rate", by="county", region="411300")
    kinds = {absence.kind(row) for row in counties.iter_rows(named=True) if not absence.is_drawn(row)}
    zeros = counties.filter(pl.col("estimate") == 0.0)
    assert {"suppressed", "no_points"} <= kinds
    assert set(zeros["status"]) == {"ok"}
    written = pl.read_csv(write_csv(counties), infer_schema=False)
    assert written["status"].to_list() == counties["status"].to_list()
    assert written["reason"].to_list() == counties["reason"].to_list()
    assert written.filter(pl.col("status") != "ok")["estimate"].null_count() == written.filter(pl.col("status") != "ok").height


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_absence_has_a_pill_and_a_reason_of_its_own(lang: str) -> None:
    rows = [
        {"status": "no_data", "reason": "missing"}, {"status": "no_data", "reason": "not_due"},
        {"status": "no_data", "reason": "no_points"}, {"status": "suppressed", "reason": "few_points"},
        {"status": "suppressed", "reason": "few_people"}, {"status": "suppressed", "reason": "complementary"},
        {"status": "not_estimable", "reason": "no_denominator"}, {"status": "withheld", "reason": "invites_faking"},
    ]  # fmt: skip
    said = [absence.reason({"n_points": 2, "estimate": None} | row, lang) for row in rows]  # type: ignore[arg-type]
    pills = {absence.pill({"n_points": 2, "estimate": None} | row, lang) for row in rows}  # type: ignore[arg-type]
    assert len(set(said)) == len(rows)
    assert len(pills) == 6


@pytest.mark.parametrize("months", [0, 1])
def test_without_a_month_or_with_one_every_staff_figure_says_why_there_is_none(tmp_path: Path, months: int) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "points.csv").write_text(
        "point_id,point_name,point_type,region_code,selection,active_from,active_to\n"
        + "".join(f"P{i},{i}号村,village,{411302 + i // 3},probability,2026-01,\n" for i in range(6)), encoding="utf-8",
    )  # fmt: skip
    (raw / "frame.csv").write_text("city_code,point_type,population_units\n411300,village,20\n", encoding="utf-8")
    if months:
        people = "".join(f"P{i},2026-01,P{i}-{n},1980-05,male,other,2010-01,on_post\n" for i in range(6) for n in range(5))
        head = "point_id,month,person_id,birth_month,gender,post_type,entry_month,status\n"
        (raw / "staff.csv").write_text(head + people, encoding="utf-8")
    refresh(raw, tmp_path / "warehouse", today=date(2026, 6, 1))
    known = open_snapshot(tmp_path / "warehouse")
    when = {"first": "2026-01", "last": "2026-01"}
    found = [
        ask(known, indicator, **(when | words)).row(0, named=True)
        for indicator, words in (
            ("headcount", {"by": "gender"}), ("headcount", {"region": "411302"}), ("mean_age", {"where": ["gender=male"]}),
            ("separation_rate", {"where": ["move=resigned"]}), ("resignation_rate", {}), ("headcount", {"compare": "year"}),
        )
    ]  # fmt: skip
    assert [row["reason"] for row in found if row["status"] != "ok"] == (["by_quarter"] if months else ["missing"] * len(found))
    assert [row["status"] for row in found] == (
        ["ok", "suppressed", "ok", "ok", "ok", "ok"] if months else ["no_data"] * len(found)
    )
