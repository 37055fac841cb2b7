"""Finding sentences made from estimate rows: signs and spans, which page, slide and command line set as they can.

A sentence names direction only where the interval of the change excludes 0, and a difference from the reference only
where the two intervals do not overlap. No layout here; the wording stands in `findings.toml`, where `**…**` is bold
and `[[…]]` grey.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.i18n import absence
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang, messages, text
from dashboard.i18n.judgement import Direction, Judgement, Verdict
from dashboard.i18n.measures import Measure, name_within

Row = Mapping[str, Any]
_MARKED = re.compile(r"(\*\*.+?\*\*|\[\[.+?\]\])")


class Style(StrEnum):
    """How a span is set: plain, bold (headline words) or grey (intervals)."""

    PLAIN = "plain"
    BOLD = "bold"
    GREY = "grey"


@dataclass(frozen=True)
class Span:
    """A piece of a sentence in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Finding:
    """A sentence with its sign (▼ ▲ – ⇄) and the verdict that gives the sign its colour."""

    sign: str
    verdict: Verdict
    spans: tuple[Span, ...]

    @property
    def plain(self) -> str:
        """The sentence without styles."""
        return "".join(s.text for s in self.spans)


@dataclass(frozen=True)
class Subject:
    """What a row is about: its measure, and the words for indicator and region where they are said."""

    row: Row
    measure: Measure
    region: str = ""
    label: str = ""

    def name(self, lang: Lang) -> str:
        """The indicator's name, or the label that stands for it (便函占比, 工作群通知)."""
        return self.label or self.measure.name(lang)

    def name_within(self, lang: Lang) -> str:
        """The name as it stands inside a sentence."""
        return name_within(self.name(lang))

    @property
    def judged(self) -> Judgement:
        """The judgement of the change."""
        return judging.judge(self.row, self.measure)


def change(subjects: Sequence[Subject], lang: Lang, *, against: str = "") -> Finding | None:
    """`会议数下降 13%（区间 −16% 至 −10%），文件数下降 17%（…）。` None where no subject has a change."""
    known = [s for s in subjects if s.judged.direction is not Direction.UNKNOWN]
    if not known:
        return None
    clauses = [_change_clause(s, lang, first=i == 0, against=against) for i, s in enumerate(known)]
    return _say(clauses, known[0].judged, lang)


def level(subject: Subject, lang: Lang, *, reference: Subject | None = None) -> Finding | None:
    """`南阳市陪会率 22.1%（95% 区间 …），比全省高 3.5 个百分点。` None where there is no number."""
    row, measure = subject.row, subject.measure
    if not absence.is_drawn(row):
        return None
    clause = _phrase(
        _in_region("findings.level", subject), lang, region=subject.region, indicator=subject.name(lang),
        value=fmt.level_with_unit(row["estimate"], measure, lang),
        interval=judging.interval_of_level(row, measure, lang) or text("findings.no_interval", lang),
    )  # fmt: skip
    clauses = [clause]
    if reference is not None and absence.is_drawn(reference.row):
        clauses.append(_against_reference(subject, reference, lang))
    return _say(clauses, Judgement(Direction.UNKNOWN, Verdict.NEUTRAL), lang)


def displacement(fell: Subject, rose: Subject, lang: Lang) -> Finding | None:
    """`⇄ 可能转移：A下降 …，同时B上升 …。` Only where both intervals say so, else None."""
    if fell.judged.direction is not Direction.FELL or rose.judged.direction is not Direction.ROSE:
        return None
    values = {
        "region": fell.region, "fell": fell.name_within(lang), "rose": rose.name_within(lang),
        "fell_size": judging.change_size(fell.row, fell.measure, lang),
        "rose_size": judging.change_size(rose.row, rose.measure, lang),
        "fell_interval": judging.interval_of_change(fell.row, fell.measure, lang),
        "rose_interval": judging.interval_of_change(rose.row, rose.measure, lang),
    }  # fmt: skip
    return Finding("⇄", Verdict.HEAVIER, _ended(_phrase(_in_region("findings.displacement", fell), lang, **values), lang))


def relief(counts: Sequence[Subject], felt: Subject, lang: Lang, *, against: str = "") -> Finding | None:
    """The felt relief beside the counts; says that it did not follow only where all counts fell clearly and it did
    not rise clearly. None where the felt relief has no change.
    """
    if felt.judged.direction is Direction.UNKNOWN or not absence.is_drawn(felt.row):
        return None
    key = f"findings.felt.{felt.judged.direction.value}"
    clause = _phrase(
        key, lang, value=fmt.level(felt.row["estimate"], felt.measure), against=against or text("findings.year", lang),
        interval=judging.interval_of_level(felt.row, felt.measure, lang),
        size=judging.change_size(felt.row, felt.measure, lang), change=_change_interval(felt, lang),
    )  # fmt: skip
    fell = bool(counts) and all(c.judged.direction is Direction.FELL for c in counts)
    if fell and felt.judged.direction is not Direction.ROSE:
        clause = (*clause, *_phrase("findings.not_followed", lang))
    return _say([clause], felt.judged, lang)


