"""The rows of the ledger `inspections`."""

import numpy as np
import polars as pl

from pipelines.contracts import codes
from pipelines.demo import expand, texts
from pipelines.demo.counts import Counts
from pipelines.demo.meetings import LEVEL_ODDS, TOPIC_ODDS
from pipelines.demo.panel import Panel
from pipelines.demo.scheme import Scheme

KIND_ODDS = np.array([[0.20, 0.38, 0.12, 0.20, 0.06, 0.04], [0.16, 0.28, 0.30, 0.12, 0.10, 0.04]])
YEAR_END = (11, 12)
INSPECTION_KINDS = codes.INSPECTION_KIND.codes
ASSESSMENT, STUDY, RANKING = (INSPECTION_KINDS.index(k) for k in ("assessment", "study", "ranking"))


def make_inspections(scheme: Scheme, panel: Panel, counts: Counts, reported: np.ndarray) -> pl.DataFrame:
    """The ledger of all points, in canonical columns, ordered by point and month."""
    rng = scheme.rng("inspections")
    rows = expand.expand(np.where(reported, counts.inspections[panel.unit], 0))
    size = len(rows)
    at_year_end = np.isin(np.array(scheme.calendar)[rows.month] % 100, YEAR_END)
    kind = texts.choose(KIND_ODDS, at_year_end.astype(np.int64), rng)
    level = texts.choose(LEVEL_ODDS, panel.units.kind[rows.point], rng)
    topic = texts.choose(TOPIC_ODDS[:1], np.zeros(size, dtype=np.int64), rng)
    start = expand.draw_dates(scheme, rows.month, rng)
    days = np.where(kind == ASSESSMENT, rng.integers(1, 4, size), 1 + (rng.random(size) < 0.2))
    found = rng.poisson(np.where(kind == STUDY, 0.6, 3.0))
    escorted = np.exp(-0.04 * np.maximum(rows.month - scheme.reform, 0) / 12)
    return pl.DataFrame({
        "point_id": panel.point_id[rows.point], "inspection_id": expand.number("D", scheme, rows),
        "start_date": start, "end_date": start + days - 1, "title": _titles(topic, kind, rng),
        "level": np.array(codes.LEVEL.codes, dtype=object)[level],
        "organiser": texts.name_offices(
            level, topic, (panel.city_name.gather(rows.point), panel.county_name.gather(rows.point)), rng),
        "kind": np.array(INSPECTION_KINDS, dtype=object)[kind], "planned": rng.random(size) < 0.74,
        "announced": rng.random(size) < 0.81 - 0.02 * rows.month / 12, "inspectors": 2 + rng.poisson(2.6, size),
        "accompanying": rng.poisson((1.4 + np.array([2.2, 1.6, 1.0, 0.4])[level]) * escorted),
        "principal_accompanied": rng.random(size) < np.array([0.78, 0.6, 0.42, 0.3])[level] * escorted,
        "materials": rng.poisson(np.where(kind == STUDY, 1.5, np.where(kind == ASSESSMENT, 11.0, 5.5)) * escorted),
        "ranked": rng.random(size) < np.where(kind == RANKING, 0.9, np.where(kind == ASSESSMENT, 0.55, 0.12)),
        "problems_found": found, "problems_solved": rng.binomial(found, 0.34),
    }, schema_overrides=dict.fromkeys(("point_id", "level", "kind"), pl.String))


def _titles(topic: np.ndarray, kind: np.ndarray, rng: np.random.Generator) -> pl.Series:
    subject = texts.pick(texts.pools("subjects", codes.TOPIC.codes), topic, rng)
    return subject + texts.pick(texts.pools("inspection_endings", INSPECTION_KINDS), kind, rng)
