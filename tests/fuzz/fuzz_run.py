"""The fuzz run: every kind of mutation many times, through scan, read and conform of real files.

`python tests/fuzz/fuzz_run.py [tries] [kind ...]` prints a table and ends with 1 where a try failed. Checked of each try:
no exception; every row of the generator ends in the place expected of it, with its values; no personal number comes out.
"""

import os
import shutil
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import fuzz_book_kinds
import fuzz_text_kinds
import polars as pl
from fuzz_submission import COUNTY, Maker, Page, Row, Try

from pipelines.conform import Conformed, conform, read_divisions
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import ParsedFile, ParsedSheet, read, scan

KINDS = {**fuzz_text_kinds.KINDS, **fuzz_book_kinds.KINDS}
TODAY = date(2026, 11, 22)
BATCH = 150
WORKERS = 2
REGISTER = f"""样本点编码,样本点名称,样本点类型,区划代码,选取方式,启用月份,停用月份
P1,一乡,乡镇,{COUNTY},概率抽样,2024-01,
P2,二乡,乡镇,{COUNTY},概率抽样,2024-01,2024-02
"""
_SQUEEZED = str.maketrans("", "", " -\u2013\u200b")


class SurpriseError(Exception):
    """What a try did that was not expected of it."""


def run_kind(kind: str, tries: int) -> tuple[int, list[str]]:
    """How many tries went as expected, and what the others did."""
    with tempfile.TemporaryDirectory() as folder:
        return _run_batches(kind, tries, Path(folder))


def _run_batches(kind: str, tries: int, folder: Path) -> tuple[int, list[str]]:
    good, bad = 0, []
    for start in range(0, tries, BATCH):
        numbers = range(start, min(start + BATCH, tries))
        attempts = {f"{n:05d}": KINDS[kind](Maker(f"{kind}-{n}")) for n in numbers}
        try:
            outcome = _pass_through(attempts, folder)
        except Exception:
            bad += [f"{kind} {start}: {traceback.format_exc(limit=-3)}"]
            continue
        for name, attempt in attempts.items():
            try:
                _check(name, attempt, *outcome)
            except SurpriseError as surprise:
                bad.append(f"{kind} {name}: {surprise}")
            else:
                good += 1
        bad += _check_sums(kind, attempts, outcome[1])
    return good, bad


def _pass_through(attempts: dict[str, Try], folder: Path) -> tuple[dict[str, ParsedFile], Conformed]:
    raw = folder / "raw"
    shutil.rmtree(raw, ignore_errors=True)
    raw.mkdir()
    (raw / "名录.csv").write_text(REGISTER, encoding="utf-8")
    for name, attempt in attempts.items():
        (raw / name).mkdir()
        for file in attempt.files:
            path = raw / name / file.name
            path.write_bytes(file.save(file.pages))
            seconds = 60 * (29_000_000 + file.minute)
            os.utime(path, (seconds, seconds))
    files = [read(source) for source in scan(raw)]
    return {file.source.path: file for file in files}, conform(files, read_divisions(), TODAY)


def _check(name: str, attempt: Try, files: dict[str, ParsedFile], conformed: Conformed) -> None:
    for file in attempt.files:
        parsed = files[f"{name}/{file.name}"]
        if file.refused:
            _expect("reasons of the file", parsed.faults["reason"].to_list(), [file.refused.value])
            _expect("sheets of a refused file", len(parsed.sheets), 0)
            continue
        _expect("faults of the file", parsed.faults.height, 0)
        _expect("sheets", len(parsed.sheets), len(file.pages))
        for page, sheet in zip(file.pages, parsed.sheets, strict=True):
            _check_page(page, sheet, file.first_line, parsed.source.shown, conformed)
    _check_secrecy(name, attempt, files, conformed)


