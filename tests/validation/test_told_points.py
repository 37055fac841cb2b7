"""With exact weights and all digits periods are more than sums: what that tells of points, and the setting that stops it."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.answers import Request, answer
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from validation.disclosure.offers import list_spans
from validation.disclosure.points import find_told_points

CITY, FIRST, LAST = "411300", 202601, 202609


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def by_quarters(snapshot: Snapshot) -> Snapshot:
    """The same tables where `burden.toml` says `staff_periods = "quarters"`."""
    manifest = snapshot.manifest | {"policy": snapshot.manifest["policy"] | {"disclosure": {"staff_periods": "quarters"}}}
    return replace(snapshot, manifest=manifest)


def test_months_alone_tell_nothing_of_a_point_and_overlapping_periods_do(snapshot: Snapshot) -> None:
    assert find_told_points(snapshot, CITY, [(m, m) for m in months.span(FIRST, LAST)]) == []
    assert len(find_told_points(snapshot, CITY, list_spans(FIRST, LAST))) > 10


def test_with_quarters_alone_below_the_city_no_period_tells_of_a_point(by_quarters: Snapshot) -> None:
    assert find_told_points(by_quarters, CITY, list_spans(FIRST, LAST)) == []


def test_quarters_alone_are_what_is_cut_fine_then(by_quarters: Snapshot) -> None:
    def shown(first: int, last: int, **words: object) -> set[str]:
        frame = answer(by_quarters, Request("headcount", first=first, last=last, **words))  # type: ignore[arg-type]
        return set(frame["status"].to_list())

    villages = {"by": "city", "where": (("point_type", "village"),)}
    for words in ({"by": "county", "region": CITY}, {"by": "gender", "region": CITY}, villages):
        assert "ok" in shown(202607, 202609, **words)
        assert "ok" not in shown(202608, 202608, **words) | shown(202606, 202608, **words)
    for words in ({"by": "city"}, {"by": "point_type"}, {"by": "gender"}):
        assert shown(202608, 202608, **words) == {"ok"}
