"""The dictionary: every indicator in both languages, and code that really gives the figure it stands beside."""

import shlex
from pathlib import Path

import duckdb
import pytest

from dashboard.answers import Request, answer, build_request
from dashboard.i18n import LANGUAGES, Lang
from dashboard.i18n.catalogue import messages
from dashboard.pages.catalogue import PAGES
from dashboard.pages.dictionary import is_ranked, write_entry, write_list
from dashboard.pages.indicator_code import write_command, write_query
from dashboard.pages.indicators import list_indicators
from dashboard.pages.source import bounds_of
from dashboard.pages.state import read
from dashboard.pages.view import View
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS

HALF_YEAR = {"from": "2026-01", "to": "2026-06"}


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


def open_page(snapshot: Snapshot, **params: str) -> View:
    bounds, page = bounds_of(snapshot), PAGES["indicators"]
    state, faults = read(params, bounds, page.choices)
    assert not faults
    return View("indicators", page.choices, state, bounds, snapshot)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_says_why_it_matters_and_every_domain_what_to_mind(lang: Lang) -> None:
    known = messages(lang)
    for indicator in INDICATORS.values():
        assert len(known[f"indicators.why.{indicator.id}"]) > 10
        assert known[f"indicators.caveat_of.{indicator.domain.value}"]
    texts = [m for k, m in known.items() if k.startswith("indicators.why.")]
    assert len(texts) == len(set(texts)) == len(INDICATORS)
    own = {k.removeprefix("indicators.caveat.") for k in known if k.startswith("indicators.caveat.")}
    assert own <= set(INDICATORS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_is_whole(demo: Snapshot, lang: Lang) -> None:
    view = open_page(demo, **({"lang": lang} if lang == "en" else {}))
    listed = write_list(view, None)
    for indicator in INDICATORS.values():
        entry = write_entry(view, indicator)
        assert entry.count("<dt>") == (11 if indicator.kind.value == "register" else 12), indicator.id
        assert indicator.name(lang) in entry
        assert f"indicator={indicator.id}&quot;" in listed or f"indicator={indicator.id}" in listed
    assert list_indicators(view)["indicator"].to_list() == list(INDICATORS)


@pytest.mark.parametrize("region", ["410300", "410323"])
def test_the_query_on_the_published_tables_gives_the_estimate(demo: Snapshot, region: str) -> None:
    view = open_page(demo, **HALF_YEAR, region=region)
    tables = duckdb.connect()
    tables.execute(f"SET file_search_path = '{demo.folder}'")
    compared = 0
    for indicator in INDICATORS.values():
        query = write_query(view, indicator)
        rows = answer(demo, Request(indicator.id, region, 202601, 202606)).to_dicts()
        if indicator.id == "plan_projection":
            assert query == ""
            continue
        if indicator.id == "plan_used_share":
            found = {f"{item}/{level}": value for item, level, value, _ in tables.sql(query).fetchall()}
            assert found == pytest.approx({r["group"]: r["estimate"] for r in rows if r["estimate"] is not None})
            continue
        value = tables.sql(query).fetchall()[0][0]
        if rows[0]["estimate"] is not None:
            assert value == pytest.approx(rows[0]["estimate"], rel=1e-9, abs=1e-12), indicator.id
            compared += 1
    assert compared >= (30 if region == "410323" else 55)


def test_the_command_is_one_that_burden_understands(demo: Snapshot) -> None:
    view = open_page(demo, region="410300", **HALF_YEAR)
    words = shlex.split(write_command(view, "documents"))
    assert words == ["burden", "estimate", "documents", "--region", "410300", "--from", "2026-01", "--to", "2026-06",
                     "--compare", "year"]  # fmt: skip
    built = build_request(demo, words[2], region=words[4], first=words[6], last=words[8], compare=words[10])
    assert answer(demo, built)["estimate"][0] == view.ask("documents")["estimate"][0]


def test_ranking_is_told_as_the_policy_has_it(demo: Snapshot) -> None:
    view = open_page(demo)
    assert not is_ranked(INDICATORS["plan_projection"])
    for name, word in (("felt_relief_share", "易诱发造假"), ("video_share", "两个方向都不算好"), ("meetings", "95% 位次集")):
        assert word in write_entry(view, INDICATORS[name])


def test_the_definition_of_a_panel_leads_to_the_entry(demo: Snapshot) -> None:
    view = open_page(demo, region="410300")
    assert view.define("meetings") == "./indicators?region=410300&indicator=meetings"
