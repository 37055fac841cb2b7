"""References of a chart to its workbook and the values that it keeps of them: made, and written anew in place."""

import math
from collections.abc import Sequence

from dashboard.briefing import xml
from dashboard.briefing.tables import Cell, Table
from dashboard.briefing.xml import Element, make


def numbers(formula: str, cells: Sequence[Cell], form: str) -> Element:
    """A `c:numRef` with its cache; an empty cell has no point."""
    return make("c:numRef", make("c:f", formula), number_cache(cells, form))


def number_cache(cells: Sequence[Cell], form: str) -> Element:
    """A `c:numCache`."""
    return _fill(make("c:numCache", make("c:formatCode", form)), cells)


def strings(formula: str, cells: Sequence[Cell]) -> Element:
    """A `c:strRef` with its cache."""
    return make("c:strRef", make("c:f", formula), _fill(make("c:strCache"), cells))


def _fill(cache: Element, cells: Sequence[Cell]) -> Element:
    cache.append(make("c:ptCount", val=len(cells)))
    for place, cell in enumerate(cells):
        if cell is not None and cell != "":
            cache.append(make("c:pt", make("c:v", write(cell)), idx=place))
    return cache


def write(cell: Cell) -> str:
    """A cell as a file holds it: the shortest digits that give the number back."""
    if isinstance(cell, str):
        return cell
    assert cell is not None and math.isfinite(cell)  # noqa: S101, PT018 - an empty cell is not written
    return repr(float(cell)) if not float(cell).is_integer() else str(int(cell))


def rewrite(holder: Element, table: Table, key: str, *, sheet: str | None) -> bool:
    """Give the reference below `holder` (`c:val`, `c:cat`, …) the cells of a column; did anything change?

    The kind of the reference and its number format stay. `sheet` None: the formula stays too (a linked workbook).
    """
    reference = next((e for e in holder if e.tag in map(xml.tag, ("c:numRef", "c:strRef", "c:multiLvlStrRef"))), None)
    cells = table[key].cells
    if reference is None:
        literal = next((e for e in holder if e.tag in map(xml.tag, ("c:numLit", "c:strLit"))), None)
        return _replace_points(literal, cells) if literal is not None else False
    changed = False
    formula = xml.find(reference, "c:f")
    wanted = table.reference(key, sheet) if sheet else None
    if wanted and formula is not None and formula.text != wanted:
        formula.text, changed = wanted, True
    kind = "c:numCache" if reference.tag == xml.tag("c:numRef") else "c:strCache"
    if reference.tag == xml.tag("c:multiLvlStrRef"):
        return _replace_reference(reference, table, key)
    cache = xml.find(reference, kind)
    if kind == "c:numCache" and any(isinstance(c, str) for c in cells):
        return _replace_reference(reference, table, key)
    if cache is None:
        cache = make(kind)
        xml.insert_in_order(reference, cache, ("c:f",))
    return _replace_points(cache, cells) or changed


def rewrite_name(holder: Element, table: Table, key: str, *, sheet: str | None) -> bool:
    """Point the name of a series (`c:tx`) to its header; a name that the writer chose stays."""
    formula = xml.find(holder, "c:strRef/c:f")
    if not sheet or formula is None:
        return False
    wanted = table.header_reference(key, sheet)
    cached = xml.every(holder, "c:strRef/c:strCache/c:pt/c:v")
    if formula.text == wanted or (cached and cached[0].text != table[key].header):
        return False
    formula.text = wanted
    return True


def _replace_reference(reference: Element, table: Table, key: str) -> bool:
    formula = xml.find(reference, "c:f")
    where = formula.text if formula is not None else table.reference(key)
    fresh = strings(where, table[key].cells)
    reference.getparent().replace(reference, fresh)
    return True


def _replace_points(cache: Element, cells: Sequence[Cell]) -> bool:
    """Points and their number; formats of single points (`formatCode` of a `c:pt`) stay with their place."""
    old = {int(p.get("idx")): p for p in xml.every(cache, "c:pt")}
    wanted = {i: write(c) for i, c in enumerate(cells) if c is not None and c != ""}
    count = xml.find(cache, "c:ptCount")
    if count is not None and count.get("val") == str(len(cells)) and read_points(cache) == wanted:
        return False
    if count is None:
        count = make("c:ptCount")
        xml.insert_in_order(cache, count, ("c:formatCode",))
    count.set("val", str(len(cells)))
    xml.drop(old.values())
    place = list(cache).index(count) + 1
    for shift, (idx, value) in enumerate(wanted.items()):
        point = old.get(idx)
        if point is None:
            point = make("c:pt", make("c:v"), idx=idx)
        point.find(xml.tag("c:v")).text = value
        cache.insert(place + shift, point)
    return True


def read_points(cache: Element) -> dict[int, str]:
    """Place → text of the points of a cache."""
    return {int(p.get("idx")): (xml.find(p, "c:v").text or "") for p in xml.every(cache, "c:pt")}
