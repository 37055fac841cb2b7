"""The other words of a slide: captions, footer, panels beside a chart, findings, method, and the notes of the speaker."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from dashboard.answers.control import Variation
from dashboard.briefing import titles
from dashboard.briefing.desk import Desk, ledgers_of
from dashboard.briefing.kinds.bars import codes_of
from dashboard.briefing.kinds.shares import shades_of
from dashboard.briefing.queries import PROVINCE, Query
from dashboard.briefing.sentences import Part, Sentence, join, say
from dashboard.briefing.texts import write_text
from dashboard.charts.control_chart import verdict_of
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Better, Unit
from pipelines.contracts.ledgers import LEDGERS

Row = dict[str, Any]
LEDGERS_NAMED = 3
_SIGN = {1: "▲", -1: "▼", 0: "–"}


def caption(desk: Desk, query: Query, kind: str) -> list[Sentence]:
    """What a chart of a pair shows: its name, unit and how to read it."""
    how, lang = measure(query.indicator), desk.lang
    if kind == "trend":
        words = {"indicator": how.name(lang), "region": desk.name(query.region), "unit": how.unit_label(lang)}
        frame = desk.trend(query)
        parts = [say("briefing.caption.trend", lang, words=words, bold=True),
                 say("briefing.caption.trend_sub", lang, words=words, grey=True)]  # fmt: skip
        if query.region != PROVINCE:
            parts.append(say("briefing.caption.trend_province", lang, grey=True))
        if frame["provisional"].any():
            parts.append(say("briefing.caption.trend_late", lang, grey=True))
        return [join(parts)]
    by, _ = desk.parts_of(query)
    rows = desk.parts(query)
    words = {"against": text(f"briefing.against.{query.compare}", lang), "unit": _unit_of_change(how, desk)}
    head = join([
        say(f"briefing.caption.parts_{by}", lang, words=words, n=rows.height, bold=True),
        say("briefing.caption.parts_sub", lang, words=words, period=desk.period(query), grey=True),
    ])  # fmt: skip
    return [head, _key(desk, rows.to_dicts(), how)]


def _unit_of_change(how: Measure, desk: Desk) -> str:
    return fmt.change_mark(how, desk.lang).strip()


def _key(desk: Desk, rows: list[Row], how: Measure) -> Sentence:
    """`▼ 好转 11    – 无明显变化 6    ▲ 加重 1`: the colours explained and counted."""
    verdicts = [judgement.judge(r, how).verdict for r in rows if judgement.has_change(r)]
    if how.better is Better.NONE:
        keys = {Verdict.NEUTRAL: "neutral", Verdict.UNCLEAR: "unclear"}
    else:
        up = "_up" if how.better is Better.HIGHER else ""
        down = "_down" if how.better is Better.HIGHER else ""
        keys = {Verdict.LIGHTER: f"lighter{up}", Verdict.UNCLEAR: "unclear", Verdict.HEAVIER: f"heavier{down}"}
    said = [say(f"briefing.caption.{key}", desk.lang, n=verdicts.count(v), verdict=v, bold=v is not Verdict.UNCLEAR)
            for v, key in keys.items()]  # fmt: skip
    return join(said, text("briefing.caption.gap", desk.lang))


def footer(desk: Desk, query: Query, kind: str) -> list[Sentence]:
    """Source, period, coverage, snapshot."""
    row, lang = desk.row(query), desk.lang
    names = [LEDGERS[w].zh if lang == "zh" else LEDGERS[w].en for i in query.indicators for w in ledgers_of(i) if w in LEDGERS]
    names = list(dict.fromkeys(names))
    many = len(names) > LEDGERS_NAMED
    listed = text("briefing.words.and", lang).join(names[:1] if many else names)
    words = {"ledgers": text("briefing.footer.many", lang, name=listed, n=len(names)) if many else listed}
    window = desk.window(query) if kind in ("trend", "pair", "control", "shares") else (query.first, query.last)
    values: dict[str, Any] = {"period": fmt.period(*window, lang), "snapshot": desk.snapshot.id}
    rate = row["response_rate"]
    if not rate:
        return [say("briefing.footer.plain", lang, words=words, **values)]
    n = row["n_points"] or 0
    return [say("briefing.footer.line", lang, words=words, **values, rate=f"{fmt.number(100 * rate, 0)}%", n=f"{n:,}",
                owed=f"{round(n / rate):,}")]  # fmt: skip


def panel(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """Beside a control chart: what kind of variation, whether the target is met, where to look next."""
    chart, how, lang = desk.chart(query), measure(query.indicator), desk.lang
    known = [r for r in chart.frame.iter_rows(named=True) if absence.is_drawn(r)]
    side = known[-1]["side"] if known else 0
    verdict = verdict_of(side, how)
    variation = text(f"pages.control.variation.{chart.variation.value}", lang)
    lines = [_plain(text("briefing.panel.variation", lang), grey=True),
             _plain(f"{_SIGN[side]} {variation}", bold=True, verdict=verdict, size=16)]  # fmt: skip
    has_limits = bool(known) and chart.variation is not Variation.FEW_MONTHS and known[-1]["centre"] is not None
    if has_limits:
        newest = known[-1]
        values: dict[str, Any] = {k: fmt.level(newest[c], how) for k, c in
                  (("value", "estimate"), ("centre", "centre"), ("low", "lower"), ("high", "upper"))}  # fmt: skip
        lines.append(say("briefing.panel.latest", lang, month=fmt.month(months.parse(newest["group"]), lang), **values))
    if chart.since:
        lines.append(say("briefing.panel.since", lang, month=fmt.month(months.parse(chart.since), lang), grey=True))
    lines += [_plain(""), _plain(text("briefing.panel.assurance", lang), grey=True)]
    if chart.assurance and chart.target is not None and has_limits:
        lines.append(_plain(text(f"pages.control.assurance.{chart.assurance.value}", lang), bold=True, size=16))
        lines.append(say("briefing.panel.target", lang, target=fmt.level(chart.target, how),
                         low=fmt.level(known[-1]["lower"], how), high=fmt.level(known[-1]["upper"], how)))  # fmt: skip
    else:
        lines.append(_plain(text("briefing.panel.no_target", lang)))
    return [*lines, _plain(""), _plain(text("briefing.panel.drill", lang), bold=True), *_drill(desk, query, how)]


def _drill(desk: Desk, query: Query, how: Measure) -> list[Sentence]:
    """The groups of issuers and the regions that changed most clearly towards more burden, else towards less."""
    lang = desk.lang
    moved: list[tuple[str, Row]] = []
    if INDICATORS[query.indicator].ledger in ("meetings", "documents", "inspections"):
        codes = codes_of(query.about("bars"))
        frame = desk.ask(query.request(by="level", compare=True))
        moved += [(codes.label(r["group"], lang), r) for r in frame.iter_rows(named=True)]
    moved += [(desk.name(r["group"]), r) for r in desk.parts(query).iter_rows(named=True)]
    clear = [(name, r) for name, r in moved if judgement.judge(r, how).clear]
    heavier = [(name, r) for name, r in clear if judgement.judge(r, how).verdict is Verdict.HEAVIER]
    chosen = sorted(heavier or clear, key=lambda pair: -min(abs(pair[1]["change_low"]), abs(pair[1]["change_high"])))[:3]
    return [
        say("briefing.panel.group", lang, words={"name": name}, change=judgement.signed_change(r, how),
            interval=judgement.interval_of_change(r, how, lang, mark=False)) for name, r in chosen
    ] or [_plain(text("briefing.panel.nothing", lang))]  # fmt: skip


def parts(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """Beside stacked shares: each part's share, and the change of its count, which shares hide."""
    lang, how, share = desk.lang, measure(query.indicator), measure(query.indicator, share=True)
    codes = codes_of(query)
    shares = {r["group"]: r for r in desk.ask(query.request(by=query.by, compare=True, share=True)).iter_rows(named=True)}
    counts = {r["group"]: r for r in desk.ask(query.request(by=query.by, compare=True)).iter_rows(named=True)}
    lines = []
    shades = dict(zip(codes.codes, shades_of(query), strict=False))
    for code in reversed(codes.codes):
        row, count = shares.get(code), counts.get(code)
        words = {"name": codes.label(code, lang)}
        if row is None or not absence.is_drawn(row):
            lines.append(_plain(f"■ {words['name']} {absence.pill(row, lang) if row else ''}", bold=True))
            continue
        swatch = Sentence((Part("■ ", shade=shades[code]),))
        level = fmt.level(row["estimate"], share)
        lines.append(join([swatch, say("briefing.parts.line", lang, words=words, share=level, bold=True)]))
        if count is not None and judgement.has_change(count):
            verdict = judgement.judge(count, how).verdict
            lines.append(say(
                "briefing.parts.change", lang, change=judgement.signed_change(count, how), verdict=verdict,
                interval=judgement.interval_of_change(count, how, lang, mark=False),
            ))  # fmt: skip
        else:
            lines.append(_plain(text("briefing.parts.change_none", lang), grey=True))
    return lines


