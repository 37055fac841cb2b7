"""The yardstick: what Polars alone needs to read the same file, parse its types and write it partitioned by month."""

from pathlib import Path

import polars as pl

from pipelines.contracts.ledgers import LEDGERS, ColumnType

TYPES = {ColumnType.INTEGER: pl.Int64, ColumnType.DATE: pl.Date}


def partition(source: Path, target: Path) -> None:
    """Stream the CSV of meetings into a folder of Parquet files, a sub-folder a month."""
    schema = {c.zh: TYPES.get(c.type, pl.String) for c in LEDGERS["meetings"].columns}
    date = LEDGERS["meetings"].column("date").zh
    flags = [c.zh for c in LEDGERS["meetings"].columns if c.type is ColumnType.BOOLEAN]
    rows = pl.scan_csv(source, schema=schema).with_columns(
        *(pl.col(flag) == "是" for flag in flags), month=pl.col(date).dt.year() * 100 + pl.col(date).dt.month(),
    )  # fmt: skip
    rows.sink_parquet(pl.PartitionBy(target, key="month"), mkdir=True)
