"""Writes the demo province: ledgers under the raw folder, truth and policy beside it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.synthetic import SYNTHETIC_FOLDER, SYNTHETIC_MARKER
from pipelines.demo import documents, inspections, meetings, monthly, registers, reporting, staff
from pipelines.demo.panel import Panel, choose_points
from pipelines.demo.policy import write_policy
from pipelines.demo.population import Population, simulate
from pipelines.demo.scheme import Scheme
from pipelines.demo.submissions import MAIN_MINUTE, list_submissions
from pipelines.demo.truth import describe_truth
from pipelines.demo.writers import stamp, write_submission

Progress = Callable[[float, str], None]
TRUTH = Path("真值") / "population_truth.json"
POLICY = "burden.toml"
FILES_AT_MOST = 190
ARRIVES_BEFORE = timedelta(days=12)  # the main files, before the end of the period


@dataclass(frozen=True)
class DemoSummary:
    """What was written: `rows` by ledger as they lie in the files, faulty, repeated and corrected ones included."""

    folder: Path
    truth: Path
    policy: Path | None
    points: int
    observation_points: int
    population_units: int
    first_month: int
    last_month: int
    files: int
    size_bytes: int
    rows: dict[str, int]


def write(
    raw: Path, *, points: int = 1200, months: int = 36, seed: int = 20190311, last_month: int,
    progress: Progress | None = None,
) -> DemoSummary:
    """Write a synthetic Henan into `raw/示例数据`, its true values and, where none is there, a burden.toml beside `raw`.

    `last_month`: YYYYMM. `progress` gets a share of 1 and the name of the ledger (or `population`, `truth`) just begun.
    A demo that is already there is replaced. Raises BurdenError where other files lie in `raw`, or a size is out of range.
    """
    return write_scheme(raw, Scheme(last_month, points, months, seed), progress)


def write_scheme(raw: Path, scheme: Scheme, progress: Progress | None = None) -> DemoSummary:
    """The same from a scheme."""
    report = progress or _ignore
    _refuse_other_files(raw)
    report(0.0, "population")
    population = simulate(scheme)
    panel = choose_points(scheme, population)
    ledgers = make_ledgers(scheme, population, panel)
    report(0.2, "points")
    staging = raw / f".{SYNTHETIC_FOLDER}"
    shutil.rmtree(staging, ignore_errors=True)
    rows = _write_files(scheme, panel, ledgers, staging, report)
    report(0.95, "truth")
    truth = raw.parent / TRUTH
    truth.parent.mkdir(parents=True, exist_ok=True)
    truth.write_text(json.dumps(describe_truth(scheme, population), ensure_ascii=False, indent=1), encoding="utf-8")
    policy = write_policy(scheme, raw.parent / POLICY)
    shutil.rmtree(raw / SYNTHETIC_FOLDER, ignore_errors=True)
    staging.rename(raw / SYNTHETIC_FOLDER)
    report(1.0, "truth")
    return _summarise(scheme, population, panel, raw / SYNTHETIC_FOLDER, truth, policy, rows)


def _ignore(share: float, step: str) -> None:
    pass


def _refuse_other_files(raw: Path) -> None:
    """A demo is never mixed with other ledgers. Raises BurdenError."""
    demo = raw / SYNTHETIC_FOLDER
    for path in sorted(raw.rglob("*")) if raw.is_dir() else []:
        if path.is_dir() or path.name.startswith(".") or path.relative_to(raw).parts[0].startswith("."):
            continue
        if demo not in path.parents or not (demo / SYNTHETIC_MARKER).is_file():
            name = path.relative_to(raw)
            raise BurdenError(
                f"原始数据文件夹 {raw} 已有其他文件（如 {name}），示例数据不与真实台账混放；请用 --out 另指定空文件夹。",
                f"The raw folder {raw} already holds other files (such as {name}); the demo is not mixed with them: "
                "name an empty folder with --out.",
            )


def make_ledgers(scheme: Scheme, population: Population, panel: Panel) -> dict[str, pl.DataFrame]:
    """All twelve ledgers, typed, true and complete as far as reported; the small ones first."""
    reported = reporting.draw_reporting(scheme, panel)
    people = staff.find_people(scheme, population, panel)
    made = {
        "points": panel.register,
        "frame": population.frame.strata.select("city_code", "point_type", "population_units"),
        "plans": registers.make_plans(scheme), "feedback": registers.make_feedback(scheme),
        "staff_moves": staff.make_moves(scheme, panel, people),
        "standing": monthly.make_standing(
            scheme, panel, staff.count_by_cell(scheme, panel, people), reported.reported["standing"]),
        "survey": monthly.make_survey(scheme, panel, reported.reported["survey"]),
        "inspections": inspections.make_inspections(
            scheme, panel, population.counts, reported.reported["inspections"]),
        "meetings": meetings.make_meetings(scheme, panel, population.counts, reported.reported["meetings"]),
        "staff": staff.make_staff(scheme, panel, people, reported.reported["staff"]),
        "documents": documents.make_documents(scheme, panel, population.counts, reported.reported["documents"]),
    }
    rows = {name: _count(scheme, panel, made[name], name) for name in reporting.LEDGERS}
    return {"returns": reporting.make_returns(scheme, panel, reported, rows)} | made


def _count(scheme: Scheme, panel: Panel, frame: pl.DataFrame, name: str) -> np.ndarray:
    """Rows of a ledger by point and month (points × months)."""
    ledger = LEDGERS[name]
    dated = pl.col(str(ledger.dated_by))
    month = dated if ledger.dated_by == "month" else dated.dt.year() * 100 + dated.dt.month()
    table = frame.group_by("point_id", month.cast(pl.Int32).alias("of_month")).len()
    places = {m: k for k, m in enumerate(scheme.calendar)}
    point = {p: k for k, p in enumerate(panel.point_id)}
    counts = np.zeros((len(panel), scheme.months), dtype=np.int64)
    counts[[point[p] for p in table["point_id"]], [places[m] for m in table["of_month"]]] = table["len"].to_numpy()
    return counts


def _write_files(scheme: Scheme, panel: Panel, ledgers: dict[str, pl.DataFrame], folder: Path,
                 report: Progress) -> dict[str, int]:
    end = datetime.combine(scheme.month_starts[-1], datetime.min.time()) - ARRIVES_BEFORE
    rows = dict.fromkeys(LEDGERS, 0)
    for k, submission in enumerate(list_submissions(scheme, panel, ledgers)):
        report(min(0.94, 0.2 + 0.75 * k / FILES_AT_MOST), submission.ledger.name)
        arrived = end + timedelta(minutes=submission.minute - MAIN_MINUTE)
        rows[submission.ledger.name] += write_submission(folder, submission, arrived)
    _write_strays(folder, end)
    marker = {
        "synthetic": True, "generator": "burden demo", "label_zh": "示例数据，非真实统计",
        "label_en": "Synthetic data, not real statistics", "seed": scheme.seed, "points": scheme.points,
        "months": scheme.months, "first_month": months.iso(scheme.calendar[0]),
        "last_month": months.iso(scheme.last_month),
    }
    path = folder / SYNTHETIC_MARKER
    path.write_text(json.dumps(marker, ensure_ascii=False, indent=1), encoding="utf-8")
    stamp(path, end)
    return rows


def _write_strays(folder: Path, arrived: datetime) -> None:
    """Files that are no ledger: one that cannot be read, one of another purpose, one without a required column."""
    strays = folder / "杂项"
    strays.mkdir()
    (strays / "扫描件.xlsx").write_bytes(b"%PDF-1.4 scanned page, saved under the wrong name")
    (strays / "会议台账_缺列.csv").write_text(
        "样本点编码,会议编号,会议日期,会议名称,召开层级,召开单位,主题类别,会议形式,实际时长(分钟)\n", encoding="gb18030")
    with xlsxwriter.Workbook(strays / "值班表.xlsx") as book:
        book.set_properties({"created": arrived})
        sheet = book.add_worksheet("值班安排")
        for k, line in enumerate((("日期", "带班领导", "值班电话"), ("10月1日", "张某", ""), ("10月2日", "李某", ""))):
            sheet.write_row(k, 0, line)
    for path in strays.iterdir():
        stamp(path, arrived)


def _summarise(scheme: Scheme, population: Population, panel: Panel, folder: Path, truth: Path, policy: Path | None,
               rows: dict[str, int]) -> DemoSummary:
    files = [p for p in folder.rglob("*") if p.is_file()]
    purposive = int(panel.purposive.sum())
    return DemoSummary(
        folder, truth, policy, len(panel) - purposive, purposive, len(population.stratum), scheme.calendar[0],
        scheme.last_month, len(files), sum(p.stat().st_size for p in files), rows,
    )
