"""A small office whose raw folder changes: the files of each state, and where each of their rows must end.

The fates are worked out here, from the list of rows alone; nothing of the product judges them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipelines.contracts.ledgers import LEDGERS
from tests.pipelines import raw_folder

TODAY = date(2026, 4, 20)
MONTHS = ("2026-01", "2026-02", "2026-03")
COUNTIES = {"A1": "410102", "B1": "410202", "B2": "410202", "C1": "410302", "C2": "410302"}
LEFT, LEFT_AFTER = "C2", "2026-02"
DUE = ("会议", "文件", "督查检查考核", "人员", "存量事项", "问卷")
MONTH_OF = {
    "returns": "month", "meetings": "date", "documents": "date", "inspections": "start_date", "staff": "month",
    "staff_moves": "date", "standing": "month", "survey": "month",
}  # fmt: skip
FATES = ("accepted", "superseded", "duplicate", "quarantined")


class Change(StrEnum):
    """What can happen to the raw folder; a state is a set of them."""

    LATE = "late"
    CORRECTED = "corrected"
    CORRECTED_BACK = "corrected_back"
    REJECTED = "rejected"
    SENT_TWICE = "sent_twice"
    WITHDRAWN = "withdrawn"
    IN_PLACE = "in_place"
    RETURNS_FIRST = "returns_first"
    POINT_CLOSED = "point_closed"


State = frozenset[Change]
STATES: tuple[State, ...] = tuple(frozenset(state) for state in (
    (), (Change.LATE,), (Change.LATE, Change.CORRECTED), (Change.CORRECTED, Change.CORRECTED_BACK, Change.IN_PLACE),
    (Change.REJECTED, Change.SENT_TWICE), (Change.WITHDRAWN, Change.LATE), (Change.RETURNS_FIRST, Change.WITHDRAWN),
    (Change.POINT_CLOSED, Change.CORRECTED), tuple(Change), (Change.IN_PLACE, Change.SENT_TWICE, Change.RETURNS_FIRST),
))  # fmt: skip


@dataclass(frozen=True)
class File:
    """A source file: its rows, the minute of its modification, and the lines (from 1) that nothing can accept."""

    path: str
    ledger: str
    minute: int
    rows: tuple[dict[str, Any], ...]
    bad: tuple[int, ...] = ()


def list_files(state: State) -> list[File]:
    """The raw folder in a state."""
    files = [*_registers(state), *_monthly(), *_yearly()]
    if Change.LATE in state:
        files.append(_meetings("补报/会议.csv", 10, [("A1", "late", "2026-03-30"), ("C1", "late", "2026-02-27")]))
    if Change.CORRECTED in state:
        rows = [("A1", "2026-02/0", "2026-02-10"), ("B1", "2026-01/1", "2026-01-11")]
        files.append(_meetings("更正/会议.csv", 20, rows, attendees=9))
    if Change.CORRECTED_BACK in state:
        files.append(_meetings("更正/会议再报.csv", 30, [("A1", "2026-02/0", "2026-02-10")]))
    if Change.REJECTED in state:
        rows = [("A1", "2026-02/0", "2026-02-30"), ("Z9", "1", "2026-02-01"), ("B2", "2026-01/0", "2026-01-10")]
        files.append(_meetings("更正/有误.csv", 40, rows, bad=(2, 3)))
    if Change.SENT_TWICE in state:
        files.append(_meetings("重报/会议.csv", 50, [("C1", f"2026-03/{n}", f"2026-03-{n + 10}") for n in range(3)]))
    if Change.WITHDRAWN in state:
        files = [file for file in files if file.path != "会议/2026-03-41020.csv"]
    if Change.IN_PLACE in state:
        files = [_rewrite(file) if file.ledger == "documents" else file for file in files]
    if Change.RETURNS_FIRST in state:
        rows = [{**_return("B1", "2026-03", name), "submitted_at": "2026-04-09"} for name in DUE]
        files.append(File("回执/补报.csv", "returns", 5, tuple(rows)))
    return [_close(file) for file in files] if Change.POINT_CLOSED in state else files


def _registers(state: State) -> list[File]:
    points = [
        {"point_id": p, "point_name": f"{p}镇", "point_type": "乡镇", "region_code": county, "active_from": "2026-01",
         "selection": "典型观测" if p == "B2" else "概率抽样",
         "active_to": LEFT_AFTER if p == LEFT and Change.POINT_CLOSED in state else ""}
        for p, county in COUNTIES.items()
    ]  # fmt: skip
    strata = [{"city_code": c, "point_type": "乡镇", "population_units": 40} for c in ("410100", "410200", "410300")]
    return [File("登记/名录.csv", "points", 0, tuple(points)), File("登记/抽样框.csv", "frame", 0, tuple(strata))]


def _monthly() -> list[File]:
    files = []
    for month in MONTHS:
        for city in ("41010", "41020", "41030"):
            own = [p for p, county in COUNTIES.items() if county.startswith(city)]
            keys = [(p, f"{month}/{n}", f"{month}-{n + 10}") for p in own for n in range(3)]
            files.append(_meetings(f"会议/{month}-{city}.csv", 0, keys))
        each = list(COUNTIES)
        files += [
            File(f"存量/{month}.csv", "standing", 0, tuple({"point_id": p, "month": month, **raw_folder.STANDING} for p in each)),
            File(f"回执/{month}.csv", "returns", 0, tuple(_return(p, month, name) for p in each for name in DUE)),
            File(f"花名册/{month}.csv", "staff", 0, tuple(
                {"point_id": p, "month": month, "person_id": f"{p}-{n}", **raw_folder.PERSON} for p in each for n in range(3)
            )),
        ]  # fmt: skip
    return files


def _yearly() -> list[File]:
    each = [(p, month) for p in COUNTIES for month in MONTHS]
    return [
        File("文件.csv", "documents", 0, tuple(
            {"point_id": p, "document_no": f"豫{n}号", "date": f"{m}-0{n + 2}", **raw_folder.DOCUMENT}
            for p, m in each for n in range(2)
        )),
        File("督查.csv", "inspections", 0, tuple(
            {"point_id": p, "inspection_id": f"I{m}", "start_date": f"{m}-07", "end_date": f"{m}-08", **raw_folder.INSPECTION}
            for p, m in each
        )),
        File("变动.csv", "staff_moves", 0, ({"point_id": "A1", "date": "2026-02-09", "person_id": "A1-0", "move": "遴选"},)),
        File("问卷.csv", "survey", 0, tuple({"point_id": p, "month": m, **raw_folder.SURVEY} for p, m in each)),
        File("计划.csv", "plans", 0, (
            {"region_code": "410000", "year": 2026, "level": "省", "item": "文件", "previous_actual": 90, "ceiling": 80,
             "issued": 20, "as_of": "2026-03-31"},
        )),
        File("留言.csv", "feedback", 0, (
            {"feedback_id": "F1", "submitted_at": "2026-03-01 08:00", "region_code": "410102", **raw_folder.FEEDBACK},
        )),
    ]  # fmt: skip


def _meetings(
    path: str, minute: int, keys: list[tuple[str, str, str]], bad: tuple[int, ...] = (), **rest: Any
) -> File:
    return File(path, "meetings", minute, tuple(raw_folder.list_meetings(*keys, **rest)), bad)


def _return(point: str, month: str, ledger: str) -> dict[str, Any]:
    return {"point_id": point, "month": month, "ledger": ledger, "nil_return": "否", "submitted_at": f"{month}-28",
            "minutes_spent": 20}  # fmt: skip


def _rewrite(file: File) -> File:
    rows = tuple({**row, "pages": 7} if row["point_id"] == "B1" else row for row in file.rows)
    return File(file.path, file.ledger, 60, rows)


def _close(file: File) -> File:
    """The rows of the closed point after its last month can be accepted no more."""
    column = MONTH_OF.get(file.ledger)
    late = [
        line for line, row in enumerate(file.rows, start=2)
        if column and row["point_id"] == LEFT and row[column][:7] > LEFT_AFTER
    ]  # fmt: skip
    return File(file.path, file.ledger, file.minute, file.rows, tuple({*file.bad, *late}))


def write_files(raw: Path, files: Iterable[File]) -> None:
    """Make the raw folder hold these files and no other; what is there already is not touched."""
    files = list(files)
    wanted = {raw / file.path: file for file in files}
    for path in [p for p in raw.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
    for path, file in wanted.items():
        draft = raw_folder.write(path.with_name(f"{path.name}.part"), file.ledger, list(file.rows), file.minute)
        same = path.exists() and path.stat().st_mtime == draft.stat().st_mtime and path.read_bytes() == draft.read_bytes()
        draft.unlink() if same else draft.replace(path)


@dataclass(frozen=True)
class Fates:
    """Where the rows of a ledger end: how many in each place, and which are accepted and which refused (file, line)."""

    counts: dict[str, int]
    accepted: frozenset[tuple[str, int]]
    quarantined: frozenset[tuple[str, int]]


def settle(files: Iterable[File]) -> dict[str, Fates]:
    """Where every row of the files must end, by ledger."""
    files = sorted(files, key=lambda file: (file.minute, file.path))
    return {name: _settle([file for file in files if file.ledger == name], name) for name in LEDGERS}


def _settle(files: list[File], ledger: str) -> Fates:
    fates: dict[str, set[tuple[str, int]]] = {fate: set() for fate in FATES}
    versions: dict[tuple[Any, ...], list[tuple[tuple[str, int], dict[str, Any]]]] = {}
    for file in files:
        for line, row in enumerate(file.rows, start=2):
            if line in file.bad:
                fates["quarantined"].add((file.path, line))
            else:
                key = tuple(row.get(column) for column in LEDGERS[ledger].key)
                versions.setdefault(key, []).append(((file.path, line), row))
    for sent in versions.values():
        if ledger == "returns":
            sent.sort(key=lambda version: version[1]["submitted_at"])
        same = [place for place, row in sent if row == sent[-1][1]]
        fates["accepted"].add(same[0])
        fates["duplicate"].update(same[1:])
        fates["superseded"].update(place for place, row in sent if row != sent[-1][1])
    counts = {"in": sum(len(file.rows) for file in files), **{fate: len(rows) for fate, rows in fates.items()}}
    return Fates(counts, frozenset(fates["accepted"]), frozenset(fates["quarantined"]))
