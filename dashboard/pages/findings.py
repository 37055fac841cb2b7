"""The finding sentences on top of a page as HTML: sign in its colour, headline words bold, intervals grey."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from dashboard.i18n import Lang, sentences, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure, name_within
from dashboard.i18n.sentences import Finding, Span, Style, Subject
from dashboard.pages import source
from dashboard.pages.markup import esc
from dashboard.pages.period import Period
from dashboard.pages.view import View
from pipelines.contracts import months
from pipelines.contracts.codes import CodeList

TAGS = {Style.PLAIN: "{}", Style.BOLD: "<b>{}</b>", Style.GREY: '<span class="iv">{}</span>'}
MOST = 3
GROUPS_NAMED = 2


def draw_findings(view: View, findings: Iterable[Finding | None], levels: tuple[str, ...]) -> str:
    """HTML of the first three findings; where there is no change, the levels of those indicators; else a sentence why."""
    found = [f for f in findings if f is not None][:MOST]
    if not found:
        subjects = (find_subject(view, i) for i in levels[:MOST])
        found = [f for s in subjects if (f := sentences.level(s, view.lang))]
    if not found:
        return f'<ul class="findings"><li><span></span><span>{esc(text("pages.finding.none", view.lang))}</span></li></ul>'
    return f'<ul class="findings">{"".join(_item(f) for f in found)}</ul>'


def join(parts: Iterable[Finding | None], lang: Lang) -> Finding | None:
    """Sentences of one line, under the sign of the first that has one."""
    known = [p for p in parts if p]
    if not known:
        return None
    leading = next((p for p in known if p.sign), known[0])
    between = Span(text("findings.join", lang))
    spans = [span for i, part in enumerate(known) for span in ((between, *part.spans) if i else part.spans)]
    return Finding(leading.sign, leading.verdict, tuple(spans))


def find_subject(view: View, indicator: str, *, region: str | None = None, label: str = "",
                 where: tuple[tuple[str, str], ...] = (), share: bool = False, named: bool | None = None) -> Subject:  # fmt: skip
    """An indicator's row with its change, ready for a sentence; the region is named unless it is the province."""
    code = region or view.state.region
    row = view.ask(indicator, region=code, compare=True, where=where, share=share).row(0, named=True)
    said = not view.is_province if named is None else named
    return Subject(row, measure(indicator, share=share), view.name(code) if said else "", label)


def find_subjects(view: View, *indicators: str) -> list[Subject]:
    """Subjects of one sentence: only the first one names the region."""
    return [find_subject(view, i, named=None if n == 0 else False) for n, i in enumerate(indicators)]


def say_last_month(view: View, *indicators: str) -> Finding | None:
    """The last month of the period against the month before on the same points; None where the view compares just that."""
    last, before = view.period.last, months.shift(view.period.last, -1)
    shown_already = view.state.compare == "previous" and view.period.length == 1
    if view.earlier is None or shown_already or before < view.bounds.months.first:
        return None
    subjects = []
    for indicator in indicators:
        request = replace(view.request(indicator, period=Period(last, last)), compare=(before, before))
        subjects.append(Subject(source.ask(view.snapshot, request).row(0, named=True), measure(indicator)))
    ends = {"last": fmt.short_period(last, last, view.lang), "before": fmt.short_period(before, before, view.lang)}
    said = sentences.change(subjects, view.lang, against=ends["before"])
    if said is None:
        return None
    return replace(said, spans=(Span(text("findings.last_month", view.lang, **ends)), *said.spans))


def find_groups(view: View, indicator: str, breakdowns: Mapping[str, CodeList], *,
                words: Mapping[str, str] | None = None) -> list[Subject]:  # fmt: skip
    """Groups that moved clearly towards more burden (where none did, towards less), the surest first, two a breakdown.

    `breakdowns`: column → code list; `words`: column → key of what a group is called. Groups whose column the reader
    already filters by are not asked for.
    """
    how = measure(indicator)
    found: dict[Verdict, list[Subject]] = {Verdict.HEAVIER: [], Verdict.LIGHTER: []}
    for column, codes in breakdowns.items():
        if any(column == filtered for filtered, _ in view.where(indicator)):
            continue
        sides: dict[Verdict, list[Subject]] = {verdict: [] for verdict in found}
        for row in view.ask(indicator, by=column, compare=True).iter_rows(named=True):
            part, name = name_within(codes.label(row["group"], view.lang)), how.name_within(view.lang)
            label = text((words or {}).get(column, f"pages.finding.{column}"), view.lang, part=part, name=name)
            subject = Subject(row, how, "", label[:1].upper() + label[1:])
            if subject.judged.verdict in sides:
                sides[subject.judged.verdict].append(subject)
        for verdict, subjects in sides.items():
            surest = sorted(subjects, key=lambda s: -min(abs(s.row["change_low"]), abs(s.row["change_high"])))
            found[verdict] += surest[:GROUPS_NAMED]
    return found[Verdict.HEAVIER] or found[Verdict.LIGHTER]


def say_regions(view: View, frame: pl.DataFrame, how: Measure) -> Finding | None:
    """How many of the regions beside each other moved clearly; on the page of a county its city is named."""
    within = view.name(view.city) if view.is_county else ""
    return sentences.regions(frame.to_dicts(), how, view.names, view.lang, within=within)


def say_against(view: View) -> str:
    """The words for the period compared with, for a sentence."""
    return view.say_compared(f"pages.against.{view.compared_as}")


def write_spans(finding: Finding) -> str:
    """HTML of a sentence without its sign."""
    return "".join(TAGS[s.style].format(esc(s.text)) for s in finding.spans)


def _item(finding: Finding) -> str:
    sign = finding.sign or "·"
    return f'<li><span class="sign {finding.verdict.value}">{esc(sign)}</span><span>{write_spans(finding)}</span></li>'
