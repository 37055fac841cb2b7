"""Who reported what, and when: the masks that decide which rows exist, and the ledger `returns`.

Absence is drawn here once; no other part drops a point-month.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.contracts import codes
from pipelines.demo import effects
from pipelines.demo.panel import Panel
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme

LEDGERS = codes.RETURN_LEDGER.codes
MISSING_MONTH, MISSING_LEDGER = 0.018, 0.012
LATE_CITY_FACTOR, LAST_MONTH_MISSING = 3.2, 0.09
CITY_SPREAD, CITY_DELAY_SPREAD = 0.3, 0.9
SURVEY_MISSING, SURVEY_LAST_MISSING = 0.015, 0.05
NO_RETURN, ROWS_AWAITED, CONTRADICTIONS = 0.02, 0.12, 14
DELAY_DAYS, DELAY_SPREAD, LATE_CITY_DELAY, SURVEY_DELAY = 1.5, 2.8, 7.0, 9.0  # after the first of the next month
MINUTES = (19.0, 27.0, 24.0, 41.0, 13.0, 7.0)  # to fill in a ledger, in their order
MINUTES_STATED = 0.81


@dataclass(frozen=True)
class Reporting:
    """`reported[ledger]`: points × months, was it handed in? `awaited`: a return without rows came instead."""

    reported: dict[str, np.ndarray]
    awaited: dict[str, np.ndarray]


def draw_reporting(scheme: Scheme, panel: Panel) -> Reporting:
    """Decide for every active point, month and ledger whether it is reported."""
    rng = scheme.rng("reporting")
    shape = (len(panel), scheme.months)
    late = np.array([c.code == effects.LATE for c in cities()])[panel.units.city]
    by_city = np.exp(rng.normal(0, CITY_SPREAD, len(cities())))[panel.units.city]
    factor = np.where(late, LATE_CITY_FACTOR, by_city)[:, None]
    spread = np.exp(rng.normal(0, 0.5, len(panel)))[:, None]  # some points fail more often than others
    is_last = np.arange(scheme.months) == scheme.months - 1
    whole = rng.random(shape) < MISSING_MONTH * factor * spread + LAST_MONTH_MISSING * is_last * np.sqrt(factor)
    whole |= _gaps(scheme, panel)
    reported, awaited = {}, {}
    for name in LEDGERS:
        survey = name == "survey"
        rate = (MISSING_LEDGER + survey * SURVEY_MISSING) * factor
        rate = rate + (SURVEY_LAST_MISSING if survey else 0.01) * is_last
        missing = whole | (rng.random(shape) < rate)
        reported[name] = panel.active & ~missing
        awaited[name] = panel.active & missing & (rng.random(shape) < ROWS_AWAITED)
    return Reporting(reported, awaited)


def _gaps(scheme: Scheme, panel: Panel) -> np.ndarray:
    """Every fourth purposive point has a gap of four months."""
    gaps = np.zeros((len(panel), scheme.months), dtype=bool)
    for k, point in enumerate(np.flatnonzero(panel.purposive)[::4]):
        start = (5 + 7 * k) % (scheme.months - 4)
        gaps[point, start : start + 4] = True
    return gaps


def make_returns(scheme: Scheme, panel: Panel, reporting: Reporting, rows: dict[str, np.ndarray]) -> pl.DataFrame:
    """The ledger `returns`; `rows[ledger]` is the number of rows by point and month (points × months)."""
    parts = [_returns_of(scheme, panel, reporting, name, rows[name]) for name in LEDGERS]
    return pl.concat(parts).sort("month", "point_id", "ledger")


def _returns_of(scheme: Scheme, panel: Panel, reporting: Reporting, name: str, rows: np.ndarray) -> pl.DataFrame:
    rng = scheme.rng(f"returns {name}")
    nil = reporting.reported[name] & (rows == 0)
    kept = (reporting.reported[name] & (rng.random(rows.shape) >= NO_RETURN)) | nil | reporting.awaited[name]
    point, month = np.nonzero(kept)
    contradicts = np.zeros(len(point), dtype=bool)
    if name in ("meetings", "inspections"):
        with_rows = np.flatnonzero(rows[point, month] > 0)
        contradicts[rng.choice(with_rows, CONTRADICTIONS // 2, replace=False)] = True
    fewer = 1 - 0.10 * np.maximum(month - scheme.reform, 0) / 12
    minutes = np.exp(rng.normal(np.log(MINUTES[LEDGERS.index(name)] * fewer), 0.35))
    frame = pl.DataFrame({
        "point_id": panel.point_id[point], "month": np.array(scheme.calendar, dtype=np.int32)[month],
        "nil_return": nil[point, month] | contradicts, "minutes": np.maximum(1, np.rint(minutes)).astype(np.int64),
        "stated": rng.random(len(point)) < MINUTES_STATED,
    }, schema_overrides={"point_id": pl.String})
    return frame.select(
        "point_id", "month", ledger=pl.lit(name), nil_return="nil_return",
        submitted_at=_submission_times(scheme, panel, point, month, name == "survey", rng),
        minutes_spent=pl.when("stated").then("minutes"),
    )


def _submission_times(scheme: Scheme, panel: Panel, point: np.ndarray, month: np.ndarray, survey: bool,
                      rng: np.random.Generator) -> pl.Series:
    """When each return came, to the minute; the last month's came in the first days of the next, or not yet."""
    late = np.array([c.code == effects.LATE for c in cities()])[panel.units.city[point]]
    usual = scheme.rng("delays").normal(DELAY_DAYS, CITY_DELAY_SPREAD, len(cities()))[panel.units.city[point]]
    days = rng.normal(usual + SURVEY_DELAY * survey, DELAY_SPREAD)
    days += late * rng.exponential(LATE_CITY_DELAY, len(point)) + (rng.random(len(point)) < 0.03) * 12
    days = np.where(month == scheme.months - 1, np.minimum(days, 0.4 + 0.5 * rng.random(len(point))), days)
    following = np.array(scheme.month_starts[1:], dtype="datetime64[m]")[month]
    hour = 8 * 60 + (rng.random(len(point)) * 10 * 60).astype(np.int64)
    stamp = following + (np.floor(days).astype(np.int64) * 24 * 60 + hour).astype("timedelta64[m]")
    return pl.Series(stamp.astype("datetime64[us]"))
