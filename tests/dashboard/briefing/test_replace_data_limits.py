"""The known limits of python-pptx's `replace_data` do not bite: each is a deck on which it would lose something."""

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from dashboard import briefing
from dashboard.briefing.package import Package
from tests.dashboard.briefing import edits
from tests.dashboard.briefing.office_rules import find_faults
from tests.dashboard.briefing.test_values import read_caches, read_sheet

TO = 202609


@pytest.fixture
def bars(make_deck) -> bytes:
    return make_deck({"chart": "bars", "indicator": "meetings", "by": "level"})


@pytest.fixture
def trend(make_deck) -> bytes:
    return make_deck({"chart": "trend", "indicator": "meetings"})


def refresh(snapshot, content: bytes):
    done = briefing.refresh(snapshot, content, to=TO)
    return edits.open_deck(done.content), done


def chart_of(deck):
    return next(s.chart for s in deck.slides[0].shapes if s.has_chart)


def edit_book(content: bytes, change) -> bytes:
    deck = edits.open_deck(content)
    part = chart_of(deck).part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    change(book)
    out = io.BytesIO()
    book.save(out)
    part._blob = out.getvalue()
    return edits.save(deck)


def book_of(deck):
    return openpyxl.load_workbook(io.BytesIO(chart_of(deck).part.chart_workbook.xlsx_part.blob))


def test_other_sheets_of_the_workbook_stay(bars, snapshot):
    def change(book):
        notes = book.create_sheet("我的测算", 0)
        notes["A1"], notes["B1"] = "合计", "=SUM(data!B2:B5)"

    deck, _ = refresh(snapshot, edit_book(bars, change))
    book = book_of(deck)
    assert book.sheetnames == ["我的测算", "data", "_burden"]
    assert book["我的测算"]["B1"].value == "=SUM(data!B2:B5)"
    caches = read_caches(chart_of(deck))["估计值"]
    assert [c.value for c in book["data"]["B"][1:]] == pytest.approx(caches)


def test_number_formats_of_cells_and_caches_stay(bars, snapshot):
    def change(book):
        for cell in book["data"]["B"][1:]:
            cell.number_format = "0.000"

    deck = edits.open_deck(edit_book(bars, change))
    for code in chart_of(deck)._chartSpace.iterfind(".//{*}ser/{*}val//{*}formatCode"):
        code.text = "0.00"
    deck, _ = refresh(snapshot, edits.save(deck))
    assert {c.number_format for c in book_of(deck)["data"]["B"][1:]} == {"0.000"}
    assert [c.text for c in chart_of(deck)._chartSpace.iterfind(".//{*}ser/{*}val//{*}formatCode")] == ["0.00"]


def test_a_column_that_the_writer_inserted_stays_and_ours_are_found_behind_it(bars, snapshot):
    def change(book):
        book["data"].insert_cols(2)
        book["data"]["B1"], book["data"]["B2"] = "备注", "请核"

    deck = edits.open_deck(edit_book(bars, change))
    for formula in chart_of(deck)._chartSpace.iterfind(".//{*}f"):  # as PowerPoint moves them along
        formula.text = formula.text.replace("$D$", "$E$").replace("$C$", "$D$").replace("$B$", "$C$")
    deck, done = refresh(snapshot, edits.save(deck))
    sheet = read_sheet(chart_of(deck))
    assert sheet["备注"][0] == "请核"
    assert sheet["估计值"] == pytest.approx(read_caches(chart_of(deck))["估计值"])
    assert "data!$C$2:$C$5" in [f.text for f in chart_of(deck)._chartSpace.iterfind(".//{*}f")]
    assert done.report.changes


def test_a_linked_workbook_is_told_and_the_caches_are_new(bars, snapshot):
    deck = edits.open_deck(bars)
    part = chart_of(deck).part
    external = part._element.find(".//{*}externalData")
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    part.drop_rel(external.get(key))
    linked = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    external.set(key, part.relate_to("file:///D:/数据.xlsx", linked, is_external=True))
    before = read_caches(chart_of(deck))
    deck, done = refresh(snapshot, edits.save(deck))
    assert [r.kind for r in done.report.remarks if "外部工作簿" in r.words.get("why", "")] == ["kept"]
    assert read_caches(chart_of(deck))["估计值"] != before["估计值"]
    relation = chart_of(deck).part.rels[chart_of(deck).part._element.find(".//{*}externalData").get(key)]
    assert (relation.is_external, relation.target_ref) == (True, "file:///D:/数据.xlsx")


