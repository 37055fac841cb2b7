"""`burden alerts`: JSON and a table."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import burden
from dashboard.answers.alerts import ALERT_COLUMNS
from dashboard.cli import app
from pipelines.contracts.errors import RequestError


def run(warehouse: Path, *words: str, lang: str = "zh") -> str:
    words = ("alerts", "--warehouse", str(warehouse), *words)
    result = CliRunner().invoke(app, words, env={"BURDEN_LANG": lang, "COLUMNS": "200"})
    if result.exception:
        raise result.exception
    return result.stdout


def test_json_is_an_array_of_records_with_null_where_nothing_applies(demo_warehouse: Path) -> None:
    records = json.loads(run(demo_warehouse, "--json"))
    assert all(list(r) == list(ALERT_COLUMNS) for r in records)
    first = records[0]
    assert (first["kind"], first["region_code"], first["indicator"]) == ("rebound", "411300", "meetings")
    assert first["level"] == "county"
    assert first["address"] == "region=411300&from=2026-07&to=2026-09"
    assert first["other_indicator"] is None


def test_the_table_is_for_reading(demo_warehouse: Path) -> None:
    english = run(demo_warehouse, "--region", "411300", lang="en")
    assert "Meetings rose" in english
    assert "Clear ●●●" in english
    assert "411300" not in english
    assert "rebound" not in english


def test_notices_have_keys_that_last_and_leave_out_what_is_to_be_confirmed(demo_warehouse: Path) -> None:
    raised = dict(burden.find_raised(demo_warehouse, "zh"))  # in a child, as the timetable asks
    assert raised["rebound:411300:meetings"].startswith("南阳市 · 回潮：会议数上升")
    assert {"displacement:410300:accompaniment", "rise:411500:mean_age"} <= set(raised)
    assert "rise:411500:over50_share" not in raised  # rests on October


def test_an_unknown_region_is_one_sentence(demo_warehouse: Path) -> None:
    with pytest.raises(RequestError, match="999999"):
        run(demo_warehouse, "--region", "999999")
