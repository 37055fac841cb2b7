"""A check names every tied chart and finds what is stale, altered, broken, or contradicted by the data beside it."""

from datetime import date

import pytest
from pptx.util import Inches

from dashboard import briefing
from dashboard.briefing import ties
from dashboard.briefing.package import Package
from tests.dashboard.briefing import edits

TODAY = date(2026, 12, 24)


@pytest.fixture(scope="module")
def current(make_deck) -> bytes:
    """A deck of the last settled month: nothing to be found."""
    return make_deck({"chart": "pair", "indicator": "meetings"}, {"chart": "bars", "indicator": "documents", "by": "level"},
                     period=(202609, 202609))  # fmt: skip


def check(snapshot, content):
    return briefing.check(snapshot, content, TODAY)


def write_beside(content: bytes, words: str, slide: int = 1) -> bytes:
    deck = edits.open_deck(content)
    deck.slides[slide - 1].shapes.add_textbox(Inches(1), Inches(6), Inches(5), Inches(1)).text_frame.text = words
    return edits.save(deck)


def test_a_fresh_deck_has_its_charts_listed_and_nothing_found(current, snapshot):
    checked = check(snapshot, current)
    assert [(c.slide, c.query.subject, c.query.snapshot, c.stale) for c in checked.charts] == [
        (1, "trend", snapshot.id, False), (1, "regions", snapshot.id, False), (2, "bars", snapshot.id, False),
    ]  # fmt: skip
    published = date(int(snapshot.id[:4]), int(snapshot.id[4:6]), int(snapshot.id[6:8]))
    assert {c.age for c in checked.charts} == {(TODAY - published).days}
    assert checked.findings == []


def test_a_slide_of_an_older_month_is_stale(deck, snapshot):
    found = check(snapshot, deck).findings
    assert {f.slide for f in found if f.found == "stale_slide"} == {2, 3, 4, 5}
    assert {(f.words["month"], f.words["now"]) for f in found if f.found == "stale_slide"} == {("2026年7月", "2026年9月")}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("会议数同比下降 77.7%。", ["77.7%"]),
        ("会议数 {value} 场，符合图中所示。", []),
        ("会议数 98.7 场。", ["98.7"]),
        ("共召开 3 次会议，2026-09 起执行，95% 区间见图。", []),
        ("预算 12.3 万元。", []),
    ],
)
def test_numbers_typed_by_hand_are_held_against_the_chart(current, snapshot, words, numbers):
    shown = edits.find_chart(edits.open_deck(current), 1, "trend").chart
    value = next(v for s in shown.plots[0].series if s.name == "本期" for v in s.values if v is not None)
    found = check(snapshot, write_beside(current, words.format(value=f"{value:.1f}"))).findings
    assert [f.words["number"] for f in found if f.found == "number"] == numbers


def test_a_number_changed_inside_a_generated_sentence_is_found(current, snapshot):
    deck = edits.open_deck(current)
    run = next(r for r in edits.find_text(deck, 1, "subtitle").text_frame.paragraphs[0].runs if "%" in r.text)
    run.text = "−66.6%"
    assert "−66.6%" in [f.words["number"] for f in check(snapshot, edits.save(deck)).findings if f.found == "number"]


def test_a_sentence_against_the_data_is_found(current, snapshot):
    found = check(snapshot, write_beside(current, "全省会议数上升明显")).findings
    assert [(f.found, f.words["name"]) for f in found] == [("claim", "全省会议数")]


def test_a_value_altered_in_the_chart_is_found(current, snapshot):
    deck = edits.open_deck(current)
    cache = edits.find_chart(deck, 2, "bars").chart._chartSpace.find(".//{*}ser/{*}val//{*}pt/{*}v")
    cache.text = "99"
    assert [(f.found, f.slide) for f in check(snapshot, edits.save(deck)).findings] == [("altered", 2)]


@pytest.mark.parametrize(("old", "new", "why"), [
    ("i=meetings", "i=coffee_breaks", "没有指标“coffee_breaks”"),
    ("burden:trend?", "burden:pie?", "没有这种图“pie”"),
    ("r=410000", "r=990000", "没有区划代码“990000”"),
    ("p=202609", "p=2026x9", "联系信息无法识别"),
])  # fmt: skip
def test_a_broken_tie_is_told_with_its_reason(current, snapshot, old, new, why):
    deck = Package(current)
    shape = next(s for s in ties.find_shapes(deck) if s.tie.query.subject == "trend")
    ties.write_tie(deck, shape, shape.lines["name"].replace(old, new))
    book, _ = ties.workbook_of(deck, shape.chart)
    deck.root(shape.chart).remove(deck.root(shape.chart).find("{*}externalData"))
    assert book is not None
    broken = [f for f in check(snapshot, deck.save()).findings if f.found == "broken"]
    assert [f.words["why"] for f in broken] == [why]


def test_a_deck_without_ties_has_nothing(snapshot, current):
    deck = edits.open_deck(current)
    for slide in list(deck.slides._sldIdLst):
        deck.slides._sldIdLst.remove(slide)
    checked = check(snapshot, edits.save(deck))
    assert (checked.charts, checked.findings) == ([], [])
