"""Small facts by hand: rows that state only what a test is about."""

from datetime import date, datetime
from typing import Any

import polars as pl

from pipelines.contracts.ledgers import LEDGERS, ColumnType

DTYPES: dict[ColumnType, Any] = {
    ColumnType.DATE: pl.Date, ColumnType.MONTH: pl.Int32, ColumnType.TIMESTAMP: pl.Datetime("us"),
    ColumnType.INTEGER: pl.Int64, ColumnType.NUMBER: pl.Float64, ColumnType.BOOLEAN: pl.Boolean,
}  # fmt: skip
DERIVED: dict[str, dict[str, Any]] = {
    "meetings": {"month": pl.Int32, "is_offday": pl.Boolean},
    "documents": {"month": pl.Int32, "is_repeat": pl.Boolean, "is_cross_carrier_repeat": pl.Boolean},
    "inspections": {"month": pl.Int32, "is_repeat": pl.Boolean},
    "staff": {"age_months": pl.Int32, "age_band": pl.String},
    "staff_moves": {
        "month": pl.Int32, "post_type": pl.String, "age_band": pl.String, "gender": pl.String, "roster_reported": pl.Boolean,
    },
}  # fmt: skip
QUARANTINE = {"point_id": pl.String, "month": pl.Int32, "file": pl.String, "ledger": pl.String}
MEETING = {
    "date": date(2026, 1, 5), "level": "county", "topic": "party", "form": "onsite", "actual_minutes": 60,
    "attendees": 5, "accompanying": 0, "principal_required": False, "planned": True, "merged": False, "is_offday": False,
}  # fmt: skip
DOCUMENT = {
    "date": date(2026, 1, 5), "level": "county", "kind": "formal", "carrier": "paper", "comprehensive": False,
    "report_demanded": False, "is_repeat": False, "is_cross_carrier_repeat": False,
}  # fmt: skip
INSPECTION = {
    "start_date": date(2026, 1, 5), "end_date": date(2026, 1, 5), "level": "county", "kind": "check", "planned": True,
    "announced": True, "inspectors": 3, "accompanying": 0, "principal_accompanied": False, "materials": 0,
    "ranked": False, "problems_found": 0, "problems_solved": 0, "is_repeat": False,
}  # fmt: skip
PERSON = {
    "gender": "female", "post_type": "civil_servant", "status": "on_post", "age_months": 480, "age_band": "40-44",
}  # fmt: skip
MOVE = {
    "date": date(2026, 1, 5), "post_type": "civil_servant", "age_band": "30-34", "gender": "male", "roster_reported": True,
}  # fmt: skip
STANDING = dict.fromkeys(
    ("responsibility_letters", "veto_items", "apps", "official_accounts", "chat_groups", "plaques", "check_ins",
     "certificates"), 0,
)  # fmt: skip
SURVEY = {"valid_forms": 0, "felt_relief": 0, "weekend_days": 0.0, "leave_entitled": 0.0, "leave_taken": 0.0}
RETURN = {"nil_return": False, "submitted_at": datetime(2026, 2, 3)}
POINT = {
    "point_name": "某镇", "point_type": "township", "region_code": "410102", "selection": "probability",
    "active_from": 202601,
}  # fmt: skip
USUAL: dict[str, dict[str, Any]] = {
    "points": POINT, "meetings": MEETING, "documents": DOCUMENT, "inspections": INSPECTION, "staff": PERSON,
    "staff_moves": MOVE, "standing": STANDING, "survey": SURVEY, "returns": RETURN,
}  # fmt: skip


def make_facts(**rows: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """A frame a ledger; `point_id` A and `month` 202601 where a row does not say."""
    facts = {}
    for name, ledger in LEDGERS.items():
        schema = {c.name: DTYPES.get(c.type, pl.String) for c in ledger.columns} | DERIVED.get(name, {})
        usual = {"point_id": "A", "month": 202601} | USUAL.get(name, {})
        full = [{k: v for k, v in (usual | row).items() if k in schema} for row in rows.get(name, [])]
        facts[name] = pl.DataFrame(full, schema=schema)
    return facts


def make_quarantine(*rows: tuple[str | None, int | None]) -> pl.DataFrame:
    """Rejected rows of meetings, of (point, month)."""
    return pl.DataFrame([{"point_id": p, "month": m, "file": "x.csv", "ledger": "meetings"} for p, m in rows], schema=QUARANTINE)
