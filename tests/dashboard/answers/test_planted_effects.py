"""Every effect planted in the demo province comes out of the estimates, with its direction and region."""

from pathlib import Path

import polars as pl
import pytest

from dashboard.answers import answer, build_request
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.demo.effects import Effect, planted
from pipelines.demo.scheme import Scheme

EFFECTS = {effect.id: effect for effect in planted(Scheme(last_month=202610))}
QUARTER = ("2026-08", "2026-10")
YEAR = ("2025-11", "2026-10")


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def change(
    snapshot: Snapshot, indicator: str, region: str, period: tuple[str, str], compare: str = "year", **words: object
) -> dict:
    request = build_request(snapshot, indicator, region=region, first=period[0], last=period[1], compare=compare, **words)
    return answer(snapshot, request).row(0, named=True)


def cases(*ids: str) -> list[tuple[Effect, str, str]]:
    return [(EFFECTS[i], indicator, direction) for i in ids for indicator, direction in EFFECTS[i].indicators.items()]


@pytest.mark.parametrize(("effect", "indicator", "direction"), cases("reform", "flat_relief"))
def test_the_year_after_the_reform_differs_from_the_months_before_it(
    snapshot: Snapshot, effect: Effect, indicator: str, direction: str
) -> None:
    assert change(snapshot, indicator, effect.region_code, ("2024-11", "2025-06"), "2023-11..2024-06")["direction"] == direction


@pytest.mark.parametrize(("effect", "indicator", "direction"), cases("rebound", "displacement", "accompaniment"))
def test_effects_of_the_last_year_show_in_the_last_quarter(
    snapshot: Snapshot, effect: Effect, indicator: str, direction: str
) -> None:
    assert change(snapshot, indicator, effect.region_code, QUARTER)["direction"] == direction


@pytest.mark.parametrize(("effect", "indicator", "direction"), cases("upward_drain"))
def test_the_drain_upwards_shows_over_a_year(snapshot: Snapshot, effect: Effect, indicator: str, direction: str) -> None:
    assert change(snapshot, indicator, effect.region_code, YEAR)["direction"] == direction


def test_the_rebound_is_carried_by_county_meetings_on_safety_and_public_order(snapshot: Snapshot) -> None:
    for where in ("level=county", "topic=safety", "topic=governance"):
        assert change(snapshot, "meetings", "411300", QUARTER, where=[where])["direction"] == "rose"
    for where in ("level=province", "topic=party"):
        assert change(snapshot, "meetings", "411300", QUARTER, where=[where])["direction"] != "rose"


def test_formal_documents_fall_while_chat_groups_and_plain_papers_rise(snapshot: Snapshot) -> None:
    directions = {
        where: change(snapshot, "documents", "411000", QUARTER, where=[where])["direction"]
        for where in ("kind=formal", "kind=plain", "carrier=chat_group")
    }
    assert directions == {"kind=formal": "fell", "kind=plain": "rose", "carrier=chat_group": "rose"}


def test_returns_are_missing_most_where_it_was_planted(snapshot: Snapshot) -> None:
    reporting = snapshot.reporting.group_by("city_code").agg(
        (pl.col("meetings_reported").sum() / pl.col("active").sum()).alias("share")
    )
    assert reporting.sort("share")["city_code"][0] == EFFECTS["late_returns"].region_code
