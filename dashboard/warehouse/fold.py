"""Fold point-months to one row a point and panel: the sums of the statistics that a question needs."""

from dataclasses import dataclass

import polars as pl

from dashboard.warehouse.snapshot import Snapshot
from pipelines.contracts.breakdowns import CELLS
from pipelines.contracts.statistics import LEDGER_OF

Filter = tuple[str, str]


@dataclass(frozen=True)
class Fold:
    """What to fold.

    `universe`: the boolean column of the point-months that count. `panel_of_month`: month → panel number (months
    outside are not read). `statistics`: columns to sum. `filters`: (breakdown column, code), applied to each statistic
    whose ledger has that column. `by`: a breakdown column whose codes split the statistics that have it. `cities`:
    city codes to read, None for all.
    """

    universe: str
    panel_of_month: dict[int, int]
    statistics: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    by: str | None = None
    cities: tuple[str, ...] | None = None


def fold(snapshot: Snapshot, spec: Fold) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Respondents of probability strata with their sums.

    Returns (respondents, split): `respondents` has `point_id, panel, months` and a column a statistic, one row a point and
    panel with at least one reported month; `split` (only with `by`) has `point_id, panel, group` and the statistics that
    the breakdown splits, only where something was counted. Sums are of integers where the statistic is one, so exact.
    """
    whole = [s for s in spec.statistics if not _selects(s, spec.filters)]
    part = [s for s in spec.statistics if _selects(s, spec.filters)]
    respondents = _sum_months(snapshot, spec, whole)
    for ledger in dict.fromkeys(LEDGER_OF[s] for s in part):
        names = [s for s in part if LEDGER_OF[s] == ledger]
        cells = _sum_cells(snapshot, spec, ledger, names, None)
        respondents = respondents.join(cells, on=["point_id", "panel"], how="left", validate="1:1").with_columns(
            pl.col(names).fill_null(0)
        )
    if spec.by is None:
        return respondents, None
    split = None
    for ledger in dict.fromkeys(LEDGER_OF[s] for s in spec.statistics):
        cell = CELLS.get(ledger)
        if cell is None or cell.breakdown(spec.by) is None:
            continue
        names = [s for s in spec.statistics if LEDGER_OF[s] == ledger]
        cells = _sum_cells(snapshot, spec, ledger, names, spec.by)
        split = cells if split is None else split.join(cells, on=["point_id", "panel", "group"], how="full", coalesce=True)
    return respondents, split


def _selects(statistic: str, filters: tuple[Filter, ...]) -> bool:
    """Does any filter bear on the ledger of the statistic?"""
    cell = CELLS.get(LEDGER_OF[statistic])
    return cell is not None and any(cell.breakdown(column) for column, _ in filters)


def _scope(spec: Fold) -> tuple[str, list[object]]:
    """The joins and conditions that say which point-months are read, with their bound values."""
    panels = ", ".join(f"({month}, {panel})" for month, panel in spec.panel_of_month.items())
    sql = (
        f"JOIN (VALUES {panels}) AS panels(month, panel) USING (month) "
        "JOIN dim_point USING (point_id) JOIN dim_stratum USING (stratum) "
        f"WHERE dim_point.selection = 'probability' AND mart_point_month.{spec.universe}"
    )
    if spec.cities is None:
        return sql, []
    marks = ", ".join("?" for _ in spec.cities)
    return f"{sql} AND dim_point.city_code IN ({marks})", list(spec.cities)


def _sum_months(snapshot: Snapshot, spec: Fold, names: list[str]) -> pl.DataFrame:
    scope, values = _scope(spec)
    sums = "".join(f", sum(mart_point_month.{n})::{_type(n)} AS {n}" for n in names)
    return snapshot.query(
        f"SELECT point_id, panel, count(*) AS months{sums} FROM mart_point_month {scope} "
        "GROUP BY point_id, panel ORDER BY panel, point_id",
        values,
    )


def _sum_cells(snapshot: Snapshot, spec: Fold, ledger: str, names: list[str], by: str | None) -> pl.DataFrame:
    cell = CELLS[ledger]
    scope, values = _scope(spec)
    for column, code in spec.filters:
        if cell.breakdown(column):
            scope += f" AND cells.{column} = ?"
            values.append(code)
    group, having = (f", cells.{by} AS \"group\"", f" AND cells.{by} IS NOT NULL") if by else ("", "")
    sums = ", ".join(f"sum(cells.{n})::{_type(n)} AS {n}" for n in names)
    keys = "point_id, panel" + (', "group"' if by else "")
    return snapshot.query(
        f"SELECT point_id, panel{group}, {sums} FROM {cell.name} AS cells "
        f"JOIN mart_point_month USING (point_id, month) {scope}{having} GROUP BY {keys} ORDER BY {keys}",
        values,
    )


def _type(statistic: str) -> str:
    """The type of a sum: survey statistics may have fractions, all others are whole."""
    return "DOUBLE" if LEDGER_OF[statistic] == "survey" else "BIGINT"