def _check_page(page: Page, sheet: ParsedSheet, first_line: int, shown: str, conformed: Conformed) -> None:
    if page.refused:
        _expect("reasons of the sheet", sheet.faults["reason"].to_list(), [page.refused.value])
        return
    _expect("ledger", sheet.ledger, page.ledger)
    places = {n: line.row for n, line in enumerate(page.lines, first_line) if line.row is not None}
    _expect("lines that are rows", sheet.frame["row"].to_list(), list(places))
    if page.ignored != ("",):
        _expect("ignored columns", sheet.ignored, page.ignored)
        _expect("dropped columns", sheet.dropped, page.dropped)
    here = (pl.col("source_file") == shown) & pl.col("source_sheet").eq_missing(pl.lit(sheet.sheet))
    facts = conformed.facts[page.ledger.name].filter(here).rows_by_key("source_row", named=True, unique=True)
    there = (pl.col("file") == shown) & pl.col("sheet").eq_missing(pl.lit(sheet.sheet))
    rejected = dict(conformed.quarantine.filter(there).select("row", "reason").iter_rows())
    _expect("accepted lines", sorted(facts), sorted(n for n, row in places.items() if row.fate == "accepted"))
    _expect("rejected lines", rejected, {n: r.reason.value for n, r in places.items() if r.reason is not None})
    for number, row in places.items():
        if row.fate == "accepted":
            _check_values(row, facts[number])


def _check_values(row: Row, fact: dict[str, object]) -> None:
    for column, value in row.values.items():
        _expect(f"value of {column}", fact[column], value)


def _check_secrecy(name: str, attempt: Try, files: dict[str, ParsedFile], conformed: Conformed) -> None:
    if not attempt.secrets:
        return
    shown = [files[f"{name}/{file.name}"].source.shown for file in attempt.files]
    frames = [*conformed.facts.values()]
    texts = [f.filter(pl.col("source_file").is_in(shown)).write_csv() for f in frames if "source_file" in f.columns]
    texts += [conformed.quarantine.filter(pl.col("file").is_in(shown)).write_csv(), *shown]
    texts += [sentence for pair in conformed.warnings for sentence in pair]
    for file in attempt.files:
        for sheet in files[f"{name}/{file.name}"].sheets:
            texts += [sheet.frame.write_csv(), sheet.faults.write_csv(), str((sheet.sheet, sheet.ignored, sheet.dropped))]
    told = unicodedata.normalize("NFKC", "\n".join(texts)).translate(_SQUEEZED)
    for secret in attempt.secrets:
        if secret in told or secret.lower() in told:
            raise SurpriseError("a personal number came out")


def _check_sums(kind: str, attempts: dict[str, Try], conformed: Conformed) -> list[str]:
    """Accounting against the generator's own list of rows."""
    expected: Counter[tuple[str, str]] = Counter()
    for attempt in attempts.values():
        for file in attempt.files:
            for page in file.pages:
                expected.update((page.ledger.name, row.fate) for row in page.rows)
    bad = []
    for ledger in LEDGERS:
        counts = conformed.accounting[ledger]
        for fate in ("accepted", "superseded", "duplicate", "quarantined"):
            if ledger != "points" and counts[fate] != expected[ledger, fate]:
                bad.append(f"{kind}: {ledger} {fate}: {counts[fate]}, not {expected[ledger, fate]}")
    return bad


def _expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise SurpriseError(f"{what}: {found!r}, not {expected!r}"[:500])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(tries: int, kinds: list[str]) -> int:
    """Print the table; 1 where anything failed."""
    begun, failures, total, passed = time.perf_counter(), [], 0, 0
    kinds = kinds or list(KINDS)
    # Fresh processes: the threads of the frames' library do not survive a fork; on small frames they only cost.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
        for kind, (good, bad) in zip(kinds, pool.map(partial(run_kind, tries=tries), kinds), strict=True):
            _say(f"{kind:26} {tries:5} tries {good:5} as expected {len(bad):4} failures")
            failures += bad
            total, passed = total + tries, passed + good
    for failure in failures[:40]:
        _say(failure)
    seconds = time.perf_counter() - begun
    _say(f"{len(kinds)} kinds, {total} tries, {passed} as expected, {len(failures)} failures, {seconds:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else 300, words[1:]))
