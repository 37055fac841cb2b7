"""Rules: what a column demands, as the words of its messages, and the bounds that another column of the row sets."""

import polars as pl

from pipelines.contracts.errors import Reason
from pipelines.contracts.ledgers import Column, ColumnType, Ledger

T = ColumnType
_STYLES = {
    T.DATE: ("“2026-07-03”这样的日期", "2026-07-03"),
    T.MONTH: ("“2026-07”这样的月份", "2026-07"),
    T.TIMESTAMP: ("“2026-07-03 10:30”这样的时间", "2026-07-03 10:30"),
    T.INTEGER: ("整数", "a whole number"),
    T.NUMBER: ("数字", "a number"),
    T.TEXT: ("完整的编码（请设为文本格式）", "a whole code (format the cell as text)"),
    T.POINT: ("完整的编码（请设为文本格式）", "a whole code (format the cell as text)"),
}


def describe_rule(column: Column, ledger: Ledger, reason: Reason) -> tuple[str, str]:
    """What the column demands, in Chinese and English, for the message of that reason; empty where it needs none."""
    if reason in (Reason.BAD_DATE, Reason.AMBIGUOUS_DATE, Reason.BAD_NUMBER):
        return _STYLES[column.type]
    if reason is Reason.NOT_IN_LIST and column.codes:
        return "、".join(e.zh for e in column.codes.entries), ", ".join(e.en for e in column.codes.entries)
    if reason is Reason.OUT_OF_RANGE:
        return _describe_range(column, ledger)
    return "", ""


def _describe_range(column: Column, ledger: Ledger) -> tuple[str, str]:
    if column.not_before:
        bound = ledger.column(column.not_before)
        return f"不早于{bound.zh}", f"not before {bound.en}"
    low = f"{column.minimum or 0:g}"
    if column.at_most:
        bound = ledger.column(column.at_most)
        return f"{low} 至{bound.zh}", f"{low} to {bound.en}"
    if column.maximum is None:
        return f"不小于 {low}", f"at least {low}"
    return f"{low} 至 {column.maximum:g}", f"{low} to {column.maximum:g}"


def find_broken(frame: pl.DataFrame, column: Column) -> pl.Series:
    """Boolean series: is the column's value beyond the one that bounds it in the same row?

    False where no column bounds it, and where either cell is empty or faulty: that fault is known already.
    """
    if column.at_most:
        broken = frame[column.name] > frame[column.at_most]
    elif column.not_before:
        broken = frame[column.name] < frame[column.not_before]
    else:
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    return broken.fill_null(value=False)
