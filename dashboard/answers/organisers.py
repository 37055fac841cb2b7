"""Organisers and issuers by their one name: how often the sample points of a region recorded them (DATA.md §4).

Counts of ledger rows, unweighted, without interval, never ranked: the most frequent ones are named in the order of names.
"""

from functools import lru_cache

import polars as pl

from dashboard.answers.periods import province_of
from dashboard.answers.quality.scope import Scope, select_points
from dashboard.warehouse import Snapshot
from pipelines.contracts.codes import LEVEL
from pipelines.contracts.organisers import name_organiser

COLUMNS = {"meetings": "organiser", "documents": "issuer", "inspections": "organiser"}
Filters = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def count_organisers(
    snapshot: Snapshot, ledger: str, scope: Scope, first: int, last: int, where: Filters, most: int
) -> pl.DataFrame:
    """`level, organiser, rows, points`: the `most` most frequent ones of each level, by level and name.

    `rows`: ledger rows of the scope's points in the period, `points`: points that recorded one. `where`: (column, code).
    """
    column, name = COLUMNS[ledger], f"fact_{ledger.removesuffix('s')}"
    points, values = select_points(snapshot, scope)
    filters = "".join(f" AND rows.{c} = ?" for c, _ in where)
    rows = snapshot.query(
        f'SELECT level, {column} AS written, city_code, county_code, point_id, count(*) AS "rows" '
        f"FROM {name} AS rows JOIN dim_point USING (point_id) WHERE {points} AND month BETWEEN ? AND ?{filters} GROUP BY ALL",
        [*values, first, last, *(code for _, code in where)],
    )
    order = pl.col("level").replace_strict({c: i for i, c in enumerate(LEVEL.codes)}, return_dtype=pl.Int64)
    return (
        rows.with_columns(name_organisers(snapshot, rows))
        .group_by("level", "organiser").agg(pl.col("rows").sum(), points=pl.col("point_id").n_unique())
        .sort(order, pl.col("rows"), pl.col("organiser"), descending=[False, True, False])
        .group_by("level", maintain_order=True).head(most)
        .sort(order, "organiser")
        .with_columns(pl.col("rows", "points").cast(pl.Int64))
    )  # fmt: skip


def name_organisers(snapshot: Snapshot, rows: pl.DataFrame) -> pl.Series:
    """The one name of each row's organiser, from `level, written, city_code, county_code`; a series `organiser`."""
    names = dict(snapshot.regions.select("code", "name").iter_rows())
    keys = rows.select("level", "written", "city_code", "county_code")
    known = keys.unique()
    found: list[str] = []
    for level, written, city, county in known.iter_rows():
        places = {"province": names[province_of(snapshot)], "city": names.get(city), "county": names.get(county)}
        found.append(name_organiser(written or "", level, {k: name for k, name in places.items() if name}))
    named = known.with_columns(pl.Series("organiser", found, pl.String))
    return keys.join(named, on=keys.columns, how="left", nulls_equal=True, maintain_order="left", validate="m:1")["organiser"]
