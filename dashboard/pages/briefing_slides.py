"""The slides of a briefing as cards: what each finds, its picture small, and where it stands in the order."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dashboard.i18n import text
from dashboard.pages.compare import draw_map, draw_rows
from dashboard.pages.control import draw_control
from dashboard.pages.markup import esc, link
from dashboard.pages.multiples import draw_multiples
from dashboard.pages.panel import Drawn, collect
from dashboard.pages.roster import draw_pyramid
from dashboard.pages.sheet import columns, draw_figure, write
from dashboard.pages.stacks import draw_stack
from dashboard.pages.state import Choice
from dashboard.pages.tray import Entry, Tray
from dashboard.pages.trends import draw_trend
from dashboard.pages.view import View
from pipelines.contracts.breakdowns import CELLS, POINT_TYPE
from pipelines.contracts.codes import CodeList
from pipelines.contracts.indicators import INDICATORS

WIDTH: Final = 640
LISTS: Final = {b.column: b.codes for b in (POINT_TYPE, *(b for cell in CELLS.values() for b in cell.breakdowns))}


def draw_slides(view: View, entries: Tray, *, own: bool) -> None:
    """Two cards a row; `own`: the reader chose them and may move and drop them."""
    for start in range(0, len(entries), 2):
        for place, column in enumerate(columns(2), start=start):
            if place < len(entries):
                with column:
                    _draw_slide(view, entries, place, own=own)


def _draw_slide(view: View, entries: Tray, place: int, *, own: bool) -> None:
    lang, entry = view.lang, entries[place]
    shown = preview(view, entry)
    kind = text(f"briefing_page.kind.{entry.chart}", lang)
    names = text("pages.title.and", lang).join(INDICATORS[i].name(lang) for i in entry.indicators[:3])
    title = shown.panel.title if shown else names or kind
    scope = " · ".join(part for part in (kind, view.name(entry.region), *_name_filters(view, entry)) if part)
    moves = _write_moves(view, entries, place) if own else ""
    write(
        f'<div class="slide-head"><span class="no">{place + 1}</span><h3>{esc(title)}</h3>{moves}'
        f'<p class="sub">{esc(scope)}</p></div>'
    )
    if shown is not None and not isinstance(shown.figure, str):
        draw_figure(shown.figure, key=f"briefing-{place}", alt=title)
    else:
        write(f'<p class="under">{esc(text(f"briefing_page.means.{entry.chart}", lang))}</p>')


def _name_filters(view: View, entry: Entry) -> list[str]:
    return [LISTS[column].label(code, view.lang) for column, code in entry.where if column in LISTS]


def _write_moves(view: View, entries: Tray, place: int) -> str:
    """Links that put the slide earlier or later, or drop it."""

    def moved(to: int) -> Tray:
        rest = [e for i, e in enumerate(entries) if i != place]
        return (*rest[:to], entries[place], *rest[to:])

    steps = [("up", moved(place - 1)) if place else None, ("down", moved(place + 1)) if place < len(entries) - 1 else None,
             ("drop", tuple(e for i, e in enumerate(entries) if i != place))]
    links = "".join(
        link(text(f"briefing_page.move.{step[0]}", view.lang), view.href(tray=step[1])) for step in steps if step is not None
    )
    return f'<span class="moves">{links}</span>'


def preview(view: View, entry: Entry) -> Drawn | None:
    """The panel that the slide's chart comes from, in its region and with its filters; None for a slide without one."""
    draw = _find_draw(entry)
    if draw is None:
        return None
    filters = dict(entry.where)
    choices = tuple(Choice(column, LISTS.get(column, CodeList(column, ())), column=column) for column in filters)
    state = replace(view.state, region=entry.region, point_type=filters.get("point_type"), settings=filters)
    return next(iter(collect(draw, replace(view, choices=choices, state=state)).values()), None)


def _find_draw(entry: Entry) -> Callable[[View], None] | None:
    """How a page draws such a chart; None where it draws none."""
    indicator = entry.indicators[0] if entry.indicators else ""
    column, codes = entry.by or "", LISTS.get(entry.by or "")
    ways: dict[str, Callable[[View], None]] = {
        "trend": lambda view: draw_trend(view, indicator, width=WIDTH, height=240),
        "control": lambda view: draw_control(view, indicator, width=WIDTH, name=indicator, switch=""),
        "regions": lambda view: draw_rows(view, indicator, width=WIDTH),
        "map": lambda view: _draw_map(view, indicator),
        "pyramid": lambda view: draw_pyramid(view, width=WIDTH),
    }
    ways["pair"] = ways["trend"]
    if codes:
        ways["shares"] = lambda view: draw_stack(view, indicator, column, codes, width=WIDTH)
        ways["bars"] = lambda view: draw_multiples(view, indicator, column, codes, width=WIDTH)
    return ways.get(entry.chart)


def _draw_map(view: View, indicator: str) -> None:
    draw_map(view, indicator, view.rank_parts(indicator), "change", width=WIDTH, height=380)
