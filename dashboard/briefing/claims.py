"""Sentences of a writer's own beside our charts: do they claim a direction that the estimates do not show?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.briefing.desk import Desk
from dashboard.briefing.queries import PROVINCE, Query
from dashboard.i18n import judgement, text
from dashboard.i18n.judgement import Direction
from dashboard.i18n.measures import Measure, measure

_SENTENCE: Final = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
_CLAUSE: Final = re.compile(r"[，,；;：:]")
_WORDS: Final = {
    Direction.FELL: re.compile(r"下降|减少|降低|回落|\b(?:fell|falls|fallen|down|decreas\w*|declin\w*)\b", re.IGNORECASE),
    Direction.ROSE: re.compile(r"上升|增加|增长|回升|反弹|\b(?:rose|rises|risen|up|increas\w*|grew)\b", re.IGNORECASE),
    Direction.NO_CLEAR_CHANGE: re.compile(r"无明显变化|基本持平|no clear change|unchanged", re.IGNORECASE),
}


@dataclass(frozen=True)
class Claim:
    """A sentence that does not hold: what it is about, and what the data say."""

    text: str
    name: str
    now: str


def find_false(words: str, queries: Sequence[Query], desk: Desk) -> Iterator[Claim]:
    """The sentences of a text that name an indicator of the charts beside it and claim a direction it does not have."""
    for sentence in _SENTENCE.split(words):
        subject: tuple[Query, str, Measure] | None = None
        for clause in _CLAUSE.split(sentence):
            subject = _find_subject(clause, queries, desk) or subject
            said = [d for d, pattern in _WORDS.items() if pattern.search(clause)]
            if subject is None or len(said) != 1:
                continue
            query, region, how = subject
            row = desk.row(query, how.indicator, region=region)
            judged = judgement.judge(row, how)
            if judged.direction not in (said[0], Direction.UNKNOWN):
                size = judgement.change_size(row, how, desk.lang) if judged.clear else ""
                now = text(f"briefing.text.{judged.direction.value}", desk.lang) + (f" {size}" if size else "")
                yield Claim(sentence.strip(), f"{desk.name(region)}{'' if desk.lang == 'zh' else ': '}{how.name(desk.lang)}", now)


def _find_subject(clause: str, queries: Sequence[Query], desk: Desk) -> tuple[Query, str, Measure] | None:
    lowered = clause.casefold()
    for query in queries:
        for indicator in query.indicators:
            how = measure(indicator)
            if how.name(desk.lang).casefold() in lowered:
                return query, _find_region(clause, desk) or query.region, how
    return None


def _find_region(clause: str, desk: Desk) -> str | None:
    """The region that a clause names, a city before a county; the longest name wins."""
    named = [(code, n) for code, full in desk.names.items() for n in (full, desk.short(code)) if len(n) > 1 and n in clause]
    named = [(c, n) for c, n in named if c != PROVINCE or n == desk.names.get(PROVINCE)]
    return max(named, key=lambda pair: (len(pair[1]), pair[0].endswith("00")))[0] if named else None
