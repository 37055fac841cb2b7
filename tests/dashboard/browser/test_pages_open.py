"""Every page in both languages, in a real browser."""

import re

import pytest

from dashboard.answers import Request, answer
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.pages.catalogue import PAGES
from dashboard.warehouse import open_snapshot

pytestmark = pytest.mark.browser
TITLES = {
    "overview": ("总览", "Overview"),
    "meetings": ("会议", "Meetings"),
    "documents": ("文件", "Documents"),
    "inspections": ("督查检查考核", "Inspections"),
    "accompaniment": ("陪会陪同", "Accompaniment"),
    "staffing": ("队伍", "Staffing"),
    "standing": ("存量事项", "Standing items"),
    "plans": ("计划限额", "Plans"),
    "feedback": ("谈减负", "Feedback"),
    "region": ("地区画像", "Region profile"),
    "quality": ("数据质量", "Data quality"),
    "briefing": ("简报", "Briefing"),
    "indicators": ("指标字典", "Indicators"),
}
SLIDES = "briefing"  # its pictures are slides, which have no table, file or definition of their own
FAULT = ("暂时无法显示", "cannot be shown", "Traceback", "StreamlitAPIException")


def address(page: str, **params: str) -> str:
    path = "/" if page == "overview" else f"/{page}"
    query = "&".join(f"{k}={v}" for k, v in params.items())
    return f"{path}?{query}" if query else path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_opens_by_its_address(visit, page: str, lang: str) -> None:
    tab = visit.open(address(page, **({"lang": lang} if lang == "en" else {})))
    assert TITLES[page][lang == "en"] in tab.inner_text("h1")
    text = tab.inner_text("[data-testid=stMain]")
    assert not [word for word in FAULT if word in text]
    assert tab.locator(".findings li").count() >= 1
    assert tab.locator("footer.foot section").count() == 3
    assert tab.title().startswith(TITLES[page][lang == "en"])
    assert tab.evaluate("document.documentElement.lang") == ("en" if lang == "en" else "zh-CN")
    assert tab.locator(".synthetic").inner_text()
    sources = tab.locator(".src").all_inner_texts()
    assert sources or page == SLIDES
    assert all(("synthetic data" if lang == "en" else "示例数据") in s for s in sources)


@pytest.mark.parametrize("page", [page for page in PAGES if page != SLIDES])
def test_every_chart_is_painted_and_has_its_table_its_file_and_its_definition(visit, page: str) -> None:
    tab = visit.open(address(page, region="411300"))
    tab.wait_for_function(
        f"document.querySelectorAll('.plot').length >= {0 if page == 'indicators' else 1} && "
        "[...document.querySelectorAll('.plot')].every(c => c.querySelector('svg.main-svg'))"
    )
    charts = tab.locator(".plot").count()
    heads = tab.locator(".ph:not(.alertblock .ph)")  # the block of alerts is a table itself, with its rules
    assert heads.count() >= charts
    for i in range(heads.count()):
        tools = heads.nth(i).locator("details.pop > summary").all_inner_texts()
        assert tools == ["定义", "数据表", "⋯"]
        assert heads.nth(i).locator("a[data-csv]").count() == 1
    assert tab.locator(".ph table.data tbody tr").count() >= charts
    links = tab.locator("a[data-csv]")
    assert set(links.evaluate_all("all => all.map(a => a.dataset.csv)")) <= set(PAGES[page].tables)
    for href in links.evaluate_all("all => all.map(a => a.href)"):
        file = tab.request.get(href)
        assert file.status == 200, href
        assert file.body().startswith(b"\xef\xbb\xbf"), href
        assert file.headers["content-type"].startswith("text/csv")


def test_the_frame_of_streamlit_is_not_seen(visit) -> None:
    tab = visit.open("/")
    for part in ("stHeader", "stToolbar", "stSidebar", "stDecoration"):
        assert not tab.locator(f"[data-testid={part}]").locator("visible=true").count()
    assert tab.locator("nav.top a.tab").all_inner_texts() == [TITLES[page][0] for page in PAGES]
    assert tab.locator("nav.top a[aria-current].tab").inner_text() == "总览"


def test_an_embedded_page_draws_no_navigation(visit) -> None:
    tab = visit.open("/meetings?embed=true")
    assert tab.locator("nav.top").count() == 0
    assert tab.locator(".strip").count() == 1
    assert all("embed=true" in href for href in tab.locator(".strip a").evaluate_all("all => all.map(a => a.href)"))


def test_numbers_on_the_cards_are_those_of_the_answers(visit, demo_warehouse) -> None:
    snapshot = open_snapshot(demo_warehouse)
    tab = visit.open("/?from=2026-04&to=2026-06")
    cards = tab.locator(".card")
    assert cards.count() == 6
    for i in range(6):
        indicator = cards.nth(i).get_attribute("data-indicator")
        row = answer(snapshot, Request(indicator, first=202604, last=202606)).row(0, named=True)
        shown = re.match(r"[−\d.,]+", cards.nth(i).locator(".value").inner_text())
        assert shown
        assert shown.group() == fmt.level(row["estimate"], measure(indicator), mark=False)


def test_without_a_comparison_the_findings_are_levels(visit) -> None:
    tab = visit.open("/?compare=none")
    assert tab.locator(".findings li").count() == 3
    assert "会议数 " in tab.locator(".findings li").first.inner_text()
    assert tab.locator(".card .change").count() == 0


def test_staffing_shows_no_single_point(visit) -> None:
    tab = visit.open("/staffing?region=411300")
    assert tab.locator(".observed").count() == 0
    assert "单个样本点和观测点的人员数据一律不公布" in tab.inner_text("[data-testid=stMain]")


def test_a_region_without_points_says_so_instead_of_being_blank(visit) -> None:
    tab = visit.open("/meetings?region=411372")
    text = tab.inner_text("[data-testid=stMain]")
    assert "无样本点" in text
    assert "没有可以公布的变化" in tab.inner_text(".findings")
    own = [t for t in tab.locator(".ph h3").all_inner_texts() if not t.startswith("会议数：")]
    assert not [title for title in own if "无明显变化" in title]
    assert not [word for word in FAULT if word in text]
