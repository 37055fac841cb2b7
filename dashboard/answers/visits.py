"""Inspections as they came to the sample points, one by one, and those that came again within seven days (DATA.md §4).

Ledger rows of probability points, without weights, intervals or personal data: units are told by region and kind.
"""

from functools import lru_cache

import polars as pl

from dashboard.answers.organisers import Filters, name_organisers
from dashboard.answers.quality.scope import Scope, select_points
from dashboard.warehouse import Snapshot
from pipelines.contracts import months

SHOWN = ("level", "kind", "planned", "announced", "accompanying", "materials", "problems_found", "problems_solved")
REPEAT_DAYS = 7
_SAME = ("point_id", ("point_id", "organiser"))


@lru_cache(maxsize=64)
def list_visits(snapshot: Snapshot, scope: Scope, first: int, last: int, where: Filters) -> pl.DataFrame:
    """Inspections that started in the period, by point, day and inspection number.

    `point_id, point_type, city_code, county_code, start_date, end_date, organiser`, the columns of `SHOWN`, `is_repeat`, `gap`
    (days since the inspection before, null where it is no repeat) and `is_same` (did the same organiser come in those seven
    days?). `where`: (column, code); an earlier inspection counts whether or not it passes.
    """
    points, values = select_points(snapshot, scope)
    rows = snapshot.query(
        "SELECT point_id, point_type, city_code, county_code, month, start_date, end_date, organiser AS written, "
        f"{', '.join(SHOWN)}, is_repeat FROM fact_inspection JOIN dim_point USING (point_id) "
        f"WHERE {points} AND month BETWEEN ? AND ? ORDER BY point_id, start_date, inspection_id",
        [*values, months.shift(first, -1), last],
    )
    rows = rows.with_columns(name_organisers(snapshot, rows))
    gap, since = ((pl.col("start_date") - pl.col("start_date").shift().over(keys)).dt.total_days() for keys in _SAME)
    rows = rows.with_columns(
        gap=pl.when("is_repeat").then(gap), is_same=pl.col("is_repeat") & (since <= REPEAT_DAYS).fill_null(value=False)
    )
    wanted = [pl.col("month") >= first, *(pl.col(column) == code for column, code in where)]
    return rows.filter(*wanted).select(
        "point_id", "point_type", "city_code", "county_code", "start_date", "end_date", "organiser", *SHOWN, "is_repeat", "gap",
        "is_same",
    )  # fmt: skip


def count_repeats(visits: pl.DataFrame) -> dict[str, int]:
    """`visits`, `repeats`, `same` (repeats by the same organiser), `points` (with a repeat) of a list of inspections."""
    again = visits.filter("is_repeat")
    return {
        "visits": visits.height, "repeats": again.height, "same": int(again["is_same"].sum()),
        "points": again["point_id"].n_unique(),
    }  # fmt: skip


def find_busiest(visits: pl.DataFrame, most: int) -> pl.DataFrame:
    """The inspections of the points with the most repeats, at most so many points, in the order of regions and points."""
    counts = visits.filter("is_repeat").group_by("point_id").len().sort(["len", "point_id"], descending=[True, False])
    chosen = visits.filter(pl.col("point_id").is_in(counts["point_id"].head(most).implode()))
    return chosen.sort("city_code", pl.col("county_code").fill_null(""), "point_id", "start_date", maintain_order=True)
