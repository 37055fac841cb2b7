"""Classes of a map: which colour, hatch, outline and words each region gets, and the legend's boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.charts import layout, palette
from dashboard.i18n import absence
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure
from pipelines.contracts.indicators import Better

Mode = Literal["change", "level"]
_PERCENT = (10.0, 20.0)
_POINTS = (2.0, 5.0)


@dataclass(frozen=True, order=True)
class Look:
    """How a region is filled. `outlined`: clear change towards more burden; `hatched`: not clear, or suppressed."""

    fill: str
    hatched: bool
    outlined: bool


@dataclass(frozen=True)
class Scale:
    """Ascending breaks in the reader's unit and one colour more than breaks."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]

    def colour(self, value: float) -> str:
        """The colour of a value; a value on a break belongs to the class above it."""
        return self.colours[sum(value >= b for b in self.breaks)]


def scale_of(rows: Sequence[Mapping[str, Any]], measure: Measure, mode: Mode) -> Scale:
    """Classes of a change (±10, ±20 %; ±2, ±5 points; else round steps) or of a level (blues)."""
    if mode == "level":
        values = [r["estimate"] * measure.scale for r in rows if absence.is_drawn(r)] or [0.0]
        found = (layout.ticks_from(min(values), max(values), count) for count in (5, 4, 3, 2, 1))
        ticks = next(t for t in found if len(t) <= len(palette.SEQUENTIAL) + 1)
        return Scale(tuple(ticks[1:-1]), palette.SEQUENTIAL[: max(1, len(ticks) - 1)])  # one class where all are equal
    inner, outer = _PERCENT if measure.relative else _POINTS if measure.is_share else _own_steps(rows, measure)
    colours = palette.FALL_TO_RISE if measure.better is Better.NONE else palette.RELIEF_TO_BURDEN
    ordered = colours[::-1] if measure.better is Better.HIGHER else colours
    return Scale((-outer, -inner, 0.0, inner, outer), ordered)


def look(row: Mapping[str, Any], scale: Scale, measure: Measure, mode: Mode) -> Look:
    """How a region's row is filled."""
    if not absence.is_drawn(row) or (mode == "change" and not judging.has_change(row)):
        hidden = judging.hides_change(row) if absence.is_drawn(row) else absence.kind(row) == "suppressed"
        return Look(palette.NO_DATA, hidden, False)
    if mode == "level":
        return Look(scale.colour(row["estimate"] * measure.scale), False, False)
    judged = judging.judge(row, measure)
    return Look(scale.colour(row["change"] * measure.change_scale), not judged.clear, judged.verdict is Verdict.HEAVIER)


def words(row: Mapping[str, Any], measure: Measure, mode: Mode, lang: Lang) -> str:
    """What is printed under the name: `<b>−16%</b>`, `−5%` where not clear, ▲ before a clear rise, or the absence."""
    if not absence.is_drawn(row) or (mode == "change" and not judging.has_change(row)):
        return judging.pill_of_no_change(row, lang) if absence.is_drawn(row) else absence.pill(row, lang)
    if mode == "level":
        return f"<b>{fmt.level(row['estimate'], measure)}</b>"
    judged = judging.judge(row, measure)
    shown = judging.signed_change(row, measure)
    sign = f"{judged.sign} " if judged.verdict is Verdict.HEAVIER else ""
    return f"<b>{sign}{shown}</b>" if judged.clear else shown


def legend_labels(scale: Scale, measure: Measure, mode: Mode) -> list[str]:
    """The breaks as they stand under the boxes."""
    decimals = 0 if all(float(b).is_integer() for b in scale.breaks) else 1
    return [fmt.number(b, decimals, signed=mode == "change") for b in scale.breaks]


def _own_steps(rows: Sequence[Mapping[str, Any]], measure: Measure) -> tuple[float, float]:
    largest = max((abs(r["change"]) * measure.change_scale for r in rows if r["change"] is not None), default=1.0)
    step = layout.ticks_from(0.0, max(largest, 1e-6), 3)[1]
    return step, 2 * step
