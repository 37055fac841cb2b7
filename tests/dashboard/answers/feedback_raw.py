"""A raw folder of two cities made for messages: one reports few meetings and writes much, and some messages are hostile."""

from collections.abc import Iterable
from pathlib import Path

QUIET, BUSY = "410600", "411100"
MONTHS = ("2026-04", "2026-05", "2026-06")
ID_CARD, MOBILE = "11010519491231002X", "13812345678"
HOSTILE = (
    f"我叫某某，电话{MOBILE}，身份证{ID_CARD}，开会太多",
    '<script>alert(1)</script><img src="http://evil.example/x.png" onerror=alert(2)>开会',
    "![图](http://evil.example/y.png) [点我](javascript:alert(3)) **粗** ${{7*7}}",
    "=HYPERLINK(\"http://evil.example\",\"点我\")",
)  # fmt: skip


def write_raw(folder: Path) -> None:
    """Registers, meetings and messages as CSV files."""
    points = [(f"{city}{k}", city, meetings) for city, base in ((QUIET, 1), (BUSY, 8)) for k, meetings in
              enumerate((base, base, base + 1, base + 1))]  # fmt: skip
    _write(folder / "points.csv", "point_id,point_name,point_type,region_code,selection,active_from,active_to",
           (f"{p},点{p},village,{city},probability,2026-01," for p, city, _ in points))  # fmt: skip
    _write(folder / "frame.csv", "city_code,point_type,population_units", (f"{c},village,40" for c in (QUIET, BUSY)))
    _write(
        folder / "meetings.csv",
        "point_id,meeting_id,date,title,level,organiser,topic,form,stated_minutes,actual_minutes,attendees,accompanying,"
        "principal_required,planned,merged",
        (f"{p},{m}-{i},{m}-{i + 1:02d},会,county,县委办,other,onsite,60,60,5,0,否,是,否"
         for p, _, n in points for m in MONTHS for i in range(n)),
    )  # fmt: skip
    texts = [*HOSTILE, *(f"开会太多，第{i}次" for i in range(16))]
    rows = [(f"F{i}", QUIET, text, i) for i, text in enumerate(texts)] + [("F99", BUSY, "文件少了", 99)]
    _write(
        folder / "feedback.csv", "feedback_id,submitted_at,region_code,kind,theme,text,status,closed_at,action",
        (f"{key},2026-05-{1 + i % 20:02d},{city},clue,meetings,{_quote(text)},{_state(i)}" for key, city, text, i in rows),
    )  # fmt: skip


def _state(i: int) -> str:
    """Closed after i days with a reminder, or without anything, or still in hand."""
    if i % 3 == 2:
        return "working,,none"
    return f"closed,2026-06-{1 + i % 20:02d},{'reminder' if i % 3 else 'none'}"


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _write(path: Path, header: str, rows: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
