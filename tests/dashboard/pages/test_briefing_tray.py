"""Charts chosen for a briefing stand in the address and become slides."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.exports.decks import write_deck
from dashboard.pages.briefing import PAGE, compose_outline
from dashboard.pages.briefing_slides import preview
from dashboard.pages.briefing_upload import run_deck
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.panel import collect, find_entry
from dashboard.pages.tray import MOST, Entry, read_tray, write_tray
from pipelines.contracts.indicators import INDICATORS

NAME = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
ENTRIES = st.builds(
    Entry, st.sampled_from(["trend", "regions", "shares"]),
    st.lists(st.sampled_from(sorted(INDICATORS)), min_size=1, max_size=3).map(tuple),
    st.from_regex(r"[0-9]{6}", fullmatch=True), st.none() | NAME,
    st.lists(st.tuples(NAME, st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)), max_size=2).map(tuple),
)  # fmt: skip
TREND = "trend~meetings~411300~-~-"


@given(st.lists(ENTRIES, max_size=MOST).map(tuple))
def test_a_tray_comes_back_from_its_address(tray: tuple[Entry, ...]) -> None:
    assert read_tray(write_tray(tray)) == tray


@pytest.mark.parametrize("value", [
    "trend", "trend~nothing~411300~-~-", "trend~meetings~4113~-~-", f"{TREND}~~", "~~".join([TREND] * (MOST + 1)),
    "<script>~meetings~411300~-~-", "trend~meetings~411300~-~topic",
])  # fmt: skip
def test_what_is_no_tray_is_refused(value: str) -> None:
    assert read_tray(value) is None


@pytest.fixture(autouse=True)
def _demo(demo_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(demo_warehouse))


def test_a_chart_of_a_page_becomes_a_slide_with_its_region_and_filters() -> None:
    view, _ = open_view(PAGES["meetings"], {"region": "411300", "topic": "party", "type": "township"})
    drawn = collect(PAGES["meetings"].draw, view)
    entry = find_entry(view, drawn["trend"].panel)
    assert entry == Entry("trend", ("meetings",), "411300", None, (("point_type", "township"), ("topic", "party")))
    assert find_entry(view, drawn["observed"].panel) is None
    outline = compose_outline(replace(view, page="briefing", choices=PAGE.choices, state=replace(view.state, tray=(entry,))))
    assert [s.chart for s in outline.slides] == ["cover", "trend", "method"]
    assert outline.slides[1].where == entry.where


def test_every_kind_that_pages_offer_can_be_a_slide_and_a_preview() -> None:
    offered: dict[str, Entry] = {}
    for name in ("meetings", "documents", "staffing"):
        for setting in ({}, {"chart": "control"}):
            view, _ = open_view(PAGES[name], setting)
            for drawn in collect(PAGES[name].draw, view).values():
                entry = find_entry(view, drawn.panel)
                if entry:
                    offered.setdefault(entry.chart, entry)
    assert set(offered) == {"trend", "control", "regions", "map", "shares", "bars", "pyramid", "changes"}
    view, faults = open_view(PAGE, {"brief": write_tray(tuple(offered.values()))})
    assert faults == ()
    assert len(compose_outline(view).slides) == len(offered) + 2
    assert all((preview(view, e) is not None) == (e.chart != "changes") for e in offered.values())


def test_the_deck_of_an_address_has_its_slides_and_can_be_checked_and_refreshed() -> None:
    content = write_deck({"brief": TREND, "from": "2026-04", "to": "2026-06", "lang": "en"})
    assert len(Presentation(BytesIO(content)).slides) == 3
    view, _ = open_view(PAGE, {"lang": "en"})
    checked = run_deck(view, "own.pptx", content, check=True)
    assert checked.content is None
    assert any("Meetings" in line for line in checked.lines)
    done = run_deck(view, "own.pptx", content)
    assert done.name.startswith("own_2026-")
    assert len(Presentation(BytesIO(done.content or b"")).slides) == 3


def test_a_file_that_is_no_deck_is_one_sentence() -> None:
    view, _ = open_view(PAGE, {})
    answer = run_deck(view, "x.pptx", b"nothing")
    assert (len(answer.lines), answer.content) == (1, None)
    assert "x.pptx" in answer.lines[0]
