"""Personal data: finding and masking mobile and ID-card numbers, and recognising columns that hold them.

Source: DATA.md §2 "No personal data"; the check digit is ISO 7064 MOD 11-2 as GB 11643 uses it. A mobile number has 11
digits from 13 to 19, perhaps after 0, 86 or +86; both may be broken up by spaces or hyphens.
"""

import re
from collections.abc import Iterable

import polars as pl

from pipelines.contracts.ledgers import PERSONAL_HEADERS

MASKED_MOBILE = "[手机号]"
MASKED_ID = "[身份证号]"

_GAP = r"[\s\-\x{2010}-\x{2015}]{0,2}"
_MOBILE_BODY = rf"[1１][3-9３-９]\d(?:{_GAP}\d){{8}}"
_ID_BODY = rf"\d(?:{_GAP}\d){{16}}{_GAP}[\dXx]"
# Over clean texts, whose digits are half-width.
_SUSPECT = f"{_MOBILE_BODY}|{_ID_BODY}".replace(r"[\d", "[0-9").replace(r"\d", "[0-9]")


def _python(pattern: str) -> str:
    return pattern.replace(r"\x{2010}-\x{2015}", "\u2010-\u2015")


_MOBILE = re.compile(_python(rf"(?<!\d)(?:(?:\+|00)?86{_GAP}|0)?{_MOBILE_BODY}(?!\d)"))
_ID = re.compile(_python(rf"(?<!\d){_ID_BODY}(?!\d)"))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# Words that make a header personal wherever they stand in it; the full list of headers is the contract's.
_KIN = ("姓名", "身份证", "证件号", "手机", "电话", "联系方式", "住址", "银行卡", "邮箱", "微信号")


def has_valid_check_digit(number: str) -> bool:
    """Is the text of 18 digits (the last perhaps X) a valid ID-card number?"""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == (number[17].upper() if number[17] in "xX" else str(int(number[17])))


def _mask_id(match: re.Match[str]) -> str:
    number = "".join(c for c in match.group() if c.isdigit() or c in "xX")
    return MASKED_ID if has_valid_check_digit(number) else match.group()


def mask(text: str) -> str:
    """The text with every mobile and ID-card number replaced by a mark."""
    return _MOBILE.sub(MASKED_MOBILE, _ID.sub(_mask_id, text))


def mask_series(texts: pl.Series) -> pl.Series:
    """A String series with every mobile and ID-card number masked; nulls stay."""
    hits = texts.filter(texts.str.contains(_SUSPECT)).unique()
    masked = {text: shown for text in hits if (shown := mask(text)) != text}
    return texts.replace(masked) if masked else texts


def holds_personal(texts: pl.Series, *, whole: bool) -> pl.Series:
    """Boolean series: does the text hold a mobile or ID-card number? Null is False.

    `whole`: is it nothing else, thousands separators and the `.0` of spreadsheets apart?
    """
    if whole:
        texts = texts.str.replace_all(",", "", literal=True).str.replace(r"\.0+$", "")
    hits = texts.filter(texts.str.contains(_SUSPECT)).unique()
    found = [t for t in hits if (mask(t) in (MASKED_MOBILE, MASKED_ID) if whole else mask(t) != t)]
    return texts.is_in(found).fill_null(value=False)


def is_personal_header(words: Iterable[str]) -> bool:
    """Does a header (in its normalised variants) name a column of names, ID cards or phone numbers?"""
    return any(word in PERSONAL_HEADERS or any(kin in word for kin in _KIN) for word in words)
