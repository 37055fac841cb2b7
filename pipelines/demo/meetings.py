"""The rows of the ledger `meetings`: what the counts leave open of each meeting."""

import numpy as np
import polars as pl

from pipelines.contracts import codes
from pipelines.demo import effects, expand, texts
from pipelines.demo.counts import Counts
from pipelines.demo.expand import Rows
from pipelines.demo.panel import Panel
from pipelines.demo.scheme import Scheme

LEVELS, TOPICS, FORMS = (np.array(c.codes, dtype=object) for c in (codes.LEVEL, codes.TOPIC, codes.MEETING_FORM))
# Odds of province, city, county, township by point type.
LEVEL_ODDS = np.array([
    [0.10, 0.30, 0.60, 0.0], [0.06, 0.15, 0.55, 0.24], [0.06, 0.18, 0.56, 0.20], [0.02, 0.06, 0.32, 0.60],
    [0.03, 0.08, 0.34, 0.55], [0.08, 0.30, 0.52, 0.10], [0.10, 0.30, 0.50, 0.10], [0.05, 0.17, 0.58, 0.20],
    [0.08, 0.26, 0.56, 0.10], [0.20, 0.42, 0.38, 0.0],
])  # fmt: skip
TOPIC_ODDS = np.array([[0.17, 0.14, 0.17, 0.12, 0.20, 0.13, 0.07], [0.0, 0.0, 0.45, 0.0, 0.55, 0.0, 0.0]])
FORM_ODDS = np.array([[0.28, 0.66, 0.06], [0.52, 0.42, 0.06], [0.68, 0.26, 0.06], [0.82, 0.08, 0.10]])
STATED_CHOICES = np.array([30, 45, 60, 60, 90, 90, 120])
PRINCIPAL = (0.62, 0.52, 0.46, 0.36)  # share that demands the principal, by level
COUNTY = 2
OPENINGS = ("全省", "全市", "县（区）", "")


def make_meetings(scheme: Scheme, panel: Panel, counts: Counts, reported: np.ndarray) -> pl.DataFrame:
    """The ledger of all points, in canonical columns, ordered by point and month."""
    rng = scheme.rng("meetings")
    held = np.where(reported, counts.meetings[panel.unit], 0)
    rows = expand.expand(held)
    is_surge = rows.rank < counts.surge[panel.unit][rows.point, rows.month]
    level = np.where(is_surge, COUNTY, texts.choose(LEVEL_ODDS, panel.units.kind[rows.point], rng))
    topic = texts.choose(TOPIC_ODDS, is_surge.astype(np.int64), rng)
    form = texts.choose(FORM_ODDS, level, rng)
    attendees = 1 + expand.spread(rows, held, counts.attendees[panel.unit] - held, rng)
    cell = rows.point * scheme.months + rows.month
    accompanying = expand.mark(attendees, cell, counts.accompanying[panel.unit].ravel(), rng)
    stated, actual = _durations(scheme, rows, rng)
    return pl.DataFrame({
        "point_id": panel.point_id[rows.point], "meeting_id": expand.number("H", scheme, rows),
        "date": expand.draw_dates(scheme, rows.month, rng), "title": _titles(level, topic, form, rng),
        "level": LEVELS[level],
        "organiser": texts.name_offices(
            level, topic, (panel.city_name.gather(rows.point), panel.county_name.gather(rows.point)), rng),
        "topic": TOPICS[topic], "form": FORMS[form], "stated_minutes": stated, "actual_minutes": actual,
        "attendees": attendees, "accompanying": accompanying,
        "principal_required": _demands_principal(scheme, panel, rows, level, rng),
        "planned": rng.random(len(rows)) < np.where(is_surge, 0.52, 0.80),
        "merged": rng.random(len(rows)) < np.where(is_surge, 0.08, 0.14 + 0.02 * rows.month / 12),
    }, schema_overrides={"point_id": pl.String, "level": pl.String, "topic": pl.String, "form": pl.String})


def _titles(level: np.ndarray, topic: np.ndarray, form: np.ndarray, rng: np.random.Generator) -> pl.Series:
    subject = texts.pick(texts.pools("subjects", codes.TOPIC.codes), topic, rng)
    ending = texts.pick(texts.pools("meeting_endings", codes.MEETING_FORM.codes), form, rng)
    opening = pl.Series(OPENINGS).gather(level)
    return opening + subject + ending


def _durations(scheme: Scheme, rows: Rows, rng: np.random.Generator) -> tuple[pl.Series, np.ndarray]:
    """Minutes that the notice stated (null where it did not) and minutes that the meeting took."""
    is_stated = rng.random(len(rows)) < 0.45 + 0.04 * rows.month / 12
    stated = STATED_CHOICES[rng.integers(0, len(STATED_CHOICES), len(rows))]
    expected = np.where(is_stated, stated * 1.06, 72.0)
    actual = np.exp(rng.normal(np.log(expected), np.where(is_stated, 0.22, 0.45)))
    actual = np.where(rng.random(len(rows)) < 0.7, 5 * np.rint(actual / 5), np.rint(actual))
    return pl.Series(stated).set(pl.Series(~is_stated), None), np.clip(actual, 10, 480).astype(np.int64)


def _demands_principal(scheme: Scheme, panel: Panel, rows: Rows, level: np.ndarray,
                       rng: np.random.Generator) -> np.ndarray:
    share = np.array(PRINCIPAL)[level]
    shift = effects.escorts(scheme)[1][panel.units.city[rows.point], rows.month]
    point_shift = rng.normal(0, 0.2, len(panel))[rows.point]
    odds = share / (1 - share) * np.exp(shift + point_shift)
    return np.asarray(rng.random(len(rows)) < odds / (1 + odds))
