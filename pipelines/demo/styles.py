"""How submissions differ in looks: a style, and a typed ledger turned into the text that such a submission holds."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from pipelines.contracts.ledgers import Column, ColumnType, Ledger


class Form(StrEnum):
    """File formats that the demo writes."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"


DATE_FORMATS = {"iso": "%Y-%m-%d", "slash": "%Y/%-m/%-d", "dot": "%Y.%-m.%-d", "zh": "%Y年%-m月%-d日", "plain": "%Y%m%d"}
SERIAL = "serial"
MONTH_FORMATS = {"zh": "%Y年%-m月", "plain": "%Y%m"}  # every other date style writes months as 2026-07
WIDE_EVERY = 37
WIDE_DIGITS = {str(d): chr(ord("０") + d) for d in range(10)}


@dataclass(frozen=True)
class Style:
    """One way of filling in and saving a form.

    `dates`: date styles taken in turn from row to row. `titles`: lines above the header. `grouped`: a two-row header.
    `wide`: full-width brackets in headers and, now and then, digits. `english`: canonical headers and codes.
    """

    form: Form = Form.CSV
    encoding: str = "utf-8"
    separator: str = ","
    dates: tuple[str, ...] = ("iso",)
    booleans: tuple[str, str] = ("是", "否")
    titles: int = 0
    footer: bool = False
    grouped: bool = False
    wide: bool = False
    thousands: bool = False
    english: bool = False


CSV_STYLES = (
    Style(),
    Style(encoding="gb18030", dates=("slash",), booleans=("√", "×"), titles=2, footer=True),
    Style(encoding="utf-8-sig", separator=";", dates=("zh",), booleans=("有", "无"), wide=True),
    Style(separator="\t", dates=("dot", "iso"), booleans=("1", "0")),
    Style(encoding="gb18030", dates=("iso", "slash", "dot", "zh", "plain"), titles=1, footer=True),
    Style(encoding="utf-8-sig", dates=(SERIAL,), booleans=("true", "false"), english=True),
    Style(dates=("plain",), booleans=("Y", "N"), thousands=True, titles=3),
)
BOOK_STYLES = (
    Style(form=Form.XLSX, dates=("iso",), titles=2, footer=True),
    Style(form=Form.XLSX, dates=(SERIAL,), booleans=("√", "×"), titles=1, grouped=True),
    Style(form=Form.XLSX, dates=("zh", "slash"), booleans=("有", "无"), wide=True),
)
PARQUET, JSONL = Style(form=Form.PARQUET), Style(form=Form.JSONL)


def name_header(column: Column, style: Style) -> str:
    """The header that the style writes over a column."""
    if style.english:
        return column.name
    return column.zh.replace("(", "（").replace(")", "）") if style.wide else column.zh


def to_text(frame: pl.DataFrame, ledger: Ledger, style: Style) -> pl.DataFrame:
    """The ledger's columns as the text of their cells (String; null = empty), row for row."""
    turn = pl.int_range(pl.len()) % len(style.dates)
    dates = {name: _date_texts(frame[name], style) for name in _dated(ledger)}
    return frame.with_columns(
        pl.coalesce(pl.when(turn == k).then(pl.lit(texts[k])) for k in range(len(style.dates))).alias(name)
        for name, texts in dates.items()
    ).select(_cell_text(column, style).alias(column.name) for column in ledger.columns)


def _dated(ledger: Ledger) -> list[str]:
    return [c.name for c in ledger.columns if c.type in (ColumnType.DATE, ColumnType.MONTH, ColumnType.TIMESTAMP)]


def _date_texts(cells: pl.Series, style: Style) -> list[pl.Series]:
    """The column written in each of the style's date styles; distinct values are written once."""
    return [_write_dates(cells, name) for name in style.dates]


def _write_dates(cells: pl.Series, date_style: str) -> pl.Series:
    distinct = cells.unique().drop_nulls()
    days = distinct
    pattern = DATE_FORMATS.get(date_style, "%Y-%m-%d")
    if cells.dtype == pl.Int32:
        days = pl.Series([f"{m // 100}-{m % 100:02d}-01" for m in distinct], dtype=pl.String).str.to_date()
        texts = days.dt.strftime(MONTH_FORMATS.get(date_style, "%Y-%m"))
    elif isinstance(cells.dtype, pl.Datetime):
        texts = days.dt.strftime(pattern + " %H:%M")
    elif date_style == SERIAL:
        texts = (days - pl.Series([0]).cast(pl.Date).dt.offset_by("-25569d")).dt.total_days().cast(pl.String)
    else:
        texts = days.dt.strftime(pattern)
    return cells.replace_strict(distinct, texts, return_dtype=pl.String)


def _cell_text(column: Column, style: Style) -> pl.Expr:
    cell = pl.col(column.name)
    if column.type is ColumnType.BOOLEAN:
        yes, no = style.booleans
        return pl.when(cell).then(pl.lit(yes)).when(~cell).then(pl.lit(no))
    if column.type is ColumnType.CODE and column.codes is not None and not style.english:
        return cell.replace_strict({e.code: e.zh for e in column.codes.entries}, return_dtype=pl.String)
    if column.type is ColumnType.INTEGER:
        return _integer_text(cell, column.name, style)
    return cell.cast(pl.String)


def _integer_text(cell: pl.Expr, name: str, style: Style) -> pl.Expr:
    digits = cell.cast(pl.String)
    if style.thousands and name != "year":
        return pl.when(cell >= 1000).then(pl.format("{},{}", cell // 1000, (cell % 1000).cast(pl.String).str.zfill(3))
                                          ).otherwise(digits)
    if style.wide:
        is_wide = pl.int_range(pl.len()) % WIDE_EVERY == 5
        return pl.when(is_wide).then(digits.str.replace_many(WIDE_DIGITS)).otherwise(digits)
    return digits
