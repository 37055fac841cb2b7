"""The report of a refresh as a slide at the end of the deck; a later refresh writes it anew in its place."""

from typing import Final

from dashboard.briefing import ties, xml
from dashboard.briefing.drawing import colour
from dashboard.briefing.look import Look
from dashboard.briefing.package import Package
from dashboard.briefing.report import Judged, Report
from dashboard.briefing.xml import Element, make
from dashboard.i18n import Lang, text

NAME: Final = "burden-report"
_ROWS: Final = 12
_REMARKS: Final = 5
_LOOK: Final = Look()
_SLIDE: Final = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WIDTHS: Final = (0.06, 0.24, 0.22, 0.17, 0.17, 0.14)


def add_report(content: bytes, report: Report, lang: Lang) -> bytes:
    """The deck with the report on its last slide."""
    deck = Package(content)
    slides = ties.list_slides(deck)
    old = next((s for s in slides if xml.every(deck.root(s.part), f'.//p:cNvPr[@name="{NAME}"]')), None)
    part = old.part if old else _add_slide(deck, slides[-1].part)
    tree = xml.find(deck.root(part), "p:cSld/p:spTree")
    xml.drop(xml.every(tree, "p:sp | p:graphicFrame"))
    wide, high = _size(deck)
    margin = wide // 27
    room = wide - 2 * margin
    title = _text_box(2, f"{NAME}-title", (margin, high // 30, room, high // 10), [text("briefing.report.title", lang)], 24)
    rows = _rows(report, lang)
    table = _table(rows, (margin, high // 7, room, high // 30 * len(rows)))
    remarks = [r.line(lang) for r in report.remarks]
    shown = remarks[: max(_REMARKS + _ROWS - len(rows), _REMARKS)]
    if len(remarks) > len(shown):
        shown.append(text("briefing.report.more", lang, n=len(remarks) - len(shown)))
    below = high // 7 + high // 26 * len(rows) + high // 40
    box = _text_box(4, f"{NAME}-remarks", (margin, below, room, max(high - below - high // 20, high // 20)), shown, 12)
    for element in (title, table, box):
        tree.append(element)
    deck.touch(part)
    return deck.save()


def _add_slide(deck: Package, like: str) -> str:
    """An empty slide with the layout of another, at the end."""
    layout = deck.related(like, "slideLayout")[0].target
    group = make("p:nvGrpSpPr", make("p:cNvPr", id=1, name=""), make("p:cNvGrpSpPr"), make("p:nvPr"))
    tree = make("p:spTree", group, make("p:grpSpPr"))
    root = make("p:sld", make("p:cSld", tree), make("p:clrMapOvr", make("a:masterClrMapping")))
    part = deck.add("ppt/slides/slide", "xml", xml.serialise(root), _SLIDE)
    deck.relate(part, f"{_OFFICE}/slideLayout", layout)
    home = ties.home_of(deck)
    listed = xml.find(deck.root(home), "p:sldIdLst")
    highest = max(int(e.get("id")) for e in listed)
    listed.append(make("p:sldId", id=highest + 1, r_id=deck.relate(home, f"{_OFFICE}/slide", part)))
    deck.touch(home)
    return part


def _size(deck: Package) -> tuple[int, int]:
    size = xml.find(deck.root(ties.home_of(deck)), "p:sldSz")
    return int(size.get("cx")), int(size.get("cy"))


def _rows(report: Report, lang: Lang) -> list[tuple[str, ...]]:
    """Head and changes, the clear ones first, as many as have room."""
    order = {Judged.CLEAR: 0, Judged.REVISED: 1, Judged.UNCLEAR: 2, Judged.UNKNOWN: 3}
    changes = sorted(report.changes, key=lambda c: (order[c.judged], c.slide))
    head = tuple(text(f"briefing.report.column_{c}", lang) for c in ("slide", "chart", "label", "old", "new", "judged"))
    rows = [
        (str(c.slide), c.chart, c.label, c.old, c.new, text(f"briefing.report.{c.judged.value}", lang)) for c in changes[:_ROWS]
    ]
    if len(changes) > _ROWS:
        rows.append(("", text("briefing.report.more", lang, n=len(changes) - _ROWS), "", "", "", ""))
    return [head, *(rows or [("", text("briefing.report.none", lang), "", "", "", "")])]


def _table(rows: list[tuple[str, ...]], box: tuple[int, int, int, int]) -> Element:
    left, top, wide, high = box
    grid = make("a:tblGrid", *(make("a:gridCol", w=round(wide * share)) for share in _WIDTHS))
    lines = [
        make("a:tr", *(_cell(cell, head=not n) for cell in row), h=max(high // len(rows), 250_000)) for n, row in enumerate(rows)
    ]
    table = make("a:tbl", make("a:tblPr"), grid, *lines)
    held = make("a:graphicData", table, uri="http://schemas.openxmlformats.org/drawingml/2006/table")
    properties = make("p:nvGraphicFramePr", make("p:cNvPr", id=3, name=NAME),
                      make("p:cNvGraphicFramePr", make("a:graphicFrameLocks", noGrp=True)), make("p:nvPr"))  # fmt: skip
    place = make("p:xfrm", make("a:off", x=left, y=top), make("a:ext", cx=wide, cy=max(high, 250_000 * len(rows))))
    return make("p:graphicFrame", properties, place, make("a:graphic", held))


def _cell(words: str, *, head: bool) -> Element:
    rule = make("a:lnB", make("a:solidFill", colour(_LOOK.rule if head else _LOOK.grid)), w=9525)
    body = make("a:txBody", make("a:bodyPr"), make("a:lstStyle"), _paragraph(words, 12, bold=head))
    return make("a:tc", body, make("a:tcPr", rule, make("a:noFill"), marL=0, marR=60_000, marT=20_000, marB=20_000))


def _text_box(id_: int, name: str, box: tuple[int, int, int, int], lines: list[str], size: int) -> Element:
    left, top, wide, high = box
    shape = make(
        "p:spPr", make("a:xfrm", make("a:off", x=left, y=top), make("a:ext", cx=wide, cy=high)),
        make("a:prstGeom", make("a:avLst"), prst="rect"), make("a:noFill"),
    )  # fmt: skip
    body = make("p:txBody", make("a:bodyPr", wrap="square", lIns=0, rIns=0), make("a:lstStyle"),
                *(_paragraph(line, size, bold=size > 12) for line in lines or [""]))  # fmt: skip
    properties = make("p:nvSpPr", make("p:cNvPr", id=id_, name=name), make("p:cNvSpPr", txBox=True), make("p:nvPr"))
    return make("p:sp", properties, shape, body)


def _paragraph(words: str, size: int, *, bold: bool) -> Element:
    fonts = make("a:latin", typeface="+mn-lt"), make("a:ea", typeface="+mn-ea")
    properties = make("a:rPr", make("a:solidFill", make("a:schemeClr", val="tx1")), *fonts, lang="zh-CN", sz=size * 100, b=bold)
    return make("a:p", make("a:r", properties, make("a:t", words)))
