"""The search over messages: typed, in the address, and hostile words."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

pytestmark = pytest.mark.browser
LIST = "form.find + .scroll table.texts"


def test_words_are_typed_and_become_the_address(visit) -> None:
    tab = visit.open("/feedback?region=411300")
    everything = tab.locator(f"{LIST} tbody tr").count()
    tab.fill(".find input[type=search]", "会议 时长")
    tab.press(".find input[type=search]", "Enter")
    tab.wait_for_url("**/feedback?region=411300&q=*")
    assert parse_qs(urlsplit(tab.url).query)["q"] == ["会议 时长"]
    tab.wait_for_selector(".find a:has-text('清除')")
    tab = visit.settle()
    rows = tab.locator(f"{LIST} tbody tr")
    assert 0 < rows.count() < everything
    assert all("会议" in row and "时长" in row for row in rows.all_inner_texts())
    assert set(tab.locator(f"{LIST} mark").all_inner_texts()) == {"会议", "时长"}
    tab.go_back()
    tab.wait_for_selector(".find a", state="detached")


def test_hostile_words_are_words(visit) -> None:
    words = '"><img src=x onerror=alert(1)>![](http://e)'
    tab = visit.open(f"/feedback?lang=en&q={quote(words[:40])}")
    assert tab.locator(".find input[type=search]").input_value() == words[:40]
    assert tab.locator("[data-testid=stMain] img:not([alt])").count() == 0
    assert "no message with" in tab.inner_text("[data-testid=stMain]")
