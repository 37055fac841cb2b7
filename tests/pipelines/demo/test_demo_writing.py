"""What lies in the folders afterwards: marker, truth, policy, and files that read back to the true ledgers."""

import hashlib
import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from pipelines.conform import conform, read_divisions
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.policy import Policy
from pipelines.contracts.synthetic import SYNTHETIC_FOLDER, SYNTHETIC_MARKER
from pipelines.demo import DemoSummary, write
from pipelines.demo.panel import choose_points
from pipelines.demo.policy import write_policy
from pipelines.demo.population import simulate
from pipelines.demo.scheme import Scheme
from pipelines.demo.writing import make_ledgers
from pipelines.ingest import read, scan

SIZE = {"points": 500, "months": 13, "last_month": 202503}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def seen() -> list[tuple[float, str]]:
    return []


@pytest.fixture(scope="module")
def summary(base: Path, seen: list[tuple[float, str]]) -> DemoSummary:
    return write(base / "raw", **SIZE, progress=lambda share, step: seen.append((share, step)))


def digest(folder: Path) -> dict[str, tuple[str, float]]:
    return {p.relative_to(folder).as_posix(): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime)
            for p in sorted(folder.rglob("*")) if p.is_file()}


@cache
def true_ledgers() -> dict[str, pl.DataFrame]:
    scheme = Scheme(**SIZE)
    population = simulate(scheme)
    return make_ledgers(scheme, population, choose_points(scheme, population))


def test_everything_in_raw_lies_in_the_marked_folder(summary: DemoSummary, base: Path) -> None:
    assert [p.name for p in (base / "raw").iterdir()] == [SYNTHETIC_FOLDER]
    marker = json.loads((summary.folder / SYNTHETIC_MARKER).read_text(encoding="utf-8"))
    assert marker["synthetic"] is True
    assert marker["first_month"] == "2024-03"
    assert marker["last_month"] == "2025-03"
    assert marker["label_zh"]
    assert marker["label_en"]


def test_truth_stands_beside_raw_never_in_it(summary: DemoSummary, base: Path) -> None:
    assert base / "raw" not in summary.truth.parents
    truth = json.loads(summary.truth.read_text(encoding="utf-8"))
    assert len(truth["values"]["meetings"]) == 19
    assert {e["id"] for e in truth["effects"]} >= {"reform", "rebound", "displacement", "upward_drain", "accompaniment"}


def test_policy_is_valid_and_an_existing_one_is_kept(summary: DemoSummary, base: Path, tmp_path: Path) -> None:
    assert summary.policy == base / "burden.toml"
    policy = Policy.model_validate(tomllib.loads((base / "burden.toml").read_text(encoding="utf-8")))
    assert policy.reforms[0].month == date(2024, 6, 1)
    mine = tmp_path / "burden.toml"
    mine.write_text("[targets]\nmeetings = 5.0\n", encoding="utf-8")
    assert write_policy(Scheme(**SIZE), mine) is None
    assert "5.0" in mine.read_text(encoding="utf-8")


def test_same_seed_writes_the_same_bytes_and_times_and_replaces_the_demo(summary: DemoSummary, base: Path) -> None:
    before = digest(summary.folder)
    write(base / "raw", **SIZE)
    assert digest(summary.folder) == before


def test_demo_is_not_mixed_with_other_ledgers(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "真实台账.csv").write_text("样本点编码\n", encoding="utf-8")
    (tmp_path / "raw" / ".gitkeep").touch()
    with pytest.raises(BurdenError, match=r"真实台账\.csv"):
        write(tmp_path / "raw", **SIZE)
    assert not (tmp_path / "raw" / SYNTHETIC_FOLDER).exists()


def test_progress_runs_from_zero_to_one(summary: DemoSummary, seen: list[tuple[float, str]]) -> None:
    shares = [s for s, _ in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert {step for _, step in seen} >= {*LEDGERS, "population", "truth"}


def test_files_are_as_varied_as_real_ones(summary: DemoSummary) -> None:
    texts = [p.read_bytes() for p in summary.folder.rglob("*.csv")]
    assert {p.suffix for p in summary.folder.rglob("*") if p.is_file()} == {".csv", ".xlsx", ".parquet", ".jsonl", ".json"}
    assert any(t.startswith(b"\xef\xbb\xbf") for t in texts)
    assert any(b"\t" in t for t in texts)
    assert any(b";" in t.split(b"\n")[0] for t in texts)

    def is_utf8(content: bytes) -> bool:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    chinese = [t.decode("gb18030") for t in texts if not is_utf8(t)]
    assert any("样本点编码" in t for t in chinese)
    assert summary.files == sum(p.is_file() for p in summary.folder.rglob("*")) < 300


def test_files_read_back_to_exactly_the_true_ledgers(summary: DemoSummary, base: Path) -> None:
    files = [read(source) for source in scan(base / "raw")]
    result = conform(files, read_divisions(), date(2025, 4, 20))
    for name, frame in true_ledgers().items():
        counted = result.accounting[name]
        assert counted["in"] == summary.rows[name], name
        assert counted["in"] == counted["accepted"] + counted["superseded"] + counted["duplicate"] + counted["quarantined"]
        assert counted["accepted"] == frame.height, name
        columns = [c for c in frame.columns if c != "text"]
        facts = result.facts[name].select(pl.col(c).cast(frame.schema[c]) for c in columns)
        assert frame.select(columns).join(facts, on=columns, how="anti", nulls_equal=True).is_empty(), name
    assert set(result.quarantine["reason"]) >= {
        "unknown_point", "bad_date", "ambiguous_date", "bad_number", "bad_boolean", "out_of_range", "not_in_list",
        "missing_value", "missing_key", "conflicting_key", "future_date", "point_inactive", "personal_data",
        "unreadable_file", "no_ledger", "missing_column", "unknown_region",
    }  # fmt: skip
    dropped = {header for file in files for sheet in file.sheets for header in sheet.dropped}
    assert {"姓名", "联系电话"} <= dropped
    assert sum(c["superseded"] for c in result.accounting.values()) > 0
    assert sum(c["duplicate"] for c in result.accounting.values()) > 0