def groups(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """Beside bars: the change of each group."""
    lang, how, codes = desk.lang, measure(query.indicator), codes_of(query)
    lines = []
    for row in desk.ask(query.request(by=query.by, compare=True)).iter_rows(named=True):
        name = codes.label(row["group"], lang)
        if judgement.has_change(row):
            verdict = judgement.judge(row, how).verdict
            lines.append(say("briefing.panel.group", lang, words={"name": name}, change=judgement.signed_change(row, how),
                             interval=judgement.interval_of_change(row, how, lang, mark=False), verdict=verdict))  # fmt: skip
    return lines


def findings(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """A line an indicator: level, change, interval, with the sign of its direction."""
    return [_finding(desk, query, i) for i in query.indicators]


def _finding(desk: Desk, query: Query, indicator: str) -> Sentence:
    row, how, lang = desk.row(query, indicator), measure(indicator), desk.lang
    words = {"indicator": how.name(lang), "against": text(f"briefing.against.{query.compare}", lang)}
    if not absence.is_drawn(row):
        return say("briefing.finding.absent", lang, words={**words, "reason": absence.reason(row, lang)})
    judged = judgement.judge(row, how)
    unit = "" if how.relative or judged.clear else fmt.change_mark(how, lang)
    interval = judgement.interval_of_change(row, how, lang) + unit if judgement.has_change(row) else (
        judgement.interval_of_level(row, how, lang))  # fmt: skip
    size = judgement.change_size(row, how, lang) if judged.clear else ""
    line = say(f"briefing.finding.{judged.direction.value}", lang, words=words, size=size, interval=interval,
               value=fmt.level_with_unit(row["estimate"], how, lang))  # fmt: skip
    sign = f"{judged.sign or '·'} "
    return join([_plain(sign, bold=True, verdict=judged.verdict), line])


def cover(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """Place and period of a deck."""
    region = desk.names.get(query.region, query.region)
    return [say("briefing.cover.place", desk.lang, words={"region": region}, period=desk.period(query))]


def method(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """How the numbers were made, and the definition of each indicator of the deck."""
    lang = desk.lang
    keys = ("estimate", "interval", "change", "rank", "absence", "provisional")
    lines = [_plain(text(f"briefing.method.{key}", lang)) for key in keys]
    lines.append(say("briefing.method.source", lang, snapshot=desk.snapshot.id))
    return lines


def definitions(desk: Desk, query: Query, _kind: str) -> list[Sentence]:
    """The definition of each indicator of a deck."""
    lang = desk.lang
    heads = {
        i: text("briefing.method.definition", lang, name=measure(i).name(lang), unit=measure(i).unit_label(lang))
        for i in query.indicators
    }
    return [join([_plain(head, bold=True), _plain(INDICATORS[i].definition(lang))]) for i, head in heads.items()]


def _plain(words: str, *, bold: bool = False, grey: bool = False, verdict: Verdict | None = None,
           size: float | None = None) -> Sentence:  # fmt: skip
    return Sentence((Part(words, False, bold, verdict, grey),) if words else (), size)


def notes(desk: Desk, query: Query, kind: str, address: str) -> str:
    """The notes of the speaker: definitions, what the intervals are, caveats, the link to the view."""
    lang, how = desk.lang, measure(query.indicator)
    shown = query.indicators if kind in ("changes", "cover") else query.indicators[:1]
    lines = [
        text("briefing.notes.definition", lang, name=measure(i).name(lang), definition=INDICATORS[i].definition(lang),
             unit=measure(i).unit_label(lang)) for i in shown
    ]  # fmt: skip
    lines.append(text("briefing.notes.period", lang, period=desk.period(query), snapshot=desk.snapshot.id))
    lines.append(text("briefing.notes.interval", lang))
    if kind == "control":
        lines.append(text("briefing.notes.control", lang))
    row = desk.row(query)
    if row["provisional"]:
        lines.append(text("briefing.notes.provisional", lang))
    if not how.ranked and kind in ("regions", "pair", "map"):
        reason = absence.reason({"status": "withheld", "reason": None}, lang)
        lines.append(text("briefing.notes.withheld", lang, reason=reason))
    if how.unit in (Unit.PER_YEAR, Unit.PEOPLE) or kind == "pyramid" or "staff" in ledgers_of(query.indicator):
        lines.append(text("briefing.notes.suppressed", lang))
    lines.append(text("briefing.notes.link", lang, link=view_link(query, address)))
    return "\n".join(lines)


def view_link(query: Query, address: str) -> str:
    """The address of the page that shows the same view."""
    page = INDICATORS[query.indicator].domain.value
    known = ("meetings", "documents", "inspections", "accompaniment", "staffing", "standing", "plans", "feedback")
    params = {"region": query.region, "from": months.iso(query.first), "to": months.iso(query.last)}
    if query.lang != "zh":
        params["lang"] = query.lang
    return f"{address.rstrip('/')}/{page if page in known else 'overview'}?{urlencode(params)}"


ROLES: dict[str, Callable[[Desk, Query, str], list[Sentence]]] = {
    "title": lambda desk, query, kind: [titles.title(desk, query, kind)],
    "subtitle": lambda desk, query, kind: [titles.subtitle(desk, query, kind)],
    "caption": caption, "footer": footer, "panel": panel, "parts": parts, "groups": groups, "finding": findings,
    "cover": cover, "method": method, "definitions": definitions,
    "text": lambda desk, query, _kind: write_text(desk, query),
}  # fmt: skip


def sentences_of(desk: Desk, query: Query) -> list[Sentence]:
    """The paragraphs of the shape whose tie holds this query (`subtitle.pair`). Raises KeyError for an unknown role."""
    role, _, kind = query.subject.partition(".")
    return ROLES[role](desk, query, kind)
