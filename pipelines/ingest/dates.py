"""Days, months and times: the styles of DATA.md §2, read from clean text. Nothing is guessed.

Days: 2026-07-03, 2026/7/3, 2026.7.3, 2026年7月3日, 20260703, Excel serials of five digits, each perhaps with a time.
Months: 2026-07, 2026/7, 2026.7, 2026年7月, 202607, or a day. What has two readings (3/7/2026, or the month 2026.1:
January, or October with its zero lost; 26-03-04) is `ambiguous_date`; any other style is `bad_date`. A time of day beside
a day is read past where only the day counts.
"""

import polars as pl

from pipelines.contracts.errors import Reason

_YEARS = (1900, 2199)
_TIME = r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$"
_SPACED_DAY = r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?" + _TIME
_PACKED_DAY = r"^(\d{4})(\d{2})(\d{2})(?:\.0+)?" + _TIME
_SERIAL = r"^(\d{5}(?:\.\d+)?)$"
_MONTH = r"^(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|(\d{2})(?:\.0+)?)$"
_SHORT_DAY = r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})" + _TIME
_LOST_ZERO = r"^\d{4}\.1$"
_SERIAL_EPOCH = pl.date(1899, 12, 30)
_DAYS_1900_TO_1904 = 1462
_SECONDS_A_DAY = 86_400


def parse_dates(texts: pl.Series, *, epoch_1904: bool = False) -> pl.DataFrame:
    """`value` (Date) and `reason` (null where read) of clean texts, without their time of day."""
    days = _read_days(texts, epoch_1904=epoch_1904)
    return _judge(days.with_columns(value="day"))


def parse_timestamps(texts: pl.Series, *, epoch_1904: bool = False) -> pl.DataFrame:
    """`value` (Datetime, a day alone is midnight) and `reason` of clean texts."""
    days = _read_days(texts, epoch_1904=epoch_1904)
    return _judge(days.with_columns(
        value=pl.col("day").cast(pl.Datetime("us")) + pl.duration(seconds="seconds", time_unit="us"),
    ))


def parse_months(texts: pl.Series, *, epoch_1904: bool = False) -> pl.DataFrame:
    """`value` (Int32 YYYYMM) and `reason` of clean texts."""
    days = _read_days(texts, epoch_1904=epoch_1904)
    groups = pl.col("text").str.extract_groups(_MONTH)
    year = groups.struct[0].cast(pl.Int32)
    month = pl.coalesce(groups.struct[1], groups.struct[2]).cast(pl.Int32)
    plain = pl.when(month.is_between(1, 12), year.is_between(*_YEARS)).then(year * 100 + month)
    of_day = pl.col("day").dt.year() * 100 + pl.col("day").dt.month().cast(pl.Int32)
    lost_zero = pl.col("text").str.contains(_LOST_ZERO)
    return _judge(days.with_columns(value=pl.when(~lost_zero).then(pl.coalesce(plain, of_day))), lost_zero)


def _read_days(texts: pl.Series, *, epoch_1904: bool) -> pl.DataFrame:
    """`text`, `day` (Date) and `seconds` into it; null where the text is no day."""
    frame = texts.alias("text").to_frame()
    spaced, packed = (pl.col("text").str.extract_groups(p) for p in (_SPACED_DAY, _PACKED_DAY))
    part = [pl.coalesce(spaced.struct[i], packed.struct[i]) for i in range(6)]
    iso = pl.concat_str(part[0], part[1].str.zfill(2), part[2].str.zfill(2), separator="-")
    hour, minute, second = (p.cast(pl.Int64).fill_null(0) for p in part[3:])
    in_day = (hour < 24) & (minute < 60) & (second < 60)
    serial = pl.col("text").str.extract(_SERIAL).cast(pl.Float64) + (_DAYS_1900_TO_1904 if epoch_1904 else 0)
    return frame.select(
        "text",
        written=pl.when(in_day).then(iso.str.to_date("%Y-%m-%d", strict=False)),
        written_seconds=hour * 3600 + minute * 60 + second,
        serial_day=_SERIAL_EPOCH + pl.duration(days=serial.floor().cast(pl.Int64)),
        serial_seconds=((serial - serial.floor()) * _SECONDS_A_DAY).round().cast(pl.Int64),
    ).select(
        "text",
        day=pl.coalesce("written", "serial_day"),
        seconds=pl.when(pl.col("written").is_not_null()).then("written_seconds").otherwise("serial_seconds"),
    ).with_columns(day=pl.when(pl.col("day").dt.year().is_between(*_YEARS)).then("day"))  # fmt: skip


def _judge(read: pl.DataFrame, ambiguous: pl.Expr | None = None) -> pl.DataFrame:
    two = _has_two_readings()
    if ambiguous is not None:
        two |= ambiguous
    return read.select(
        "value",
        reason=pl.when(pl.col("text").is_null() | pl.col("value").is_not_null()).then(None)
        .when(two).then(pl.lit(Reason.AMBIGUOUS_DATE.value)).otherwise(pl.lit(Reason.BAD_DATE.value)),
    )  # fmt: skip


def _has_two_readings() -> pl.Expr:
    """Do the orders year-month-day, day-month-year and month-day-year make two different days of the short style?"""
    groups = pl.col("text").str.extract_groups(_SHORT_DAY)
    first, second, third = (groups.struct[i] for i in range(3))
    centuries = pl.when(third.str.len_chars() == 4).then(pl.lit("")).otherwise(pl.lit("20"))
    orders = (("20", first, second, third), (centuries, third, second, first), (centuries, third, first, second))
    days = [
        pl.concat_str(pl.lit(c) if isinstance(c, str) else c, year.str.zfill(2), month.str.zfill(2), day.str.zfill(2))
        .str.to_date("%Y%m%d", strict=False)
        for c, year, month, day in orders
    ]  # fmt: skip
    return pl.concat_list(days).list.drop_nulls().list.n_unique() > 1
