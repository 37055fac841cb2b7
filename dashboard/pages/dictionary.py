"""Entries of the dictionary: one indicator in full, and the list of all, as HTML."""

from dashboard.answers.ranking import withhold_reason
from dashboard.answers.request import Request
from dashboard.i18n import Lang, text
from dashboard.i18n.catalogue import has
from dashboard.i18n.measures import measure
from dashboard.pages.indicator_code import write_command, write_query
from dashboard.pages.markup import esc, link, table
from dashboard.pages.panel import name_ledger
from dashboard.pages.view import View
from pipelines.contracts.breakdowns import CELLS, POINT_TYPE, REGISTERS, Breakdown
from pipelines.contracts.formula import write_formula
from pipelines.contracts.indicators import INDICATORS, Domain, Indicator, Kind
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.provenance import DOCUMENTS, ORIGINS, columns_of
from pipelines.contracts.statistics import LEDGER_OF, UNIVERSES

DOMAINS = tuple(dict.fromkeys((Domain.OVERVIEW, *(i.domain for i in INDICATORS.values()))))

PROJECTION = "plan_projection"


def is_ranked(indicator: Indicator) -> bool:
    """May regions be ranked on it? A projection has no 95 % interval, so not on it."""
    return withhold_reason(indicator, Request(indicator.id)) is None and indicator.id != PROJECTION


def write_entry(view: View, indicator: Indicator) -> str:
    """Everything that is known of an indicator; its code at the end."""
    lang = view.lang
    rows = [
        ("definition", esc(indicator.definition(lang))), ("why", esc(text(f"indicators.why.{indicator.id}", lang))),
        ("source", esc(_name_documents(indicator, lang))), ("formula", _formula(view, indicator)),
        ("unit", esc(measure(indicator.id).unit_label(lang))), ("direction", esc(_direction(indicator, lang))),
        ("kind", esc(text(f"indicators.kind.{indicator.kind.value}", lang))), ("ledger", _columns(indicator, lang)),
        ("breakdowns", esc(_breakdowns(indicator, lang))), ("caveat", esc(" ".join(_caveats(indicator, lang)))),
        ("rank", esc(_ranking(indicator, lang))), ("code", _code(view, indicator)),
    ]  # fmt: skip
    body = "".join(
        f"<dt>{esc(text(f'indicators.entry.{key}', lang))}</dt><dd>{value}</dd>" for key, value in rows if value
    )
    return (
        f'<div class="entry" data-indicator="{indicator.id}"><h2>{esc(indicator.name(lang))} '
        f"<code>{indicator.id}</code></h2><dl>{body}</dl></div>"
    )


def _name_documents(indicator: Indicator, lang: Lang) -> str:
    return text("indicators.entry.join", lang).join(DOCUMENTS[d].title(lang) for d in ORIGINS[indicator.id])


def _formula(view: View, indicator: Indicator) -> str:
    written = write_formula(indicator, view.snapshot.policy.constants, quote="")
    if not written:
        return ""
    return f'<code>{esc(written)}</code> <span class="iv">{esc(text("indicators.entry.formula_note", view.lang))}</span>'


def _direction(indicator: Indicator, lang: Lang) -> str:
    return text(f"indicators.better.{indicator.better.value}", lang)


def _columns(indicator: Indicator, lang: Lang) -> str:
    """The ledgers with their columns by header, and the point-months that count."""
    join, found = text("indicators.entry.join", lang), []
    for ledger, columns in columns_of(indicator.id).items():
        known = {c.name: c.header(lang) for c in LEDGERS[ledger].columns}
        listed = join.join(known[c] for c in columns)
        found.append(text("indicators.entry.ledger_columns", lang, ledger=name_ledger(ledger, lang), columns=listed))
    said = esc(join.join(found))
    if indicator.kind is Kind.REGISTER or len(UNIVERSES[indicator.universe]) < 2:
        return said
    ledgers = join.join(name_ledger(ledger, lang) for ledger in UNIVERSES[indicator.universe])
    return f'{said} <span class="iv">{esc(text("indicators.entry.universe", lang, ledgers=ledgers))}</span>'


