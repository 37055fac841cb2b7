"""The attack point by point, with exact weights, all digits, every kind of period, and changes; and that it can find."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.answers import Request, answer, policy, tabulate
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from validation.disclosure.offers import Cube, Span, collect, list_spans
from validation.disclosure.points import Figure, collect_changes, find_told_points, read_cells, recover_exactly

CITY, SMALL_CITY, FIRST, LAST = "411300", "411100", 202601, 202609
PEOPLE, GENDER = Cube("people", "headcount", ()), Cube("people", "headcount", ("gender",))
QUARTERS = [(m, months.shift(m, 2)) for m in months.span(202404, LAST) if m % 100 % 3 == 1]


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.fixture(scope="module")
def over_any_period(snapshot: Snapshot) -> Snapshot:
    """The same tables where `burden.toml` says `staff_periods = "any"`."""
    manifest = snapshot.manifest | {"policy": snapshot.manifest["policy"] | {"disclosure": {"staff_periods": "any"}}}
    return replace(snapshot, manifest=manifest)


def offer(snapshot: Snapshot, cube: Cube, spans: list[Span]) -> list[Figure]:
    return read_cells(snapshot, collect(snapshot, cube, spans), cube.universe)


def pick(snapshot: Snapshot, figures: list[Figure], city: str) -> list[Figure]:
    inside = (snapshot.points["city_code"] == city).to_numpy()
    return [f for f in figures if not (f.place & ~inside).any()]


@pytest.fixture(scope="module")
def headcounts(snapshot: Snapshot) -> list[Figure]:
    return offer(snapshot, PEOPLE, [*list_spans(FIRST, LAST), (202601, 202606)])


def test_headcounts_over_every_period_tell_none_that_is_suppressed_and_nothing_of_a_point(
    snapshot: Snapshot, headcounts: list[Figure]
) -> None:
    assert sum(f.hidden == "complementary" for f in headcounts) > 500
    assert sum(f.hidden == "few_points" for f in headcounts) > 500
    assert [f.words for f in recover_exactly((snapshot, headcounts))] == []
    assert find_told_points(snapshot, CITY, headcounts) == []


@pytest.mark.parametrize("cube", [GENDER, Cube("vacancies", "vacancy_rate", ())], ids=lambda cube: cube.name)
def test_groups_and_vacancies_tell_none_that_is_suppressed(snapshot: Snapshot, cube: Cube) -> None:
    figures = offer(snapshot, cube, list_spans(202604, LAST))
    assert {None, "complementary"} < {f.hidden for f in figures}
    assert [f.words for f in recover_exactly((snapshot, figures))] == []


@pytest.mark.parametrize(("cube", "count"), [(PEOPLE, 10), (GENDER, 5)], ids=["headcounts", "gender"])
def test_changes_tell_none_that_is_suppressed(snapshot: Snapshot, cube: Cube, count: int) -> None:
    """Quarters against the same one a year earlier and against the one before."""
    known = QUARTERS[-count:]
    pairs = [*zip(known[4:], known, strict=False), *zip(known[1:], known, strict=False)]
    changes = collect_changes(snapshot, cube, pairs)
    assert sum(f.words.startswith(f"change {CITY[:4]}") for f in changes) > 50
    assert [f.words for f in recover_exactly((snapshot, [*offer(snapshot, cube, known), *changes]))] == []


def test_a_quarter_beside_its_months_would_tell_suppressed_cells(over_any_period: Snapshot) -> None:
    spans = [(m, m) for m in months.span(202604, 202606)]
    assert recover_exactly((over_any_period, pick(over_any_period, offer(over_any_period, PEOPLE, spans), CITY))) == []
    figures = pick(over_any_period, offer(over_any_period, PEOPLE, [*spans, (202604, 202606)]), CITY)
    assert {"few_points", "complementary"} <= {f.hidden for f in recover_exactly((over_any_period, figures))}
    assert len(find_told_points(over_any_period, CITY, figures)) > 3


def test_changes_of_counties_in_which_any_weight_differs_would_tell_suppressed_cells(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, before = (202604, 202606), (202504, 202506)
    levels = offer(snapshot, PEOPLE, [now, before])
    monkeypatch.setattr(tabulate, "find_telling", lambda *asked: ((asked[2] > 0) & (asked[2] < policy.LEAST_POINTS)).any(axis=0))
    figures = pick(snapshot, [*levels, *collect_changes(snapshot, PEOPLE, [(now, before)])], "410100")
    assert recover_exactly((snapshot, figures))


@pytest.mark.parametrize("by", ["county", "gender", "type"])
def test_small_places_are_cut_by_quarter(snapshot: Snapshot, over_any_period: Snapshot, by: str) -> None:
    words: dict[str, object] = {
        "county": {"by": "county", "region": CITY}, "gender": {"by": "gender", "region": SMALL_CITY},
        "type": {"by": "city", "where": (("point_type", "village"),)},
    }[by]  # fmt: skip

    def ask(first: int, last: int, known: Snapshot = snapshot) -> Callable[[str], set[str | None]]:
        frame = answer(known, Request("headcount", first=first, last=last, **words))  # type: ignore[arg-type]
        return lambda column: set(frame[column].to_list())

    assert "ok" in ask(202607, 202609)("status")
    for span in ((202608, 202608), (202606, 202608), (202607, 202608), (202601, 202606), (202601, 202612)):
        assert "ok" not in ask(*span)("status")
        assert "by_quarter" in ask(*span)("reason")
    assert "ok" in ask(202608, 202608, over_any_period)("status")


@pytest.mark.parametrize("words", [{"by": "city"}, {"by": "point_type"}, {"by": "gender"}, {"by": "gender", "region": CITY}])
def test_large_places_are_cut_by_any_period(snapshot: Snapshot, words: dict[str, str]) -> None:
    for span in ((202608, 202608), (202606, 202608)):
        frame = answer(snapshot, Request("headcount", first=span[0], last=span[1], **words))  # type: ignore[arg-type]
        assert set(frame["status"].to_list()) == {"ok"}
