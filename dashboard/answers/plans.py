"""Plans: what of each annual ceiling is used, whether it kept to 只减不增, and where the year will end (DATA.md §4).

A register: counts as they were handed in, never summed over regions, no sampling error. The projection's interval is one of
prediction.
"""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from dashboard.estimates.design import Floats
from dashboard.estimates.projection import project, share_at
from dashboard.warehouse import Snapshot
from dashboard.warehouse.kept import kept
from pipelines.contracts import months
from pipelines.contracts.breakdowns import REGISTERS

KEY = ["region_code", "level", "item"]
PLAN_COLUMNS: dict[str, pl.DataType] = {
    "region_code": pl.String(), "year": pl.Int64(), "level": pl.String(), "item": pl.String(),
    "previous_actual": pl.Int64(), "ceiling": pl.Int64(), "issued": pl.Int64(), "as_of": pl.Date(),
    "used": pl.Float64(), "raised": pl.Boolean(), "pace": pl.Float64(), "projected": pl.Float64(), "projected_low": pl.Float64(),
    "projected_high": pl.Float64(), "chance_over": pl.Float64(), "n_paths": pl.Int64(),
}  # fmt: skip

TRACE_COLUMNS: dict[str, pl.DataType] = {
    "region_code": pl.String(), "year": pl.Int64(), "level": pl.String(), "item": pl.String(), "as_of": pl.Date(),
    "day": pl.Float64(), "previous_actual": pl.Int64(), "ceiling": pl.Int64(), "issued": pl.Int64(),
}  # fmt: skip


def pace_plans(snapshot: Snapshot, regions: list[str], first: int, last: int) -> pl.DataFrame:
    """A row (PLAN_COLUMNS) a region, level and item: the latest report of the period, in the order of the code lists.

    `used` and `projected…` are ratios to the ceiling, null where it is 0; `projected…` and `chance_over` are null where too
    few finished years (`n_paths`, of all regions, same item) say how a year fills up. `raised`: the ceiling lies above last
    year's actual, against 只减不增.
    """
    plans, paths = _load_plans(snapshot)
    months_of = pl.col("as_of").dt.year() * 100 + pl.col("as_of").dt.month()
    latest = (
        plans.filter(months_of.is_between(first, last), pl.col("region_code").is_in(regions))
        .group_by(KEY, maintain_order=True).last()
        .sort("region_code", *(pl.col(b.column).cast(pl.Enum(b.codes.codes)) for b in REGISTERS["plans"]))
    )  # fmt: skip
    shares: dict[tuple[str, int, date], Floats] = {}  # of earlier years by the day: alike for all plans reported that day
    for item, year, day in latest.select("item", "year", "as_of").unique().iter_rows():
        earlier = [p for p in paths.get(item, []) if p[0] < year]
        shares[item, year, day] = np.array([share_at(_day(day), days, counts) for _, days, counts in earlier])
    rows = [_pace(row, shares[row["item"], row["year"], row["as_of"]]) for row in latest.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=PLAN_COLUMNS, orient="row")


_Path = tuple[int, np.ndarray[Any, Any], np.ndarray[Any, Any]]


@kept(4)
def _load_plans(snapshot: Snapshot) -> tuple[pl.DataFrame, dict[str, list[_Path]]]:
    """All reports of plans, and how finished years filled up."""
    plans = snapshot.query("SELECT * FROM fact_plan ORDER BY region_code, item, level, as_of")
    return plans, _finished_years(plans)


def _finished_years(plans: pl.DataFrame) -> dict[str, list[_Path]]:
    """Item → (year, days from 0 to 1, cumulative counts) of every plan that was reported to the end of its year."""
    found: dict[str, list[_Path]] = {}
    for (_, _, item, year), rows in plans.group_by(*KEY, "year", maintain_order=True):
        last = rows["as_of"][-1]
        if last == date(int(str(year)), 12, 31) and rows["issued"][-1] > 0:
            days = np.array([_day(d) for d in rows["as_of"]])
            found.setdefault(str(item), []).append((int(str(year)), days, rows["issued"].to_numpy().astype(float)))
    return found


def _day(day: date) -> float:
    """The part of the year that is over at the end of the day."""
    return day.timetuple().tm_yday / date(day.year, 12, 31).timetuple().tm_yday


def _pace(row: dict[str, Any], shares: Floats) -> dict[str, Any]:
    ceiling, issued = row["ceiling"], row["issued"]
    told = {name: row[name] for name in PLAN_COLUMNS if name in row}
    told |= {"raised": ceiling > row["previous_actual"], "n_paths": int(np.isfinite(shares).sum())}
    if ceiling == 0:
        return told
    told["used"] = issued / ceiling
    if (row["as_of"].month, row["as_of"].day) == (12, 31):
        return told | dict.fromkeys(("projected", "projected_low", "projected_high"), issued / ceiling) | {
            "chance_over": float(issued > ceiling)
        }
    end = project(float(issued), float(ceiling), shares)
    if end is None:
        return told
    return told | {
        "pace": issued / end.value,
        "projected": end.value / ceiling,
        "projected_low": end.low / ceiling,
        "projected_high": end.high / ceiling,
        "chance_over": end.chance_over,
    }


def trace_plans(snapshot: Snapshot, region: str, first: int, last: int) -> pl.DataFrame:
    """Every report (`TRACE_COLUMNS`) of a region's plans of the years that touch the period, and of the year before them.

    Reports after the period are left out. `day`: the part of the year that was over.
    """
    plans = snapshot.query(
        "SELECT * FROM fact_plan WHERE region_code = ? AND year BETWEEN ? AND ? AND year(as_of) * 100 + month(as_of) <= ? "
        "ORDER BY item, level, as_of",
        [region, first // 100 - 1, last // 100, last],
    )
    days = pl.Series("day", [_day(d) for d in plans["as_of"]], dtype=pl.Float64)
    return plans.with_columns(days).select(pl.col(name).cast(dtype) for name, dtype in TRACE_COLUMNS.items())


def default_plan_period(snapshot: Snapshot) -> tuple[int, int]:
    """The year of the latest report, from January to that report's month; this year so far where there is none."""
    latest = snapshot.query("SELECT max(as_of) AS day FROM fact_plan")["day"][0] or snapshot.as_of
    return latest.year * 100 + 1, months.of_date(latest)
