"""A province of meetings for measuring: registers, returns and one CSV of as many meetings as asked, fixed seed.

Written in slices, so that memory stays small. Nothing here is a claim about real meetings.
"""

import calendar
from pathlib import Path

import numpy as np
import polars as pl

from pipelines.contracts import codes, months
from pipelines.contracts.ledgers import LEDGERS

SEED = 20260703
POINTS, MONTHS, FIRST = 20_000, 36, 202401
CITIES = (*(f"41{n:02d}00" for n in range(1, 18)), "419001")
SLICE = 500_000
SUBJECTS = ("安全生产", "防汛抗旱", "乡村振兴", "基层党建", "营商环境", "信访维稳", "生态环境整治", "项目建设")
ENDINGS = ("工作推进会", "视频调度会", "专题会议", "部署会", "座谈会")


def write_province(raw: Path, rows: int) -> Path:
    """Registers, returns and `rows` meetings under `raw`. Returns the CSV of meetings."""
    raw.mkdir(parents=True)
    rng = np.random.default_rng(SEED)
    points = np.array([f"{CITIES[n % len(CITIES)]}-{n:05d}" for n in range(POINTS)])
    types = codes.POINT_TYPE.codes
    _write("points", pl.DataFrame({
        "point_id": points, "point_name": [f"样本点{n}" for n in range(POINTS)],
        "point_type": [types[n // len(CITIES) % len(types)] for n in range(POINTS)],
        "region_code": [CITIES[n % len(CITIES)] for n in range(POINTS)],
        "selection": "probability", "active_from": FIRST, "active_to": None,
    }), raw / "样本点名录.csv")  # fmt: skip
    _write("frame", pl.DataFrame(
        [(city, kind, 4 * POINTS // len(CITIES) // len(types)) for city in CITIES for kind in types],
        schema=["city_code", "point_type", "population_units"], orient="row",
    ), raw / "抽样框.csv")  # fmt: skip
    span = months.span(FIRST, months.shift(FIRST, MONTHS - 1))
    _write("returns", pl.DataFrame({
        "point_id": np.tile(points, MONTHS), "month": np.repeat(span, POINTS), "ledger": "meetings",
        "nil_return": False, "submitted_at": "2026-12-31 09:00", "minutes_spent": 20,
    }), raw / "报送回执.csv")  # fmt: skip
    target = raw / "会议台账.csv"
    with target.open("wb") as stream:
        for start in range(0, rows, SLICE):
            slice_ = make_meetings(rng, points, span, start, min(SLICE, rows - start))
            _name(slice_, "meetings").write_csv(stream, include_header=start == 0)
    return target


def make_meetings(rng: np.random.Generator, points: np.ndarray, span: list[int], start: int, rows: int) -> pl.DataFrame:
    """Rows of the ledger of meetings, as an office writes them."""
    day_counts = np.array([calendar.monthrange(m // 100, m % 100)[1] for m in span])
    at = rng.integers(0, len(span), rows)
    days = 1 + (rng.random(rows) * day_counts[at]).astype(int)
    month = np.array(span)[at]
    attendees = rng.integers(3, 120, rows)
    stated = rng.choice([30, 60, 90, 120], rows)

    def pick(words: tuple[str, ...]) -> pl.Series:
        return pl.Series(words).gather(rng.integers(0, len(words), rows))

    def words(column: str) -> tuple[str, ...]:
        code_list = LEDGERS["meetings"].column(column).codes
        return tuple(entry.zh for entry in code_list.entries) if code_list else ()

    subject, yes = pick(SUBJECTS), ("否", "是")
    return pl.DataFrame({
        "point_id": points[rng.integers(0, len(points), rows)],
        "meeting_id": [f"H{n:09d}" for n in range(start, start + rows)],
        "date": pl.select(pl.date(pl.Series(month // 100), pl.Series(month % 100), pl.Series(days))).to_series(),
        "title": subject + pick(ENDINGS), "level": pick(words("level")), "organiser": pick(SUBJECTS) + "领导小组办公室",
        "topic": pick(words("topic")), "form": pick(words("form")),
        "stated_minutes": pl.Series(stated).set(pl.Series(rng.random(rows) < 0.4), None),
        "actual_minutes": rng.integers(10, 240, rows), "attendees": attendees,
        "accompanying": (attendees * rng.random(rows) / 3).astype(int),
        "principal_required": pick(yes), "planned": pick(yes), "merged": pick(yes),
    })  # fmt: skip


def _name(frame: pl.DataFrame, ledger: str) -> pl.DataFrame:
    return frame.rename({c.name: c.zh for c in LEDGERS[ledger].columns})


def _write(ledger: str, frame: pl.DataFrame, path: Path) -> None:
    if "month" in frame.columns:
        frame = frame.with_columns(pl.col("month").cast(pl.String).str.replace(r"^(\d{4})", "$1-"))
    if "active_from" in frame.columns:
        frame = frame.with_columns(pl.lit("2024-01").alias("active_from"))
    _name(frame, ledger).write_csv(path)
