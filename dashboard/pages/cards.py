"""Cards: one indicator each, with interval, change and judgement; without boxes, a hairline above."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.sparkline import data_uri, spark_labels, sparkline
from dashboard.i18n import Lang, absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import esc, link, pill
from dashboard.pages.view import SPARKLINE_MONTHS, View

Row = Mapping[str, Any]


def draw_cards(view: View, indicators: tuple[str, ...], *, more: Mapping[str, str] | None = None,
               sparkline: bool = False) -> str:  # fmt: skip
    """HTML of the cards; `more`: indicator → page with its details; `sparkline`: with 24 months below."""
    cards = "".join(_card(view, i, (more or {}).get(i), sparkline) for i in indicators)
    return f'<div class="cards" style="--cards: {len(indicators)}">{cards}</div>'


def _card(view: View, indicator: str, page: str | None, sparkline: bool) -> str:
    lang, how = view.lang, measure(indicator)
    row = view.ask(indicator, compare=True).row(0, named=True)
    details = link(text("pages.card.more", lang), view.href(page), spoken=_say_more(how, lang)) if page else ""
    name = f'<div class="name"><span>{esc(how.name(lang))}</span>{details}</div>'
    if not absence.is_drawn(row):
        why = pill(absence.pill(row, lang), absence.reason(row, lang))
        return f'<div class="card" data-indicator="{indicator}">{name}{why}</div>'
    unit = how.unit_label(lang)
    value = f'<div class="value">{esc(fmt.level(row["estimate"], how, mark=False))}<small>{esc(unit)}</small></div>'
    interval = judgement.interval_of_level(row, how, lang, mark=False)
    level = f'<div class="iv">{esc(text("pages.card.interval", lang, interval=interval)) if interval else ""}</div>'
    reference = _reference(view, indicator, how) if view.reference else ""
    picture = _picture(view, indicator, how) if sparkline else ""
    body = f"{name}{value}{level}{_change(view, row, how)}{reference}{picture}"
    return f'<div class="card" data-indicator="{indicator}">{body}</div>'


def _say_more(how: Measure, lang: Lang) -> str:
    return text("pages.tools.of", lang, tool=text("pages.card.more", lang).rstrip(" ›"), title=how.name(lang))


def _change(view: View, row: Row, how: Measure) -> str:
    if view.state.compare == "none":
        return ""
    judged = judgement.judge(row, how)
    line = f'<div class="change {judged.verdict.value}">{esc(judgement.change_line(row, how, view.lang))}</div>'
    interval = judgement.interval_of_change(row, how, view.lang)
    mark = "" if how.relative or not interval else fmt.change_mark(how, view.lang)
    words = text("pages.card.interval", view.lang, interval=interval + mark) if interval else ""
    return f'{line}<div class="iv">{esc(words)}</div>'


def _reference(view: View, indicator: str, how: Measure) -> str:
    row = view.ask(indicator, region=view.reference).row(0, named=True)
    if not absence.is_drawn(row):
        return ""
    value = fmt.level(row["estimate"], how)
    return f'<div class="ref">{esc(view.reference_name)} {esc(value)}</div>'


def _picture(view: View, indicator: str, how: Measure) -> str:
    """The small line of a card with the levels of the two compared periods in figures below it."""
    lang = view.lang
    series, compared = view.trend(indicator, length=SPARKLINE_MONTHS), view.compared(indicator)
    label = text("pages.card.sparkline", lang, name=how.name(lang))
    svg = sparkline(series, lang=lang, compared=compared, width=220, height=46, label=label)
    start, before, now = spark_labels(series, compared, lang=lang)
    ends = f"<span>{esc(start)}</span><span>{esc(before)}</span><b>{esc(now)}</b>"
    return f'<img alt="{esc(label)}" src="{data_uri(svg)}"><div class="ends">{ends}</div>'
