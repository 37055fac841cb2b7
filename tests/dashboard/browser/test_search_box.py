"""The search box: found by pinyin, reached by keyboard, and the state of the view goes along."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser


def query(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def test_a_region_and_an_indicator_are_found_by_keyboard(visit) -> None:
    tab = visit.open("/meetings?from=2026-04&to=2026-06&topic=party")
    tab.keyboard.press("/")
    tab.keyboard.type("neix")
    tab.wait_for_selector("[role=option]")
    assert tab.locator("[role=option]").all_inner_texts() == ["内乡县\n南阳市 · 411325"]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/region?**")
    tab = visit.settle()
    tab.wait_for_selector("h1:has-text('地区画像 · 内乡县')")
    assert query(tab.url) == {"from": "2026-04", "to": "2026-06", "region": "411325"}
    tab.locator(".seek input").fill("hysc")
    tab.wait_for_selector("[role=option]")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".entry[data-indicator=meeting_hours]")
    assert query(tab.url)["indicator"] == "meeting_hours"
    assert query(tab.url)["region"] == "411325"
    tab.go_back()
    tab.wait_for_selector("h1:has-text('地区画像 · 内乡县')")


def test_what_is_typed_stays_text_and_nothing_found_is_said(visit) -> None:
    tab = visit.open("/quality?lang=en")
    tab.locator(".seek input").fill("<img src=x onerror=alert(1)>")
    tab.wait_for_selector(".seek .list p")
    assert "Nothing found" in tab.inner_text(".seek .list")
    assert tab.locator(".seek img").count() == 0
    tab.locator(".seek input").press("Escape")
    assert tab.locator(".seek input").input_value() == ""
    answer = tab.request.get(visit.base + "/files/search/xx.json")
    assert answer.status == 404
