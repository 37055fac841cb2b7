"""The small province of `tests/fixtures`: its submissions clean to its clean tables, which its maker still makes."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines import ingest
from pipelines.conform import Conformed, conform, read_divisions
from pipelines.contracts.ledgers import LEDGERS, ColumnType

PROVINCE = Path(__file__).parent / "fixtures/small_province"
TABLES = sorted(path.stem for path in (PROVINCE / "clean").glob("*.csv"))
TYPES = {ColumnType.INTEGER: pl.Int64(), ColumnType.NUMBER: pl.Float64(), ColumnType.MONTH: pl.Int32(),
         ColumnType.DATE: pl.Date(), ColumnType.BOOLEAN: pl.Int8()}  # fmt: skip


def _clean(ledger: str) -> pl.DataFrame:
    frame = pl.read_csv(PROVINCE / f"clean/{ledger}.csv", infer_schema=False)
    types = {name: TYPES.get(LEDGERS[ledger].column(name).type, pl.String()) for name in frame.columns}
    casts = [pl.col(n).str.to_date() if t == pl.Date() else pl.col(n).cast(t) for n, t in types.items()]
    frame = frame.select(casts)
    return frame.with_columns(pl.col("region_code").str.head(6)) if "region_code" in frame.columns else frame


@pytest.fixture(scope="module")
def conformed() -> Conformed:
    files = [ingest.read(source) for source in ingest.scan(PROVINCE / "raw")]
    return conform(files, read_divisions(), date(2026, 9, 1))


@pytest.mark.parametrize("ledger", TABLES)
def test_submissions_clean_to_the_clean_table(conformed: Conformed, ledger: str) -> None:
    clean = _clean(ledger)
    facts = conformed.facts[ledger].select(clean.columns).cast(dict(clean.schema))
    assert clean.height > 0
    assert facts.sort(clean.columns).equals(clean.sort(clean.columns))


def test_only_the_rows_to_be_rejected_are_rejected(conformed: Conformed) -> None:
    rejected = conformed.quarantine.sort("row").select("file", "row", "column", "reason").rows()
    assert rejected == [
        ("会议/待核.csv", 2, "point_id", "unknown_point"),
        ("会议/待核.csv", 3, "date", "point_inactive"),
        ("会议/待核.csv", 4, "accompanying", "out_of_range"),
        ("会议/待核.csv", 5, "actual_minutes", "out_of_range"),
        ("会议/待核.csv", 6, "form", "not_in_list"),
        ("会议/待核.csv", 7, "meeting_id", "missing_key"),
    ]
    assert {name: count["duplicate"] for name, count in conformed.accounting.items() if count["duplicate"]} == {"meetings": 3}


def test_the_maker_still_makes_the_clean_tables(tmp_path: Path) -> None:
    subprocess.run([sys.executable, PROVINCE / "make.py", tmp_path], check=True)
    for ledger in TABLES:
        made = (tmp_path / f"clean/{ledger}.csv").read_bytes()
        assert made == (PROVINCE / f"clean/{ledger}.csv").read_bytes(), ledger
