"""The address holds the whole state: pasted, followed, back and forward, in another language, hostile."""

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser
PASTED = "/documents?lang=en&region=411000&from=2026-04&to=2026-06&compare=previous&type=township&kind=formal"


def params(address: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def boxes(tab) -> list[str]:
    return [b.replace("▾", "").strip() for b in tab.locator(".strip .box").all_inner_texts()]


def test_a_pasted_address_sets_every_filter(visit) -> None:
    tab = visit.open(PASTED)
    assert tab.locator(".trail a.crumb[aria-current]").inner_text() == "Xuchang"
    assert boxes(tab)[1:] == ["Apr–Jun 2026", "previous period", "Township", "Formal document"]
    assert params(tab.url) == params(PASTED)


def test_links_keep_the_state_and_change_one_part(visit) -> None:
    tab = visit.open(PASTED)
    whole = params(PASTED)
    hrefs = tab.locator("[data-menu=compare] a").evaluate_all("all => all.map(a => a.href)")
    assert [params(h).get("compare", "year") for h in hrefs] == [
        "year", "previous", "none", "previous",
    ]
    assert params(hrefs.pop())["pair"] == "period"
    assert all(params(h) | {"compare": ""} == whole | {"compare": ""} for h in hrefs)
    staffing = params(tab.locator("nav.top a.tab").last.evaluate("a => a.href"))
    assert staffing == {k: v for k, v in whole.items() if k != "kind"}


def test_back_and_forward_restore_each_state(visit) -> None:
    visit.open("/meetings")
    visit.follow("[data-menu=region] a:has-text('南阳市')")
    tab = visit.follow("nav.top a.tab:has-text('文件')")
    assert "文件 · 南阳市" in tab.inner_text("h1")
    tab.go_back()
    tab.wait_for_selector("h1:has-text('会议 · 南阳市')")
    tab.go_back()
    tab.wait_for_function("document.querySelector('h1')?.innerText.trim() === '会议'")
    tab.go_forward()
    tab.wait_for_selector("h1:has-text('会议 · 南阳市')")
    assert params(visit.settle().url) == {"region": "411300"}


def test_the_other_language_shows_the_same_view(visit) -> None:
    visit.open("/meetings?region=411300&from=2026-05&to=2026-07")
    tab = visit.follow("a.tongue:has-text('EN')")
    assert params(tab.url) == {"lang": "en", "region": "411300", "from": "2026-05", "to": "2026-07"}
    assert "Nanyang" in tab.inner_text("h1")
    assert tab.evaluate("document.documentElement.lang") == "en"
    tab = visit.follow("a.tongue:has-text('中文')")
    assert "南阳市" in tab.inner_text("h1")


def test_a_free_period_is_chosen_month_by_month(visit) -> None:
    visit.open("/meetings")
    tab = visit.page
    tab.locator("[data-menu=period] summary").click()
    tab.locator("[data-menu=period] .calendar").first.locator(".year", has_text="2026").locator("a", has_text="5").first.click()
    tab.wait_for_url("**/meetings?from=2026-05&to=2026-09")
    tab.wait_for_selector("[data-menu=period] summary:has-text('2026年5—9月')")


def test_a_reload_keeps_the_view(visit) -> None:
    tab = visit.open("/accompaniment?region=410300&compare=none")
    tab.reload()
    tab = visit.settle()
    assert "洛阳市" in tab.inner_text("h1")
    assert "不对比" in boxes(tab)


def test_a_hostile_address_gives_defaults_and_one_sentence(visit) -> None:
    tab = visit.open(
        "/meetings?region=%3Cscript%3Ealert(1)%3C/script%3E&from=9999-99&to=x&type=%27OR%201=1&lang=xx&topic=..%2F.."
    )
    assert tab.locator("[role=alert]").count() == 1
    sentence = tab.locator("[role=alert]").inner_text()
    assert all(key in sentence for key in ("region", "from", "type", "lang", "topic"))
    assert "script" not in sentence
    assert tab.inner_text("h1").strip() == "会议"


def test_a_click_on_a_region_of_the_map_shows_it(visit) -> None:
    tab = visit.open("/")
    tab.wait_for_selector(".plot svg.main-svg")
    tab.wait_for_timeout(800)
    marker = tab.locator(".plot").first.locator(".scatterlayer .point").last
    box = marker.bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url("**/?region=41*")
    tab.wait_for_selector("h1:has-text(' · ')")


def test_a_click_on_a_month_of_a_trend_shows_it(visit) -> None:
    tab = visit.open("/meetings?region=411300")
    tab.wait_for_selector(".plot.pick svg.main-svg")
    tab.wait_for_timeout(800)
    box = tab.locator(".plot.pick .nsewdrag").first.bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    tab.wait_for_url("**from=20*")
    chosen = params(tab.url)
    assert chosen["region"] == "411300"
    assert chosen["from"] == chosen["to"]
    year, month = chosen["from"].split("-")
    tab.wait_for_selector(f"[data-menu=period] summary:has-text('{year}年{int(month)}月')")


def test_two_regions_and_two_periods_stand_side_by_side(visit) -> None:
    visit.open("/accompaniment?region=411300")
    tab = visit.follow("[data-menu=compare] a:has-text('并列')")
    assert params(tab.url) == {"region": "411300", "pair": "period"}
    assert tab.locator(".pair .scroll table.data tbody tr").count() == 4
    tab = visit.follow("[data-menu=beside] a:has-text('洛阳市')")
    assert params(tab.url) == {"region": "411300", "pair": "410300"}
    assert "南阳市与洛阳市" in tab.locator(".pair h3").inner_text()
    assert "参照：洛阳市" in tab.inner_text(".head")
    tab = visit.follow("[data-menu=against] .calendar a >> nth=0")
    assert params(tab.url)["compare"] == "2023-11..2024-01"
    assert boxes(tab)[2] == "2023年11月—2024年1月"
    assert tab.request.get(tab.locator("a[data-csv=pair]").evaluate("a => a.href")).text().count("411300") == 4
    tab = visit.follow(".section a:has-text('收起')")
    assert tab.locator(".pair").count() == 0


def test_the_control_chart_is_an_address_and_its_table_a_file(visit) -> None:
    visit.open("/meetings?region=411300")
    assert visit.page.locator(".tabs a[aria-current]").inner_text() == "趋势"
    tab = visit.follow(".tabs a:has-text('控制图')")
    assert params(tab.url) == {"region": "411300", "chart": "control"}
    tab.wait_for_selector(".pills .pill")
    tab.wait_for_selector(".column:has(.pills) .plot svg.main-svg")
    names = tab.locator(".column:has(.pills) .plot").first.inner_text()
    assert all(word in names for word in ("上控制线", "均值", "下控制线"))
    table = tab.request.get(tab.locator("a[data-csv=trend]").evaluate("a => a.href")).text()
    assert {"centre", "lower", "upper", "signal"} <= set(table.splitlines()[0].split(","))
    tab.go_back()
    tab.wait_for_selector(".pills", state="detached")


def test_a_what_if_of_the_constants_is_marked_and_leaves_the_cards_alone(visit) -> None:
    tab = visit.open("/")
    card = tab.locator(".card[data-indicator=burden_hours] .value").inner_text()
    assert tab.locator(".pill.trial").count() == 0
    tab = visit.follow("[data-menu=hours_per_report] a:has-text('4 小时')")
    assert params(tab.url) == {"hours_per_report": "4"}
    tab.wait_for_selector(".pill.trial")
    assert len([t for t in tab.locator(".ph h3").all_inner_texts() if t.startswith("试算 · ")]) == 2
    assert tab.locator(".card[data-indicator=burden_hours] .value").inner_text() == card
    assert "hours_per_report=4" in (tab.locator("a[data-csv=trial]").get_attribute("href") or "")
    assert params(visit.follow("a:has-text('恢复公布的常数')").url) == {}
