"""Our series in a chart as a writer has left it, and its numbers as they stood: read before a refresh, written by it.

Series are found by their names, then by the column of their formula, then by their place; never by the kind of the chart.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from dashboard.briefing import caches, xml
from dashboard.briefing.specs import Chart
from dashboard.briefing.tables import LABELS, Cell, Series, Table
from dashboard.briefing.xml import Element

EDGE = "edge"
_COLUMN = re.compile(r"!?\$?([A-Z]{1,3})\$?\d+(?::|$)")


def match(root: Element, chart: Chart, placed: Table) -> list[tuple[Element, Series]]:
    """(`c:ser`, series) of every series of ours that is still there. `placed`: the table with its letters in the workbook."""
    elements = xml.every(root, ".//c:plotArea//c:ser")
    by_name = {placed[s.values].header: s for s in chart.table.series}
    by_letter = {placed.letter(s.values): s for s in chart.table.series}
    drawn = [s for plot in chart.plots for s in chart.table.series if s.values in plot.styles]
    found = []
    for place, element in enumerate(elements):
        name = xml.every(element, "c:tx//c:v")
        series = by_name.get(name[0].text or "") if name else None
        if series is None:
            formula = xml.every(element, "c:val//c:f | c:yVal//c:f")
            letter = _COLUMN.search(formula[0].text or "") if formula else None
            series = by_letter.get(letter[1]) if letter else None
        if series is None and len(elements) == len(drawn):
            series = drawn[place]
        if series is not None:
            found.append((element, series))
    return found


def write_series(matched: Sequence[tuple[Element, Series]], table: Table, sheet: str | None) -> bool:
    """Write the table into the series; did anything change?"""
    changed = False
    for element, series in matched:
        holders = {
            "c:tx": None, "c:cat": LABELS, "c:val": series.values, "c:xVal": series.x or LABELS, "c:yVal": series.values,
            "c:errBars/c:plus": series.plus, "c:errBars/c:minus": series.minus,
        }  # fmt: skip
        for path, key in holders.items():
            holder = xml.find(element, path)
            if holder is None:
                continue
            if path == "c:tx":
                changed |= caches.rewrite_name(holder, table, series.values, sheet=sheet)
            elif key is not None:
                changed |= caches.rewrite(holder, table, key, sheet=sheet)
        if series.labels is not None:
            changed |= _write_labels(element, table[series.labels].cells)
    return changed


def _write_labels(element: Element, cells: Sequence[Cell]) -> bool:
    """The words of labels of single points; a new label takes its look from another."""
    holder = xml.find(element, "c:dLbls")
    own = {int(xml.find(e, "c:idx").get("val")): e for e in xml.every(element, "c:dLbls/c:dLbl") if xml.every(e, "c:tx//a:t")}
    if holder is None or not own:
        return False
    changed = False
    pattern = next(iter(own.values()))
    for place, cell in enumerate(cells):
        if not cell:
            continue
        if place not in own:
            fresh = deepcopy(pattern)
            xml.find(fresh, "c:idx").set("val", str(place))
            following = [e for n, e in own.items() if n > place]
            (following[0].addprevious if following else own[max(own)].addnext)(fresh)
            own[place] = fresh
        changed |= _set_words(own[place], str(cell))
    gone = [e for n, e in own.items() if n >= len(cells) or not cells[n]]
    xml.drop(gone)
    return changed or bool(gone)


def _set_words(label: Element, words: str) -> bool:
    texts = xml.every(label, "c:tx//a:t")
    if "".join(t.text or "" for t in texts) == words:
        return False
    texts[0].text = words
    for rest in texts[1:]:
        rest.text = ""
    return True


def read_table(matched: Sequence[tuple[Element, Series]]) -> dict[str, list[Cell]]:
    """The cells by column key as the caches of the series hold them, `labels` too; what no series holds is absent."""
    found: dict[str, list[Cell]] = {}
    for element, series in matched:
        keys = {"c:val": series.values, "c:yVal": series.values, "c:xVal": series.x, "c:errBars/c:plus": series.plus,
                "c:errBars/c:minus": series.minus, "c:cat": LABELS}  # fmt: skip
        for path, key in keys.items():
            cache = xml.every(element, f"{path}//c:numCache | {path}//c:strCache | {path}/c:numLit | {path}/c:strLit")
            if key is not None and cache and key not in found:
                found[key] = _cells(cache[0])
        if series.labels is not None and series.labels not in found:
            own = {int(xml.find(e, "c:idx").get("val")): "".join(t.text or "" for t in xml.every(e, "c:tx//a:t"))
                   for e in xml.every(element, "c:dLbls/c:dLbl")}  # fmt: skip
            found[series.labels] = [own.get(i) for i in range(max(own, default=-1) + 1)]
    return found


def _cells(cache: Element) -> list[Cell]:
    points = caches.read_points(cache)
    count = xml.find(cache, "c:ptCount")
    length = int(count.get("val")) if count is not None else max(points, default=-1) + 1
    return [_cell(points.get(i)) for i in range(length)]


def _cell(text: str | None) -> Cell:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        return text


def anchor(root: Element, table: Table) -> Table:
    """The table with the names of rows at the foot of the axis across, wherever a writer has put it."""
    low = xml.every(root, './/c:valAx[c:axPos/@val="b" or c:axPos/@val="t"]/c:scaling/c:min')
    if EDGE not in {c.key for c in table.columns} or not low:
        return table
    foot = float(low[0].get("val"))
    columns = [replace(c, cells=tuple(foot if v is not None else None for v in c.cells)) if c.key == EDGE else c
               for c in table.columns]  # fmt: skip
    return replace(table, columns=tuple(columns))


def is_cut(root: Element, chart: Chart) -> bool:
    """Do values of the table lie outside fixed ends of the axis of values (of the axis across, in a scatter)?"""
    scatter = xml.every(root, ".//c:scatterChart")
    axes = xml.every(root, ".//c:valAx")
    axis = next((a for a in axes if not scatter or xml.find(a, "c:axPos").get("val") in ("b", "t")), None)
    if axis is None or len(axes) > 1 + bool(scatter):
        return False
    ends = [xml.find(axis, f"c:scaling/c:{end}") for end in ("min", "max")]
    low, high = (None if e is None else float(e.get("val")) for e in ends)
    keys = ("span_at",) if scatter else tuple(s.values for s in chart.table.series)
    cells = [c for k in keys for c in chart.table[k].cells if isinstance(c, float)]
    floor = 0.0 if low == 0.0 else None  # lows below 0 are cut on purpose where nothing can be negative
    return any((low is not None and c < low and floor is None) or (high is not None and c > high) for c in cells)
