"""Checks that need the registers or the day of the refresh: points, regions, active months, the future."""

from datetime import date

import polars as pl

from pipelines.conform.divisions import Divisions
from pipelines.conform.gathering import LOCATED_FAULTS, ROW, Gathered
from pipelines.contracts import months
from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger

T = ColumnType


def month_of(column: Column) -> pl.Expr:
    """The month (Int32 YYYYMM) of a DATE, MONTH or TIMESTAMP column."""
    value = pl.col(column.name)
    return value if column.type is T.MONTH else value.dt.year() * 100 + value.dt.month().cast(pl.Int32)


def check(gathered: Gathered, points: pl.DataFrame, divisions: Divisions, today: date) -> pl.DataFrame:
    """Faults (LOCATED_FAULTS) of the rows. `points`: the accepted rows of the register; empty for the register itself."""
    ledger, rows = gathered.ledger, gathered.rows
    found = [_check_region(rows, c, divisions) for c in ledger.columns if c.type is T.REGION]
    found += [_check_future(rows, ledger.column(name), today) for name in (ledger.dated_by, ledger.later_by) if name]
    if ledger.has_point:
        found += _check_point(rows, ledger, points)
    return pl.concat([pl.DataFrame(schema=LOCATED_FAULTS), *found])


def _check_region(rows: pl.DataFrame, column: Column, divisions: Divisions) -> pl.DataFrame:
    known = divisions.codes(*column.region_levels)
    return _blame(rows.filter(~pl.col(column.name).is_in(known)), column, Reason.UNKNOWN_REGION)


def _check_future(rows: pl.DataFrame, column: Column, today: date) -> pl.DataFrame:
    value = pl.col(column.name)
    late = value > months.of_date(today) if column.type is T.MONTH else value.cast(pl.Date) > today
    return _blame(rows.filter(late), column, Reason.FUTURE_DATE)


def _check_point(rows: pl.DataFrame, ledger: Ledger, points: pl.DataFrame) -> list[pl.DataFrame]:
    (column,) = (c for c in ledger.columns if c.type is T.POINT)
    if _are_points_fine(rows, ledger, column, points):
        return []
    register = points.select(column.name, "active_from", "active_to", _registered=True)
    told = [*ROW, column.name, *([ledger.dated_by] if ledger.dated_by else [])]
    known = rows.select(told).join(register, on=column.name, how="left", validate="m:1", maintain_order="left")
    unknown = known.filter(pl.col("_registered").is_null(), pl.col(column.name).is_not_null())
    found = [_blame(unknown, column, Reason.UNKNOWN_POINT)]
    if ledger.dated_by is not None:
        dated = ledger.column(ledger.dated_by)
        outside = (month_of(dated) < pl.col("active_from")) | (
            month_of(dated) > pl.col("active_to").fill_null(pl.Int32.max())
        )
        found.append(_blame(known.filter(outside), dated, Reason.POINT_INACTIVE))
    return found


def _are_points_fine(rows: pl.DataFrame, ledger: Ledger, column: Column, points: pl.DataFrame) -> bool:
    """Are all points registered, and active in all months of the rows? Most often they are, and rows need no looking at."""
    named = rows.select(pl.col(column.name).unique()).drop_nulls()
    register = named.join(points, on=column.name, validate="1:1")
    if register.height < named.height:
        return False
    if ledger.dated_by is None:
        return True
    days = rows[ledger.dated_by]
    ends = pl.DataFrame({ledger.dated_by: [days.min(), days.max()]}, schema={ledger.dated_by: days.dtype})
    first, last = ends.select(month_of(ledger.column(ledger.dated_by))).to_series()
    begun, ended = register["active_from"].max(), register["active_to"].min()
    return (first is None or begun is None or first >= begun) and (last is None or ended is None or last <= ended)


def _blame(rows: pl.DataFrame, column: Column, reason: Reason) -> pl.DataFrame:
    return rows.select(
        *ROW, column=pl.lit(column.name), value=show(column), reason=pl.lit(reason.value),
        rule_zh=pl.lit(""), rule_en=pl.lit(""),
    )  # fmt: skip


def show(column: Column) -> pl.Expr:
    """A typed value as people write it."""
    value = pl.col(column.name)
    if column.type is T.MONTH:
        return pl.format("{}-{}", value // 100, (value % 100).cast(pl.String).str.zfill(2))
    if column.type is T.TIMESTAMP:
        return value.dt.to_string("%Y-%m-%d %H:%M")
    return value.cast(pl.String)
