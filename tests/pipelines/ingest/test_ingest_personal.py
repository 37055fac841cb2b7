"""Masking: no mobile or ID-card number survives; other numbers do."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.headers import normalise
from pipelines.ingest.personal import has_valid_check_digit, holds_personal, is_personal_header, mask, mask_series

ID = "11010519491231002X"  # the example of GB 11643-1999
WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]


def complete(body: str) -> str:
    """The 18-digit number of 17 digits, by the formula of the standard."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
ids = st.from_regex(r"[1-6][0-9]{16}", fullmatch=True).map(complete)
prose = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@given(prose, st.one_of(mobiles, ids), prose)
def test_a_number_among_words_never_survives(before: str, number: str, after: str) -> None:
    shown = mask(before + number + after)
    assert number not in shown
    assert not re.search(r"\d{11}", shown)


@given(st.lists(st.one_of(mobiles, ids, prose.map(lambda t: t + "、")), max_size=6))
def test_a_series_is_masked_as_its_texts_are(parts: list[str]) -> None:
    texts = [" ".join(parts), None, *parts]
    series = pl.Series(texts, dtype=pl.String)
    assert mask_series(series).to_list() == [None if t is None else mask(t) for t in texts]


@pytest.mark.parametrize("text", [
    "13812345678", "联系13812345678。", "138 1234 5678", "138-1234-5678", "+8613812345678", "+86 138 1234 5678",
    "8613812345678", "013812345678", "tel:13812345678x", "１３８１２３４５６７８", "138–1234–5678",
])  # fmt: skip
def test_mobile_numbers_are_masked_in_the_ways_people_write_them(text: str) -> None:
    shown = mask(text)
    assert "[手机号]" in shown
    assert "5678" not in shown
    assert "５６７８" not in shown


@pytest.mark.parametrize("text", [
    "豫办〔2024〕399529号", "12345678901", "2026-07-03 10:30", "138123456789", "1381234567", "410102001001",
    "110105194912310021", "第13条、第14条", "2024年1月13日—2024年12月31日",
])  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


def test_id_numbers_are_masked_only_with_a_valid_check_digit() -> None:
    assert has_valid_check_digit(ID)
    assert mask(f"身份证{ID}，") == "身份证[身份证号]，"
    assert mask(ID.lower()) == "[身份证号]"
    assert mask("110105 19491231 002X") == "[身份证号]"
    assert mask(ID[:-1] + "1") == ID[:-1] + "1"


def test_a_whole_number_is_told_from_a_text_that_holds_one() -> None:
    texts = pl.Series(["13812345678", "13812345678.0", "13,812,345,678", "约13812345678人", "12", None])
    assert holds_personal(texts, whole=True).to_list() == [True, True, True, False, False, False]
    assert holds_personal(texts, whole=False).to_list() == [True, True, False, True, False, False]


@pytest.mark.parametrize("header", [
    "姓名", "负责人姓名", "身份证号", "联系人手机号码", "手机（必填）", "Phone Number", "家庭住址",
    "填报人", "联 络 人", "单位负责人",
])  # fmt: skip
def test_headers_of_personal_columns_are_known(header: str) -> None:
    assert is_personal_header(normalise(header))


@pytest.mark.parametrize("header", ["序号", "备注", "填报单位", "填报时间", "人员代码"])
def test_other_headers_are_not_personal(header: str) -> None:
    assert not is_personal_header(normalise(header))


@pytest.mark.parametrize("text", [
    "1.3812345678E+10", "1.1010519491231E+17", "110105194912310000", "138.1234.5678", "(86)138 1234 5678",
    "138\u200b1234\u200b5678",
    "会议1 11010519491231002X", "１１０１０５１９４９１２３１００２ｘ", "110105-19491231-002x", "1\u30003\u30008123\u300045678",
])  # fmt: skip
def test_numbers_in_disguise_are_masked(text: str) -> None:
    assert "[手机号]" in mask(text) or "[身份证号]" in mask(text)
    assert "5678" not in mask(text)
    assert "1949" not in mask(text)


@pytest.mark.parametrize("text", ["+86 162–1965–2870", "86-176-1913-0018", "162-1965-2870"])
def test_a_mobile_number_whose_middle_looks_like_a_year_is_masked(text: str) -> None:
    assert mask(text) == "[手机号]"


@pytest.mark.parametrize("text", ["15-2026-07-001", "410102-15-2026-07-001", "3.14159265E+5", "P-16-2026-07-001"])
def test_ids_with_a_year_among_dashes_stay(text: str) -> None:
    assert mask(text) == text
