"""Pages printed on A4 and shown on a phone: nothing cut, nothing that only a mouse could use."""

import re

import pytest

from dashboard.pages.catalogue import PAGES

pytestmark = pytest.mark.browser
SHEET = 1080  # px, `--sheet` of paper.css
CONTROLS = ".tools, .menu .list, .seek, .switch, nav.top, .skip, .tongues, button"
CUT = """() => {
  const scrolls = (node) => node.closest("svg, .plot, .unseen, .list") || (() => {
    for (let up = node.parentElement; up && up.dataset.testid !== "stMainBlockContainer"; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    }
  })();
  return [...document.querySelectorAll("[data-testid=stMain] *")].filter((node) => node.checkVisibility()
    && node.getBoundingClientRect().width && node.getBoundingClientRect().right > innerWidth + 1 && !scrolls(node))
    .map((node) => `${node.tagName}.${node.className}`);
}"""


def print_page(tab) -> int:
    """The number of sheets that the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True, print_background=True)))


@pytest.mark.parametrize("address", [
    "/", *(pytest.param(f"/?{rest}", marks=pytest.mark.matrix) for rest in ("lang=en&region=411300", "region=411322"))
])  # fmt: skip
def test_the_overview_is_printed_on_one_sheet(visit, address: str) -> None:
    assert print_page(visit.open_painted(address)) == 1


def test_figures_are_drawn_for_paper_and_for_the_screen_again(visit) -> None:
    tab = visit.open_painted("/meetings?region=411300")
    widths = "[...document.querySelectorAll('.plot')].map(plot => [plot.clientWidth, plot.layout.width])"
    before = tab.evaluate(widths)
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(place <= SHEET and place == drawn for place, drawn in tab.evaluate(widths))
    assert tab.locator(CONTROLS).locator("visible=true").count() == 0
    said = tab.inner_text(".strip") + tab.inner_text(".head")
    assert all(word in said for word in ("南阳市", "2026年7—9月", "快照", "示例数据"))
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(widths) == before
    assert 2 <= print_page(tab) <= 5


def hold(visit, address: str) -> None:
    tab = visit.page
    tab.set_viewport_size({"width": 390, "height": 844})
    visit.open_painted(address)
    assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert tab.evaluate(CUT) == []


def test_a_phone_shows_the_overview_in_one_column(visit) -> None:
    hold(visit, "/?lang=en")
    wide = "[...document.querySelectorAll('.plot')].filter(plot => plot.scrollWidth > plot.clientWidth + 1)"
    assert visit.page.evaluate(f"{wide}.length") > 0
    assert visit.page.evaluate(f"{wide}.every(plot => plot.tabIndex === 0 && plot.matches('.wide:not(.end)'))")


@pytest.mark.matrix
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", list(PAGES))
def test_a_phone_cuts_nothing_on_any_page(visit, page: str, lang: str) -> None:
    hold(visit, f"/{'' if page == 'overview' else page}?lang={lang}&region=411300")
