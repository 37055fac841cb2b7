"""Warnings: what was read but should be known: ignored and dropped columns, contradictory returns, calendar years."""

from collections.abc import Mapping, Sequence

import polars as pl

from pipelines.conform.calendar import unknown_years
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest.parsed import ParsedFile, ParsedSheet

Sentence = tuple[str, str]


def warn(files: Sequence[ParsedFile], facts: Mapping[str, pl.DataFrame]) -> list[Sentence]:
    """(Chinese, English) sentences about the files and the facts."""
    sheets = [w for file in files for sheet in file.sheets for w in _warn_of_columns(file, sheet)]
    return [*sheets, *_warn_of_contradictions(facts), *_warn_of_years(facts["meetings"])]


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


def _warn_of_contradictions(facts: Mapping[str, pl.DataFrame]) -> list[Sentence]:
    nil = facts["returns"].filter("nil_return").select("point_id", "month", "ledger")
    found = []
    for ledger in LEDGERS.values():
        if ledger.return_code is None:
            continue
        stated = nil.filter(ledger=ledger.return_code)
        count = stated.join(facts[ledger.name], on=["point_id", "month"], how="semi").height
        if count:
            found.append((f"{ledger.zh}：{count} 个样本点月份报了零报告，却有台账记录。",
                          f"{ledger.en}: {count} point-months have a nil return beside rows."))
    return found


def _warn_of_years(meetings: pl.DataFrame) -> list[Sentence]:
    return [
        (f"工作日历不含 {year} 年，该年会议是否在非工作日召开暂无法判定。",
         f"The working-day calendar does not cover {year}; whether its meetings fell on days off is left open.")
        for year in unknown_years(meetings["date"].unique())
    ]  # fmt: skip
