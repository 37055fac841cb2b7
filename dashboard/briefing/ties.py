"""How a shape of a deck carries its tie: several ways at once, of which any one is enough to find it again.

Shape name, alternative text, shape tag; for charts also an extension of the chart part and the hidden sheet of the
embedded workbook. Programs drop different ones (docs/adr).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from lxml import etree

from dashboard.briefing import workbook, xml
from dashboard.briefing.package import DeckError, Package
from dashboard.briefing.queries import SCHEME, Tie, decode
from dashboard.briefing.xml import Element, make

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TAG_NAME: Final = "BURDEN"
_TAG_TYPE: Final = f"{_OFFICE}/tags"
_TAG_CONTENT: Final = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
_EXTENSION: Final = "{8E6B1A52-6C0F-4B7B-9C4D-2F2B5A6D7E10}"
_SHAPES: Final = ".//p:sp | .//p:graphicFrame | .//p:pic"


class Carrier(StrEnum):
    """Where a tie is kept, the surest first."""

    TAG = "tag"
    EXTENSION = "extension"
    TEXT = "text"
    WORKBOOK = "workbook"
    NAME = "name"
    COMPANION = "companion"


@dataclass(frozen=True)
class Slide:
    """A slide: its number from 1 as shown, and its part."""

    number: int
    part: str


@dataclass(frozen=True)
class Shape:
    """A shape that carries a tie. `tie` None: what it carries cannot be read. `chart`: the part of its chart."""

    slide: Slide
    element: Element
    lines: dict[Carrier, str]
    tie: Tie | None
    chart: str | None = None

    @property
    def properties(self) -> Element:
        """The `p:cNvPr`."""
        return properties_of(self.element)

    @property
    def name(self) -> str:
        """What a person knows the shape by."""
        return str(self.properties.get("name") or "")


def list_slides(deck: Package) -> list[Slide]:
    """The slides in their order. Raises DeckError where the file is no deck."""
    home = home_of(deck)
    relations = deck.relations(home)
    parts = [relations[e.get(xml.tag("r:id"))].target for e in xml.every(deck.root(home), "p:sldIdLst/p:sldId")
             if e.get(xml.tag("r:id")) in relations]  # fmt: skip
    return [Slide(n, part) for n, part in enumerate(parts, start=1) if part in deck]


def home_of(deck: Package) -> str:
    """The main part. Raises DeckError where the file is no deck."""
    home = next((r.target for r in deck.related("", "officeDocument")), None)
    if home is None or deck.root(home).tag != xml.tag("p:presentation"):
        raise DeckError("文件不是演示文稿；请给出 .pptx 文件。", "The file is not a deck; give a .pptx file.")
    return home


def find_shapes(deck: Package) -> Iterator[Shape]:
    """Every shape with a tie, slide by slide, groups included."""
    for slide in list_slides(deck):
        found: list[Shape] = []
        bare: list[Element] = []
        for element in xml.every(deck.root(slide.part), _SHAPES):
            if properties_of(element) is None:
                continue
            chart = chart_of(deck, slide.part, element)
            lines = _read_lines(deck, slide.part, element, chart)
            if lines:
                found.append(Shape(slide, element, lines, _decode_first(lines), chart))
            elif placeholder_of(element):
                bare.append(element)
        companions = dict(pair for shape in found if shape.tie for pair in shape.tie.companions)
        for element in bare:
            line = companions.get(placeholder_of(element) or "")
            if line:
                lines = {Carrier.COMPANION: line}
                found.append(Shape(slide, element, lines, _decode_first(lines)))
        yield from found


def placeholder_of(element: Element) -> str | None:
    """`title` or `subTitle` of a placeholder whose text is ours to write; None for any other shape."""
    kinds = [e.get("type", "obj") for e in xml.every(element, "*[1]/p:nvPr/p:ph")]
    return {"ctrTitle": "title", "title": "title", "subTitle": "subTitle"}.get(kinds[0]) if kinds else None


def join_companions(shapes: Sequence[Shape], lines: Mapping[int, str]) -> Iterator[tuple[Shape, Tie]]:
    """(footer, its tie with the lines of the placeholders of its slide) for each slide; `lines` by place in `shapes`."""
    beside: dict[str, dict[str, str]] = {}
    for place, shape in enumerate(shapes):
        kind = placeholder_of(shape.element)
        if kind is not None and place in lines:
            beside.setdefault(shape.slide.part, {})[kind] = lines[place]
    for place, shape in enumerate(shapes):
        if place in lines and lines[place].startswith(f"{SCHEME}footer."):
            yield shape, replace(decode(lines[place]), companions=tuple(sorted(beside.get(shape.slide.part, {}).items())))


def properties_of(element: Element) -> Element:
    """The `p:cNvPr` of a shape."""
    found = xml.every(element, "*[1]/p:cNvPr")
    return found[0] if found else None


def chart_of(deck: Package, slide: str, element: Element) -> str | None:
    """The chart part of a graphic frame."""
    held = xml.every(element, "a:graphic/a:graphicData/c:chart")
    relation = deck.relations(slide).get(held[0].get(xml.tag("r:id"))) if held else None
    return relation.target if relation and relation.target in deck else None


def workbook_of(deck: Package, chart: str) -> tuple[str | None, bool]:
    """(the embedded workbook's part, is a workbook outside linked?) of a chart."""
    holder = xml.find(deck.root(chart), "c:externalData")
    relation = deck.relations(chart).get(holder.get(xml.tag("r:id"))) if holder is not None else None
    if relation is None:
        return None, False
    return (None, True) if relation.external else (relation.target if relation.target in deck else None, False)


def _read_lines(deck: Package, slide: str, element: Element, chart: str | None) -> dict[Carrier, str]:
    found: dict[Carrier, str | None] = {
        Carrier.TAG: _read_tag(deck, slide, element), Carrier.TEXT: _read_text(properties_of(element)),
        Carrier.NAME: properties_of(element).get("name"),
    }  # fmt: skip
    if chart is not None:
        inside = xml.every(deck.root(chart), "c:extLst/c:ext/b:tie")
        found[Carrier.EXTENSION] = inside[0].text if inside else None
        book, _ = workbook_of(deck, chart)
        found[Carrier.WORKBOOK] = _read_workbook(deck, book) if book else None
    return {c: line for c in Carrier if (line := found.get(c)) and line.startswith(SCHEME)}


def _read_workbook(deck: Package, book: str) -> str | None:
    try:
        return workbook.read_tie(Package(deck.read(book)))
    except DeckError:
        return None


def _read_tag(deck: Package, slide: str, element: Element) -> str | None:
    part = _tag_part(deck, slide, element)
    if part is None:
        return None
    tags = xml.every(deck.root(part), "p:tag")
    return next((t.get("val") for t in tags if (t.get("name") or "").upper() == TAG_NAME), None)


def _tag_part(deck: Package, slide: str, element: Element) -> str | None:
    for holder in xml.every(element, "*[1]/p:nvPr/p:custDataLst/p:tags"):
        relation = deck.relations(slide).get(holder.get(xml.tag("r:id")))
        if relation is not None and relation.target in deck:
            return relation.target
    return None


def _read_text(properties: Element) -> str | None:
    words = properties.get("descr") or ""
    start, end = words.rfind(f"[{SCHEME}"), words.rfind("]")
    return words[start + 1 : end] if 0 <= start < end else None


def _decode_first(lines: dict[Carrier, str]) -> Tie | None:
    for line in lines.values():
        try:
            return decode(line)
        except (ValueError, KeyError):
            continue
    return None


def write_tie(deck: Package, shape: Shape, line: str) -> None:
    """Write the line into every carrier of a shape but the workbook, which is written with its cells."""
    carriers = set(Carrier) - {Carrier.WORKBOOK, Carrier.COMPANION} - (set() if shape.chart else {Carrier.EXTENSION})
    carriers -= {Carrier.TEXT} if shape.element.tag == xml.tag("p:sp") else set()
    if all(shape.lines.get(c) == line for c in carriers):
        return
    properties = shape.properties
    if {Carrier.NAME, Carrier.COMPANION} & set(shape.lines) or not shape.name.strip():
        properties.set("name", line)
    words = properties.get("descr") or ""
    start = words.rfind(f"[{SCHEME}")
    if shape.element.tag != xml.tag("p:sp"):
        properties.set("descr", f"{words[:start] if start >= 0 else f'{words} ' if words else ''}[{line}]")
    _write_tag(deck, shape, line)
    deck.touch(shape.slide.part)
    if shape.chart is not None:
        _write_extension(deck, shape.chart, line)


def _write_tag(deck: Package, shape: Shape, line: str) -> None:
    part = _tag_part(deck, shape.slide.part, shape.element)
    if part is not None:
        tags = [t for t in xml.every(deck.root(part), "p:tag") if (t.get("name") or "").upper() == TAG_NAME]
        if tags:
            tags[0].set("val", line)
        else:
            deck.root(part).append(make("p:tag", name=TAG_NAME, val=line))
        deck.touch(part)
        return
    content = xml.serialise(make("p:tagLst", make("p:tag", name=TAG_NAME, val=line)))
    part = deck.add("ppt/tags/tag", "xml", content, _TAG_CONTENT)
    id_ = deck.relate(shape.slide.part, _TAG_TYPE, part)
    holder = xml.every(shape.element, "*[1]/p:nvPr")[0]
    listed = xml.find(holder, "p:custDataLst")
    if listed is None:
        listed = make("p:custDataLst")
        media = ("a:audioCd", "a:wavAudioFile", "a:audioFile", "a:videoFile", "a:quickTimeFile")
        xml.insert_in_order(holder, listed, ("p:ph", *media))
    listed.append(make("p:tags", r_id=id_))


def _write_extension(deck: Package, chart: str, line: str) -> None:
    root = deck.root(chart)
    found = xml.every(root, "c:extLst/c:ext/b:tie")
    if found:
        found[0].text = line
    else:
        tie = etree.Element(xml.tag("b:tie"), nsmap={"b": xml.OWN})
        tie.text = line
        extension = make("c:ext", tie, uri=_EXTENSION)
        listed = xml.find(root, "c:extLst")
        if listed is None:
            listed = make("c:extLst")
            root.append(listed)
        listed.append(extension)
    deck.touch(chart)
