"""A small raw folder of real files: four points, three months, every ledger."""

import csv
import os
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contracts.ledgers import LEDGERS

TODAY = date(2026, 4, 20)
MONTHS = ("2026-01", "2026-02", "2026-03")
POINTS = ("P1", "P2", "P3", "G1")
MEETING = {
    "title": "工作例会", "level": "县", "organiser": "县政府办", "topic": "党建", "form": "现场", "stated_minutes": 60,
    "actual_minutes": 50, "attendees": 8, "accompanying": 2, "principal_required": "是", "planned": "是", "merged": "否",
}  # fmt: skip
DOCUMENT = {
    "title": "通知", "level": "市", "issuer": "市政府办", "kind": "正式文件", "carrier": "纸质", "pages": 3,
    "characters": 1200, "comprehensive": "否", "report_demanded": "是", "reply_days": 5,
}  # fmt: skip
INSPECTION = {
    "title": "检查", "level": "县", "organiser": "县环保局", "kind": "检查", "planned": "是", "announced": "是",
    "inspectors": 3, "accompanying": 2, "principal_accompanied": "否", "materials": 4, "ranked": "否",
    "problems_found": 2, "problems_solved": 1,
}  # fmt: skip
PERSON = {"birth_month": "1990-05", "gender": "男", "post_type": "行政", "entry_month": "2015-07", "status": "在岗"}
STANDING = dict.fromkeys(
    ("responsibility_letters", "veto_items", "apps", "official_accounts", "chat_groups", "plaques", "check_ins",
     "certificates"), 3,
) | {"posts_established": 5}  # fmt: skip
SURVEY = {"valid_forms": 10, "felt_relief": 4, "weekend_days": 1.5, "leave_entitled": 5, "leave_taken": 2}
FEEDBACK = {"kind": "问题线索", "theme": "会议", "text": "会太多", "status": "已受理", "action": "无"}


def write(path: Path, ledger: str, rows: list[dict[str, Any]], minute: int = 0) -> Path:
    """A CSV of a ledger with Chinese headers, modified `minute` minutes after a fixed moment."""
    columns = LEDGERS[ledger].columns
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([c.zh for c in columns])
        writer.writerows([[row.get(c.name, "") for c in columns] for row in rows])
    set_minute(path, minute)
    return path


def set_minute(path: Path, minute: int) -> None:
    """Set the modification time."""
    moment = 1_775_000_000 + 60 * minute
    os.utime(path, (moment, moment))


def list_meetings(*keys: tuple[str, str, str], **rest: Any) -> list[dict[str, Any]]:
    """Meetings of (point, id, day)."""
    return [{"point_id": p, "meeting_id": i, "date": d, **MEETING, **rest} for p, i, d in keys]


def write_registers(raw: Path) -> None:
    """Four points in two counties (one of them purposive) and their strata."""
    write(raw / "登记" / "名录.csv", "points", [
        {"point_id": p, "point_name": f"{p}镇", "point_type": "乡镇", "region_code": "410102" if p < "P2" else "410202",
         "selection": "典型观测" if p == "G1" else "概率抽样", "active_from": "2026-01"} for p in POINTS
    ])  # fmt: skip
    write(raw / "登记" / "抽样框.csv", "frame", [
        {"city_code": city, "point_type": "乡镇", "population_units": 40} for city in ("410100", "410200")
    ])  # fmt: skip


def write_raw(raw: Path) -> Path:
    """The whole folder."""
    write_registers(raw)
    each = [(p, m) for p in POINTS for m in MONTHS]
    for month in MONTHS:
        write(raw / "会议" / f"{month}.csv", "meetings", list_meetings(
            *((p, f"{month}/{n}", f"{month}-{n + 10}") for p in POINTS for n in range(3))
        ))  # fmt: skip
    write(raw / "文件.csv", "documents", [
        {"point_id": p, "document_no": f"豫{n}号", "date": f"{m}-0{n + 2}", **DOCUMENT} for p, m in each for n in range(2)
    ])  # fmt: skip
    write(raw / "督查.csv", "inspections", [
        {"point_id": p, "inspection_id": f"I{m}", "start_date": f"{m}-07", "end_date": f"{m}-08", **INSPECTION} for p, m in each
    ])  # fmt: skip
    write(raw / "花名册.csv", "staff", [
        {"point_id": p, "month": m, "person_id": f"{p}-{n}", **PERSON} for p, m in each for n in range(3)
    ])  # fmt: skip
    write(raw / "变动.csv", "staff_moves", [{"point_id": "P1", "date": "2026-02-09", "person_id": "P1-0", "move": "遴选"}])
    write(raw / "存量.csv", "standing", [{"point_id": p, "month": m, **STANDING} for p, m in each])
    write(raw / "问卷.csv", "survey", [{"point_id": p, "month": m, **SURVEY} for p, m in each])
    write(raw / "回执.csv", "returns", [
        {"point_id": p, "month": m, "ledger": name, "nil_return": "否", "submitted_at": f"{m}-28", "minutes_spent": 20}
        for p, m in each for name in ("会议", "文件", "督查检查考核", "人员", "存量事项", "问卷")
    ])  # fmt: skip
    write(raw / "计划.csv", "plans", [
        {"region_code": "410000", "year": 2026, "level": "省", "item": "文件", "previous_actual": 90, "ceiling": 80,
         "issued": 20, "as_of": "2026-03-31"}
    ])  # fmt: skip
    write(raw / "留言.csv", "feedback", [
        {"feedback_id": "F1", "submitted_at": "2026-03-01 08:00", "region_code": "410102", **FEEDBACK}
    ])  # fmt: skip
    return raw
