"""The points of a region one by one: who they are, their stratum and weight, and what they returned month by month.

Nothing that a point reported is told here but whether it came: values of single points are for no list.
"""

from dataclasses import replace
from functools import lru_cache

import polars as pl

from dashboard.answers.quality.scope import Scope, select_points, select_reports
from dashboard.warehouse import Snapshot

KEYS = ("point_id", "point_name", "point_type", "selection", "city_code", "county_code", "stratum")


@lru_cache(maxsize=64)
def list_points(snapshot: Snapshot, scope: Scope, last: int) -> pl.DataFrame:
    """Probability points, then purposive ones, by id: KEYS, `active_from, active_to`, the stratum's `units` and `points`
    (probability points active in month `last`), and `weight`, the units that a point then stands for; null for a
    purposive point, a point without a stratum in the frame, and one that is not active then.
    """
    kinds = [select_points(snapshot, replace(scope, selection=kind)) for kind in ("probability", "purposive")]
    active = "active_from <= ? AND coalesce(active_to, ?) >= ?"
    return snapshot.query(
        f"WITH active AS (SELECT stratum, count(*) AS points FROM dim_point WHERE selection = 'probability' AND {active} "
        "GROUP BY stratum) "
        f"SELECT {', '.join(KEYS)}, active_from, active_to, population_units AS units, points, "
        f"CASE WHEN selection = 'probability' AND {active} THEN population_units / points END AS weight "
        "FROM dim_point LEFT JOIN (SELECT stratum, population_units FROM dim_stratum) USING (stratum) "
        "LEFT JOIN active USING (stratum) "
        f"WHERE ({kinds[0][0]}) OR ({kinds[1][0]}) ORDER BY selection, point_id",
        [last, last, last, last, last, last, *kinds[0][1], *kinds[1][1]],
    )


@lru_cache(maxsize=64)
def count_returns(snapshot: Snapshot, scope: Scope, first: int, last: int) -> pl.DataFrame:
    """`point_id, month, due, reported`: ledgers that had fallen due and those of them that came, of points of both kinds.

    A row an active month of a point. Raises WarehouseError where the snapshot is older than the register of reports.
    """
    frames = []
    for selection in ("probability", "purposive"):
        query, values = select_reports(snapshot, replace(scope, selection=selection), first, last)
        frames.append(snapshot.query(
            "SELECT point_id, month, count(*) FILTER (is_due) AS due, count(*) FILTER (is_due AND reported) AS reported "
            f"FROM ({query}) GROUP BY ALL ORDER BY ALL", values,
        ))  # fmt: skip
    return pl.concat(frames)
