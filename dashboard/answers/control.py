"""Control charts of an answer by month: limits and signals beside the estimates, what kind of variation they show, and
whether a target would be met (DATA.md §5.9). The arithmetic is `dashboard.estimates.control`."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import polars as pl

from dashboard.answers.answer import answer
from dashboard.answers.periods import default_period
from dashboard.answers.request import Request
from dashboard.estimates.control import Control, Signal, draw_limits
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Better, Indicator

CONTROL_MONTHS = 36
CONTROL_COLUMNS: dict[str, pl.DataType] = {
    "centre": pl.Float64(), "lower": pl.Float64(), "upper": pl.Float64(), "signal": pl.String(),
}  # fmt: skip


class Variation(StrEnum):
    """What the newest month says, after NHS Making Data Count."""

    COMMON = "common"
    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"  # a signal of an indicator of which neither direction is better
    FEW_MONTHS = "few_months"


class Assurance(StrEnum):
    """Will the target be met if nothing changes?"""

    PASSES = "passes"
    FAILS = "fails"
    CHANCE = "chance"


@dataclass(frozen=True)
class ControlChart:
    """An answer by month with CONTROL_COLUMNS and `side` (+1 a signal upwards, −1 downwards, 0 none).

    `since`: the first month (`2026-03`) of the signal that the newest month belongs to. `target` in the indicator's unit.
    """

    frame: pl.DataFrame
    variation: Variation
    since: str | None
    assurance: Assurance | None
    target: float | None


def respond(snapshot: Snapshot, request: Request) -> pl.DataFrame:
    """The answer; with `control`, the columns of CONTROL_COLUMNS too. Raises RequestError."""
    return chart_control(snapshot, request).frame.drop("side") if request.control else answer(snapshot, request)


def chart_control(snapshot: Snapshot, request: Request) -> ControlChart:
    """The control chart of a request by month; without a period, of the last 36 months that are not provisional.

    Only months whose estimate may be shown enter: an absent or suppressed month is a gap.
    """
    indicator = INDICATORS[request.indicator]
    if (request.first is None or request.last is None) and snapshot.months is not None:
        last = default_period(snapshot, indicator, request.region)[1] if indicator.universe else snapshot.months[1]
        first = max(snapshot.months[0], months.shift(last, 1 - CONTROL_MONTHS))
        request = request.over(first, last)
    frame = answer(snapshot, replace(request, control=False))
    shown = frame["estimate"].is_not_null() & (frame["status"] != "suppressed")
    values = frame.select(pl.when(shown).then("estimate"))["estimate"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    control = draw_limits(values[None, :], _find_rebases(snapshot, indicator, frame["group"].to_list()))
    return _judge(frame, control, indicator, snapshot.policy.targets.get(indicator.id))


def _find_rebases(snapshot: Snapshot, indicator: Indicator, labels: list[str]) -> list[int]:
    """Positions of the months from which a person had the limits start anew."""
    dates = {months.iso(months.of_date(r.month)) for r in snapshot.policy.rebases if r.indicator == indicator.id}
    return [i for i, label in enumerate(labels) if label in dates]


def add_control(frame: pl.DataFrame, control: Control) -> pl.DataFrame:
    """An answer by month with CONTROL_COLUMNS and `side`, of the first series of `control`."""
    signals = [None if code == Signal.NONE else Signal(code).name.lower() for code in control.signal[0]]
    columns = {name: getattr(control, name)[0] for name in ("centre", "lower", "upper")}
    return frame.with_columns(
        *(pl.Series(name, values).fill_nan(None) for name, values in columns.items()),
        pl.Series("signal", signals, dtype=pl.String), pl.Series("side", control.side[0]),
    )  # fmt: skip


def _judge(frame: pl.DataFrame, control: Control, indicator: Indicator, target: float | None) -> ControlChart:
    charted = add_control(frame, control)
    known = np.flatnonzero(frame["estimate"].is_not_null().to_numpy())
    if not len(known) or np.isnan(control.centre[0, known[-1]]):
        return ControlChart(charted, Variation.FEW_MONTHS, None, None, target)
    newest = int(known[-1])
    ends = control.lower[0, newest], control.upper[0, newest]
    return ControlChart(
        charted, _name_variation(indicator, int(control.side[0, newest])), _find_since(frame, control, newest),
        None if target is None else _name_assurance(indicator, target, ends), target,
    )


def _name_variation(indicator: Indicator, side: int) -> Variation:
    if side == 0:
        return Variation.COMMON
    if indicator.better is Better.NONE:
        return Variation.NEITHER
    return Variation.BETTER if (side > 0) == (indicator.better is Better.HIGHER) else Variation.WORSE


def _find_since(frame: pl.DataFrame, control: Control, newest: int) -> str | None:
    """The first of the months in a row, up to the newest, that signal to the same side."""
    side = control.side[0]
    if side[newest] == 0:
        return None
    first = newest
    while first > 0 and side[first - 1] == side[newest]:
        first -= 1
    return str(frame["group"][first])


def _name_assurance(indicator: Indicator, target: float, ends: tuple[float, float]) -> Assurance | None:
    """Does the whole range of what the process does lie on the good side of the target?"""
    if indicator.better is Better.NONE:
        return None
    low, high = ends if indicator.better is Better.HIGHER else (-ends[1], -ends[0])
    goal = target if indicator.better is Better.HIGHER else -target
    return Assurance.PASSES if low >= goal else Assurance.FAILS if high < goal else Assurance.CHANCE

