"""Ledgers in small: a register of three points, a frame, and lines of the other ledgers with one cell changed."""

from datetime import date

from pipelines.contracts.ledgers import LEDGERS

TODAY = date(2026, 11, 22)
DEFAULTS: dict[str, dict[str, str]] = {
    "points": {"point_id": "P1", "point_name": "一乡", "point_type": "乡镇", "region_code": "410102",
               "selection": "概率抽样", "active_from": "2024-01"},
    "frame": {"city_code": "410100", "point_type": "乡镇", "population_units": "70"},
    "returns": {"point_id": "P1", "month": "2026-07", "ledger": "会议", "nil_return": "否", "submitted_at": "2026-08-03"},
    "meetings": {"point_id": "P1", "meeting_id": "M1", "date": "2026-07-03", "title": "会", "level": "县",
                 "organiser": "某局", "topic": "安全", "form": "视频", "actual_minutes": "90", "attendees": "20",
                 "accompanying": "3", "principal_required": "否", "planned": "是", "merged": "否"},
    "documents": {"point_id": "P1", "document_no": "豫1号", "date": "2026-07-03", "title": "通知", "level": "县",
                  "issuer": "某办", "kind": "通知", "carrier": "纸质", "comprehensive": "否", "report_demanded": "否"},
    "inspections": {"point_id": "P1", "inspection_id": "I1", "start_date": "2026-07-03", "end_date": "2026-07-04",
                    "title": "查", "level": "县", "organiser": "某局", "kind": "检查", "planned": "是", "announced": "否",
                    "inspectors": "3", "accompanying": "2", "principal_accompanied": "否", "materials": "1",
                    "ranked": "否", "problems_found": "1", "problems_solved": "1"},
    "staff": {"point_id": "P1", "month": "2026-07", "person_id": "S1", "birth_month": "1990-08", "gender": "男",
              "post_type": "行政", "status": "在岗"},
    "staff_moves": {"point_id": "P1", "date": "2026-07-03", "person_id": "S1", "move": "调出"},
    "standing": {"point_id": "P1", "month": "2026-07", "responsibility_letters": "1", "veto_items": "1", "apps": "1",
                 "official_accounts": "1", "chat_groups": "1", "plaques": "1", "check_ins": "1", "certificates": "1"},
    "survey": {"point_id": "P1", "month": "2026-07", "valid_forms": "10", "felt_relief": "5", "weekend_days": "2.5",
               "leave_entitled": "5", "leave_taken": "1"},
    "plans": {"region_code": "410000", "year": "2026", "level": "省", "item": "文件", "previous_actual": "10",
              "ceiling": "9", "issued": "5", "as_of": "2026-06-30"},
    "feedback": {"feedback_id": "F1", "submitted_at": "2026-07-03 10:00", "region_code": "410102", "kind": "问题线索",
                 "theme": "会议", "text": "会多", "status": "已受理", "action": "无"},
}  # fmt: skip


def table(ledger: str, *rows: dict[str, str]) -> str:
    """The ledger as CSV under its Chinese header, a row for each set of changed cells."""
    columns = LEDGERS[ledger].columns
    lines = [",".join(c.zh for c in columns)]
    lines += [",".join((DEFAULTS[ledger] | row).get(c.name, "") for c in columns) for row in rows]
    return "\n".join(lines)


def files_of() -> dict[str, str]:
    """The register and the frame that stand beside every ledger of the tests."""
    points = [{}, {"point_id": "P2", "active_from": "2026-03", "active_to": "2026-06"},
              {"point_id": "P3", "selection": "典型观测", "region_code": "410100"}]  # fmt: skip
    return {"登记/名录.csv": table("points", *points), "登记/抽样框.csv": table("frame", {})}
