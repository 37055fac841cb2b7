"""Groups of points that are conformed and counted by themselves: everything in one, or a city each.

No two points share a key, a repeat or a roster, so a change in one group leaves every other as it is.
"""

from dataclasses import dataclass

import polars as pl

PARTED_FROM = 1_000_000
WHOLE, STRAY = "all", "other"


@dataclass(frozen=True)
class Group:
    """Some points. `points` None: every one; with `inverted`, all points but these. `pointless`: rows of no point."""

    name: str
    points: frozenset[str] | None = None
    inverted: bool = False
    pointless: bool = False

    def may_hold(self, points: frozenset[str | None] | None) -> bool:
        """Is any of the points in the group? None: rows that belong to no point."""
        if points is None or self.pointless:
            return self.pointless and points is None
        if self.points is None:
            return True
        return not points <= self.points if self.inverted else not points.isdisjoint(self.points)

    def holds_all(self, points: frozenset[str | None] | None) -> bool:
        """Are all the points in the group?"""
        if points is None or self.points is None:
            return True
        return points.isdisjoint(self.points) if self.inverted else points <= self.points

    def select(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of the group's points."""
        if self.points is None:
            return frame
        inside = pl.col("point_id").cast(pl.String).is_in(pl.Series(sorted(self.points), dtype=pl.String).implode())
        inside = inside.fill_null(value=False)
        return frame.filter(~inside if self.inverted else inside)


NO_POINTS = Group("shared", pointless=True)


def form_groups(cities: pl.DataFrame, rows: int) -> list[Group]:
    """The groups of a province of that many rows of points, by name. `cities`: `point_id, city_code` of the register.

    Small provinces stay in one piece: many small files would cost more than they save.
    """
    if rows < PARTED_FROM:
        return [Group(WHOLE)]
    by_city = cities.group_by("city_code").agg("point_id").sort("city_code").iter_rows()
    groups = [Group(city or "nowhere", frozenset(points)) for city, points in by_city]
    return [*groups, Group(STRAY, frozenset(cities["point_id"]), inverted=True)]


def map_cities(points: pl.DataFrame, divisions: pl.DataFrame) -> pl.DataFrame:
    """`point_id, city_code` of a register: the city of the point's county, or the city itself."""
    county = divisions.filter(level="county").select(region_code="code", county_city="parent_code")
    city = divisions.filter(level="city").select(region_code="code", own_city="code")
    return (
        points.join(county, on="region_code", how="left", validate="m:1")
        .join(city, on="region_code", how="left", validate="m:1")
        .select("point_id", city_code=pl.coalesce("county_city", "own_city"))
    )
