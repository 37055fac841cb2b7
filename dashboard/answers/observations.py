"""Observation points: purposive units as a panel of their own, unweighted, without interval."""

import polars as pl

from dashboard.answers.periods import province_of
from dashboard.answers.policy import is_staff_figure
from dashboard.warehouse import Snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS, Kind


def observe(snapshot: Snapshot, indicator_id: str, region: str, first: int, last: int) -> pl.DataFrame:
    """Monthly values of the purposive points of a region, a row a point and active month.

    Columns: `point_id, point_name, point_type, region_code, month, value, reported`; `value` is null where the month was
    not reported or a ratio has no denominator. Raises RequestError for staff figures, which are never shown of one unit.
    """
    indicator = INDICATORS[indicator_id]
    if is_staff_figure(indicator) or indicator.kind is Kind.REGISTER:
        raise RequestError(f"“{indicator.zh}”不按单个单位公布。", f"{indicator.id} is not published for single units.")
    constants = snapshot.policy.constants
    top = " + ".join(f"{t.coefficient(constants)!r} * {t.statistic}" for t in indicator.numerator)
    bottom = " + ".join(f"{t.coefficient(constants)!r} * {t.statistic}" for t in indicator.denominator)
    value = f"({top})::DOUBLE" + (f" / nullif({bottom}, 0)" if bottom else "")
    scope, values = "", []
    if region != province_of(snapshot):
        scope, values = " AND ? IN (city_code, county_code)", [region]
    return snapshot.query(
        "SELECT point_id, point_name, point_type, region_code, month, "
        f"CASE WHEN {indicator.universe} THEN {value} END AS value, {indicator.universe} AS reported "
        "FROM mart_point_month JOIN dim_point USING (point_id) "
        f"WHERE selection = 'purposive' AND month BETWEEN ? AND ?{scope} ORDER BY point_id, month",
        [first, last, *values],
    )
