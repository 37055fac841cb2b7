"""Titles and subtitles of slides: the finding of the chart in words, as far as the intervals allow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.answers.control import Variation
from dashboard.answers.parse import breakdowns_of
from dashboard.briefing.desk import Desk
from dashboard.briefing.kinds import control
from dashboard.briefing.kinds.bars import codes_of
from dashboard.briefing.queries import Query
from dashboard.briefing.sentences import Part, Sentence, join, say
from dashboard.i18n import absence, judgement, signals, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure, measure, name_within
from pipelines.contracts import months
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.indicators import INDICATORS

Row = Mapping[str, Any]
NAMED = {"zh": 3, "en": 2}


def title(desk: Desk, query: Query, kind: str) -> Sentence:
    """The finding of a slide whose main chart is of that kind."""
    return _TITLES[kind](desk, query)


def subtitle(desk: Desk, query: Query, kind: str) -> Sentence:
    """The intervals behind the finding, the unit, and how to read the chart."""
    said = _SUBTITLES[kind](desk, query)
    return Sentence(tuple(replace(part, grey=True) for part in said.parts))


def words_of(desk: Desk, query: Query, **more: str) -> dict[str, str]:
    """Words that most messages take."""
    lang = desk.lang
    return {
        "region": desk.name(query.region), "indicator": measure(query.indicator).name(lang),
        "against": text(f"briefing.against.{query.compare}", lang), **more,
    }  # fmt: skip


def change_of(desk: Desk, query: Query) -> Sentence:
    """`全省会议数同比下降 12%`."""
    row, how, lang = desk.row(query), measure(query.indicator), desk.lang
    words = words_of(desk, query)
    if not absence.is_drawn(row):
        return say("briefing.title.absent", lang, words={**words, "pill": absence.pill(row, lang)})
    judged = judgement.judge(row, how)
    key = f"briefing.title.{judged.direction.value}"
    size = judgement.change_size(row, how, lang) if judged.clear else ""
    return say(key, lang, words=words, size=size, value=fmt.level_with_unit(row["estimate"], how, lang))


def _regions(desk: Desk, query: Query) -> Sentence:
    comma = text("briefing.words.comma", desk.lang)
    return join([change_of(desk, query), say_parts(desk, query)], comma)


def say_parts(desk: Desk, query: Query) -> Sentence:
    """`周口市上升 9%`, `周口市、漯河市加重`, or how many of the regions got better."""
    lang, how = desk.lang, measure(query.indicator)
    rows = [r for r in desk.parts(query).iter_rows(named=True) if judgement.has_change(r)]
    judged = [(r, judgement.judge(r, how)) for r in rows]
    heavier = sorted((r for r, j in judged if j.verdict is Verdict.HEAVIER), key=lambda r: -abs(r["change"]))
    if len(heavier) == 1:
        row = heavier[0]
        key = f"briefing.title.heavier_{judgement.judge(row, how).direction.value}"
        return say(key, lang, words={"name": desk.name(row["group"])}, size=judgement.change_size(row, how, lang))
    if heavier:
        names = listed(desk, [desk.name(r["group"]) for r in heavier])
        more = len(heavier) > NAMED[lang]
        return say(f"briefing.title.heavier_{'more' if more else 'many'}", lang, words={"names": names}, n=len(heavier))
    lighter = sum(j.verdict is Verdict.LIGHTER for _, j in judged)
    moved = sum(j.clear for _, j in judged)
    if lighter:
        return say("briefing.title.parts", lang, n=len(judged), lighter=lighter)
    return say(f"briefing.title.parts_{'moved' if moved else 'unclear'}", lang, n=len(judged), moved=moved)


def listed(desk: Desk, names: Sequence[str]) -> str:
    """As many names as a title carries."""
    return text("briefing.words.and", desk.lang).join(names[: NAMED[desk.lang]])


def _changes(desk: Desk, query: Query) -> Sentence:
    lang = desk.lang
    sides: dict[Verdict, list[str]] = {Verdict.LIGHTER: [], Verdict.HEAVIER: []}
    for indicator in query.indicators:
        verdict = judgement.judge(desk.row(query, indicator), measure(indicator)).verdict
        if verdict in sides:
            sides[verdict].append(measure(indicator).name(lang))
    said = [_side(desk, f"changes_{v.value}", names, within=bool(i)) for i, (v, names) in enumerate(sides.items()) if names]
    body = join(said, text("briefing.words.semicolon", lang)) if said else say("briefing.title.changes_unclear", lang)
    return join([say("briefing.title.region_prefix", lang, words={"region": _place(desk, query)}), body])


def _place(desk: Desk, query: Query) -> str:
    name = desk.name(query.region)
    return name[:1].upper() + name[1:]


def _side(desk: Desk, key: str, names: Sequence[str], *, within: bool = False) -> Sentence:
    shown = [name_within(n) if within or i else n for i, n in enumerate(names)]
    more = "_more" if len(names) > NAMED[desk.lang] else ""
    return say(f"briefing.title.{key}{more}", desk.lang, words={"names": listed(desk, shown)}, n=len(names))


def _groups(desk: Desk, query: Query) -> Sentence:
    return _say_groups(desk, query, measure(query.indicator), "group", "groups_unclear", share=False)


def _shares(desk: Desk, query: Query) -> Sentence:
    return _say_groups(desk, query, measure(query.indicator, share=True), "share", "share_unclear", share=True)


def _say_groups(desk: Desk, query: Query, how: Measure, key: str, unclear: str, *, share: bool) -> Sentence:
    lang, codes = desk.lang, codes_of(query)
    frame = desk.ask(query.request(by=query.by, compare=True, share=share))
    sides: dict[Direction, list[str]] = {Direction.ROSE: [], Direction.FELL: []}
    for row in frame.iter_rows(named=True):
        direction = judgement.judge(row, how).direction
        if direction in sides:
            sides[direction].append(name_within(codes.label(row["group"], lang)))
    said = [
        say(f"briefing.title.{key}_{d.value}", lang, words={"names": listed(desk, names) + (
            text("briefing.words.list_tail", lang) if len(names) > NAMED[lang] else "")})
        for d, names in sides.items() if names
    ]  # fmt: skip
    body = join(said, text("briefing.words.semicolon", lang)) if said else say(f"briefing.title.{unclear}", lang)
    words = words_of(desk, query, column=column_name(query, desk), said="")
    return join([say("briefing.title.groups", lang, words=words), body])


def column_name(query: Query, desk: Desk) -> str:
    """The breakdown's name."""
    column = query.by or "level"
    known = POINT_TYPE if column == POINT_TYPE.column else breakdowns_of(INDICATORS[query.indicator])[column]
    return name_within(known.zh if desk.lang == "zh" else known.en)


