"""Elements of Office Open XML: namespaces, making and finding. No meaning, no layout."""

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
OWN: Final = "urn:burden-dashboard:tie"
NS: Final = {"c": C, "a": A, "p": P, "r": R, "s": S, "asvg": SVG, "b": OWN}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)

Element = Any  # lxml gives no types


def parse(content: bytes) -> Element:
    """The root of a part; entities are not resolved. Raises etree.XMLSyntaxError."""
    return etree.fromstring(content, _PARSER)


def serialise(root: Element) -> bytes:
    """A part as Office writes it."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def tag(name: str) -> str:
    """`c:ser` as `{namespace}ser`."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def make(name: str, /, *children: Element | str | None, **attributes: object) -> Element:
    """An element; children that are None are left out, a string is the text; `True` is written 1."""
    prefix = name.partition(":")[0]
    element = etree.Element(tag(name), nsmap={prefix: NS[prefix]})
    for key, value in attributes.items():
        if value is not None:
            written = str(int(value)) if isinstance(value, bool) else str(value)
            element.set(tag(key.replace("_", ":")) if "_" in key else key, written)
    for child in children:
        if isinstance(child, str):
            element.text = child
        elif child is not None:
            element.append(child)
    return element


def find(element: Element, path: str) -> Element:
    """The first element of a path in the prefixes of `NS`, else None."""
    return element.find(path, NS)


def every(element: Element, path: str) -> list[Element]:
    """The elements of an XPath in the prefixes of `NS`."""
    return list(element.xpath(path, namespaces=NS))


def drop(elements: Iterable[Element]) -> None:
    """Take elements out of their parents."""
    for element in elements:
        element.getparent().remove(element)


def insert_in_order(parent: Element, child: Element, after: Iterable[str]) -> None:
    """Put a child behind the last of the elements that the schema has before it, else in front."""
    before = {tag(name) for name in after}
    places = [place for place, element in enumerate(parent) if element.tag in before]
    parent.insert(places[-1] + 1 if places else 0, child)
