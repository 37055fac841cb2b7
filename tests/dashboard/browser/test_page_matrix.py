"""Every page in both languages for every kind of region, and for an address that was written to do harm."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from test_pages_open import FAULT, SLIDES, TITLES, address

from dashboard.answers import Request, answer
from dashboard.pages.catalogue import PAGES
from dashboard.warehouse import Snapshot, open_snapshot

pytestmark = [pytest.mark.browser, pytest.mark.matrix]
STAFF = "under35_share"
HOSTILE = {
    "region": "%3Cscript%3Ealert(1)%3C/script%3E", "from": "9999-99", "to": "%00", "compare": "%27%20OR%201=1",
    "type": "..%2F..%2Fetc", "tray": "%7B%7B7*7%7D%7D", "indicator": "%3Cimg%20src=http://e.x/%20onerror=alert(1)%3E",
}  # fmt: skip
# What no reader may meet: a key of the catalogues, a value of the program (None is an English word too), a region's code.
RAW = re.compile(
    r"\b(?:pages|words|findings|charts|alerts|quality)\.[a-z_]+\b|\b(?:NaN|nan|null|undefined)\b|[{}]|\b41\d{4}\b"
)


def find_county(reason: str) -> Callable[[Snapshot], dict[str, str]]:
    """The first county in which a staff figure is absent for that reason."""
    def find(snapshot: Snapshot) -> dict[str, str]:
        return {"region": answer(snapshot, Request(STAFF, by="county")).filter(reason=reason)["group"][0]}

    return find


CASES: dict[str, Callable[[Snapshot], dict[str, str]]] = {
    "province": lambda snapshot: {},
    "city": lambda snapshot: {"region": "411300"},
    "county": lambda snapshot: {"region": "411322"},
    "empty": find_county("no_points"),
    "suppressed": find_county("few_points"),
    "hostile": lambda snapshot: HOSTILE,
}


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    return open_snapshot(demo_warehouse)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", list(CASES))
@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_opens_in_every_kind_of_region(visit, snapshot: Snapshot, page: str, case: str, lang: str) -> None:
    tab = visit.open_painted(address(page, lang=lang, **CASES[case](snapshot)))
    main = tab.inner_text("[data-testid=stMain]")
    assert TITLES[page][lang == "en"] in tab.inner_text("h1")
    assert not [word for word in FAULT if word in main]
    assert tab.locator(".findings li").first.inner_text().strip()
    assert tab.locator("footer.foot section").count() == 3
    assert tab.locator(".facts").inner_text()
    assert page == SLIDES or tab.locator(".src").count() >= 1
    assert tab.locator("[role=alert]").count() == (1 if case == "hostile" else 0)
    assert not RAW.findall(main)
    assert lang == "en" or "None" not in main
    assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 1440
