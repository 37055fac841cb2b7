"""The index of the search box: what each indicator and region is found by, whose names stand beside it."""

from pathlib import Path

import pytest

from dashboard.i18n import LANGUAGES, Lang
from dashboard.pages.search import build_index
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.indicators import INDICATORS


@pytest.fixture(scope="module")
def snapshot(small_warehouse: Path) -> Snapshot:
    return open_snapshot(small_warehouse)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_and_region_is_in_the_index_once(snapshot: Snapshot, lang: Lang) -> None:
    index = build_index(snapshot, lang)
    codes = [e["code"] for e in index]
    assert codes[: len(INDICATORS)] == list(INDICATORS)
    assert len(codes) == len(set(codes))
    assert set(codes[len(INDICATORS) :]) == set(snapshot.regions["code"])
    assert all(key == key.lower() for e in index for key in e["keys"])


def test_a_name_is_found_by_chinese_pinyin_initials_english_and_code(snapshot: Snapshot) -> None:
    found = {e["code"]: e for e in build_index(snapshot, "zh")}
    assert found["411325"]["keys"] == ["内乡县", "neixiangxian", "nxx", "neixiang county", "411325"]
    assert (found["411325"]["name"], found["411325"]["beside"]) == ("内乡县", "南阳市")
    assert found["419001"]["beside"] == ""
    assert found["meeting_accompaniment_rate"]["keys"][:3] == ["陪会率", "peihuilv", "phl"]
    assert "accompaniment rate" in found["meeting_accompaniment_rate"]["keys"]


def test_names_are_shown_in_the_readers_language(snapshot: Snapshot) -> None:
    found = {e["code"]: e for e in build_index(snapshot, "en")}
    assert (found["411325"]["name"], found["411325"]["beside"]) == ("Neixiang County", "Nanyang")
    assert found["meetings"]["name"] == "Meetings"
    assert "huiyishu" in found["meetings"]["keys"]
