"""Numbers, booleans, codes, regions and ids."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contracts import codes
from pipelines.contracts.ledgers import LEDGERS
from pipelines.ingest import words
from pipelines.ingest.cleaning import clean


def one(parsed: pl.DataFrame) -> tuple[object, str | None]:
    return parsed.select("value", "reason").row(0)


def cell(text: str) -> pl.Series:
    return clean(pl.Series([text]))


@given(st.integers(-(10**15), 10**15), st.sampled_from(["{}", "{:,}", "{}.0", "{:,}.00"]))
def test_integers_are_read_in_every_listed_style(number: int, style: str) -> None:
    assert one(words.parse_integers(cell(style.format(number)))) == (number, None)


@given(st.integers(0, 10**6))
def test_full_width_digits_are_digits(number: int) -> None:
    full_width = "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(number))
    assert one(words.parse_integers(cell(full_width))) == (number, None)


@pytest.mark.parametrize("text", ["87.5", "十二", "12人", "1,0", "1 2", "1e3", "--1", "99999999999999999999", "nan"])
def test_what_is_no_whole_number_is_bad(text: str) -> None:
    assert one(words.parse_integers(cell(text))) == (None, "bad_number")


@pytest.mark.parametrize(("text", "number"), [("8.0", 8.0), ("1,234.5", 1234.5), ("-0.5", -0.5), ("３．５", 3.5)])
def test_numbers_are_read(text: str, number: float) -> None:
    assert one(words.parse_numbers(cell(text))) == (number, None)


@pytest.mark.parametrize("text", ["inf", "nan", "三", "1.2.3", "50%"])
def test_what_is_no_number_is_bad(text: str) -> None:
    assert one(words.parse_numbers(cell(text))) == (None, "bad_number")


@pytest.mark.parametrize(("yes", "no"), [
    ("是", "否"), ("有", "无"), ("√", "×"), ("1", "0"), ("true", "false"), ("TRUE", "False"), ("Y", "N"), ("yes", "no"),
    ("1.0", "0.0"), ("１", "０"), ("Ｙ", "Ｎ"), ("✓", "✗"), (" 是 ", "\u3000否\u00a0"),
])  # fmt: skip
def test_booleans_are_read_in_every_listed_style(yes: str, no: str) -> None:
    assert one(words.parse_booleans(cell(yes))) == (True, None)
    assert one(words.parse_booleans(cell(no))) == (False, None)


def test_any_other_word_is_no_boolean() -> None:
    assert one(words.parse_booleans(cell("也许"))) == (None, "bad_boolean")


def test_every_word_of_every_code_list_is_read() -> None:
    for ledger in LEDGERS.values():
        for column in ledger.columns:
            for entry in column.codes.entries if column.codes else ():
                for word in (entry.code, entry.zh, entry.en, *entry.synonyms):
                    assert one(words.parse_codes(cell(word), column.codes)) == (entry.code, None), (ledger.name, word)


def test_a_word_outside_the_list_is_named() -> None:
    assert one(words.parse_codes(cell("国家"), codes.LEVEL)) == (None, "not_in_list")


@pytest.mark.parametrize("text", ["410102", "410102001", "410102001001", "410102.0", "４１０１０２"])
def test_regions_are_the_first_six_digits(text: str) -> None:
    assert one(words.parse_regions(cell(text), below_county=True)) == ("410102", None)


@pytest.mark.parametrize("text", ["4101", "41010", "郑州市", "4101020010"])
def test_what_is_no_region_is_unknown(text: str) -> None:
    assert one(words.parse_regions(cell(text), below_county=True)) == (None, "unknown_region")


@pytest.mark.parametrize(("text", "value"), [
    ("410102", "410102"), ("410102000", "410102"), ("410102000000", "410102"), ("410102001", None), ("410102001001", None),
])  # fmt: skip
def test_a_township_is_not_its_county(text: str, value: str | None) -> None:
    assert one(words.parse_regions(cell(text), below_county=False)) == (value, None if value else "unknown_region")


def test_ids_lose_the_fraction_that_spreadsheets_add() -> None:
    texts = pl.Series(["1.0", "007", "M1.0", "1.5", "12.00"])
    assert words.parse_ids(texts)["value"].to_list() == ["1", "007", "M1.0", "1.5", "12"]


def test_prose_keeps_its_punctuation_and_loses_odd_spaces() -> None:
    texts = pl.Series(["\u3000通知（第１号），请\u00a0阅 ", "  ", None])
    assert clean(texts, prose=True).to_list() == ["通知（第1号），请 阅", None, None]
