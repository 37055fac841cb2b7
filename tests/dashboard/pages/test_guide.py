"""The tour of a page: its steps speak of what stands there, and it keeps out of pages that stand in others."""

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from dashboard.pages.guide import STEPS, WORDS, draw_guide, write_guide_button
from dashboard.pages.view import View


@pytest.fixture
def view(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> View:
    monkeypatch.setenv("BURDEN_WAREHOUSE", str(small_warehouse))
    return open_view(PAGES["meetings"], {"lang": "en"})[0]


def test_the_steps_are_data_that_the_browser_can_read(view: View) -> None:
    tour = json.loads(unescape(draw_guide(view).split('data-tour="')[1].split('"')[0]))
    assert [step["at"] for step in tour["steps"]] == list(STEPS.values())
    assert all(step["title"] and step["text"] for step in tour["steps"])
    assert all(tour[word] for word in WORDS)
    assert 'data-guide="start"' in write_guide_button(view)


def test_a_page_or_picture_in_another_page_has_no_tour(view: View) -> None:
    embedded = replace(view, state=replace(view.state, embed=True))
    assert draw_guide(embedded) == write_guide_button(embedded) == ""
    assert write_guide_button(replace(view, state=replace(view.state, only="trend"))) == ""
