"""The two rows on top of every page: navigation, and the strip with where, when, comparison and filters.

Every control is a menu of links whose addresses hold the whole state, so a choice is a place one can go back from,
send and open in a second window; there is no other state.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.pages.markup import Item, esc, items, link, menu
from dashboard.pages.period import Period, presets
from dashboard.pages.search import draw_search
from dashboard.pages.state import COMPARISONS, PERIODS, PROVINCE, Choice
from dashboard.pages.view import View
from pipelines.contracts import codes, months


def draw_navigation(view: View, pages: tuple[str, ...]) -> str:
    """The first row: product, pages, languages."""
    lang = view.lang
    tabs = "".join(
        link(text(f"pages.nav.{p}", lang), view.href(p), "tab", current=p == view.page) for p in pages
    )
    tongues = " <i>|</i> ".join(
        link(label, view.href(lang=code), "tongue", current=code == lang) for code, label in (("zh", "中文"), ("en", "EN"))
    )
    name = esc(text("pages.nav.product", lang))
    return (
        f'<a class="skip" href="#main">{esc(text("pages.nav.skip", lang))}</a>'
        f'<nav class="top" aria-label="{esc(text("pages.nav.label", lang))}"><b class="brand">{name}</b>{tabs}'
        f'<span class="tongues">{tongues}</span></nav>'
    )


def draw_strip(view: View, status: str, *, is_register: bool = False, pairs: bool = False) -> str:
    """The second row: filters on the left, `status` (HTML) on the right.

    A register has no points to compare or choose; `pairs`: the page can show two regions or two periods side by side.
    """
    points = [] if is_register else [_comparisons(view, pairs=pairs), _point_types(view)]
    filters = [_regions(view), _periods(view), *points, _more(view)]
    filters.append(draw_search(view))
    return (
        f'<div class="strip" role="region" aria-label="{esc(text("pages.strip.label", view.lang))}">'
        f'<div class="filters">{"".join(filters)}</div><div class="status">{status}</div></div>'
    )


def draw_status(view: View, now: datetime, response_rate: float | None, provisional: list[int]) -> str:
    """Snapshot time, age, coverage, provisional months, and the mark of synthetic data."""
    lang = view.lang
    published = datetime.fromisoformat(str(view.snapshot.manifest["published_at"]))
    published = published if published.tzinfo else published.astimezone()
    facts = [text("pages.strip.snapshot", lang, time=f"{published:%Y-%m-%d %H:%M}", age=_age(now - published, lang))]
    if response_rate is not None:
        facts.append(text("pages.strip.coverage", lang, share=f"{response_rate:.0%}"))
    if provisional:
        shown = fmt.short_period(provisional[0], provisional[-1], lang)
        facts.append(text("pages.strip.provisional", lang, months=shown))
    box = f'<span class="synthetic">{esc(text("pages.strip.synthetic", lang))}</span>' if view.snapshot.is_synthetic else ""
    return f'<span class="facts">{"<i>·</i>".join(f"<span>{esc(f)}</span>" for f in facts)}</span>{box}'


def draw_choice(view: View, choice: Choice) -> str:
    """The menu of a setting that stands in the page itself."""
    shown = choice.options.label(view.setting(choice), view.lang)
    return menu(text(f"pages.choice.{choice.key}", view.lang), shown, items(_entries(view, choice)), choice.key)


def draw_tabs(view: View, choice: Choice) -> str:
    """A setting of few words as links beside each other, the one in force bold."""
    links = " <i>|</i> ".join(link(e.label, e.href, current=e.current) for e in _entries(view, choice))
    return f'<span class="tabs" role="group" aria-label="{esc(text(f"pages.choice.{choice.key}", view.lang))}">{links}</span>'


def _age(age: timedelta, lang: Lang) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return text("pages.strip.fresh", lang)
    return text("pages.strip.hours", lang, n=hours) if hours < 48 else text("pages.strip.days", lang, n=hours // 24)


def _regions(view: View) -> str:
    lang = view.lang
    trail = [link(view.name(PROVINCE), view.href(region=PROVINCE), "crumb", current=view.is_province)]
    if view.city:
        trail.append(link(view.name(view.city), view.href(region=view.city), "crumb", current=not view.is_county))
    children = [c for c in view.part_codes if c != view.city]
    if children:
        everything = text(f"pages.strip.all_{view.parts}", lang, n=len(children))
        shown = view.name() if view.is_county else everything
        entries = [Item(everything, view.href(region=view.region_of_parts), not view.is_county)]
        entries += [Item(view.name(c), view.href(region=c), c == view.state.region) for c in children]
        trail.append(menu(text("pages.strip.region", lang), shown, items(entries), "region"))
    return f'<span class="trail">{" <i>›</i> ".join(trail)}</span>'


def _periods(view: View) -> str:
    lang, now = view.lang, view.period
    entries = [
        Item(f"{fmt.period(p.first, p.last, lang)}　{text(f'pages.period.{name.value}', lang)}", view.href(period=p), p == now)
        for name, p in presets(view.bounds.months).items()
    ]
    ends = "".join(
        f'<p class="lab">{esc(text(f"pages.period.{end}", lang))}</p>{_calendar(view, end)}' for end in ("from", "to")
    )
    shown = fmt.period(now.first, now.last, lang)
    return menu(text("pages.strip.period", lang), shown, items(entries) + ends, "period")


def _calendar(view: View, end: str) -> str:
    """All months with data, a row a year; each sets one end of the period and keeps the other where it can."""
    now, bounds, entries = view.period, view.bounds.months, []
    for month in months.span(bounds.first, bounds.last):
        period = Period(month, max(month, now.last)) if end == "from" else Period(min(month, now.first), month)
        entries.append((month, view.href(period=period), month == (now.first if end == "from" else now.last)))
    return draw_months(entries, view.lang)


def draw_months(entries: Sequence[tuple[int, str, bool]], lang: Lang) -> str:
    """Consecutive months as links, a row a year: month, address, and whether it is the one in force."""
    years: dict[int, list[str]] = {}
    for month, href, chosen in entries:
        years.setdefault(month // 100, []).append(link(fmt.month_name(month, lang), href, "m", current=chosen))
    first_gap = entries[0][0] % 100 - 1
    rows = []
    for i, (year, links) in enumerate(years.items()):
        gap = "<span></span>" * first_gap if i == 0 else ""
        rows.append(f'<div class="year"><b>{year}</b>{gap}{"".join(links)}</div>')
    return f'<div class="calendar">{"".join(rows)}</div>'


def _comparisons(view: View, *, pairs: bool) -> str:
    lang, shown = view.lang, view.say_compared(f"pages.compare.{view.compared_as}")
    entries = [
        Item(text(f"pages.compare.{c}", lang), view.href(compare=c), c == view.state.compare) for c in COMPARISONS
    ]
    if view.state.own_comparison:
        entries.append(Item(shown, view.href(), True))
    if pairs:
        beside, compare = view.state.beside or PERIODS, "year" if view.state.compare == "none" else view.state.compare
        way = view.href(beside=beside, compare=compare)
        entries.append(Item(text("pages.pair.open", lang), way, view.state.beside is not None))
    return menu(text("pages.strip.compare", lang), shown, items(entries), "compare")


def _point_types(view: View) -> str:
    lang, chosen = view.lang, view.state.point_type
    every = text("pages.strip.all", lang)
    entries = [Item(every, view.href(point_type=None), chosen is None)]
    entries += [Item(e.label(lang), view.href(point_type=e.code), e.code == chosen) for e in codes.POINT_TYPE.entries]
    shown = codes.POINT_TYPE.label(chosen, lang) if chosen else every
    return menu(text("pages.strip.type", lang), shown, items(entries), "type")


def _more(view: View) -> str:
    """The page's own filters in one menu, a column each; the box says which are in force."""
    lang, choices = view.lang, [c for c in view.choices if c.column]
    if not choices:
        return ""
    columns = "".join(
        f'<div><p>{esc(text(f"pages.choice.{c.key}", lang))}</p>{items(_entries(view, c))}</div>' for c in choices
    )
    chosen = [c.options.label(v, lang) for c in choices if (v := view.state.settings.get(c.key))]
    shown = " · ".join(chosen) or text("pages.strip.all", lang)
    return menu(text("pages.strip.more", lang), shown, f'<div class="groups">{columns}</div>', "more")


def _entries(view: View, choice: Choice) -> list[Item]:
    lang, chosen = view.lang, view.state.settings.get(choice.key)

    def to(value: str | None) -> str:
        return view.href(settings=view.state.with_setting(choice.key, value).settings)

    entries = [] if choice.default else [Item(text("pages.strip.all", lang), to(None), chosen is None)]
    return entries + [Item(e.label(lang), to(e.code), e.code == chosen) for e in choice.options.entries]
