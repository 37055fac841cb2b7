"""The raw folder as a list of files: which ledger goes into which file, in which style, arriving when.

Ledgers of points are handed in by five parts of the province and by year; the small ones by year, or once.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from pipelines.contracts.ledgers import LEDGERS, ColumnType, Ledger
from pipelines.demo import texts
from pipelines.demo.corrections import LATE, correct
from pipelines.demo.faults import choose_faults
from pipelines.demo.panel import Panel
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme
from pipelines.demo.styles import BOOK_STYLES, CSV_STYLES, JSONL, PARQUET, Style
from pipelines.demo.writers import Submission

AREAS = {
    "豫中": ("410100", "410400", "411000", "411100"),
    "豫北": ("410500", "410600", "410700", "410800", "410900", "419001"),
    "豫东": ("410200", "411400", "411600"), "豫西": ("410300", "411200"), "豫南": ("411300", "411500", "411700"),
}  # fmt: skip
FOLDERS = {
    "points": "登记", "frame": "登记", "returns": "回执", "meetings": "会议", "documents": "文件", "inspections": "督查",
    "staff": "人员", "staff_moves": "人员变动", "standing": "存量", "survey": "问卷", "plans": "计划", "feedback": "谈减负",
}  # fmt: skip
BY_AREA = ("returns", "meetings", "documents", "inspections", "staff")
MAIN_MINUTE = 10_000
BOOK_ROWS = {"meetings": 2500, "inspections": 4000, "staff_moves": 6000, "standing": 4000, "survey": 3000}
AREA_ORDER = tuple(AREAS)
PHONE_IN_NAME = "19900006789"  # a number that must be masked in the file's name
FIRST_RETURNS = 1500


def list_submissions(scheme: Scheme, panel: Panel, ledgers: dict[str, pl.DataFrame]) -> Iterator[Submission]:
    """Every file with a ledger, largest ledgers last; each frame is handed over as it is wanted."""
    rng = scheme.rng("submissions")
    number = 0
    for name, frame in ledgers.items():
        ledger = LEDGERS[name]
        for label, part in _divide(panel, ledger, frame):
            style = _choose_style(ledger, part.height, number)
            main = Submission(
                f"{FOLDERS[name]}/{label}{ledger.zh}", ledger, part, style, MAIN_MINUTE + number,
                choose_faults(scheme, ledger, number), _add_columns(ledger, part.height, number, rng),
            )
            yield from correct(main, number, rng)
            number += 1
    yield _resend_meetings(ledgers["meetings"], rng)
    yield _first_returns(ledgers["returns"], rng)


def _divide(panel: Panel, ledger: Ledger, frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Labels (`2025年/豫南_`) and parts of a ledger."""
    if ledger.dated_by is None:
        yield "", frame
        return
    keys = [_year_of(ledger)]
    columns = frame.columns
    if ledger.name in BY_AREA:
        area_of = {city: k for k, codes in enumerate(AREAS.values()) for city in codes}
        place = pl.DataFrame({
            "point_id": panel.point_id, "area": [area_of[cities()[c].code] for c in panel.units.city],
        }, schema_overrides={"point_id": pl.String})
        frame = frame.join(place, on="point_id", how="left", maintain_order="left", validate="m:1")
        keys.append(pl.col("area"))
    parts = frame.with_columns(keys[0]).partition_by([k.meta.output_name() for k in keys], as_dict=True)
    for key in sorted(parts):
        year = f"{key[0]}年"
        yield (f"{year}/{AREA_ORDER[int(key[1])]}_" if len(key) > 1 else f"{year}_"), parts[key].select(columns)


def _year_of(ledger: Ledger) -> pl.Expr:
    column = ledger.column(str(ledger.dated_by))
    cell = pl.col(column.name)
    if column.type is ColumnType.MONTH:
        return (cell // 100).cast(pl.Int32).alias("of_year")
    return cell.dt.year().alias("of_year")


def _choose_style(ledger: Ledger, rows: int, number: int) -> Style:
    if ledger.name == "points":
        return BOOK_STYLES[0]
    if ledger.name == "frame":
        return CSV_STYLES[1]
    if rows <= BOOK_ROWS.get(ledger.name, 0):
        return BOOK_STYLES[number % len(BOOK_STYLES)]
    if ledger.name in ("feedback", "survey") and number % 3 == 0:
        return JSONL
    if ledger.name not in ("plans", "feedback") and number % 8 == 3:
        return PARQUET
    return CSV_STYLES[number % len(CSV_STYLES)]


def _add_columns(ledger: Ledger, rows: int, number: int, rng: np.random.Generator) -> tuple[tuple[str, pl.Series], ...]:
    """Columns that do not belong: names and telephone numbers, which must never be stored, and running numbers."""
    if ledger.name == "points" or (ledger.name in ("meetings", "staff", "feedback") and number % 6 == 1):
        return ("姓名", _names(rows, rng)), ("联系电话", _phones(rows, rng))
    if ledger.name == "inspections" and number % 4 == 0:
        return (("序号", pl.int_range(1, rows + 1, eager=True).cast(pl.String)),)
    return ()


def _names(rows: int, rng: np.random.Generator) -> pl.Series:
    contact = texts.words()["contact"]
    which = np.zeros(rows, dtype=np.int64)
    return texts.pick([contact["surnames"]], which, rng) + texts.pick([contact["given"]], which, rng)


def _phones(rows: int, rng: np.random.Generator) -> pl.Series:
    return "1990000" + pl.Series(rng.integers(0, 10_000, rows)).cast(pl.String).str.zfill(4)


def _resend_meetings(frame: pl.DataFrame, rng: np.random.Generator) -> Submission:
    """Rows sent once more unchanged, in a file whose name holds a telephone number."""
    rows = frame[pl.Series(np.sort(rng.choice(frame.height, 40, replace=False)))]
    return Submission(f"会议/补报_联系人{PHONE_IN_NAME}", LEDGERS["meetings"], rows, CSV_STYLES[3], MAIN_MINUTE + LATE)


def _first_returns(frame: pl.DataFrame, rng: np.random.Generator) -> Submission:
    """First versions of returns in a later file: the later time of submission stands, not the later file."""
    rows = frame[pl.Series(np.sort(rng.choice(frame.height, min(FIRST_RETURNS, frame.height), replace=False)))]
    earlier = rows.with_columns(
        pl.col("submitted_at") - pl.duration(hours=30), pl.col("minutes_spent") + 5, nil_return=pl.lit(value=False),
    )
    main = Submission("回执/首次报送", LEDGERS["returns"], earlier, CSV_STYLES[4], MAIN_MINUTE + LATE)
    return replace(main, faults=())
