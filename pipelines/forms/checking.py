"""Checking: files as refresh would read them, each by itself beside the registers; every bad cell, not the first of a row.

Nothing is stored. Corrections and repeats against other files show only at the refresh.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import polars as pl

from pipelines.conform import Divisions, conform, read_divisions
from pipelines.conform.checks import check as check_registers
from pipelines.conform.gathering import gather, order_files
from pipelines.conform.quarantine import compose_message
from pipelines.contracts.errors import BurdenError, Reason
from pipelines.contracts.ledgers import LEDGERS, POINTS, Ledger
from pipelines.ingest import FAULT_SCHEMA, ParsedFile, ParsedSheet, SourceFile, read, scan
from pipelines.ingest.sources import fingerprint
from pipelines.warehouse import Layout, read_table

Thing = TypeVar("Thing")
Progress = Callable[[str, int, int], None]
_ALWAYS = 101  # a month before any other, for points that no register knows


class Register(StrEnum):
    """Where the register of points came from."""

    GIVEN = "given"
    WAREHOUSE = "warehouse"
    RAW = "raw"
    NONE = "none"


@dataclass(frozen=True)
class Finding:
    """One bad cell, sheet or file. `row` and `column` (canonical) are None where the whole is meant; `value` is masked."""

    file: str
    sheet: str | None
    row: int | None
    ledger: str | None
    column: str | None
    value: str | None
    reason: Reason
    message_zh: str
    message_en: str

    def message(self, lang: str) -> str:
        """The sentence in `zh` or `en`."""
        return self.message_zh if lang == "zh" else self.message_en


@dataclass(frozen=True)
class CheckedFile:
    """A file, where its rows would end by ledger, what is wrong, and notes on columns left out (Chinese, English)."""

    parsed: ParsedFile
    accounting: dict[str, dict[str, int]]
    findings: tuple[Finding, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def source(self) -> SourceFile:
        """The file that was read."""
        return self.parsed.source


@dataclass(frozen=True)
class Checked:
    """The checked files, and which register their points were looked up in."""

    files: tuple[CheckedFile, ...]
    register: Register

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong, file by file."""
        return tuple(finding for file in self.files for finding in file.findings)


def check(
    paths: Sequence[Path], raw: Path, warehouse: Path, today: date, *, progress: Progress = lambda *_: None
) -> Checked:
    """Read the files and folders as a refresh on that day would. Raises BurdenError where there is nothing to read."""
    parsed = [read(source) for source in watch(list_sources(paths), "read", progress)]
    register, points = find_register(parsed, raw, warehouse, today)
    divisions = read_divisions()
    judged = tuple(judge(file, points, divisions, today) for file in watch(parsed, "conform", progress))
    return Checked(judged, register)


def watch(things: Sequence[Thing], stage: str, progress: Progress) -> Iterator[Thing]:
    """The things, the progress told as each is done with."""
    for done, thing in enumerate(things, start=1):
        yield thing
        progress(stage, done, len(things))


def list_sources(paths: Sequence[Path]) -> list[SourceFile]:
    """The source files among the paths, each once. Raises BurdenError where a path is absent or none holds a file."""
    found: dict[Path, SourceFile] = {}
    for path in paths:
        if not path.exists():
            raise BurdenError(f"找不到“{path}”；请核对路径。", f"“{path}” does not exist; check the path.")
        for source in scan(path) if path.is_dir() else [_describe(path)]:
            found.setdefault(source.absolute.resolve(), source)
    if not found:
        raise BurdenError(f"“{paths[0]}”内没有文件；请放入台账后重试。", f"“{paths[0]}” holds no files; put ledgers there.")
    return list(found.values())