def regions(
    rows: Sequence[Row], measure: Measure, names: Mapping[str, str], lang: Lang, *, within: str = ""
) -> Finding | None:
    """How many regions moved clearly, and which moved towards more burden: `18 个地区中 12 个下降明确…`.

    `within`: the region that they are parts of, where the page does not say so. None where no row has a change.
    """
    judged = [(r, judging.judge(r, measure)) for r in rows]
    known = [(r, j) for r, j in judged if j.direction is not Direction.UNKNOWN]
    if not known:
        return None
    sides = {d: [r for r, j in known if j.direction is d] for d in (Direction.FELL, Direction.ROSE)}
    moved = "_".join(d.value for d in sides if sides[d]) or "none"
    name = text("findings.within", lang, region=within, indicator=measure.name(lang)) if within else measure.name(lang)
    unclear = len(known) - sum(map(len, sides.values()))
    clauses = [_phrase(
        f"findings.regions.{moved}" if unclear else f"findings.regions_all.{moved}", lang, indicator=name, n=len(known),
        fell=len(sides[Direction.FELL]), rose=len(sides[Direction.ROSE]), unclear=unclear,
    )]  # fmt: skip
    heavier = sorted((r for r, j in known if j.verdict is Verdict.HEAVIER), key=lambda r: r["group"])
    if heavier:
        named = [
            text("findings.named", lang, region=names.get(r["group"], r["group"]),
                 change=judging.signed_change(r, measure), interval=judging.interval_of_change(r, measure, lang))
            for r in heavier
        ]  # fmt: skip
        clauses.append(_phrase("findings.heavier", lang, regions=text("findings.and", lang).join(named)))
    worst = next((j for _, j in known if j.verdict is Verdict.HEAVIER), None)
    return _say(clauses, worst or _main(judged, sides), lang)


def _main(judged: Sequence[tuple[Row, Judgement]], sides: Mapping[Direction, Sequence[Row]]) -> Judgement:
    """The judgement of the larger side; unclear where neither side has a region."""
    side = max(sides, key=lambda d: len(sides[d]))
    return next((j for _, j in judged if j.direction is side), Judgement(Direction.NO_CLEAR_CHANGE, Verdict.UNCLEAR))


def _change_clause(subject: Subject, lang: Lang, *, first: bool, against: str) -> tuple[Span, ...]:
    row, measure, judged = subject.row, subject.measure, subject.judged
    interval = _change_interval(subject, lang)
    if first:
        interval = text("findings.interval", lang, interval=interval)
    key = _in_region(f"findings.change.{judged.direction.value}", subject)
    return _phrase(
        key, lang, region=subject.region, indicator=subject.name(lang) if first else subject.name_within(lang),
        interval=interval,
        size=judging.change_size(row, measure, lang), against=against or text("findings.year", lang),
    )  # fmt: skip


def _change_interval(subject: Subject, lang: Lang) -> str:
    interval = judging.interval_of_change(subject.row, subject.measure, lang)
    needs_unit = not subject.judged.clear and not subject.measure.relative
    return interval + (fmt.change_mark(subject.measure, lang) if needs_unit else "")


def _against_reference(subject: Subject, reference: Subject, lang: Lang) -> tuple[Span, ...]:
    mine, other, measure = subject.row, reference.row, subject.measure
    region = reference.region or text("findings.province", lang)
    if not differs(mine, other):
        shown = fmt.level_with_unit(other["estimate"], measure, lang)
        return _phrase("findings.reference.like", lang, reference=region, value=shown)
    gap = mine["estimate"] - other["estimate"]
    size = fmt.number(abs(gap) * measure.scale, fmt.enough_decimals([gap * measure.scale], 1))
    unit = " " + (text("words.points", lang) if measure.is_share else measure.unit_label(lang))
    return _phrase(f"findings.reference.{'above' if gap > 0 else 'below'}", lang, reference=region, size=size + unit)


def state(key: str, lang: Lang, **values: object) -> Finding:
    """A sentence of counts, which have no direction and no verdict; the message ends itself."""
    return Finding("", Verdict.NEUTRAL, _phrase(key, lang, **values))


def differs(row: Row, reference: Row) -> bool:
    """Do the intervals of two levels not overlap? A cautious reading of "differs clearly", since both vary.

    An interval without width (no event among the respondents) says nothing of the error and never differs.
    """
    ends = (row["ci_low"], row["ci_high"], reference["ci_low"], reference["ci_high"])
    if any(e is None for e in ends):
        return False
    if row["ci_low"] == row["ci_high"]:
        return False
    return bool(row["ci_low"] > reference["ci_high"] or row["ci_high"] < reference["ci_low"])


def _in_region(key: str, subject: Subject) -> str:
    return f"{key}_in" if subject.region else key


def _phrase(key: str, lang: Lang, **values: object) -> tuple[Span, ...]:
    """A message as spans; the marks stand in the catalogue, so that values can hold any character."""
    spans = []
    for piece in _MARKED.split(messages(lang)[key]):
        style = Style.BOLD if piece.startswith("**") else Style.GREY if piece.startswith("[[") else Style.PLAIN
        if piece:
            bare = piece[2:-2] if style is not Style.PLAIN else piece
            spans.append(Span(bare.format(**values), style))
    return tuple(spans)


def _say(clauses: Sequence[tuple[Span, ...]], judged: Judgement, lang: Lang) -> Finding:
    comma = Span(text("findings.comma", lang))
    spans = [span for i, clause in enumerate(clauses) for span in ((comma, *clause) if i else clause)]
    return Finding(judged.sign, judged.verdict, _ended(spans, lang))


def _ended(spans: Sequence[Span], lang: Lang) -> tuple[Span, ...]:
    return (*spans, Span(text("findings.stop", lang)))
