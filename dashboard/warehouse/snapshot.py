"""A published snapshot, opened read-only."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dashboard.warehouse.damage import find_damaged_part
from pipelines.contracts.errors import WarehouseError
from pipelines.contracts.policy import Policy

POINTER = "current.json"


def resolve(warehouse: Path) -> str:
    """The id of the current snapshot. Raises WarehouseError where nothing was published or the pointer is not readable."""
    try:
        snapshot = json.loads((warehouse / POINTER).read_text(encoding="utf-8"))["snapshot"]
    except FileNotFoundError:
        raise WarehouseError(
            f"数据仓库“{warehouse}”还没有已发布的快照；请先运行 burden refresh。",
            f"The warehouse “{warehouse}” has no published snapshot yet; run `burden refresh` first.",
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(warehouse, POINTER) from None
    if not isinstance(snapshot, str) or Path(snapshot).name != snapshot:
        raise _broken(warehouse, POINTER)
    return snapshot


def open_snapshot(warehouse: Path, snapshot: str | None = None) -> "Snapshot":
    """Open a snapshot (the current one by default). Raises WarehouseError where a part is absent or not readable."""
    id_ = snapshot or resolve(warehouse)
    folder = warehouse / "snapshots" / id_
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        tables = manifest["tables"]
    except (OSError, ValueError, KeyError):
        raise _broken(warehouse, f"snapshots/{id_}/manifest.json") from None
    try:
        return Snapshot(id_, folder, manifest, _connect(folder, tables))
    except duckdb.Error:
        raise _broken(warehouse, f"snapshots/{id_}/{find_damaged_part(folder, manifest) or ''}") from None


def _broken(warehouse: Path, part: str) -> WarehouseError:
    return WarehouseError(
        f"数据仓库“{warehouse}”的“{part}”不完整或无法读取；请运行 burden refresh --full 重建。",
        f"“{part}” of the warehouse “{warehouse}” is incomplete or unreadable; rebuild it with `burden refresh --full`.",
    )


def _connect(folder: Path, tables: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """An in-memory database with a view a table, which may read this folder and nothing else."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    root = folder.resolve()
    connection.execute(f"SET allowed_directories = ['{str(root).replace(chr(39), chr(39) * 2)}/']")
    connection.execute("SET enable_external_access = false")
    for table, entry in sorted(tables.items()):
        files = [part["file"] for part in entry.get("parts", [])] or [f"{table}.parquet"]
        sources = ", ".join("'" + str(root / file).replace("'", "''") + "'" for file in files)
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{sources}])")
    connection.execute("SET lock_configuration = true")
    return connection


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One immutable snapshot: id, manifest and tables. Safe to share between threads: each query has its own cursor."""

    id: str
    folder: Path
    manifest: dict[str, Any]
    connection: duckdb.DuckDBPyConnection

    def query(self, sql: str, parameters: list[Any] | None = None) -> pl.DataFrame:
        """The answer of a read-only query, as a frame."""
        cursor = self.connection.cursor()
        try:
            answer = cursor.sql(sql, params=parameters or []).to_arrow_table()
        except duckdb.Error:
            part = find_damaged_part(self.folder, self.manifest)
            if part is None:
                raise
            raise _broken(self.folder.parents[1], f"snapshots/{self.id}/{part}") from None
        finally:
            cursor.close()
        frame = pl.from_arrow(answer)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table never becomes a series
        return frame

    @property
    def as_of(self) -> date:
        """The day of the refresh."""
        return date.fromisoformat(self.manifest["as_of"])

    @property
    def is_synthetic(self) -> bool:
        """Were the ledgers written by `burden demo`?"""
        return bool(self.manifest.get("synthetic"))

    @cached_property
    def policy(self) -> Policy:
        """The settings of `burden.toml` at the refresh."""
        return Policy.model_validate(self.manifest["policy"])

    @cached_property
    def months(self) -> tuple[int, int] | None:
        """First and last month with any report; None where nothing was reported."""
        months = self.manifest.get("months")
        return (int(months[0]), int(months[1])) if months else None

    @cached_property
    def regions(self) -> pl.DataFrame:
        """`dim_region`, by level and code."""
        return self.query("SELECT * FROM dim_region ORDER BY level, code")

    @cached_property
    def strata(self) -> pl.DataFrame:
        """`dim_stratum`, by stratum; the row number is the stratum's index in a fold."""
        return self.query("SELECT * FROM dim_stratum ORDER BY stratum")

    @cached_property
    def points(self) -> pl.DataFrame:
        """Probability points that have a stratum in the frame, by id; the row number is the point's index in a fold.

        `stratum_index` is the row of `strata`.
        """
        strata = self.strata.with_row_index("stratum_index").select("stratum", "stratum_index")
        points = self.query("SELECT * FROM dim_point WHERE selection = 'probability' ORDER BY point_id")
        return points.join(strata, on="stratum", how="inner", maintain_order="left", validate="m:1")

    @cached_property
    def reporting(self) -> pl.DataFrame:
        """Reports due and received: `city_code, county_code, month, active`, and a count a `<ledger>_reported` column."""
        ledgers = ("meetings", "documents", "inspections", "staff", "standing", "survey")
        counts = ", ".join(f"count(*) FILTER (WHERE {name}_reported) AS {name}_reported" for name in ledgers)
        return self.query(
            f"SELECT city_code, county_code, month, count(*) AS active, {counts} "
            "FROM mart_point_month JOIN dim_point USING (point_id) WHERE selection = 'probability' "
            "GROUP BY ALL ORDER BY ALL"
        )
