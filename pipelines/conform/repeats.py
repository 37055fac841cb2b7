"""Repeats: the same document or inspection arriving again soon (DATA.md §4)."""

import polars as pl

DOCUMENT_DAYS = 30
INSPECTION_DAYS = 7


def mark_document_repeats(receipts: pl.DataFrame) -> pl.DataFrame:
    """Receipts with `is_repeat` and `is_cross_carrier_repeat`.

    A repeat has a number that the same point received at most 30 days before: by date, then path and row. It is one
    across carriers where the latest such receipt, itself a repeat or not, came on another carrier.
    """
    group = ["point_id", "document_no"]
    ordered = receipts.sort(*group, "date", "source_path", "source_row", "_sheet", nulls_last=True)
    marked = ordered.with_columns(
        _days=(pl.col("date") - pl.col("date").shift(1).over(group)).dt.total_days(),
        _carrier=pl.col("carrier").shift(1).over(group),
    )
    repeat = (pl.col("document_no").is_not_null() & (pl.col("_days") <= DOCUMENT_DAYS)).fill_null(value=False)
    return marked.with_columns(
        is_repeat=repeat, is_cross_carrier_repeat=repeat & (pl.col("carrier") != pl.col("_carrier")),
    ).drop("_days", "_carrier")


def mark_inspection_repeats(inspections: pl.DataFrame) -> pl.DataFrame:
    """Inspections with `is_repeat`: an earlier one (by start, then id) of the point started at most 7 days before."""
    ordered = inspections.sort("point_id", "start_date", "inspection_id")
    days = (pl.col("start_date") - pl.col("start_date").shift(1).over("point_id")).dt.total_days()
    return ordered.with_columns(is_repeat=(days <= INSPECTION_DAYS).fill_null(value=False))
