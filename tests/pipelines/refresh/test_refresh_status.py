"""How old the data are, by a clock that is passed in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.refresh import find_last_success, find_status
from pipelines.warehouse import Layout, Outcome, list_runs, record


def _end(office) -> datetime:
    run = list_runs(Layout(office.warehouse))[-1]
    return datetime.fromisoformat(run.started_at) + timedelta(seconds=run.seconds)


@pytest.mark.parametrize(("hours", "stale"), [(1, False), (35.9, False), (36.1, True), (500, True)])
def test_data_grow_stale_after_the_hours_that_are_set(office, hours, stale):
    told = find_status(office.raw, office.warehouse).as_json(5, _end(office) + timedelta(hours=hours))
    assert (told["age_hours"], told["stale"]) == (hours, stale)


def test_the_hours_are_those_of_the_settings(office):
    (office.raw.parent / "burden.toml").write_text("[schedule]\nstale_hours = 2\n", encoding="utf-8")
    office.refresh()
    assert find_status(office.raw, office.warehouse).is_stale(_end(office) + timedelta(hours=3))


def test_a_refresh_without_news_counts_as_success_and_a_failed_one_does_not(office):
    layout = Layout(office.warehouse)
    first = list_runs(layout)[-1]
    later = replace(first, started_at=(_end(office) + timedelta(hours=30)).isoformat(), seconds=60.0, outcome=Outcome.UNCHANGED)
    record(layout, later)
    record(layout, replace(later, started_at=(_end(office) + timedelta(hours=40)).isoformat(), outcome=Outcome.FAILED))
    last = find_last_success(list_runs(layout), None)
    assert last == datetime.fromisoformat(later.started_at) + timedelta(seconds=60)


def test_without_a_history_the_snapshot_says_when(office):
    manifest = office.manifest()
    assert find_last_success([], manifest) == datetime.fromisoformat(manifest["published_at"])
    assert find_last_success([], None) is None


def test_a_warehouse_without_a_snapshot_is_stale_and_of_no_age(new_office):
    office = new_office()
    told = find_status(office.raw, office.warehouse).as_json(5, datetime.now(UTC))
    assert (told["age_hours"], told["stale"]) == (None, True)
