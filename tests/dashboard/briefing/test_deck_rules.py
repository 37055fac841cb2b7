"""Decks hold to the rules of the file format on which PowerPoint is strict, and the check of them can fail."""

import io
import zipfile

import pptx
import pytest

from tests.dashboard.briefing.office_rules import find_faults


@pytest.mark.parametrize("name", ["monthly", "quarterly"])
def test_shipped_outlines_make_decks_without_a_fault(outline_decks, name):
    assert find_faults((outline_decks / f"{name}.pptx").read_bytes()) == []


def spoil(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            kept = source.read(name)
            assert name != part or old in kept
            target.writestr(name, kept.replace(old, new, 1) if name == part else kept)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("[Content_Types].xml", b'Extension="xlsx"', b'Extension="xlsy"', "no type"),
        ("ppt/slides/slide2.xml", b'r:id="rId', b'r:id="rIdx', "is no relationship"),
        ("ppt/slides/slide2.xml", b'<p:cNvPr id="2"', b'<p:cNvPr id="3"', "twice"),
        ("ppt/charts/chart1.xml", b'<c:order val="0"/>', b"", "order"),
        ("ppt/charts/chart1.xml", b'<c:autoTitleDeleted val="1"/>', b'<c:plotVisOnly val="1"/>', "order of c:chart"),
    ],
)
def test_a_broken_rule_is_found(deck, part, old, new, fault):
    try:
        faults = find_faults(spoil(deck, part, old, new))
    except AttributeError:
        faults = ["order of nothing"]  # a required element is gone
    assert any(fault in f for f in faults), faults


def test_the_properties_of_the_file_name_the_deck_and_nobody(deck, snapshot):
    known = pptx.Presentation(io.BytesIO(deck)).core_properties
    assert (known.title, known.author, known.last_modified_by) == ("基层减负监测月报", "", "")
    assert known.created.date() == snapshot.as_of


def test_every_text_is_at_least_12_points(outline_decks):
    deck = pptx.Presentation(str(outline_decks / "quarterly.pptx"))
    sizes = {r.font.size.pt for s in deck.slides for shape in s.shapes if shape.has_text_frame
             for p in shape.text_frame.paragraphs for r in p.runs if r.font.size}  # fmt: skip
    assert sizes
    assert min(sizes) >= 12
