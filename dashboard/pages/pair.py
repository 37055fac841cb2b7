"""Side by side, where the address asks for it: the region shown and another one, or the period and the one compared with.

Two regions are estimated each by itself, and only intervals that lie apart say which is higher (their gap is then wider than
any error of the difference); two periods have the change on the same points.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import Item, esc, items, link, menu, pill, table
from dashboard.pages.panel import Panel, draw
from dashboard.pages.period import Period
from dashboard.pages.sheet import box, write
from dashboard.pages.state import COMPARISONS, PERIODS, PROVINCE, write_span
from dashboard.pages.strip import draw_months
from dashboard.pages.tables import change_cells, iv
from dashboard.pages.view import View
from pipelines.contracts import months

NAME = "pair"
Row = Mapping[str, Any]
Pair = tuple[Row, Row]


def find_pair(view: View, indicators: tuple[str, ...]) -> pl.DataFrame:
    """One row an indicator of the region and period shown, with its change, then the same of what stands beside."""
    shown = [view.ask(i, compare=True) for i in indicators]
    return pl.concat([*shown, *(frame for i in indicators if (frame := _ask_beside(view, i)) is not None)])


def draw_pair(view: View, indicators: tuple[str, ...]) -> None:
    """The heading with its menus, and the table; nothing where nothing was asked to stand beside."""
    if not view.state.beside or not indicators:
        return
    lang, pairs = view.lang, _pairs(view, indicators)
    away = link(text("pages.pair.close", lang), view.href(beside=None))
    menus = _write_others(view) + _write_spans(view)
    write(f'<div class="section wrap"><h2>{esc(text("pages.pair.heading", lang))}</h2>{menus}{away}</div>')
    if _is_region(view):
        title, content, kind = _title_regions(view, pairs), _write_regions(view, pairs), "regions"
    else:
        title, content, kind = _title_periods(view, pairs), _write_periods(view, pairs), "periods"
    change = view.say_compared(f"pages.subtitle.{view.compared_as}")
    sub = text(f"pages.pair.sub_{kind}", lang, period=_say(view.period, view), change=change)
    panel = Panel(NAME, title, sub, find_pair(view, indicators), indicators, table=content)
    under = f'<p class="under wide">{esc(text(f"pages.pair.reading_{kind}", lang))}</p>'
    with box("across pair"):
        draw(view, panel, f'<div class="scroll">{content}</div>', under=under)


def say_apart(one: Row, other: Row, how: Measure) -> str:
    """Do the intervals of two levels lie apart, and which is then higher: `higher`, `lower` (the first one), `overlap`.

    `withheld` where the indicator gives no order anywhere; empty where one of the two has no interval.
    """
    if not (absence.is_drawn(one) and absence.is_drawn(other)):
        return ""
    if any(row[end] is None for row in (one, other) for end in ("ci_low", "ci_high")):
        return ""
    if not how.ranked:
        return "withheld"
    if one["ci_low"] > other["ci_high"]:
        return "higher"
    return "lower" if one["ci_high"] < other["ci_low"] else "overlap"


def _pairs(view: View, indicators: tuple[str, ...]) -> list[Pair]:
    """The rows of what is shown and of what stands beside it, an indicator each; empty where there is no period beside."""
    found = ((view.ask(i, compare=True), _ask_beside(view, i)) for i in indicators)
    return [(one.row(0, named=True), other.row(0, named=True)) for one, other in found if other is not None]


def _ask_beside(view: View, indicator: str) -> pl.DataFrame | None:
    if _is_region(view):
        return view.ask(indicator, region=view.state.beside, compare=True)
    return view.ask(indicator, period=view.earlier) if view.earlier else None


def _is_region(view: View) -> bool:
    return view.state.beside != PERIODS


def _say(period: Period, view: View) -> str:
    return fmt.period(period.first, period.last, view.lang)


def _write_others(view: View) -> str:
    """The menu of what may stand beside: the two periods, or a region of the same level, the city, the province."""
    lang, chosen = view.lang, view.state.beside
    above = dict.fromkeys(c for c in (PROVINCE, view.city) if c and c != view.state.region)
    alike = view.part_codes if view.is_province or view.is_county else _cities(view)
    codes = [c for c in (*above, *alike) if c != view.state.region]
    if chosen and chosen != PERIODS and chosen not in codes:
        codes.insert(0, chosen)
    periods = text("pages.pair.periods", lang)
    entries = [Item(periods, view.href(beside=PERIODS), chosen == PERIODS)]
    entries += [Item(view.name(c), view.href(beside=c), c == chosen) for c in codes]
    shown = periods if chosen == PERIODS else view.name(chosen)
    return menu(text("pages.pair.with", lang), shown, items(entries), "beside")


def _cities(view: View) -> list[str]:
    return [str(c) for c in view.snapshot.regions.filter(pl.col("level") == "city").sort("code")["code"]]


def _write_spans(view: View) -> str:
    """The menu of the period compared with: the same as in the strip, and a free one of the same length."""
    lang, bounds, length = view.lang, view.bounds.months, view.period.length
    known = [Item(text(f"pages.compare.{c}", lang), view.href(compare=c), c == view.state.compare) for c in COMPARISONS]
    last = months.shift(view.period.first, -length)
    spans = [Period(m, months.shift(m, length - 1)) for m in months.span(bounds.first, last)]
    free = [(p.first, view.href(compare=write_span(p)), p == view.state.own_comparison) for p in spans]
    label = text("pages.pair.own", lang, n=length)
    calendar = f'<p class="lab">{esc(label)}</p>{draw_months(free, lang)}' if free else ""
    shown = view.say_compared(f"pages.compare.{view.compared_as}")
    return menu(text("pages.pair.against", lang), shown, items(known) + calendar, "against")


def _title_regions(view: View, pairs: list[Pair]) -> str:
    said = [say_apart(one, other, measure(one["indicator"])) for one, other in pairs]
    known, apart = sum(s in ("higher", "lower", "overlap") for s in said), sum(s in ("higher", "lower") for s in said)
    names = {"one": view.name(), "other": view.name(view.state.beside)}
    return text("pages.pair.title_regions" if known else "pages.pair.title_plain", view.lang, **names, n=known, apart=apart)


def _title_periods(view: View, pairs: list[Pair]) -> str:
    judged = [judgement.judge(one, measure(one["indicator"])) for one, _ in pairs]
    known = [j for j in judged if j.direction is not Direction.UNKNOWN]
    if view.earlier is None:
        return text("pages.pair.no_period", view.lang)
    names = {"one": _say(view.period, view), "other": _say(view.earlier, view)}
    key = "title_periods" if known else "title_plain"
    clear = sum(j.verdict is not Verdict.UNCLEAR for j in known)
    return text(f"pages.pair.{key}", view.lang, **names, n=len(known), clear=clear)


def _write_regions(view: View, pairs: list[Pair]) -> str:
    lang, names = view.lang, (view.name(), view.name(view.state.beside))
    head = [text("pages.table.indicator", lang), text("pages.pair.unit", lang), *names, text("pages.pair.levels", lang)]
    head += [text("pages.pair.change_of", lang, region=name) for name in names if view.earlier]
    rows = []
    for one, other in pairs:
        how = measure(one["indicator"])
        said = say_apart(one, other, how)
        word = esc(text(f"pages.pair.{said}", lang, region=view.short(view.state.region))) if said else ""
        rows.append([*_name(how, view), _level(one, how, view), _level(other, how, view), f'<span class="why">{word}</span>'])
        rows[-1] += [_change(row, how, view) for row in (one, other) if view.earlier]
    return table([esc(h) for h in head], rows, numbers_from=2)


def _write_periods(view: View, pairs: list[Pair]) -> str:
    lang, earlier = view.lang, view.earlier
    if earlier is None:
        return f'<p class="remark">{esc(text("pages.pair.no_period_means", lang))}</p>'
    head = [text("pages.table.indicator", lang), text("pages.pair.unit", lang), _say(view.period, view), _say(earlier, view)]
    head += [text("pages.pair.change", lang), text("pages.table.verdict", lang), text("pages.pair.matched", lang)]
    rows = []
    for now, before in pairs:
        how = measure(now["indicator"])
        change, _, verdict = change_cells(now, how, lang)
        change += f" {_bracket(judgement.interval_of_change(now, how, lang))}" if change else ""
        matched = "" if now["n_matched"] is None else f"{now['n_matched']:,}"
        rows.append(
            [*_name(how, view), _level(now, how, view), _level(before, how, view), change, verdict, matched]
        )
    return table([esc(h) for h in head], rows, numbers_from=2)


def _name(how: Measure, view: View) -> list[str]:
    return [link(how.name(view.lang), view.define(how.indicator)), f'<span class="iv">{esc(how.unit_label(view.lang))}</span>']


def _level(row: Row, how: Measure, view: View) -> str:
    if not absence.is_drawn(row):
        return pill(absence.pill(row, view.lang), absence.reason(row, view.lang))
    return f"{esc(fmt.level(row['estimate'], how))} {_bracket(judgement.interval_of_level(row, how, view.lang, mark=False))}"


def _change(row: Row, how: Measure, view: View) -> str:
    change, _, verdict = change_cells(row, how, view.lang)
    return f"{change} {_bracket(judgement.interval_of_change(row, how, view.lang))} {verdict}".strip() if change else ""


def _bracket(interval: str) -> str:
    return iv(f"({interval})") if interval else ""
