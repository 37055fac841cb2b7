"""The block of `overview` on what to look into: one row a matter, with its interval, place, time, small chart and sureness.

What is told together: alerts of one region that are shown on the same page; the first of them is written out, the others
are named. The order is that of the alerts, by rule, and ranks nobody.
"""

from collections.abc import Sequence

import polars as pl

from dashboard.answers.alerts import Alert, Reason, list_alerts, select_alerts
from dashboard.charts.alert_line import Line, alert_bars, alert_line, alert_pair, alert_use
from dashboard.charts.sparkline import data_uri
from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.i18n.alerts import name_claim, name_short, tell
from dashboard.i18n.catalogue import has
from dashboard.i18n.measures import name_within
from dashboard.pages.markup import esc, link, popover
from dashboard.pages.period import Period
from dashboard.pages.sheet import write
from dashboard.pages.view import View
from pipelines.contracts import months

MOST = 10
HEAD = ("kind", "what", "where", "since", "chart", "sure", "open")
RULES = ("rebound", "displacement", "plan", "rate", "chart", "sure")


def find_rows(view: View) -> pl.DataFrame:
    """Every alert of the region shown and its parts, as the file of the block."""
    return list_alerts(view.snapshot, view.state.region)


def draw_alerts(view: View) -> None:
    """Draw the block."""
    lang = view.lang
    groups = _gather(view)
    key = "title" if len(groups) > 1 else "title_one" if groups else "empty"
    title = text(f"alerts.block.{key}", lang, n=len(groups))
    rules = "".join(f"<p>{esc(text(f'alerts.rules.{rule}', lang))}</p>" for rule in RULES)
    csv = f'<a href="{esc(view.file("alerts"))}" download data-csv="alerts">CSV</a>'
    rows = "".join(_row(view, group) for group in groups[:MOST])
    head = "".join(f'<th scope="col">{esc(text(f"alerts.block.{column}", lang))}</th>' for column in HEAD)
    body = f'<table class="alerts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>' if groups else ""
    rest = len(groups) - MOST
    more = f'<p class="src">{esc(text("alerts.block.more", lang, n=rest))}</p>' if rest > 0 else ""
    reading = f'<p class="under wide">{esc(text("alerts.block.reading", lang))}</p>' if groups else ""
    write(
        f'<div class="alertblock"><div class="ph"><h3>{esc(title)}</h3><div class="tools">'
        f'{popover(text("alerts.block.rules", lang), rules)}{csv}</div>'
        f'<p class="sub">{esc(text("alerts.block.sub", lang))}</p></div>{body}{more}{reading}</div>'
    )


def _gather(view: View) -> list[list[Alert]]:
    """The alerts of the region and its parts, those told together in one list."""
    groups: dict[tuple[str, ...], list[Alert]] = {}
    for alert in select_alerts(view.snapshot, view.state.region):
        plan = (alert.plan["item"], alert.plan["level"]) if alert.plan else ()
        groups.setdefault((alert.region, alert.page, *plan), []).append(alert)
    return list(groups.values())


def _row(view: View, group: Sequence[Alert]) -> str:
    alert, lang = group[0], view.lang
    told, where = tell(alert, lang), view.name(alert.region)
    picture = data_uri(_draw(alert, text("alerts.block.picture", lang, what=told.what, where=where), lang))
    also = _name_others(group, lang)
    note = f'<br><span class="iv">{esc(text("alerts.also", lang, names=also))}</span>' if also else ""
    cells = (
        f"<b>{esc(told.kind)}</b>",
        f'{esc(told.what)}<br><span class="iv">{esc(told.detail)}</span>{note}',
        esc(where), esc(told.since), f'<img alt="{esc(told.what)}" src="{picture}">',
        f'<b>{esc(told.sureness)}</b> <span class="dots" aria-hidden="true">{told.dots}</span><br>'
        f'<span class="iv">{esc(told.reason)}</span>',
        _link(view, alert),
    )  # fmt: skip
    return f'<tr data-kind="{alert.kind.value}" data-region="{alert.region}">{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


def _name_others(group: Sequence[Alert], lang: Lang) -> str:
    """The names of what else is told, without what the first one names."""
    said = {claim.indicator for claim in group[0].claims if not claim.where}
    claims = dict.fromkeys(c for alert in group[1:] for c in alert.claims if c.indicator not in said or c.where)
    return text("alerts.also_join", lang).join(name_within(name_claim(c, lang)) for c in claims)


def _link(view: View, alert: Alert) -> str:
    """The view that shows it: the page of its indicator where there is one, else this page for its region."""
    page = alert.page if has(f"pages.nav.{alert.page}", view.lang) else "overview"
    period = view.bounds.default
    if alert.rows:
        period = Period(*(months.parse(alert.rows[-1][end]) for end in ("period_from", "period_to")))
    href = view.href(page, region=alert.region, period=period, compare="year", point_type=None)
    return link(f"{text(f'pages.nav.{page}', view.lang)} ›", href)


def _draw(alert: Alert, label: str, lang: Lang) -> str:
    if alert.plan is not None:
        return _draw_plan(alert, label, lang)
    if len(alert.charts) > 1:
        names = (name_short(claim, lang) for claim in alert.claims)
        lines = [Line(f, n, worse=i > 0) for i, (f, n) in enumerate(zip(alert.charts, names, strict=True))]
        return alert_pair(lines, label=label)
    words = [text(f"alerts.block.{word}", lang) for word in ("limit", "mean")]
    return alert_line(alert.charts[0], limit=words[0], mean=words[1], worse=alert.claims[0].side, judged_from=12, label=label)


def _draw_plan(alert: Alert, label: str, lang: Lang) -> str:
    plan = alert.plan or {}

    def word(key: str, **values: object) -> str:
        return text(f"alerts.block.{key}", lang, **values)

    if alert.reason is Reason.RAISED:
        counts = {"previous": plan["previous_actual"], "ceiling": plan["ceiling"]}
        return alert_bars([(word(key), n, fmt.number(n, 0)) for key, n in counts.items()], label=label)
    share, span = plan["used"], None
    if alert.reason is Reason.PROJECTED:
        share, span = plan["projected"], (plan["ceiling"] * plan["projected_low"], plan["ceiling"] * plan["projected_high"])
    mark = word("mark", n=fmt.number(plan["ceiling"], 0)), float(plan["ceiling"])
    figure = f"{fmt.number(100 * share, 0)}%"
    return alert_use((word("used"), float(plan["issued"])), mark, figure=figure, span=span, label=label)