def _pyramid(desk: Desk, query: Query) -> Sentence:
    rows = {i: desk.row(query, i) for i in ("under35_share", "over50_share")}
    words = {"region": desk.name(query.region)}
    if not all(absence.is_drawn(r) for r in rows.values()):
        return say("briefing.title.pyramid_absent", desk.lang, words=words)
    young, old = (fmt.level(r["estimate"], measure(i)) for i, r in rows.items())
    return say("briefing.title.pyramid", desk.lang, words=words, young=young, old=old)


def _control(desk: Desk, query: Query) -> Sentence:
    lang, chart = desk.lang, desk.chart(query)
    known = [r for r in chart.frame.iter_rows(named=True) if absence.is_drawn(r)]
    words = words_of(desk, query)
    if not known or chart.variation is Variation.FEW_MONTHS:
        return say("briefing.title.control_few", lang, words=words)
    newest = known[-1]
    month = fmt.month(months.parse(newest["group"]), lang)
    if newest["side"]:
        side = "up" if newest["side"] > 0 else "down"
        what = say(f"pages.control.what.{newest['signal']}_{side}", lang, month=month, n=signals.streak(known))
        before, after = (say("briefing.title.control_signal", lang, words={**words, "what": "\x01"}).text.split("\x01"))
        return join([Sentence((Part(before),)), what, Sentence((Part(after),))])
    past = sum(1 for r in known if r["side"])
    return say(f"briefing.title.control_{'earlier' if past else 'common'}", lang, words=words, month=month, n=past)


