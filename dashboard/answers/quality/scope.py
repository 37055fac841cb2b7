"""What is counted: region, point type and ledgers; and the reports in that scope with their due days, as SQL."""

from dataclasses import dataclass
from typing import Any

from dashboard.answers.periods import due_day, province_of
from dashboard.warehouse import Snapshot
from pipelines.contracts.codes import RETURN_LEDGER
from pipelines.contracts.errors import WarehouseError

LEDGERS = RETURN_LEDGER.codes
MART = "mart_reporting"


@dataclass(frozen=True)
class Scope:
    """Region (a code, `level` tells the county of a code that is also a city's), point type (None: all) and ledgers."""

    region: str
    point_type: str | None = None
    ledgers: tuple[str, ...] = LEDGERS
    selection: str = "probability"


def select_points(snapshot: Snapshot, scope: Scope) -> tuple[str, list[Any]]:
    """The condition on `dim_point` that a scope sets, with its values."""
    parts, values = ["selection = ?"], [scope.selection]
    if scope.region != province_of(snapshot):
        column = "city_code" if scope.region in set(snapshot.regions.filter(level="city")["code"]) else "county_code"
        parts.append(f"{column} = ?")
        values.append(scope.region)
    if scope.point_type:
        parts.append("point_type = ?")
        values.append(scope.point_type)
    return " AND ".join(parts), list(values)


def select_reports(snapshot: Snapshot, scope: Scope, first: int, last: int) -> tuple[str, list[Any]]:
    """A query of the scope's reports of those months, with its values.

    Columns: those of `mart_reporting`, `city_code, county_code, point_type`, `is_due` (had it fallen due on the day of the
    refresh?) and `days`, from the due day to the day of its return (negative before it, null without one).
    Raises WarehouseError where the snapshot is older than the table.
    """
    if MART not in snapshot.manifest["tables"]:
        raise WarehouseError(
            f"快照“{snapshot.id}”由较早的版本发布，没有报送登记；请运行 burden refresh。",
            f"Snapshot “{snapshot.id}” was published by an earlier version and has no register of reports; run `burden refresh`.",
        )
    where, values = select_points(snapshot, scope)
    due = snapshot.policy.due
    marks = ", ".join("?" for _ in scope.ledgers)
    query = (
        f"SELECT *, due_on <= ?::DATE AS is_due, date_diff('day', due_on, submitted_on) AS days FROM ("
        "SELECT reports.*, city_code, county_code, point_type, "
        "(make_date(month // 100, month % 100, 1) + INTERVAL 1 MONTH)::DATE "
        f"+ (CASE ledger WHEN 'survey' THEN {due.survey} ELSE {due.ledgers} END - 1) AS due_on "
        f"FROM {MART} AS reports JOIN dim_point USING (point_id) "
        f"WHERE {where} AND month BETWEEN ? AND ? AND ledger IN ({marks}))"
    )
    return query, [snapshot.as_of.isoformat(), *values, first, last, *scope.ledgers]


def list_due_ledgers(snapshot: Snapshot, scope: Scope, month: int) -> tuple[str, ...]:
    """The ledgers of the scope that had fallen due for a month."""
    return tuple(ledger for ledger in scope.ledgers if due_day(snapshot, ledger, month) <= snapshot.as_of)
