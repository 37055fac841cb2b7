"""New charts and pictures on a slide of a package, with every part, relationship and id that Office asks for."""

from typing import Final

from dashboard.briefing import xml
from dashboard.briefing.package import Package
from dashboard.briefing.template import Box
from dashboard.briefing.xml import Element, make

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART_TYPE: Final = f"{_OFFICE}/chart"
BOOK_TYPE: Final = f"{_OFFICE}/package"
IMAGE_TYPE: Final = f"{_OFFICE}/image"
CHART_CONTENT: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_CONTENT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SVG: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def add_chart(deck: Package, slide: str, box: Box, root: Element, book: bytes, name: str, words: str) -> None:
    """Put a chart with its workbook on a slide. `words`: the alternative text."""
    chart = deck.add("ppt/charts/chart", "xml", b"", CHART_CONTENT)
    embed_book(deck, chart, root, book)
    deck.write(chart, xml.serialise(root))
    id_ = deck.relate(slide, CHART_TYPE, chart)
    held = make("a:graphicData", make("c:chart", r_id=id_), uri=xml.C)
    frame = make(
        "p:graphicFrame",
        make("p:nvGraphicFramePr", _properties(deck, slide, name, words),
             make("p:cNvGraphicFramePr", make("a:graphicFrameLocks", noGrp=True)), make("p:nvPr")),
        _place("p:xfrm", box), make("a:graphic", held),
    )  # fmt: skip
    _append(deck, slide, frame)


def embed_book(deck: Package, chart: str, root: Element, book: bytes) -> str:
    """Embed a workbook and lead the chart to it; gives its part."""
    part = deck.add("ppt/embeddings/Microsoft_Excel_Sheet", "xlsx", book, BOOK_CONTENT, default=True)
    id_ = deck.relate(chart, BOOK_TYPE, part)
    held = make("c:externalData", make("c:autoUpdate", val=False), r_id=id_)
    before = ("c:date1904", "c:lang", "c:roundedCorners", "c:style", "c:clrMapOvr", "c:pivotSource", "c:protection", "c:chart",
              "c:spPr", "c:txPr")  # fmt: skip
    xml.insert_in_order(root, held, before)
    return part


def add_picture(deck: Package, slide: str, box: Box, png: bytes, svg: bytes, name: str, words: str) -> None:
    """Put a picture on a slide: SVG, with the PNG for programs that cannot draw it."""
    picture = make(
        "p:pic",
        make("p:nvPicPr", _properties(deck, slide, name, words),
             make("p:cNvPicPr", make("a:picLocks", noChangeAspect=True)), make("p:nvPr")),
        make("p:blipFill", blip(deck, slide, png, svg), make("a:stretch", make("a:fillRect"))),
        make("p:spPr", _place("a:xfrm", box), make("a:prstGeom", make("a:avLst"), prst="rect")),
    )  # fmt: skip
    _append(deck, slide, picture)


def blip(deck: Package, slide: str, png: bytes, svg: bytes) -> Element:
    """The `a:blip` of both forms of a picture, as new parts of the slide."""
    drawn = deck.relate(slide, IMAGE_TYPE, deck.add("ppt/media/image", "svg", svg, "image/svg+xml", default=True))
    plain = deck.relate(slide, IMAGE_TYPE, deck.add("ppt/media/image", "png", png, "image/png", default=True))
    extension = make("a:ext", make("asvg:svgBlip", r_embed=drawn), uri=_SVG)
    return make("a:blip", make("a:extLst", extension), r_embed=plain)


def replace_picture(deck: Package, slide: str, old: Element, png: bytes, svg: bytes) -> None:
    """Lead the `a:blip` of a picture to new images; its crop and effects stay, images that nothing shows any more go."""
    fresh = blip(deck, slide, png, svg)
    gone = {e.get(xml.tag("r:embed")) for e in (old, *xml.every(old, ".//asvg:svgBlip"))} - {None}
    drawn = xml.every(old, ".//asvg:svgBlip")
    old.set(xml.tag("r:embed"), fresh.get(xml.tag("r:embed")))
    if drawn:
        drawn[0].set(xml.tag("r:embed"), xml.every(fresh, ".//asvg:svgBlip")[0].get(xml.tag("r:embed")))
    else:
        listed = xml.find(old, "a:extLst")
        if listed is None:
            old.append(xml.find(fresh, "a:extLst"))
        else:
            listed.extend(list(xml.find(fresh, "a:extLst")))
    used = {str(v) for v in deck.root(slide).xpath("//@r:*", namespaces=xml.NS)}
    for id_ in sorted(gone - used):
        deck.unrelate(slide, id_)
    deck.touch(slide)


def _properties(deck: Package, slide: str, name: str, words: str) -> Element:
    used = [int(e.get("id")) for e in xml.every(deck.root(slide), ".//p:cNvPr") if (e.get("id") or "").isdigit()]
    return make("p:cNvPr", id=max(used, default=1) + 1, name=name, descr=words)


def _place(name: str, box: Box) -> Element:
    return make(name, make("a:off", x=box.left, y=box.top), make("a:ext", cx=box.width, cy=box.height))


def _append(deck: Package, slide: str, element: Element) -> None:
    tree = xml.find(deck.root(slide), "p:cSld/p:spTree")
    last = xml.find(tree, "p:extLst")
    if last is not None:
        last.addprevious(element)
    else:
        tree.append(element)
    deck.touch(slide)