def _sub_trend(desk: Desk, query: Query) -> Sentence:
    row, how, lang = desk.row(query), measure(query.indicator), desk.lang
    if not absence.is_drawn(row):
        return say("briefing.subtitle.absent", lang, words={"reason": absence.reason(row, lang)}, period=desk.period(query))
    interval = judgement.interval_of_level(row, how, lang)
    value = fmt.level_with_unit(row["estimate"], how, lang)
    key = "level" if interval else "level_plain"
    level = say(f"briefing.subtitle.{key}", lang, value=value, interval=interval, period=desk.period(query))
    if not judgement.has_change(row):
        return level
    return join([level, _sub_change(desk, query)], text("briefing.words.semicolon", lang))


def _sub_change(desk: Desk, query: Query) -> Sentence:
    row, how = desk.row(query), measure(query.indicator)
    interval = judgement.interval_of_change(row, how, desk.lang)
    unit = "" if how.relative else fmt.change_mark(how, desk.lang)
    key = "briefing.subtitle.named"
    return say(key, desk.lang, words={"name": text(f"briefing.against.{query.compare}", desk.lang)}, interval=interval + unit)


def _sub_regions(desk: Desk, query: Query) -> Sentence:
    row, how, lang = desk.row(query), measure(query.indicator), desk.lang
    rows = [r for r in desk.parts(query).iter_rows(named=True) if judgement.has_change(r)]
    if not rows:
        return _sub_trend(desk, query)
    judged = [(r, judgement.judge(r, how)) for r in rows]
    counts = {d: sum(j.direction is d for _, j in judged) for d in Direction}
    said = []
    if judgement.has_change(row):
        interval = judgement.interval_of_change(row, how, lang) + ("" if how.relative else fmt.change_mark(how, lang))
        said.append(say("briefing.subtitle.change", lang, words={"region": desk.name(query.region)}, interval=interval))
    heavier = [r for r, j in judged if j.verdict is Verdict.HEAVIER]
    if len(heavier) == 1:
        interval = judgement.interval_of_change(heavier[0], how, lang)
        said.append(say("briefing.subtitle.named", lang, words={"name": desk.name(heavier[0]["group"])}, interval=interval))
    parts = [join(said, text("briefing.words.comma", lang))] if said else []
    parts.append(say(
        "briefing.subtitle.parts", lang, n=len(judged), fell=counts[Direction.FELL], rose=counts[Direction.ROSE],
        unclear=counts[Direction.NO_CLEAR_CHANGE],
    ))  # fmt: skip
    if not how.ranked:
        reason = absence.reason({"status": "withheld", "reason": rows[0]["reason"]}, lang)
        parts.append(say("briefing.subtitle.withheld", lang, words={"reason": reason}))
    return join(parts, text("briefing.words.semicolon", lang))


def _sub_plain(kind: str) -> Callable[[Desk, Query], Sentence]:
    def write(desk: Desk, query: Query) -> Sentence:
        how, lang = measure(query.indicator), desk.lang
        words = words_of(desk, query, unit=how.unit_label(lang), against=text(f"briefing.against_long.{query.compare}", lang))
        words["region"] = _place(desk, query) if kind in ("bars", "shares") else words["region"]
        words |= {"column": column_name(query, desk)} if kind in ("bars", "shares") else {}
        words["indicator"] = how.name_within(lang)
        if kind == "control":
            axis = "zero" if control.starts_at_zero(desk, query) else "cut"
            words["axis"] = text(f"briefing.subtitle.axis_{axis}", lang)
        first, last = (fmt.month(m, lang) for m in desk.window(query))
        points = f"{desk.row(query)['n_points'] or 0:,}"
        return say(f"briefing.subtitle.{kind}", lang, words=words, period=desk.period(query), first=first, last=last, n=points)

    return write


_TITLES: dict[str, Callable[[Desk, Query], Sentence]] = {
    "trend": change_of, "pair": _regions, "regions": _regions, "map": _regions, "changes": _changes, "bars": _groups,
    "shares": _shares, "pyramid": _pyramid, "control": _control,
    "method": lambda desk, _query: say("briefing.title.method", desk.lang),
}  # fmt: skip
_SUBTITLES: dict[str, Callable[[Desk, Query], Sentence]] = {
    "trend": _sub_trend, "pair": _sub_regions, "regions": _sub_regions,
    **{kind: _sub_plain(kind) for kind in ("changes", "bars", "shares", "pyramid", "control", "map")},
}  # fmt: skip
KINDS = tuple(k for k in _TITLES if k != "method")
