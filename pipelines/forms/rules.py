"""What a cell of a template accepts: number formats, rules of data validation, examples, and the rule in words."""

from datetime import date, datetime
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pipelines.contracts.ledgers import Column, ColumnType, Ledger

T = ColumnType
TEXT_FORMAT = "@"
FORMATS = {T.DATE: "yyyy-mm-dd", T.TIMESTAMP: "yyyy-mm-dd hh:mm", T.INTEGER: "0", T.NUMBER: "General"}
YES_NO = ["是", "否"]
_EARLIEST = date(1990, 1, 1)
_EXAMPLES: dict[str, Any] = {
    "point_id": "P4101T001", "point_name": "某县某镇人民政府", "region_code": "410122", "city_code": "410100",
    "plans.region_code": "410100", "population_units": 42, "meeting_id": "H2026-07-01", "title": "全县安全生产工作会议",
    "documents.title": "关于做好防汛工作的通知", "inspections.title": "安全生产专项检查", "organiser": "县应急管理局",
    "issuer": "县政府办公室", "document_no": "某政办〔2026〕12号", "inspection_id": "D2026-07-01", "person_id": "R0007",
    "feedback_id": "L2026-0031", "text": "同一份材料多头报送。", "stated_minutes": 60, "actual_minutes": 75, "attendees": 6,
    "meetings.accompanying": 2, "pages": 4, "characters": 1800, "year": 2026, "birth_month": "1990-05",
    "entry_month": "2015-07", "active_to": None, "active_from": "2026-01", "valid_forms": 20, "felt_relief": 12,
    "leave_entitled": 10, "leave_taken": 4, "weekend_days": 1.5, "posts_established": 30, "months_agreed": 6,
    "level": "县", "plans.level": "市", "meetings.topic": "安全", "inspections.kind": "检查", "point_type": "乡镇",
    "end_date": date(2026, 7, 3), "closed_at": date(2026, 7, 10), "minutes_spent": 25,
}  # fmt: skip
_BY_TYPE: dict[ColumnType, Any] = {
    T.DATE: date(2026, 7, 3), T.TIMESTAMP: datetime(2026, 8, 3, 10, 30), T.MONTH: "2026-07", T.INTEGER: 3, T.NUMBER: 3,
    T.BOOLEAN: "否", T.TEXT: "", T.REGION: "410100", T.POINT: "P4101T001",
}  # fmt: skip


def make_example(ledger: Ledger, column: Column) -> Any:
    """A cell as it should be filled in."""
    first = column.codes.entries[0].zh if column.codes else _BY_TYPE[column.type]
    return _EXAMPLES.get(f"{ledger.name}.{column.name}", _EXAMPLES.get(column.name, first))


def choose_format(column: Column) -> str:
    """The number format of a column: text wherever a leading nought or a month could be lost."""
    return FORMATS.get(column.type, TEXT_FORMAT)


def make_validation(ledger: Ledger, column: Column, regions: str) -> dict[str, Any]:
    """The validation of a column for xlsxwriter, seen from its first cell in row 2; `regions` is the range of codes."""
    cell = _cell(ledger, column.name)
    if column.codes or column.type is T.BOOLEAN:
        return {"validate": "list", "source": [e.zh for e in column.codes.entries] if column.codes else YES_NO}
    if column.type is T.REGION:
        return {"validate": "list", "source": regions, "error_type": "warning"}
    if column.type in (T.DATE, T.TIMESTAMP):
        least: Any = f"={_cell(ledger, column.not_before)}" if column.not_before else _EARLIEST
        return {"validate": "date", "criteria": ">=", "value": least}
    if column.type is T.MONTH:
        after = f",{cell}>={_cell(ledger, column.not_before)}" if column.not_before else ""
        formula = f'=AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(DATEVALUE({cell}&"-01")){after})'
        return {"validate": "custom", "value": formula}
    if column.type in (T.INTEGER, T.NUMBER):
        return _bound(ledger, column)
    return {"validate": "length", "criteria": "between", "minimum": 1, "maximum": 500 if column.type is T.TEXT else 60}


def _bound(ledger: Ledger, column: Column) -> dict[str, Any]:
    kind = "integer" if column.type is T.INTEGER else "decimal"
    least = column.minimum or 0
    if column.at_most:
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": f"={_cell(ledger, column.at_most)}"}
    if column.maximum is not None:
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": column.maximum}
    return {"validate": kind, "criteria": ">=", "value": least}


def _cell(ledger: Ledger, name: str) -> str:
    """The cell of a column in the first row under the header."""
    return f"{xl_col_to_name([c.name for c in ledger.columns].index(name))}2"


def say_rule(ledger: Ledger, column: Column, lang: str) -> str:
    """What the column accepts, for people."""
    zh = lang == "zh"
    if column.codes:
        words = [e.zh if zh else f"{e.zh} ({e.en})" for e in column.codes.entries]
        return ("只可选：" if zh else "One of: ") + ("、" if zh else ", ").join(words)
    if column.type is T.BOOLEAN:
        return "是或否" if zh else "是 (yes) or 否 (no)"
    if column.type is T.REGION:
        digits = "6、9或12位" if column.below_county else "6位"
        return f"{digits}数字的区划代码" if zh else "A region code: " + ("6, 9 or 12" if column.below_county else "6") + " digits"
    if column.type in (T.INTEGER, T.NUMBER):
        return _say_bounds(ledger, column, zh=zh)
    said = {
        T.DATE: ("日期，如 2026-07-03", "A date such as 2026-07-03"),
        T.MONTH: ("月份，如 2026-07", "A month such as 2026-07"),
        T.TIMESTAMP: ("日期或时间，如 2026-07-03 10:30", "A day or time such as 2026-07-03 10:30"),
    }.get(column.type, ("文字", "Text"))
    rule = said[0] if zh else said[1]
    if column.not_before:
        bound = ledger.column(column.not_before)
        rule += f"，不早于“{bound.zh}”" if zh else f", not before {bound.zh} ({bound.en})"
    return rule


def _say_bounds(ledger: Ledger, column: Column, *, zh: bool) -> str:
    whole = column.type is T.INTEGER
    kind = ("整数" if whole else "数字，可带小数") if zh else ("A whole number" if whole else "A number")
    low = f"{column.minimum or 0:g}"
    if column.at_most:
        bound = ledger.column(column.at_most)
        return f"{kind}，{low} 至“{bound.zh}”" if zh else f"{kind}, {low} to {bound.zh} ({bound.en})"
    if column.maximum is not None:
        return f"{kind}，{low} 至 {column.maximum:g}" if zh else f"{kind}, {low} to {column.maximum:g}"
    return f"{kind}，不小于 {low}" if zh else f"{kind}, at least {low}"
