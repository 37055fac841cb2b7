"""Without a mouse: every control reached in the order in which it is read, seen when it is, and left where it was used."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
HERE = """() => {
  const at = document.activeElement, before = window.lastStop, style = getComputedStyle(at);
  if (at === document.body) return null;
  window.lastStop = at;
  return {
    follows: !before || Boolean(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    name: at.getAttribute("aria-label") || at.innerText,
  };
}"""
CONTROLS = "[data-testid=stMain] :is(a[href], summary, input, button)"


def walk(tab) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page until it leaves it."""
    stops = []
    while len(stops) < 400:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(HERE)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key never left the page")


def test_every_control_is_reached_in_order_and_seen(visit) -> None:
    tab = visit.open_painted("/accompaniment?region=411300")
    shown = tab.locator(CONTROLS).evaluate_all("all => all.filter(e => e.checkVisibility()).length")
    stops = walk(tab)
    assert len(stops) == shown + 1  # and the page itself, which the arrow keys scroll
    assert all(stop["follows"] and stop["seen"] for stop in stops)
    names = [stop["name"] for stop in stops[1:]]
    assert names[0] == "跳到正文"
    tools = [name for name in names if name.startswith(("定义：", "数据表：", "更多"))]
    assert len(tools) == len(set(tools))


def test_the_first_link_skips_to_the_content(visit) -> None:
    tab = visit.open("/meetings?lang=en")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.locator("a.skip").evaluate("a => a.getBoundingClientRect().top >= 0")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "H1"
    assert tab.url.endswith("/meetings?lang=en")


def test_a_choice_by_keyboard_leaves_the_focus_on_its_menu(visit) -> None:
    tab = visit.open("/meetings")
    tab.locator("[data-menu=compare] summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/meetings?compare=previous")
    tab.wait_for_selector("[data-menu=compare] .box:has-text('上期')")
    visit.settle()
    tab.wait_for_function("document.activeElement.closest('[data-menu=compare]')")
    tab.locator("nav.top a.tab").nth(2).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('文件')")
    visit.settle()
    tab.wait_for_function("document.activeElement.tagName === 'H1'")
