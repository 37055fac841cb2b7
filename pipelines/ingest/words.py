"""Numbers, booleans, code-list words, codes and ids, read from clean text."""

import polars as pl

from pipelines.contracts.codes import CodeList
from pipelines.contracts.errors import Reason
from pipelines.ingest.traditional import TRADITIONAL

_YES = ("是", "有", "√", "✓", "✔", "☑", "1", "1.0", "true", "y", "yes")
_NO = ("否", "无", "×", "✗", "✘", "✕", "╳", "☒", "0", "0.0", "false", "n", "no")
_BOOLEANS = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
_INTEGER = r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?$"
_NUMBER = r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$"
_DIGITS_WITH_ZERO_FRACTION = r"^(\d+)\.0+$"
_SCIENTIFIC = r"^\d(?:\.\d+)?[Ee]\+?\d{1,2}$"
_EXCEL_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_REGION = r"^(\d{6})(?:000){0,2}$"
_REGION_BELOW_COUNTY = r"^(\d{6})(?:\d{3}){0,2}$"


def parse_integers(texts: pl.Series) -> pl.DataFrame:
    """`value` (Int64) and `reason`; thousands separators and `1.0` are read, 87.5 and 十二 are bad."""
    digits = pl.col("text").str.replace_all(",", "", literal=True).str.replace(r"\.0+$", "")
    return _judge(texts, pl.when(pl.col("text").str.contains(_INTEGER)).then(digits).cast(pl.Int64, strict=False),
                  Reason.BAD_NUMBER)


def parse_numbers(texts: pl.Series) -> pl.DataFrame:
    """`value` (Float64) and `reason`."""
    digits = pl.col("text").str.replace_all(",", "", literal=True)
    return _judge(texts, pl.when(pl.col("text").str.contains(_NUMBER)).then(digits).cast(pl.Float64, strict=False),
                  Reason.BAD_NUMBER)


def parse_booleans(texts: pl.Series) -> pl.DataFrame:
    """`value` (Boolean) and `reason`."""
    return _judge(texts, _look_up(_BOOLEANS, pl.Boolean()), Reason.BAD_BOOLEAN)


def parse_codes(texts: pl.Series, codes: CodeList) -> pl.DataFrame:
    """`value` (String, the code) and `reason`."""
    simplified = texts.str.replace_many(TRADITIONAL)
    return _judge(simplified, _look_up(codes.words(), pl.String()), Reason.NOT_IN_LIST)


def parse_regions(texts: pl.Series, *, below_county: bool) -> pl.DataFrame:
    """`value` (String, the first six of 6, 9 or 12 digits) and `reason`.

    Unless `below_county`, the digits after the sixth are noughts: a township is not its county.
    """
    pattern = _REGION_BELOW_COUNTY if below_county else _REGION
    return _judge(texts, _without_fraction(pl.col("text")).str.extract(pattern), Reason.UNKNOWN_REGION)


def parse_ids(texts: pl.Series) -> pl.DataFrame:
    """`value` (String; `1.0`, as spreadsheets write the id 1, is `1`) and `reason`.

    Scientific notation (1.38E+10) has lost digits, an error of a formula (#N/A) is no id: neither is one.
    """
    fractions = texts.filter(texts.str.contains(_DIGITS_WITH_ZERO_FRACTION)).unique()
    values = texts.replace(fractions, fractions.str.replace(_DIGITS_WITH_ZERO_FRACTION, "$1"))
    lost = pl.col("value").str.contains(_SCIENTIFIC) | pl.col("value").is_in(_EXCEL_ERRORS)
    return values.to_frame("value").with_columns(reason=pl.when(lost).then(pl.lit(Reason.BAD_NUMBER.value)))


def is_formula_error(texts: pl.Series) -> pl.Series:
    """Boolean series: is the text what a spreadsheet shows for a formula that failed? Null is False."""
    return texts.is_in(_EXCEL_ERRORS).fill_null(value=False)


def _without_fraction(text: pl.Expr) -> pl.Expr:
    return text.str.replace(_DIGITS_WITH_ZERO_FRACTION, "$1")


def _look_up(words: dict[str, bool] | dict[str, str], dtype: pl.DataType) -> pl.Expr:
    return pl.col("text").str.to_lowercase().replace_strict(words, default=None, return_dtype=dtype)


def _judge(texts: pl.Series, value: pl.Expr, reason: Reason) -> pl.DataFrame:
    return texts.to_frame("text").with_columns(value=value).select(
        "value",
        reason=pl.when(pl.col("text").is_not_null() & pl.col("value").is_null()).then(pl.lit(reason.value)),
    )
