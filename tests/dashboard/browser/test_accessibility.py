"""axe-core on the pages: at rest, and with every menu, box and list of what was found open."""

import pytest

from dashboard.pages.catalogue import PAGES

pytestmark = pytest.mark.browser
WEIGHED = ("moderate", "serious", "critical")  # what axe calls minor is not
JUDGE = """async (weighed) => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter((found) => weighed.includes(found.impact))
  .map((found) => `${found.impact} ${found.id}: ${found.nodes.length} × ${found.nodes[0].html.slice(0, 200)}`)"""
OPEN_ALL = "document.querySelectorAll('details.menu, details.pop').forEach(box => box.setAttribute('open', ''))"


def judge(tab, axe: str) -> list[str]:
    """What axe finds wrong in the page as it stands."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
    return tab.evaluate(JUDGE, WEIGHED)


def judge_both(visit, axe: str, address: str) -> None:
    tab = visit.open_painted(address)
    assert judge(tab, axe) == []
    tab.locator(".seek input").fill("h")
    tab.wait_for_selector("[role=option]")
    tab.evaluate(OPEN_ALL)
    assert judge(tab, axe) == []


@pytest.mark.parametrize("address", ["/?lang=en", "/meetings?region=411300", "/region?region=411372"])
def test_axe_finds_nothing_on_pages_of_each_kind(visit, axe: str, address: str) -> None:
    judge_both(visit, axe, address)


@pytest.mark.matrix
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", list(PAGES))
def test_axe_finds_nothing_on_any_page(visit, axe: str, page: str, lang: str) -> None:
    judge_both(visit, axe, f"/{'' if page == 'overview' else page}?lang={lang}")
