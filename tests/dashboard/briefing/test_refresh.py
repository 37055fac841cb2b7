"""A deck that a writer has edited, refreshed two months on: edits kept, numbers new, nothing else touched."""

import io
import zipfile

import pytest
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from dashboard import briefing
from dashboard.briefing.queries import decode
from tests.dashboard.briefing import edits
from tests.dashboard.briefing.edits import NOTE
from tests.dashboard.briefing.office_rules import find_faults
from tests.dashboard.briefing.test_values import NAMES, ask, expect, read_caches, read_sheet

TO = 202609


@pytest.fixture(scope="module")
def refreshed(edited, snapshot) -> briefing.Refreshed:
    return briefing.refresh(snapshot, edited, to=TO, name="a.pptx")


def parts_of(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_refreshed_deck_breaks_no_rule(refreshed):
    assert find_faults(refreshed.content) == []


def test_edits_are_kept(refreshed):
    deck = edits.open_deck(refreshed.content)
    trend = edits.find_chart(deck, 2, "trend")
    assert (trend.left, trend.top, trend.width) == (Inches(1), Inches(2), Inches(5))
    assert trend.chart.value_axis.maximum_scale == 40
    assert trend.chart.value_axis.tick_labels.font.size == Pt(14)
    line = next(s for s in trend.chart.plots[0].series if s.name == "估计值")
    assert line.format.line.color.rgb == RGBColor(0x80, 0, 0x80)
    assert deck.slides[2].shapes.title.text == "插入的一页"
    assert deck.slides[3].notes_slide.notes_text_frame.text == "讲稿：不要动"
    assert edits.find_text(deck, 2, "title").text_frame.text.startswith("【定稿】全省会议数")
    assert [s.text_frame.text for s in deck.slides[5].shapes if s.has_text_frame].count(NOTE) == 1


def test_numbers_are_those_of_the_new_month_in_every_chart(refreshed, snapshot):
    deck = edits.open_deck(refreshed.content)
    charts = [(decode(s.name).query, s.chart) for slide in deck.slides for s in slide.shapes
              if s.has_chart and s.name.startswith("burden:")]  # fmt: skip
    assert sorted(q.subject for q, _ in charts) == ["bars", "control", "control", "regions", "trend", "trend"]
    for query, chart in charts:
        assert (query.last, query.snapshot) == (TO, snapshot.id)
        sheet, caches = read_sheet(chart), read_caches(chart)
        for header, values in expect(snapshot, query).items():
            assert sheet[header][: len(values)] == pytest.approx(values, rel=1e-12)
            if header in caches:
                assert caches[header] == pytest.approx(values, rel=1e-12)


def test_bars_turned_into_lines_stay_lines(refreshed, snapshot):
    frame = edits.find_chart(edits.open_deck(refreshed.content), 5, "bars")
    assert frame.chart._chartSpace.find(".//{*}barChart") is None
    values = expect(snapshot, decode(frame.name).query)[NAMES["zh"]["value"]]
    assert read_caches(frame.chart)["估计值"] == pytest.approx(values)


def test_what_is_not_ours_is_copied_byte_for_byte(edited, refreshed):
    before, after = parts_of(edited), parts_of(refreshed.content)
    ours = ("ppt/slides/slide", "ppt/charts/chart", "ppt/embeddings/", "ppt/tags/", "[Content_Types].xml", "ppt/slides/_rels")
    rest = [name for name in before if not name.startswith(ours)]
    assert len(rest) > 20
    assert [name for name in rest if before[name] != after.get(name)] == []
    foreign = [name for name, part in before.items() if name.startswith("ppt/charts/") and b"own" in part]
    assert len(foreign) >= 2
    assert all(before[name] == after[name] for name in foreign)
    inserted = next(name for name, part in before.items() if "插入的一页".encode() in part)
    assert before[inserted] == after[inserted]


def strip_ours(part: bytes) -> bytes:
    """A slide or chart without what a refresh may write, canonical."""
    root = etree.fromstring(part)
    for properties in root.iterfind(".//{*}cNvPr"):
        if (properties.get("name") or "").startswith("burden:"):
            properties.set("name", properties.get("name").partition("?")[0])
            properties.attrib.pop("descr", None)
            for paragraph in properties.getparent().getparent().findall("{*}txBody/{*}p"):
                paragraph.getparent().remove(paragraph)  # a generated sentence; those that were edited have a test of their own
    for tags in list(root.iterfind(".//{*}custDataLst")):
        tags.getparent().remove(tags)
    for cache in (*root.iterfind(".//{*}numCache"), *root.iterfind(".//{*}strCache")):
        for child in list(cache):
            if not child.tag.endswith("formatCode"):
                cache.remove(child)
    for label in root.iterfind(".//{*}dLbl/{*}tx//{*}t"):
        label.text = ""
    for formula in root.iterfind(".//{*}f"):
        formula.text = ""
    for extension in list(root.iterfind("{*}extLst")):
        extension.getparent().remove(extension)
    return etree.tostring(root, method="c14n")


def test_in_touched_parts_only_data_differ(edited, refreshed):
    before, after = parts_of(edited), parts_of(refreshed.content)
    touched = [n for n in before if n.startswith(("ppt/slides/slide", "ppt/charts/chart")) and before[n] != after[n]]
    assert len(touched) >= 9
    for name in touched:
        assert strip_ours(before[name]) == strip_ours(after[name]), name


def test_the_report_names_every_chart_and_each_change_is_judged(refreshed, snapshot):
    report = refreshed.report
    assert (report.before, report.after, report.charts) == (202607, TO, 6)
    assert {c.slide for c in report.changes} == {2, 4, 5, 6}
    assert {c.label for c in report.changes if c.slide == 2} >= {"全省 26-09", "南阳", "许昌"}
    assert all(c.old != "—" for c in report.changes)
    assert {c.judged for c in report.changes} <= {"clear", "unclear"}
    trend = next(c for c in report.changes if c.slide == 2 and c.chart == "会议数 趋势")
    asked, = ask(snapshot, "meetings --from 2026-09 --to 2026-09 --compare 2026-07..2026-07")
    assert trend.judged == ("unclear" if asked["direction"] == "no_clear_change" else "clear")


def test_a_second_refresh_to_the_same_month_changes_nothing(refreshed, snapshot):
    again = briefing.refresh(snapshot, refreshed.content, to=TO)
    assert parts_of(again.content) == parts_of(refreshed.content)
    assert again.report.changes == []


def test_there_and_back_gives_the_numbers_of_before(deck, snapshot):
    there = briefing.refresh(snapshot, deck, to=TO).content
    back = edits.open_deck(briefing.refresh(snapshot, there, to=202607).content)
    first = edits.open_deck(deck)
    for slide, kind in ((2, "trend"), (3, "control"), (4, "bars")):
        charts = [edits.find_chart(d, slide, kind).chart for d in (first, back)]
        assert read_caches(charts[0]) == read_caches(charts[1])
        sheets = [
            {h: [round(c, 12) if isinstance(c, float) else c for c in cells] for h, cells in read_sheet(chart).items()}
            for chart in charts
        ]  # the first writer of the workbook keeps 16 digits
        assert sheets[0] == sheets[1]
    texts = [[s.text_frame.text for slide in d.slides for s in slide.shapes if s.has_text_frame] for d in (first, back)]
    assert texts[0] == texts[1]


def test_a_writers_sentence_that_no_longer_holds_is_told_and_left(deck, snapshot):
    known = edits.open_deck(deck)
    box = known.slides[4].shapes.add_textbox(Inches(1), Inches(5), Inches(5), Inches(1))
    box.text_frame.text = "全省文件数上升。"
    title = edits.find_text(known, 2, "title").text_frame
    title.paragraphs[0].runs[0].text = "全省会议数无明显变化，"
    done = briefing.refresh(snapshot, edits.save(known), to=TO)
    kept = edits.open_deck(done.content)
    assert "全省文件数上升。" in [s.text_frame.text for s in kept.slides[4].shapes if s.has_text_frame]
    told = [r.words for r in done.report.claims if r.kind == "claim_free"]
    assert [(w["text"], w["name"]) for w in told] == [("全省文件数上升", "全省文件数")]
    assert told[0]["now"].startswith("下降")


def test_the_report_can_stand_in_the_deck(refreshed):
    once = briefing.add_report(refreshed.content, refreshed.report, "zh")
    twice = briefing.add_report(once, refreshed.report, "zh")
    assert find_faults(twice) == []
    slides = edits.open_deck(twice).slides
    assert len(slides) == len(edits.open_deck(refreshed.content).slides) + 1
    words = [s.text_frame.text for s in slides[-1].shapes if s.has_text_frame]
    assert words[0] == "本次更新的变化"
    table = next(s.table for s in slides[-1].shapes if s.has_table)
    assert [c.text for c in table.rows[0].cells] == ["页", "图", "项目", "原值", "新值", "判断"]
