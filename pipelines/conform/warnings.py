"""Warnings: what was read but should be known: ignored and dropped columns, contradictory returns, calendar years."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest.parsed import ParsedFile, ParsedSheet

Sentence = tuple[str, str]
_POINT_MONTH = ["point_id", "month"]


def warn(files: Sequence[ParsedFile], contradictions: Sequence[Mapping[str, int]], years: Iterable[int]) -> list[Sentence]:
    """(Chinese, English) sentences about the files (with or without their rows) and what their parts told."""
    sheets = [w for file in files for sheet in file.sheets for w in _warn_of_columns(file, sheet)]
    return [*sheets, *_warn_of_contradictions(contradictions), *_warn_of_years(sorted(set(years)))]


def count_contradictions(facts: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Ledger → point-months with a nil return beside rows."""
    nil = facts["returns"].filter("nil_return").select("point_id", "month", "ledger")
    return {
        ledger.name: _count_shared(nil.filter(ledger=ledger.return_code), facts[ledger.name])
        for ledger in LEDGERS.values() if ledger.return_code
    }


def _count_shared(nil: pl.DataFrame, rows: pl.DataFrame) -> int:
    """Nil returns of point-months that have rows."""
    return nil.join(rows.select(_POINT_MONTH).unique(), on=_POINT_MONTH, how="semi").height if nil.height else 0


def _warn_of_columns(file: ParsedFile, sheet: ParsedSheet) -> list[Sentence]:
    place = file.source.shown + (f" / {sheet.sheet}" if sheet.sheet else "")
    found = []
    if sheet.dropped:
        names = sheet.dropped
        found.append((f"{place}：含个人信息的列已丢弃：{'、'.join(names)}。",
                      f"{place}: columns of personal data were dropped: {', '.join(names)}."))
    if sheet.ignored:
        names = sheet.ignored
        found.append((f"{place}：台账以外的列未采用：{'、'.join(names)}。",
                      f"{place}: columns that the ledger does not have were ignored: {', '.join(names)}."))
    return found


def _warn_of_contradictions(contradictions: Sequence[Mapping[str, int]]) -> list[Sentence]:
    counts = {name: sum(part.get(name, 0) for part in contradictions) for name in LEDGERS}
    return [
        (f"{LEDGERS[name].zh}：{count} 个样本点月份报了零报告，却有台账记录。",
         f"{LEDGERS[name].en}: {count} point-months have a nil return beside rows.")
        for name, count in counts.items() if count
    ]  # fmt: skip


def _warn_of_years(years: Sequence[int]) -> list[Sentence]:
    return [
        (f"工作日历不含 {year} 年，该年会议是否在非工作日召开暂无法判定。",
         f"The working-day calendar does not cover {year}; whether its meetings fell on days off is left open.")
        for year in years
    ]  # fmt: skip
