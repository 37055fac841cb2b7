"""Control charts of individual values (XmR): which months are a signal and which are noise (DATA.md §5.9).

Limits: mean ± 2.66 × mean moving range (Wheeler and Chambers 1992, Understanding Statistical Process Control, ch. 3), moving
ranges over 3.267 × their mean screened out once (Nelson 1982, J. Quality Technology 14). Rules: NHS England, Making Data
Count. Survey error is no part of them: a month's own confidence interval is shown beside.
A month without a value is a gap: it is not filled in, has no moving range, and breaks runs and trends.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dashboard.estimates.design import Floats

SPREAD = 2.66
SCREEN = 3.267
RUN = 7
LEAST_MONTHS = 12
ROUNDING = 1e-12  # of the largest value: twelve equal months must not lie beside their own mean
Signs = NDArray[np.int8]


class Signal(IntEnum):
    """Why a month stands out; of several that hold the smallest above 0 is told."""

    NONE = 0
    LIMIT = 1
    TREND = 2
    TWO_OF_THREE = 3
    RUN = 4


@dataclass(frozen=True)
class Control:
    """Centre line, limits and signals, all of shape (series, months).

    `centre`, `lower`, `upper` are NaN in a segment of fewer than 12 values. `signal`: codes of `Signal`. `side`: +1 where the
    signal points up (above the limit or the mean, rising), −1 where it points down, 0 without one.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    signal: Signs
    side: Signs


def draw_limits(values: Floats, rebased: Sequence[int] = ()) -> Control:
    """Limits and signals of monthly series; `values`: (series, months), NaN where a month has none.

    `rebased`: positions of the months from which limits start anew; each segment is judged by itself.
    """
    if not values.shape[1]:
        return Control(values, values, values, values.astype(np.int8), values.astype(np.int8))
    bounds = [0, *sorted(set(rebased)), values.shape[1]]
    parts = [_draw_segment(values[:, first:last]) for first, last in itertools.pairwise(bounds) if first < last]
    return Control(*(np.hstack([getattr(part, name) for part in parts]) for name in Control.__dataclass_fields__))


def watch_limits(values: Floats, baseline: int) -> Control:
    """Later months judged by the limits of the first `baseline` months, which stay as they are; shapes as in `draw_limits`.

    The two phases of a control chart (Montgomery 2012, Introduction to Statistical Quality Control, §5.4): what is to be
    judged must not widen the limits that it is judged by. Too few baseline months give neither limits nor signals.
    """
    return _draw_segment(values, values[:, :baseline])


def _draw_segment(values: Floats, baseline: Floats | None = None) -> Control:
    """Limits of the baseline (the values themselves where there is none), signals of the values."""
    base = values if baseline is None else baseline
    known = np.isfinite(values)
    enough = np.isfinite(base).sum(axis=1) >= LEAST_MONTHS
    centre = np.where(enough, _mean(base), np.nan)[:, None] * np.ones(values.shape[1])
    ranges = np.abs(np.diff(base, axis=1))
    with np.errstate(invalid="ignore"):
        screened = np.where(ranges <= SCREEN * _mean(ranges)[:, None], ranges, np.nan)
    half = (SPREAD * _mean(screened))[:, None]
    lower, upper = centre - half, centre + half
    grain = ROUNDING * np.max(np.abs(np.where(known, values, 0)), axis=1, initial=0)[:, None]
    with np.errstate(invalid="ignore"):
        distance = np.abs(values - centre)
        outside = distance > half + grain
        near = (distance > half * 2 / 3 + grain) & ~outside
        side = np.where(distance > grain, np.sign(values - centre), 0)
    step = np.sign(np.diff(values, axis=1))
    flags = (
        (Signal.LIMIT, np.where(outside, side, 0)),
        (Signal.TREND, np.where(enough[:, None], _spread_steps(step), 0)),
        (Signal.TWO_OF_THREE, _pair(side, near)),
        (Signal.RUN, _mark_runs(side, RUN)),
    )
    signal = np.zeros(values.shape, dtype=np.int8)
    towards = np.zeros(values.shape, dtype=np.int8)
    for code, flagged in flags:
        free = (signal == Signal.NONE) & (flagged != 0)
        signal[free], towards[free] = code, flagged[free]
    return Control(centre, lower, upper, signal, towards)


def _mean(values: Floats) -> Floats:
    """Mean of the known values of each row; NaN where there is none."""
    known = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        mean: Floats = np.where(known, values, 0).sum(axis=1) / np.where(known.any(axis=1), known.sum(axis=1), np.nan)
    return mean


def _mark_runs(signs: Floats, length: int) -> Floats:
    """The sign of every entry that belongs to `length` or more equal signs in a row, 0 elsewhere; 0 and NaN break a row."""
    marked = np.zeros(signs.shape)
    for start in range(signs.shape[1] - length + 1):
        window = signs[:, start : start + length]
        whole = (window[:, :1] == window).all(axis=1) & (window[:, 0] != 0)
        marked[whole, start : start + length] = window[whole]
    return marked


def _spread_steps(steps: Floats) -> Floats:
    """Points of 7 rising or falling in a row, from the signs of their 6 steps; a turning point belongs to the later trend."""
    runs = _mark_runs(steps, RUN - 1)
    first, last = np.zeros((len(steps), 1)), np.zeros((len(steps), 1))
    before, after = np.hstack([first, runs]), np.hstack([runs, last])
    return np.where(after != 0, after, before)


def _pair(side: Floats, near: NDArray[np.bool_]) -> Floats:
    """The points near a limit in threes on one side of the mean of which at least two are near it."""
    marked = np.zeros(side.shape)
    for start in range(side.shape[1] - 2):
        window, close = side[:, start : start + 3], near[:, start : start + 3]
        holds = (window[:, :1] == window).all(axis=1) & (window[:, 0] != 0) & (close.sum(axis=1) >= 2)
        marked[:, start : start + 3] = np.where(holds[:, None] & close, window, marked[:, start : start + 3])
    return marked
