"""`indicators`: the dictionary. One indicator in full where the address names it, beside its own trend; then all of them."""

import polars as pl

from dashboard.i18n import sentences, text
from dashboard.i18n.catalogue import has
from dashboard.pages.dictionary import is_ranked, write_entry, write_list, write_numbers
from dashboard.pages.findings import draw_findings
from dashboard.pages.markup import esc, link
from dashboard.pages.page import Page
from dashboard.pages.panel import Panel
from dashboard.pages.panel import draw as draw_panel
from dashboard.pages.sheet import box, columns, write
from dashboard.pages.state import Choice
from dashboard.pages.trends import TREND, draw_trend, trend_of
from dashboard.pages.view import DICTIONARY, View
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.indicators import INDICATORS, Kind

WIDTH = 560
INDICATOR = Choice("indicator", CodeList("indicator", tuple(Code(i.id, i.zh, i.en) for i in INDICATORS.values())))


def draw(view: View) -> None:
    """Draw the page."""
    lang, chosen = view.lang, view.state.settings.get(INDICATOR.key)
    registers = sum(i.kind is Kind.REGISTER for i in INDICATORS.values())
    withheld = sum(not is_ranked(i) for i in INDICATORS.values())
    counted = sentences.state(
        "indicators.finding.count", lang, n=len(INDICATORS), points=len(INDICATORS) - registers, registers=registers,
        withheld=withheld,
    )  # fmt: skip
    found = sentences.state("indicators.finding.find", lang)
    if chosen is None:
        write(draw_findings(view, (counted, found), ()))
    else:
        _draw_entry(view, chosen)
    title = text("indicators.list.title", lang)
    panel = Panel(
        "list", title, text("indicators.list.sub", lang), pl.DataFrame(), (), table=write_numbers(view),
        terms=f"<dt>{esc(title)}</dt><dd>{esc(counted.plain)}</dd>",
        origin=text("indicators.list.origin", lang, version=view.snapshot.manifest["contract_version"]),
    )  # fmt: skip
    body = write_list(view, chosen)
    with box("across"):
        draw_panel(view, panel, f'<div class="scroll">{body}</div>')


def _draw_entry(view: View, chosen: str) -> None:
    """The entry, and its trend in the region and period of the view."""
    indicator = INDICATORS[chosen]
    back = link(text("indicators.entry.close", view.lang), view.href(settings={}))
    left, right = columns([7, 6])
    with left:
        write(f'<p class="back">{back}</p>{write_entry(view, indicator)}')
    with right:
        if indicator.kind is Kind.REGISTER:
            name = f"pages.nav.{indicator.domain.value}"
            page = link(text(name, view.lang), view.href(indicator.domain.value)) if has(name, view.lang) else ""
            write(f'<p class="remark">{esc(text("indicators.value.register", view.lang))} {page}</p>' if page else "")
        else:
            draw_trend(view, chosen, width=WIDTH, name="trend")


def list_indicators(view: View) -> pl.DataFrame:
    """The dictionary as a table: a row an indicator."""
    lang = view.lang
    return pl.DataFrame([
        {
            "indicator": i.id, "name": i.name(lang), "definition": i.definition(lang), "unit": i.unit.value,
            "kind": i.kind.value, "better": i.better.value, "ranked": is_ranked(i),
            "why": text(f"indicators.why.{i.id}", lang),
        }
        for i in INDICATORS.values()
    ])  # fmt: skip


def _find_trend(view: View) -> pl.DataFrame:
    chosen = view.state.settings.get(INDICATOR.key)
    known = chosen if chosen and INDICATORS[chosen].kind is not Kind.REGISTER else "burden_hours"
    return trend_of(known)(view)


PAGE = Page(
    DICTIONARY, ("burden_hours",), draw, {"list": list_indicators, "trend": _find_trend}, (INDICATOR, *TREND)
)  # fmt: skip
