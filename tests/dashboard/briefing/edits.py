"""What a writer does to a deck in PowerPoint, done through python-pptx."""

import copy
import io

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Inches, Pt

NOTE = "本页讨论：各地反映文件数有所变化。"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def open_deck(content: bytes):
    return pptx.Presentation(io.BytesIO(content))


def save(deck) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def find_chart(deck, slide: int, kind: str):
    """The first tied frame of a kind on a slide, numbered from 1."""
    return next(s for s in deck.slides[slide - 1].shapes if s.has_chart and s.name.startswith(f"burden:{kind}?"))


def find_text(deck, slide: int, role: str):
    return next(s for s in deck.slides[slide - 1].shapes if s.has_text_frame and s.name.startswith(f"burden:{role}"))


def copy_chart(frame, slide):
    """The chart with a part and a workbook of its own, as PowerPoint pastes it; its tags stay behind."""
    package = slide.part.package
    part = ChartPart.load(package.next_partname(ChartPart.partname_template), frame.chart.part.content_type, package,
                          etree.tostring(frame.chart._chartSpace))  # fmt: skip
    book = EmbeddedXlsxPart.new(frame.chart.part.chart_workbook.xlsx_part.blob, package)
    external = part._element.find(f"{C}externalData")
    external.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
                 part.relate_to(book, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"))  # fmt: skip
    element = copy.deepcopy(frame._element)
    for tags in element.iterfind(".//{*}custDataLst"):
        tags.getparent().remove(tags)
    id_ = slide.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
    element.find(f".//{C}chart").set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", id_)
    element.find(".//{*}cNvPr").set("id", str(max(s.shape_id for s in slide.shapes) + 1))
    slide.shapes._spTree.append(element)
    return slide.shapes[-1]


def add_foreign_chart(slide):
    data = CategoryChartData()
    data.categories = ["A", "B"]
    data.add_series("own", (1.0, 2.0))
    return slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(9), Inches(5), Inches(3), Inches(2), data)


def turn_into_lines(chart) -> None:
    """What “Change chart type” makes of bars."""
    bars = chart._chartSpace.find(f".//{C}barChart")
    lines = etree.SubElement(bars.getparent(), f"{C}lineChart")
    bars.addprevious(lines)
    etree.SubElement(lines, f"{C}grouping").set("val", "standard")
    etree.SubElement(lines, f"{C}varyColors").set("val", "0")
    for series in bars.findall(f"{C}ser"):
        for name in ("invertIfNegative", "errBars", "dLbls"):
            for gone in series.findall(f"{C}{name}"):
                series.remove(gone)
        lines.append(series)
    for axis in bars.findall(f"{C}axId"):
        lines.append(axis)
    bars.getparent().remove(bars)



def edit_as_a_person_would(content: bytes) -> bytes:
    """Text changed, charts moved, restyled, duplicated, bars turned into lines, a slide put in, foreign charts added."""
    known = open_deck(content)
    trend = find_chart(known, 2, "trend")
    trend.left, trend.top, trend.width = Inches(1), Inches(2), Inches(5)
    trend.chart.value_axis.maximum_scale = 40
    trend.chart.value_axis.tick_labels.font.size = Pt(14)
    line = next(s for s in trend.chart.plots[0].series if s.name == "估计值")
    line.format.line.color.rgb = RGBColor(0x80, 0, 0x80)
    find_text(known, 2, "title").text_frame.paragraphs[0].runs[0].text = "【定稿】" + find_text(
        known, 2, "title").text_frame.paragraphs[0].runs[0].text  # fmt: skip
    control = find_chart(known, 3, "control")
    copy_chart(control, known.slides[4])
    turn_into_lines(find_chart(known, 4, "bars").chart)
    known.slides[2].notes_slide.notes_text_frame.text = "讲稿：不要动"
    inserted = known.slides.add_slide(known.slide_layouts[1])
    inserted.shapes.title.text = "插入的一页"
    add_foreign_chart(inserted)
    listed = known.slides._sldIdLst
    listed.insert(2, listed[-1])
    foreign = add_foreign_chart(known.slides[4])
    foreign.name = "自有图"
    box = known.slides[5].shapes.add_textbox(Inches(1), Inches(5), Inches(5), Inches(1))
    box.text_frame.text = NOTE
    return save(known)