def _describe(path: Path) -> SourceFile:
    try:
        stat = path.stat()
        return SourceFile(path.name, path, stat.st_size, int(stat.st_mtime // 60), fingerprint(path))
    except OSError:
        return SourceFile(path.name, path, 0, 0, "")


def find_register(
    parsed: Sequence[ParsedFile], raw: Path, warehouse: Path, today: date
) -> tuple[Register, pl.DataFrame | None]:
    """The accepted rows of the register of points: from the files given, else the warehouse, else the raw folder."""
    points = _accept_points(parsed, today)
    if points is not None:
        return Register.GIVEN, points
    layout = Layout(warehouse)
    current = layout.read_current()
    known = read_table(layout, current, POINTS.table) if current else None
    if known is not None and known.height:
        return Register.WAREHOUSE, known.select(c.name for c in POINTS.columns)
    points = _accept_points([read(source) for source in scan(raw)], today) if raw.is_dir() else None
    return (Register.NONE, None) if points is None else (Register.RAW, points)


def _accept_points(parsed: Sequence[ParsedFile], today: date) -> pl.DataFrame | None:
    registers = [file for file in parsed if any(sheet.ledger is POINTS for sheet in file.sheets)]
    if not registers:
        return None
    return conform(registers, read_divisions(), today).facts["points"].select(c.name for c in POINTS.columns)


def judge(file: ParsedFile, points: pl.DataFrame | None, divisions: Divisions, today: date) -> CheckedFile:
    """One file beside the register; without one (None) the points of the file are taken as registered."""
    register = _pose(points if points is not None else _trust_points(file))
    conformed = conform([register, file], divisions, today)
    own_points = replace(file, sheets=tuple(sheet for sheet in file.sheets if sheet.ledger is POINTS))
    alone = conform([own_points], divisions, today) if own_points.sheets else conformed  # apart from the other register
    ledgers = [ledger for ledger in LEDGERS.values() if any(sheet.ledger is ledger for sheet in file.sheets)]
    accounting = {g.name: (alone if g is POINTS else conformed).accounting[g.name] for g in ledgers}
    shown = file.source.shown
    quarantine = pl.concat([
        conformed.quarantine.filter(pl.col("ledger").ne_missing(POINTS.name)), alone.quarantine.filter(ledger=POINTS.name),
    ]).filter(file=shown)  # fmt: skip
    kept = quarantine.filter(pl.col("row").is_null() | (pl.col("reason") == Reason.CONFLICTING_KEY))
    findings = [
        Finding(shown, e["sheet"], e["row"], e["ledger"], e["column"], e["value"], Reason(e["reason"]), e["message_zh"],
                e["message_en"])
        for e in kept.iter_rows(named=True)
    ]  # fmt: skip
    registered = conformed.facts["points"]
    for ledger in ledgers:
        findings += _list_cells([register, file], ledger, registered, divisions, today)
    order = {(f"{g.name}", c.name): k for g in ledgers for k, c in enumerate(g.columns)}
    findings.sort(key=lambda f: (f.sheet or "", f.row or 0, order.get((f.ledger or "", f.column or ""), 0)))
    return CheckedFile(file, accounting, tuple(findings), _note_columns(conformed.warnings, shown))


def _note_columns(warnings: Sequence[tuple[str, str]], shown: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in warnings if pair[0].startswith(shown))


def _list_cells(
    files: Sequence[ParsedFile], ledger: Ledger, points: pl.DataFrame, divisions: Divisions, today: date
) -> Iterator[Finding]:
    """Every bad cell of one ledger in the last of the files, once."""
    ordered = order_files(files)
    place = next(k for k, file in enumerate(ordered) if file is files[-1])
    gathered = gather(ordered, ledger)
    found = pl.concat([gathered.faults, check_registers(gathered, points, divisions, today)]).filter(_file=place)
    file = files[-1]
    for fault in found.unique(["_sheet", "row", "column"], keep="first", maintain_order=True).iter_rows(named=True):
        said = compose_message(ledger.name, *(fault[k] for k in ("column", "value", "reason", "rule_zh", "rule_en")))
        yield Finding(
            file.source.shown, file.sheets[fault["_sheet"]].sheet, fault["row"], ledger.name, fault["column"],
            fault["value"], Reason(fault["reason"]), *said,
        )  # fmt: skip


def _pose(points: pl.DataFrame) -> ParsedFile:
    """The register as a file that is older than any other."""
    frame = points.with_row_index("row", offset=2).with_columns(pl.col("row").cast(pl.Int64))
    sheet = ParsedSheet(POINTS, None, frame, pl.DataFrame(schema=FAULT_SCHEMA))
    return ParsedFile(SourceFile("", Path(), 0, -1, ""), (sheet,))


def _trust_points(file: ParsedFile) -> pl.DataFrame:
    ids = [sheet.frame["point_id"] for sheet in file.sheets if sheet.ledger and sheet.ledger.has_point]
    names = pl.concat([pl.Series("point_id", [], pl.String), *ids]).drop_nulls().unique().sort()
    return names.to_frame().with_columns(
        point_name=pl.lit(""), point_type=pl.lit("township"), region_code=pl.lit("410102"), selection=pl.lit("purposive"),
        active_from=pl.lit(_ALWAYS, pl.Int32), active_to=pl.lit(None, pl.Int32),
    )  # fmt: skip
