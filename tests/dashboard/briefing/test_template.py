"""Decks on a template of the user's own: its layouts, placeholders, theme colours and fonts are used, its slides left out."""

import io
from pathlib import Path

import pptx
import pytest

from dashboard import briefing
from tests.dashboard.briefing import edits
from tests.dashboard.briefing.office_rules import find_faults

SLIDES = ({"chart": "cover", "indicators": ["meetings"]}, {"chart": "trend", "indicator": "meetings"}, {"chart": "method"})


@pytest.fixture
def template(tmp_path: Path) -> Path:
    known = pptx.Presentation()
    known.slides.add_slide(known.slide_layouts[1]).shapes.title.text = "旧页"
    known.save(str(tmp_path / "ours.pptx"))
    return tmp_path / "ours.pptx"


def test_layouts_and_theme_of_the_template_are_used(make_deck, template):
    content = make_deck(*SLIDES, template=template)
    deck = edits.open_deck(content)
    assert find_faults(content) == []
    assert [s.slide_layout.name for s in deck.slides][:1] == ["Title Slide"]
    assert {s.slide_layout.name for s in list(deck.slides)[1:]} == {"Title Only"}
    assert all(s.shapes.title is not None and s.shapes.title.text for s in deck.slides)
    assert "旧页" not in [s.shapes.title.text for s in deck.slides]
    chart = next(s.chart for slide in deck.slides for s in slide.shapes if s.has_chart)
    space = chart._chartSpace
    assert {e.get("typeface") for e in space.iterfind(".//{*}latin")} == {"+mn-lt"}
    assert "accent1" in {e.get("val") for e in space.iterfind(".//{*}schemeClr")}
    wide, high = deck.slide_width, deck.slide_height
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= wide
            assert 0 <= shape.top <= shape.top + shape.height <= high


def test_a_template_without_titles_gets_text_boxes(make_deck, template, tmp_path):
    known = pptx.Presentation(str(template))
    for layout in list(known.slide_layouts):
        if layout.name != "Blank" and layout not in [s.slide_layout for s in known.slides]:
            known.slide_layouts.remove(layout)
    for slide in list(known.slides._sldIdLst):
        known.part.drop_rel(slide.rId)
        known.slides._sldIdLst.remove(slide)
    known.slide_layouts.remove(known.slide_layouts.get_by_name("Title and Content"))
    known.save(str(tmp_path / "bare.pptx"))
    deck = edits.open_deck(make_deck(*SLIDES, template=tmp_path / "bare.pptx"))
    assert edits.find_text(deck, 2, "title.trend").text_frame.text.startswith("全省会议数")


def test_a_template_that_cannot_be_read_is_told(make_deck, tmp_path):
    (tmp_path / "x.pptx").write_bytes(io.BytesIO(b"x").getvalue())
    with pytest.raises(briefing.DeckError, match="cannot be read"):
        make_deck(*SLIDES, template=tmp_path / "x.pptx")
