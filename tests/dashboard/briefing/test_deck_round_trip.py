"""Through LibreOffice and into foreign decks: a tied chart is found again by what is left of its ties, and refreshed."""

import shutil
import subprocess
from pathlib import Path

import pptx
import pytest

from dashboard import briefing
from dashboard.briefing import ties
from dashboard.briefing.package import Package, relations_of
from dashboard.briefing.queries import decode
from tests.dashboard.briefing import edits
from tests.dashboard.briefing.office_rules import find_faults
from tests.dashboard.briefing.test_values import expect, read_caches, read_sheet

TO = 202609
ORACLES = Path(__file__).parents[3] / "../shared/oracles"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def convert(folder: Path, source: Path, kind: str) -> Path:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    words = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder / "out", source]
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return folder / "out" / f"{source.stem}.{kind.partition(':')[0]}"


@needs_office
def test_a_deck_saved_by_libreoffice_is_refreshed_and_opens_there_again(edited, snapshot, tmp_path):
    (tmp_path / "deck.pptx").write_bytes(edited)
    saved = convert(tmp_path, tmp_path / "deck.pptx", "pptx").read_bytes()
    shapes = list(ties.find_shapes(Package(saved)))
    assert {c for s in shapes for c in s.lines} <= {"name", "companion"}  # all that LibreOffice keeps
    done = briefing.refresh(snapshot, saved, to=TO, name="deck.pptx")
    assert done.report.charts == 6
    assert [r for r in done.report.remarks if r.kind == "kept"] == []
    deck = edits.open_deck(done.content)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart and shape.name.startswith("burden:"):
                query = decode(shape.name).query
                sheet, caches = read_sheet(shape.chart), read_caches(shape.chart)
                for header, values in expect(snapshot, query).items():
                    assert sheet[header][: len(values)] == pytest.approx(values, rel=1e-12)
                    if header in caches:
                        assert caches[header][: len(values)] == pytest.approx(values, rel=1e-12), (query, header)
    texts = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
    assert edits.NOTE in texts
    assert any(t.startswith("【定稿】全省会议数") for t in texts)
    assert any("2026年9月" in t and t.startswith("来源：") for t in texts)
    assert all(set(s.lines) > {"name", "tag"} for s in ties.find_shapes(Package(done.content)) if s.chart)  # tied anew
    (tmp_path / "new.pptx").write_bytes(done.content)
    assert convert(tmp_path, tmp_path / "new.pptx", "pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["pptx_cht-replace-data.pptx", "poi_bar-chart.pptx"])
def test_a_chart_copied_into_a_foreign_deck_is_refreshed_there_and_no_other(deck, snapshot, name):
    if not (ORACLES / name).exists():
        pytest.skip("the decks of others are not there (../shared/oracles)")
    foreign = pptx.Presentation(str(ORACLES / name))
    charts = [s for slide in foreign.slides for s in slide.shapes if s.has_chart]
    frame = edits.find_chart(edits.open_deck(deck), 2, "regions")
    edits.copy_chart(frame, foreign.slides[0])
    content = edits.save(foreign)
    done = briefing.refresh(snapshot, content, to=TO, name=name)
    assert done.report.charts == 1
    new = edits.open_deck(done.content)
    copied = edits.find_chart(new, 1, "regions")
    for header, values in expect(snapshot, decode(copied.name).query).items():
        assert read_sheet(copied.chart)[header][: len(values)] == pytest.approx(values, rel=1e-12)
    before, after = Package(content), Package(done.content)
    assert len(charts) >= 1
    for chart in charts:
        part = str(chart.chart.part.partname).lstrip("/")
        assert before.read(part) == after.read(part)
    changed = [p for p in before.parts if before.read(p) != after.read(p)]
    slide = str(foreign.slides[0].part.partname).lstrip("/")
    assert set(changed) <= {slide, relations_of(slide), "[Content_Types].xml", *[
        p for p in changed if str(copied.chart.part.partname).lstrip("/") == p or p.startswith("ppt/embeddings/")]}  # fmt: skip
    assert set(find_faults(done.content)) <= set(find_faults(content))


@pytest.mark.parametrize("kept", ["name", "tag", "text", "extension", "workbook"])
def test_any_one_carrier_is_enough(make_deck, snapshot, kept):
    deck = Package(make_deck({"chart": "bars", "indicator": "meetings", "by": "level"}))
    shape = next(s for s in ties.find_shapes(deck) if s.chart)
    assert set(shape.lines) == {"name", "tag", "text", "extension", "workbook"}
    assert len(set(shape.lines.values())) == 1
    if kept != "name":
        shape.properties.set("name", "图 1")
    if kept != "text":
        shape.properties.set("descr", "会议数，按层级")
    if kept != "tag":
        tags = shape.element.find(".//{*}custDataLst")
        tags.getparent().remove(tags)
    root = deck.root(shape.chart)
    if kept != "extension":
        root.remove(root.find("{*}extLst"))
    if kept != "workbook":
        root.remove(root.find("{*}externalData"))
    deck.touch(shape.slide.part)
    deck.touch(shape.chart)
    found = [s for s in ties.find_shapes(Package(deck.save())) if s.chart]
    assert [set(s.lines) for s in found] == [{kept}]
    done = briefing.refresh(snapshot, deck.save(), to=TO)
    assert done.report.charts == 1
    again = next(s for s in ties.find_shapes(Package(done.content)) if s.chart)
    assert again.tie.query.last == TO
    assert {"tag", "text", "extension", "workbook"} <= set(again.lines)
    assert ("name" in again.lines) == (kept == "name")  # a name that the writer gave stays
