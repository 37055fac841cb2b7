"""The ledgers with one row a point and month: `standing` and `survey`."""

import numpy as np
import polars as pl

from pipelines.demo import effects
from pipelines.demo.panel import Panel
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme

# Item: (usual number by point type, share that the reform takes away in the end).
STANDING = {
    "responsibility_letters": ((9, 14, 12, 8, 8, 6, 7, 7, 6, 4), 0.45),
    "veto_items": ((3, 5, 4, 3, 3, 2, 3, 2, 2, 1), 0.30),
    "apps": ((6, 9, 8, 7, 7, 4, 4, 6, 5, 4), 0.35),
    "official_accounts": ((2, 3, 3, 1, 2, 2, 1, 2, 2, 2), 0.25),
    "chat_groups": ((22, 34, 30, 18, 22, 14, 14, 20, 18, 12), 0.20),
    "plaques": ((6, 12, 10, 14, 15, 5, 5, 7, 5, 3), 0.40),
    "check_ins": ((4, 7, 6, 6, 6, 3, 4, 5, 4, 2), 0.30),
    "certificates": ((5, 10, 9, 12, 13, 3, 3, 4, 4, 2), 0.35),
}
DRIFT = 0.035  # monthly step of a point's own course, on the log scale
PHASE_MONTHS = 18.0  # in which the reform takes its share of the standing items
DISPLACED_GROUPS = 0.35  # more chat groups where documents move into them
WITHOUT_POSTS = (3, 4, 5, 6)  # villages, communities, enterprises, factories have no established posts
RELIEF, LEAVE, WEEKENDS = 0.58, 0.62, 2.6


def make_standing(scheme: Scheme, panel: Panel, headcount: np.ndarray, reported: np.ndarray) -> pl.DataFrame:
    """What the points carry; `headcount`: points × months, from which the established posts are set."""
    rng = scheme.rng("standing")
    point, month = np.nonzero(reported)
    done = (1 - np.exp(-np.maximum(np.arange(scheme.months) - scheme.reform, 0) / (PHASE_MONTHS / 3))) * (not scheme.quiet)
    groups = 1 + DISPLACED_GROUPS * (effects.displacement(scheme)[1] - 1) / effects.DISPLACED_SIZE
    items = {}
    for item, (usual, taken) in STANDING.items():
        level = np.array(usual)[panel.units.kind] * np.exp(rng.normal(0, 0.22, len(panel)))
        own = np.clip(taken * np.exp(rng.normal(0, 0.35, len(panel))), 0, 0.9)
        drift = np.exp(rng.normal(0, DRIFT, (len(panel), scheme.months)).cumsum(1))
        course = level[:, None] * (1 - own[:, None] * done) * drift
        if item == "chat_groups":
            course = course * groups[panel.units.city]
        items[item] = np.rint(course).astype(np.int64)[point, month]
    posts = headcount.max(1) + rng.poisson(0.06 * headcount.max(1))
    has_posts = ~np.isin(panel.units.kind, WITHOUT_POSTS)[point] & (rng.random(len(point)) < 0.985)
    return pl.DataFrame({
        **_keys(scheme, panel, point, month), **items,
        "posts_established": pl.Series(posts[point]).set(pl.Series(~has_posts), None),
    }, schema_overrides={"point_id": pl.String})


def make_survey(scheme: Scheme, panel: Panel, reported: np.ndarray) -> pl.DataFrame:
    """The anonymous questionnaires: relief stays flat, leave and weekends move with the season."""
    rng = scheme.rng("survey")
    point, month = np.nonzero(reported)
    calendar_month = np.array(scheme.calendar)[month] % 100
    city = rng.normal(0, 0.12, len(cities()))[panel.units.city]
    logit = np.log(RELIEF / (1 - RELIEF)) + city + rng.normal(0, 0.35, len(panel))
    forms = np.clip(rng.poisson((4.0 + 0.5 * np.array([20, 27, 24, 11, 13, 16, 18, 20, 24, 7]))[panel.units.kind][point]),
                    0, None)
    entitled = np.round(2 * forms * rng.uniform(0.5, 1.1, len(point))) / 2
    busy = np.where(np.isin(calendar_month, (11, 12)), 1.35, np.where(calendar_month == 2, 0.7, 1.0))
    taken = np.round(2 * entitled * rng.beta(8 * LEAVE, 8 * (1 - LEAVE), len(point)) / np.sqrt(busy)) / 2
    weekends = rng.poisson(2 * WEEKENDS * busy * np.exp(rng.normal(0, 0.3, len(panel)))[point]) / 2
    return pl.DataFrame({
        **_keys(scheme, panel, point, month), "valid_forms": forms,
        "felt_relief": rng.binomial(forms, 1 / (1 + np.exp(-logit[point]))), "weekend_days": weekends,
        "leave_entitled": entitled, "leave_taken": np.minimum(taken, entitled),
    }, schema_overrides={"point_id": pl.String})


def _keys(scheme: Scheme, panel: Panel, point: np.ndarray, month: np.ndarray) -> dict[str, np.ndarray]:
    return {"point_id": panel.point_id[point], "month": np.array(scheme.calendar, dtype=np.int32)[month]}
