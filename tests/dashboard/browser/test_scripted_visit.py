"""A supervisor's visit, by clicks only: which city rebounded, since when, through which issuers, is it real; then a link is sent.

What is found is what was planted in the demo province.
"""

import json
import re

import pytest
from conftest import Visit

from pipelines.contracts import months
from pipelines.demo.effects import planted
from pipelines.demo.scheme import Scheme

pytestmark = pytest.mark.browser
PLANTED = next(effect for effect in planted(Scheme(last_month=202610)) if effect.id == "rebound")
FIGURES = "() => [...document.querySelectorAll('.js-plotly-plot')].map(g => JSON.stringify([g.data, g.layout.annotations]))"


def read_view(tab: Visit) -> tuple[str, list[str]]:
    """What a page says and what its figures draw, once that is the same for a second: rows of a page arrive one by one."""
    tab.settle()
    offer = tab.page.locator("[data-guide=dismiss]")  # of a tour, to whoever comes for the first time
    if offer.is_visible():
        offer.click()
    before: tuple[str, list[str]] = ("", [])
    for _ in range(30):
        tab.page.wait_for_timeout(1000)
        tab.page.wait_for_function("!document.querySelector('.plot[aria-busy]')")
        now = (re.sub(r"\s+", " ", tab.page.inner_text("[data-testid=stMain]")), tab.page.evaluate(FIGURES))
        if now == before:
            return now
        before = now
    raise AssertionError("the page does not come to rest")


def test_a_rebound_is_found_judged_and_sent_on_by_clicks(visit, chromium) -> None:
    page = visit.open("/")
    # Which city, since when, through whom, how sure: the first row of what to look into.
    row = page.locator("table.alerts tbody tr").first
    said = row.inner_text()
    assert row.get_attribute("data-kind") == "rebound"
    assert row.get_attribute("data-region") == PLANTED.region_code
    since = re.search(r"(\d{4})年(\d{1,2})月", said)
    assert since is not None
    assert abs(months.ordinal(int(since[1]) * 100 + int(since[2])) - months.ordinal(PLANTED.from_month)) <= 1
    for words in ("南阳市", "会议数上升", "区间 +", "由县级带来", "明确 ●●●"):
        assert words in said
    # How many of such alerts are false is told by the rules.
    page.locator(".alertblock details summary", has_text="规则").click()
    assert "误报" in page.locator(".alertblock details[open]").inner_text()
    page.keyboard.press("Escape")
    # Its link leads to the city's meetings: by level of issuer, with the points that the change rests on.
    row.locator("a[data-in]").last.click()
    page.wait_for_selector("h1:has-text('会议 · 南阳市')")
    text, _ = read_view(visit)
    assert "县级召开的会议数上升" in text
    assert re.search(r"召开层级占比：县上升.*■ 县 [\d.]+% [\d.]+ ▲ \+\d+% \+\d+ 至 \+\d+", text)
    assert re.search(r"有报送的：前期 \d+%，本期 \d+%；两期都报的 \d+ 个", text)
    # Signal or noise: its control chart, and what the year before makes of the same months.
    page.locator(".tools a", has_text="控制图").first.click()
    page.wait_for_selector(".under.lead")
    text, figures = read_view(visit)
    assert re.search(r"总览提示（回潮）：自.*个月都有信号", text)
    assert len(figures) >= 3
    # The link is copied from the panel, the address from the browser; both show the same to whoever opens them.
    page.locator(".ph details.more > summary").first.click()
    page.wait_for_function("document.querySelector('details.more[open] input[data-address]')?.value")
    alone = page.locator("details.more[open] input[data-address]").first.input_value()
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    other = Visit(context.new_page(), visit.base)
    other.page.goto(page.url)
    assert read_view(other) == (text, figures)
    other.page.goto(alone)
    text, figure = read_view(other)
    assert "总览提示（回潮）" in text
    assert [json.loads(f)[0] for f in figure] == [json.loads(figures[0])[0]]
    context.close()
