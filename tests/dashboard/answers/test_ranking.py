"""Ranks of the published demo province: order of the rows, who has no place, what is withheld, on what it rests."""

from pathlib import Path

import polars as pl
import pytest

from dashboard.answers import answer, build_request
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS, Kind

YEAR = {"first": "2025-10", "last": "2026-09"}
PLACES = ["rank", "rank_low", "rank_high"]


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def ask(snapshot: Snapshot, indicator: str, **words: object) -> pl.DataFrame:
    return answer(snapshot, build_request(snapshot, indicator, **{"by": "city", **YEAR, **words}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("indicator", "descending"), [("meetings", False), ("merged_share", True)])
def test_the_most_relief_stands_first(snapshot: Snapshot, indicator: str, descending: bool) -> None:
    frame = ask(snapshot, indicator, rank=True)
    assert frame["rank"].to_list() == list(range(1, 19))
    assert frame["change"].to_list() == sorted(frame["change"], reverse=descending)
    assert (frame["rank_low"] <= frame["rank"]).all()
    assert (frame["rank"] <= frame["rank_high"]).all()


def test_the_level_is_ranked_when_asked(snapshot: Snapshot) -> None:
    frame = ask(snapshot, "meetings", rank_on="level")
    assert frame["estimate"].to_list() == sorted(frame["estimate"])
    assert frame["rank"].to_list() == list(range(1, 19))
    assert frame["change"].null_count() == 18


def test_ranking_changes_no_estimate(snapshot: Snapshot) -> None:
    plain = ask(snapshot, "meetings", compare="year")
    ranked = ask(snapshot, "meetings", rank=True).sort("group")
    assert ranked.drop(PLACES).equals(plain.drop(PLACES))
    assert plain["group"].is_sorted()
    assert plain["rank"].null_count() == 18


def test_a_city_whose_difference_is_clear_has_a_narrow_set(snapshot: Snapshot) -> None:
    """Nanyang's rebound is planted: it lies surely in the last third, and the widest sets stay open."""
    frame = ask(snapshot, "meetings", rank=True)
    nanyang = frame.filter(group="411300").row(0, named=True)
    assert nanyang["rank_low"] > 12
    assert (frame["rank_high"] - frame["rank_low"]).max() > 8


@pytest.mark.parametrize("indicator", [i.id for i in INDICATORS.values() if not i.ranked and i.kind is not Kind.REGISTER])
def test_a_withheld_rank_leaves_estimates_by_code_with_the_reason(snapshot: Snapshot, indicator: str) -> None:
    frame = ask(snapshot, indicator, rank=True)
    assert frame["group"].is_sorted()
    assert all(frame[p].null_count() == 18 for p in PLACES)
    shown = frame.filter(pl.col("estimate").is_not_null() & pl.col("ci_low").is_not_null())
    assert shown.height > 0
    assert set(shown["status"]) == {"withheld"}
    assert set(shown["reason"]) == {"neither_better" if INDICATORS[indicator].better == "none" else "invites_faking"}


def test_the_share_of_a_group_is_not_ranked(snapshot: Snapshot) -> None:
    frame = ask(snapshot, "meetings", where=["level=county"], share=True, rank=True)
    assert set(frame["status"]) == {"withheld"}
    assert set(frame["reason"]) == {"neither_better"}


def test_who_has_no_figure_has_no_place_and_is_not_counted(snapshot: Snapshot) -> None:
    frame = ask(snapshot, "long_secondment_share", first="2026-07", last="2026-09", rank=True)
    ranked, unranked = frame.filter(pl.col("rank").is_not_null()), frame.filter(pl.col("rank").is_null())
    assert 0 < ranked.height < 18
    assert ranked["status"].unique().to_list() == ["ok"]
    assert ranked["rank_high"].max() == ranked.height
    assert frame["group"].to_list() == [*ranked["group"], *unranked["group"].sort()]
    assert all(unranked[p].null_count() == unranked.height for p in PLACES)


def test_counties_that_share_strata_are_ranked_within_their_city(snapshot: Snapshot) -> None:
    frame = ask(snapshot, "meetings", by="county", region="411300", rank=True)
    assert frame["rank"].max() == frame["rank"].count() > 5


def test_plans_are_counted_so_a_set_is_a_place(snapshot: Snapshot) -> None:
    words = {"first": "2026-01", "last": "2026-10", "rank": True}
    frame = ask(snapshot, "plan_used_share", where=["item=meetings", "level=city"], **words)
    ranked = frame.filter(pl.col("rank").is_not_null())
    assert ranked["estimate"].is_sorted()
    assert (ranked["rank"] == ranked["rank_low"]).all()
    assert (ranked["rank"] == ranked["rank_high"]).all()
    feedback = ask(snapshot, "feedback_count", **words)
    assert set(feedback["status"]) == {"withheld"}


@pytest.mark.parametrize(("indicator", "words", "why"), [
    ("meetings", {"by": "month", "rank": True}, "Only regions"),
    ("meetings", {"by": None, "rank": True}, "Only regions"),
    ("meetings", {"rank_on": "size"}, "change or level"),
    ("plan_used_share", {"rank_on": "change"}, "register"),
    ("plan_projection", {"rank": True}, "80%"),
])  # fmt: skip
def test_what_cannot_be_ranked_is_refused(snapshot: Snapshot, indicator: str, words: dict[str, object], why: str) -> None:
    with pytest.raises(RequestError, match=why):
        ask(snapshot, indicator, **words)
