"""Faulty rows of the demo: which cell is wrong, and how. They stand beside the true rows and never replace one."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from pipelines.contracts import months
from pipelines.contracts.ledgers import Ledger
from pipelines.demo.scheme import Scheme

UNKNOWN = "P419999Z99"


@dataclass(frozen=True)
class Fault:
    """One kind of bad row: a copy of a good one with other `cells` (column to text); `twice` makes two that differ."""

    cells: dict[str, str | None]
    twice: str | None = None


def _faults(scheme: Scheme) -> dict[str, list[dict[str, str | None]]]:
    before = months.iso(months.shift(scheme.calendar[0], -3))
    future = f"{scheme.last_month // 100 + 2}-05-08"
    return {
        "meetings": [
            {"point_id": UNKNOWN}, {"date": "2025-02-30"}, {"date": "3/4/2025"}, {"actual_minutes": "约90"},
            {"actual_minutes": "2000"}, {"planned": "待定"}, {"topic": "会务"}, {"meeting_id": None},
            {"attendees": "5", "accompanying": "9"}, {"title": None}, {"date": future}, {"date": f"{before}-09"},
        ],
        "documents": [
            {"date": "2025年13月1日"}, {"kind": "红头"}, {"characters": "三千"}, {"report_demanded": "？"},
            {"point_id": UNKNOWN}, {"issuer": None}, {"pages": "0"},
        ],
        "inspections": [
            {"start_date": "2025-05-20", "end_date": "2025-05-02"}, {"inspectors": "0"}, {"materials": "若干"},
            {"kind": "慰问"}, {"start_date": "5月中旬"},
        ],
        "staff": [
            {"birth_month": "保密"}, {"status": "休假"}, {"person_id": "19900004321"}, {"point_id": UNKNOWN},
        ],
        "staff_moves": [{"move": "轮岗"}, {"date": "12/11/2024"}, {"months_agreed": "半年"}, {"point_id": UNKNOWN}],
        "standing": [{"apps": "-1"}, {"chat_groups": "很多"}, {"point_id": UNKNOWN}],
        "survey": [{"valid_forms": "9", "felt_relief": "12"}, {"weekend_days": "两天"}, {"point_id": UNKNOWN}],
        "returns": [{"ledger": "党建台账"}, {"month": "2025-13"}, {"point_id": UNKNOWN}, {"nil_return": "不详"}],
        "plans": [{"region_code": "419999"}, {"as_of": "2025-02-28", "ceiling": "未定"}],
        "feedback": [{"theme": "食堂"}, {"region_code": "410999"}, {"feedback_id": None}],
    }  # fmt: skip


# What keeps a bad row from taking the key of a good one: a value of its own in a key column.
FRESH_KEYS: dict[str, Callable[[str], dict[str, str | None]]] = {
    "meetings": lambda tag: {"meeting_id": f"H{tag}"}, "documents": lambda tag: {"document_no": f"误〔{tag}〕"},
    "inspections": lambda tag: {"inspection_id": f"D{tag}"}, "staff": lambda tag: {"person_id": f"X{tag}"},
    "staff_moves": lambda tag: {"person_id": f"X{tag}"}, "feedback": lambda tag: {"feedback_id": f"F{tag}"},
}
TWICE = {"meetings": "attendees", "inspections": "materials"}  # the column in which two rows of one key differ


def choose_faults(scheme: Scheme, ledger: Ledger, number: int) -> tuple[Fault, ...]:
    """The bad rows of a ledger's file with that number: every other kind, so that all turn up."""
    kinds = _faults(scheme).get(ledger.name, [])
    fresh = FRESH_KEYS.get(ledger.name)
    earlier = months.iso(months.shift(scheme.calendar[0], -1))
    chosen = []
    for k, cells in enumerate(kinds):
        if (k + number) % 2 and len(kinds) > 3:
            continue
        key: dict[str, str | None] = {} if ledger.name == "plans" else {"month": earlier}
        if fresh:
            key = fresh(f"{number:02d}x{k}")
        chosen.append(Fault(key | cells))
    if ledger.name in TWICE and fresh and number % 3 == 0:
        chosen.append(Fault(fresh(f"{number:02d}yy"), TWICE[ledger.name]))
    return tuple(chosen)


def spoil(body: pl.DataFrame, ledger: Ledger, faults: tuple[Fault, ...]) -> pl.DataFrame:
    """The text of a submission with the bad rows strewn among the good ones."""
    if not faults:
        return body
    parts, places = [body], [pl.int_range(body.height, eager=True).cast(pl.Float64)]
    for k, fault in enumerate(faults):
        at = body.height * (2 * k + 1) // (2 * len(faults))
        row = body[at : at + 1].with_columns(pl.lit(text, pl.String).alias(c) for c, text in fault.cells.items())
        parts.append(row)
        places.append(pl.Series([at + 0.5]))
        if fault.twice:
            parts.append(row.with_columns(pl.lit("37").alias(fault.twice)))
            places.append(pl.Series([at + 0.6]))
    place = pl.concat(places).alias("place")
    return pl.concat(parts).with_columns(place).sort("place").drop("place")
