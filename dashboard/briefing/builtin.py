"""The built-in template: 16:9, white, one typeface, three layouts; made from the empty deck that python-pptx ships."""

from typing import Any, Final

import pptx
from lxml import etree
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from dashboard.briefing import xml
from dashboard.briefing.look import FONT
from dashboard.charts import palette

_PX: Final = 9525
WIDTH, HEIGHT = 1280 * _PX, 720 * _PX
MARGIN: Final = 48 * _PX
_WIDE: Final = WIDTH - 2 * MARGIN
_KEPT: Final = {"title": "封面 Cover", "titleOnly": "仅标题 Title only", "twoObj": "两栏 Two columns"}
_COLOURS: Final = {
    "dk1": palette.TEXT, "lt1": palette.PAPER, "dk2": palette.SECONDARY, "lt2": palette.PANEL, "accent1": palette.SUBJECT,
    "accent2": "#1B7A8C", "accent3": "#C1561A", "accent4": palette.REFERENCE, "accent5": palette.CATEGORIES[0],
    "accent6": palette.CATEGORIES[1], "hlink": palette.SUBJECT, "folHlink": palette.SECONDARY,
}  # fmt: skip


def build() -> Any:
    """The presentation, without slides, and without the name of who made the empty deck."""
    deck = pptx.Presentation()
    known = deck.core_properties
    known.author = known.last_modified_by = known.keywords = known.comments = known.title = ""
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    for layout in list(deck.slide_layouts):
        kind = layout._element.get("type")
        if kind in _KEPT:
            _lay_out(layout, kind)
        else:
            deck.slide_layouts.remove(layout)
    _dress(deck.slide_master)
    return deck


def _dress(master: Any) -> None:
    """Theme colours and fonts, text styles, the places of the master's placeholders."""
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = xml.parse(part.blob)
    for name, colour in _COLOURS.items():
        holder = xml.find(theme, f".//a:clrScheme/a:{name}")
        for child in list(holder):
            holder.remove(child)
        holder.append(xml.make("a:srgbClr", val=colour[1:]))
    for face in xml.every(theme, ".//a:fontScheme/*/a:latin | .//a:fontScheme/*/a:ea"):
        face.set("typeface", FONT)
    for face in xml.every(theme, './/a:fontScheme/*/a:font[@script="Hans"]'):
        face.set("typeface", FONT)
    part._blob = xml.serialise(theme)
    styles = xml.find(master._element, "p:txStyles")
    title = xml.find(styles, "p:titleStyle/a:lvl1pPr")
    title.set("algn", "l")
    xml.find(title, "a:defRPr").set("sz", "2800")
    xml.find(title, "a:defRPr").set("b", "1")
    for level, size in enumerate(("1600", "1400", "1400", "1200", "1200"), start=1):
        xml.find(styles, f"p:bodyStyle/a:lvl{level}pPr/a:defRPr").set("sz", size)
    for holder in master.placeholders:
        _place(holder, {"title": _TITLE, "body": _BODY}.get(_kind(holder), _FOOT))


_TITLE: Final = (MARGIN, 22 * _PX, _WIDE, 58 * _PX)
_BODY: Final = (MARGIN, 124 * _PX, _WIDE, 520 * _PX)
_FOOT: Final = (MARGIN, 672 * _PX, _WIDE - 120 * _PX, 28 * _PX)


def _lay_out(layout: Any, kind: str) -> None:
    """Places of a layout; the hairline above its footer."""
    layout.name = _KEPT[kind]
    columns = iter(((MARGIN, 124 * _PX, 592 * _PX, 520 * _PX), (704 * _PX, 124 * _PX, 528 * _PX, 520 * _PX)))
    for holder in list(layout.placeholders):
        what = _kind(holder)
        if what == "title":
            _place(holder, _TITLE)
            _anchor(holder, "b")
        elif what == "ctrTitle":
            _place(holder, (MARGIN, 120 * _PX, _WIDE, 70 * _PX))
            _anchor(holder, "b")
        elif what == "subTitle":
            _place(holder, (MARGIN, 196 * _PX, _WIDE, 40 * _PX))
            _plain_subtitle(holder)
        elif what == "ftr":
            _place(holder, _FOOT)
        elif what in ("dt", "sldNum"):
            holder._element.getparent().remove(holder._element)
        else:
            _place(holder, next(columns))
    _add_rule(layout)


def _kind(holder: Any) -> str:
    return str(holder._element.xpath(".//p:nvPr/p:ph")[0].get("type", "obj"))


def _place(holder: Any, box: tuple[int, int, int, int]) -> None:
    holder.left, holder.top, holder.width, holder.height = (Emu(v) for v in box)
    body = xml.find(holder._element, "p:txBody/a:bodyPr")
    if body is not None:
        for side in ("lIns", "rIns"):
            body.set(side, "0")
        for side in ("tIns", "bIns"):
            body.set(side, str(Pt(2)))


def _anchor(holder: Any, where: str) -> None:
    xml.find(holder._element, "p:txBody/a:bodyPr").set("anchor", where)


def _plain_subtitle(holder: Any) -> None:
    """No bullet, to the left, grey, 16 points."""
    styles = xml.find(holder._element, "p:txBody/a:lstStyle")
    for child in list(styles):
        styles.remove(child)
    run = xml.make("a:defRPr", xml.make("a:solidFill", xml.make("a:schemeClr", val="tx2")), sz=1600)
    styles.append(xml.make("a:lvl1pPr", xml.make("a:buNone"), run, marL=0, indent=0, algn="l"))


def _add_rule(layout: Any) -> None:
    """A hairline over the footer."""
    line = (
        f'<p:cxnSp xmlns:p="{xml.P}" xmlns:a="{xml.A}"><p:nvCxnSpPr><p:cNvPr id="90" name="Rule"/><p:cNvCxnSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{MARGIN}" y="{664 * _PX}"/><a:ext cx="{_WIDE}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="CDD2D8"/></a:solidFill>'
        "</a:ln>"
        "</p:spPr></p:cxnSp>"
    )
    tree = layout._element.find(f".//{xml.tag('p:spTree')}")
    tree.append(parse_xml(etree.tostring(etree.fromstring(line))))
