"""What a refresh changed: figures from old to new, whether the change is clear, and words that no longer hold."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from pipelines.contracts import months


class Judged(StrEnum):
    """Is a change of a figure more than the sample's error? `REVISED`: the same period, other data."""

    CLEAR = "clear"
    UNCLEAR = "unclear"
    REVISED = "revised"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """A figure before and now, as text."""

    slide: int
    chart: str
    label: str
    old: str
    new: str
    judged: Judged


class Kind(StrEnum):
    """What a remark is about."""

    CLAIM = "claim"  # a sentence that the writer edited claims what the data no longer say
    CLAIM_FREE = "claim_free"  # a sentence of the writer's own does
    REWRITTEN = "rewritten"  # a generated sentence that nobody had touched says something else now
    KEPT = "kept"  # a shape could not be refreshed
    CUT = "cut"  # values lie beyond the ends of an axis


@dataclass(frozen=True)
class Remark:
    """Something to look at: `words` fill in the message of its kind."""

    kind: Kind
    slide: int
    words: dict[str, str] = field(default_factory=dict)

    def line(self, lang: Lang) -> str:
        """The remark as a sentence."""
        return text(f"briefing.report.{self.kind.value}", lang, slide=self.slide, **self.words)


@dataclass
class Report:
    """The report of one refresh. `before`, `after`: the last months of the deck."""

    before: int
    after: int
    snapshot: str
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    charts: int = 0
    texts: int = 0

    @property
    def claims(self) -> list[Remark]:
        """Sentences whose claim no longer holds."""
        return [r for r in self.remarks if r.kind in (Kind.CLAIM, Kind.CLAIM_FREE, Kind.REWRITTEN)]

    def lines(self, lang: Lang, deck: str) -> Iterator[str]:
        """The report as sentences."""
        before, after = (fmt.month(m, lang) for m in (self.before, self.after))
        yield text("briefing.report.head", lang, deck=deck, before=before, after=after, snapshot=self.snapshot)
        yield text("briefing.report.charts", lang, charts=self.charts, texts=self.texts)
        if not self.changes:
            yield text("briefing.report.none", lang)
        for change in self.changes:
            judged = text(f"briefing.report.{change.judged.value}", lang)
            yield text("briefing.report.changed", lang, **{**asdict(change), "judged": judged})
        for remark in self.remarks:
            yield remark.line(lang)

    def answer(self) -> dict[str, Any]:
        """The report for a script."""
        return {
            "from": months.iso(self.before), "to": months.iso(self.after),
            "snapshot": self.snapshot, "charts": self.charts, "texts": self.texts,
            "changes": [{**asdict(c), "judged": c.judged.value} for c in self.changes],
            "remarks": [{"kind": r.kind.value, "slide": r.slide, **r.words} for r in self.remarks],
        }  # fmt: skip
