"""Records with named fields: Parquet and JSON Lines, cast to text. Line numbers count records (Parquet) or lines."""

import io
import json
from typing import Any

import polars as pl

from pipelines.ingest.tables import TextTable, UnreadableError, refuse_panics

_INCOMPLETE = ("不是完整的 Parquet 文件", "it is not a complete Parquet file")


def read_parquet(content: bytes) -> list[TextTable]:
    """The one table of a Parquet file. Raises UnreadableError."""
    try:
        with refuse_panics(*_INCOMPLETE):
            frame = pl.read_parquet(io.BytesIO(content))
            texts = frame.select(_as_text(frame, name).alias(str(i)) for i, name in enumerate(frame.columns))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableError(*_INCOMPLETE) from error
    return [TextTable(None, texts, header=tuple(frame.columns))]


def _as_text(frame: pl.DataFrame, name: str) -> pl.Expr:
    dtype = frame.schema[name]
    if dtype.is_nested() or dtype == pl.Binary:
        return pl.lit(None, pl.String)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        return pl.col(name).dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None).cast(pl.String)
    return pl.col(name).cast(pl.String)


def read_json_lines(content: bytes) -> list[TextTable]:
    """The one table of a JSON Lines file; a blank line stays a blank line. Raises UnreadableError."""
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableError("文字编码不是 UTF-8", "its text is not encoded as UTF-8") from error
    if not lines[-1].strip():
        lines.pop()
    records = [_load_record(line, number) for number, line in enumerate(lines, start=1)]
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = {str(i): [_word(record.get(name)) for record in records] for i, name in enumerate(names)}
    return [TextTable(None, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), header=tuple(names))]


def _load_record(line: str, number: int) -> dict[str, Any]:
    if not line.strip():
        return {}
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UnreadableError(f"第 {number} 行不是有效的 JSON", f"line {number} is not valid JSON") from error
    if not isinstance(record, dict):
        raise UnreadableError(f"第 {number} 行不是 JSON 对象", f"line {number} is not a JSON object")
    return record


def _word(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
