"""Frames as text: CSV for spreadsheets, JSON for scripts."""

import json
from typing import Any

import polars as pl

BOM = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(frame: pl.DataFrame) -> bytes:
    """A frame as UTF-8 with a byte-order mark; text that a spreadsheet would run as a formula gets an apostrophe."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    safe = [
        pl.when(pl.col(n).str.slice(0, 1).is_in(FORMULA_STARTS)).then(pl.lit("'") + pl.col(n)).otherwise(pl.col(n)).alias(n)
        for n in texts
    ]
    return BOM + frame.with_columns(safe).write_csv().encode()


def write_json(frame: pl.DataFrame, about: dict[str, Any]) -> bytes:
    """An object of what the chart says about itself and its `rows`, unrounded, null where nothing applies."""
    return json.dumps({**about, "rows": frame.to_dicts()}, ensure_ascii=False, default=str).encode() + b"\n"
