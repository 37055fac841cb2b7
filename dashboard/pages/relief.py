"""Counted relief beside felt relief: in which regions counts fell and the feeling did not rise, and the other way round.

What is said of a region rests on the intervals of both changes alone.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.charts.relief_rows import Pair, relief_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement, sentences, text
from dashboard.i18n.judgement import Direction, Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.i18n.regions import without_city
from dashboard.i18n.sentences import Finding
from dashboard.pages.markup import esc
from dashboard.pages.panel import Panel, draw, say_empty
from dashboard.pages.state import Choice
from dashboard.pages.strip import draw_choice
from dashboard.pages.view import View
from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.indicators import INDICATORS

WIDTH = 662
FELT = "felt_relief_share"
_OFFERED = ("burden_hours", "meetings", "documents", "inspections")
COUNTED = Choice(
    "counted", CodeList("counted", tuple(Code(i, INDICATORS[i].zh, INDICATORS[i].en) for i in _OFFERED)), default=_OFFERED[0]
)
# (verdict of the counts, verdict of the feeling) → what both say, and the verdict that colours it
_TOGETHER = {
    (Verdict.LIGHTER, Verdict.LIGHTER): ("both", Verdict.LIGHTER),
    (Verdict.LIGHTER, Verdict.UNCLEAR): ("not_followed", Verdict.NEUTRAL),
    (Verdict.LIGHTER, Verdict.HEAVIER): ("apart", Verdict.HEAVIER),
    (Verdict.UNCLEAR, Verdict.LIGHTER): ("felt_only", Verdict.NEUTRAL),
    (Verdict.HEAVIER, Verdict.LIGHTER): ("felt_only", Verdict.NEUTRAL),
    (Verdict.HEAVIER, Verdict.HEAVIER): ("both_heavier", Verdict.HEAVIER),
    (Verdict.HEAVIER, Verdict.UNCLEAR): ("heavier", Verdict.HEAVIER),
    (Verdict.UNCLEAR, Verdict.HEAVIER): ("felt_fell", Verdict.HEAVIER),
    (Verdict.UNCLEAR, Verdict.UNCLEAR): ("unclear", Verdict.UNCLEAR),
}
_NAMED = 4
Row = Mapping[str, Any]


def find_relief(view: View) -> pl.DataFrame:
    """The parts on both indicators with their changes, in the order of codes."""
    return pl.concat([view.compare_parts(view.setting(COUNTED)), view.compare_parts(FELT)])


def judge_together(counted: Row, felt: Row) -> tuple[str, Verdict]:
    """What the intervals of both changes say of a region: a key of `relief.said`, and the verdict that colours it."""
    judged = [judgement.judge(r, measure(r["indicator"])) for r in (counted, felt)]
    if any(j.direction is Direction.UNKNOWN for j in judged):
        return "unknown", Verdict.UNCLEAR
    return _TOGETHER[judged[0].verdict, judged[1].verdict]


def find_pairs(view: View) -> list[Pair]:
    """The parts in the order of codes with both rows and what they say."""
    counted, felt = ({r["group"]: r for r in view.compare_parts(i).iter_rows(named=True)} for i in (view.setting(COUNTED), FELT))
    pairs = []
    for code in view.part_codes:
        said, verdict = judge_together(counted[code], felt[code])
        pairs.append((without_city(code, view.plain_names, view.lang), counted[code], felt[code], said, verdict))
    return [Pair(name, c, f, text(f"relief.said.{said}", view.lang), verdict) for name, c, f, said, verdict in pairs]


def draw_relief(view: View) -> None:
    """The panel; where there is no comparison, the reason."""
    lang, how = view.lang, measure(view.setting(COUNTED))
    panel = Panel(
        "relief", say_title(view), _say_subtitle(view), find_relief(view), (how.indicator, FELT), by=view.parts,
        switch=draw_choice(view, COUNTED), region=view.region_of_parts,
    )  # fmt: skip
    if view.earlier is None:
        draw(view, panel, say_empty(text("words.pill.not_estimable", lang), text("charts.rows.no_change", lang)))
        return
    figure = relief_rows(
        find_pairs(view), (how, measure(FELT)), header=text(f"pages.compare.{view.parts}", lang), lang=lang, width=WIDTH
    )
    named = "".join(f" {esc(s)}" for s in _name_cases(view))
    under = f'<p class="under wide">{esc(text("relief.reading", lang))}{named}</p>'
    draw(view, panel, figure, under=under, pick="region")


def say_title(view: View) -> str:
    """`18 个地区中 12 个负担工时明确下降，其中 0 个感受明确上升`."""
    lang, how = view.lang, measure(view.setting(COUNTED))
    known, fell, rose = _count(view, how)
    if not known:
        return text("relief.title_none", lang, name=how.name(lang))
    if not fell:
        return text("relief.not_fell", lang, name=how.name(lang))
    return text("relief.title", lang, name=how.name(lang), n=known, fell=fell, rose=rose)


def say_relief(view: View) -> Finding | None:
    """The same as a sentence for the top of the page; None where nothing can be compared or nothing fell."""
    _, fell, _ = _count(view, measure(view.setting(COUNTED)))
    return sentences.state("relief.finding", view.lang, said=say_title(view)) if fell else None


def _count(view: View, how: Measure) -> tuple[int, int, int]:
    """Parts that can be compared, those whose counts fell clearly, and those of them where the feeling rose clearly."""
    if view.earlier is None:
        return 0, 0, 0
    judged = [
        (judgement.judge(p.counted, how).direction, judgement.judge(p.felt, measure(FELT)).direction) for p in find_pairs(view)
    ]
    known = [(c, f) for c, f in judged if Direction.UNKNOWN not in (c, f)]
    fell = [f for c, f in known if c is Direction.FELL]
    return len(known), len(fell), sum(f is Direction.ROSE for f in fell)


def _say_subtitle(view: View) -> str:
    lang = view.lang
    period = fmt.period(view.period.first, view.period.last, lang)
    return text("relief.sub", lang, period=period, against=view.say_compared(f"pages.against.{view.compared_as}"))


def _name_cases(view: View) -> list[str]:
    """The regions where counts and feeling part, by name; where the feeling was only not seen to rise, their number."""
    lang, found = view.lang, find_pairs(view)
    cases = {
        key: [p.name for p in found if p.said == text(f"relief.said.{key}", lang)]
        for key in ("apart", "felt_only", "not_followed")
    }
    said = []
    for key in ("apart", "felt_only"):
        if cases[key]:
            names = text("relief.and", lang).join(cases[key][:_NAMED]) + ("…" if len(cases[key]) > _NAMED else "")
            said.append(text(f"relief.named_{key}", lang, names=names))
    if cases["not_followed"]:
        said.append(text("relief.named_not_followed", lang, n=len(cases["not_followed"])))
    return said