def test_every_plot_of_a_combination_chart_is_refreshed_and_kept(trend, snapshot):
    deck = edits.open_deck(trend)
    space = chart_of(deck)._chartSpace
    lines = space.find(".//{*}lineChart")
    series = next(s for s in lines.findall("{*}ser") if s.find(".//{*}tx//{*}v").text == "对比期")
    columns = etree.Element(lines.tag.replace("lineChart", "barChart"))
    namespace = columns.tag.partition("}")[0] + "}"
    for name, value in (("barDir", "col"), ("grouping", "clustered"), ("varyColors", "0")):
        etree.SubElement(columns, namespace + name).set("val", value)
    for gone in ("marker", "smooth", "dLbls"):
        series.remove(series.find(namespace + gone))
    columns.append(series)
    for axis in lines.findall("{*}axId"):
        etree.SubElement(columns, axis.tag).set("val", axis.get("val"))
    lines.addprevious(columns)
    deck, done = refresh(snapshot, edits.save(deck))
    space = chart_of(deck)._chartSpace
    assert find_faults(done.content) == []
    assert [len(space.findall(f".//{{*}}{kind}/{{*}}ser")) for kind in ("barChart", "lineChart")] == [1, 5]
    sheet, caches = read_sheet(chart_of(deck)), read_caches(chart_of(deck))
    for header in ("对比期", "估计值", "区间下限", "区间上限", "本期"):
        assert caches[header] == sheet[header], header


def test_caches_are_written_too_not_the_workbook_alone(bars, snapshot):
    before = read_caches(chart_of(edits.open_deck(bars)))
    deck, _ = refresh(snapshot, bars)
    assert read_caches(chart_of(deck)) != before
    assert read_caches(chart_of(deck))["估计值"] == pytest.approx(read_sheet(chart_of(deck))["估计值"])


def test_a_lost_workbook_is_put_back(bars, snapshot):
    deck = edits.open_deck(bars)
    part = chart_of(deck).part
    external = part._element.find(".//{*}externalData")
    part.drop_rel(external.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"))
    part._element.remove(external)
    deck, done = refresh(snapshot, edits.save(deck))
    assert find_faults(done.content) == []
    assert read_sheet(chart_of(deck))["估计值"] == pytest.approx(read_caches(chart_of(deck))["估计值"])


def test_a_series_that_the_writer_deleted_or_renamed_does_not_stop_the_rest(trend, snapshot):
    deck = edits.open_deck(trend)
    for series in list(chart_of(deck)._chartSpace.iterfind(".//{*}ser")):
        name = series.find(".//{*}tx//{*}v")
        if name.text == "对比期":
            series.getparent().remove(series)
        if name.text == "估计值":
            name.text = "会议（场）"
    deck, _ = refresh(snapshot, edits.save(deck))
    caches, sheet = read_caches(chart_of(deck)), read_sheet(chart_of(deck))
    assert "对比期" not in caches
    assert caches["会议（场）"] == pytest.approx(sheet["估计值"])
    assert caches["本期"] == sheet["本期"]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a deck"])
def test_what_is_no_deck_is_told_in_one_sentence(snapshot, content):
    with pytest.raises(briefing.DeckError, match="is not a readable deck"):
        briefing.refresh(snapshot, content, name="x.pptx")


def test_a_zip_that_is_no_deck_and_a_deck_without_ties_are_told(snapshot, bars):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(briefing.DeckError, match="is not a readable deck"):
        briefing.refresh(snapshot, out.getvalue())
    deck = edits.open_deck(bars)
    for slide in list(deck.slides._sldIdLst):
        deck.slides._sldIdLst.remove(slide)
    with pytest.raises(briefing.DeckError, match="holds no tied chart"):
        briefing.refresh(snapshot, edits.save(deck))


def test_an_entity_in_a_part_is_not_resolved():
    package = Package(_deck_with(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>'))
    assert not (package.root("a.xml").text or "").strip()


def _deck_with(part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("a.xml", part)
    return out.getvalue()