def _breakdowns(indicator: Indicator, lang: Lang) -> str:
    """What an indicator can be split by, in words."""
    known: tuple[Breakdown, ...]
    if indicator.kind is Kind.REGISTER:
        known = REGISTERS[indicator.domain]
    else:
        cells = [CELLS.get(LEDGER_OF[t.statistic]) for t in indicator.numerator]
        shared = cells[0].breakdowns if cells[0] and len({c.name for c in cells if c}) == 1 and all(cells) else ()
        known = (*shared, POINT_TYPE)
    return text("indicators.entry.join", lang).join(b.zh if lang == "zh" else b.en for b in known)


def _caveats(indicator: Indicator, lang: Lang) -> list[str]:
    """What to mind of this indicator, then of all of its domain."""
    own = f"indicators.caveat.{indicator.id}"
    shared = text(f"indicators.caveat_of.{indicator.domain.value}", lang)
    return [*([text(own, lang)] if has(own, lang) else []), shared]


def _ranking(indicator: Indicator, lang: Lang) -> str:
    reason = withhold_reason(indicator, Request(indicator.id))
    if reason is None:
        kind = {"plan_used_share": "ranked_level", PROJECTION: "projection"}.get(indicator.id, "ranked")
        return text(f"indicators.entry.{kind}", lang)
    return text("indicators.entry.withheld", lang, reason=text(f"words.reason.{reason}", lang))


def _code(view: View, indicator: Indicator) -> str:
    parts = [("command", write_command(view, indicator.id)), ("query", write_query(view, indicator))]
    return "".join(
        f'<p class="lab">{esc(text(f"indicators.entry.{key}", view.lang))}</p><pre tabindex="0"><code>{esc(code)}</code></pre>'
        for key, code in parts if code
    )  # fmt: skip


def write_list(view: View, chosen: str | None) -> str:
    """All indicators by domain, each a link to its entry."""
    lang = view.lang
    columns = ("indicator", "definition", "why", "unit", "direction", "rank")
    head = "".join(f'<th scope="col">{esc(text(f"indicators.list.{c}", lang))}</th>' for c in columns)
    body = []
    for domain in DOMAINS:
        title = esc(text(f"region.domain.{domain.value}", lang))
        body.append(f'<tr class="domain"><th scope="rowgroup" colspan="{len(columns)}">{title}</th></tr>')
        body += [_line(view, i, current=i.id == chosen) for i in INDICATORS.values() if i.domain is domain]
    return f'<table class="data dictionary"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}</tbody></table>'


def _line(view: View, indicator: Indicator, *, current: bool) -> str:
    lang = view.lang
    name = link(indicator.name(lang), view.define(indicator.id), current=current)
    cells = (
        esc(indicator.definition(lang)), esc(text(f"indicators.why.{indicator.id}", lang)),
        esc(measure(indicator.id).unit_label(lang)), esc(text(f"indicators.list.{indicator.better.value}", lang)),
        esc(text(f"indicators.list.{'ranked' if is_ranked(indicator) else 'withheld'}", lang)),
    )  # fmt: skip
    css = ' class="own"' if current else ""
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr{css}><th scope="row">{name}<br><code>{indicator.id}</code></th>{row}</tr>'


def write_numbers(view: View) -> str:
    """The list as the table of its panel: code, name, kind."""
    lang = view.lang
    rows = [
        [f"<code>{i.id}</code>", esc(i.name(lang)), esc(text(f"indicators.kind.{i.kind.value}", lang))]
        for i in INDICATORS.values()
    ]
    return table([esc(text(f"indicators.list.{c}", lang)) for c in ("code", "indicator", "kind")], rows, numbers_from=9)
