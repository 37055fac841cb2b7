"""A snapshot is read, never written; what is broken says so in one sentence."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard.warehouse import open_snapshot, resolve
from pipelines.contracts.errors import WarehouseError


def test_an_empty_warehouse_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="run `burden refresh` first") as caught:
        open_snapshot(tmp_path)
    assert "burden refresh" in caught.value.zh


@pytest.mark.parametrize("pointer", ["", "{", "[]", '{"snapshot": 3}', '{"snapshot": "../../etc"}'])
def test_a_broken_pointer_is_named(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current.json").write_text(pointer)
    with pytest.raises(WarehouseError, match=r"current\.json"):
        resolve(tmp_path)


def test_a_snapshot_with_a_missing_table_is_named(small_warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small_warehouse, copy)
    id_ = resolve(copy)
    table = copy / "snapshots" / id_ / "mart_point_month.parquet"
    table.parent.chmod(0o755)
    table.unlink()
    with pytest.raises(WarehouseError, match=id_):
        open_snapshot(copy)


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{folder}/stolen.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('{other}')",
        "SET enable_external_access = true",
    ],
)
def test_the_connection_neither_writes_nor_reads_elsewhere(small_warehouse: Path, tmp_path: Path, sql: str) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    snapshot = open_snapshot(small_warehouse)
    with pytest.raises(duckdb.Error):
        snapshot.connection.cursor().execute(sql.format(folder=tmp_path, other=other)).fetchall()
    assert not (tmp_path / "stolen.csv").exists()


def test_an_open_snapshot_stays_itself_when_the_pointer_moves(small_warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small_warehouse, copy)
    snapshot = open_snapshot(copy)
    (copy / "current.json").write_text(json.dumps({"snapshot": "later"}))
    assert snapshot.query("SELECT count(*) AS n FROM dim_point")["n"][0] > 0
    assert open_snapshot(copy, snapshot.id).id == snapshot.id
