"""Personal data: finding and masking mobile and ID-card numbers, and recognising columns that hold them.

Source: DATA.md §2 "No personal data"; the check digit is ISO 7064 MOD 11-2 as GB 11643 uses it. A mobile number has 11
digits from 13 to 19, perhaps after 0, 86 or +86; both may be broken up by spaces, hyphens or invisible characters.
"""

import re
import unicodedata
from collections.abc import Iterable

import polars as pl

from pipelines.contracts.ledgers import PERSONAL_HEADERS

MASKED_MOBILE = "[手机号]"
MASKED_ID = "[身份证号]"

_SPACE = r"\s\x{AD}\x{200B}-\x{200F}\x{2060}\x{FEFF}"
_DASH = r"\-_\x{2010}-\x{2015}\x{2212}\x{FF0D}"
_GAP = rf"[{_SPACE}{_DASH}]{{0,3}}"
_PAUSE = rf"[{_SPACE}{_DASH}.·/()（）．]{{1,3}}"
_GROUPED = rf"[1１][3-9３-９]\d{_PAUSE}\d{{4}}{_PAUSE}\d{{4}}"
_MOBILE_BODY = rf"(?:[1１]{_GAP}[3-9３-９](?:{_GAP}\d){{9}}|{_GROUPED})"
_ID_BODY = rf"\d(?:{_GAP}\d){{16}}{_GAP}[\dXxＸｘ]"
# What spreadsheets make of a long number: its leading digits are still there.
_SCIENTIFIC_BODY = r"\d\.\d{6,}[Ee]\+?1[07]"
# An ID-card number that a spreadsheet rounded to 15 digits: its check digit is lost, the birthday is not.
_ROUNDED_ID_BODY = r"[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d000"
# Over clean texts, whose digits are half-width.
_SUSPECT = f"{_MOBILE_BODY}|{_ID_BODY}|{_SCIENTIFIC_BODY}".replace(r"[\d", "[0-9").replace(r"\d", "[0-9]")


def _compile(body: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\x\{(\w+)\}", lambda code: chr(int(code.group(1), 16)), body))


_MOBILE = _compile(rf"(?<!\d)(?:(?:[(（]?[+＋]|00)?[8８][6６][)）]?{_GAP}|[0０])?(?P<body>{_MOBILE_BODY})(?!\d)")
_ID = _compile(rf"(?<!\d)(?={_ID_BODY}(?!\d))")
_ID_TEXT = _compile(_ID_BODY)
_SCIENTIFIC = _compile(rf"(?<![\d.]){_SCIENTIFIC_BODY}(?!\d)")
_ROUNDED_ID = _compile(rf"(?<!\d){_ROUNDED_ID_BODY}(?!\d)")
# A year between dashes belongs to a numbered document (15-2026-07-001), unless three digits stand before it.
_YEAR_AMONG_DASHES = _compile(rf"[{_DASH}](?:19|20)\d\d[{_DASH}]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_FIRST_GROUP = 3
# Words that make a header personal wherever they stand in it; the full list of headers is the contract's.
_KIN = (
    "姓名", "身份证", "证件号", "手机", "电话", "联系方式", "住址", "银行卡", "邮箱", "微信号",
    "联系人", "联络人", "填报人", "填表人", "报送人", "制表人", "经办人", "审核人", "负责人",
)  # fmt: skip


def has_valid_check_digit(number: str) -> bool:
    """Is the text of 18 digits (the last perhaps X) a valid ID-card number?"""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == (number[17].upper() if number[17] in "xX" else str(int(number[17])))


def _mask_ids(text: str) -> str:
    parts, done = [], 0
    # Every beginning is tried: a shorter number before an ID card must not hide it.
    for start in [match.start() for match in _ID.finditer(text)]:
        found = _ID_TEXT.match(text, start)
        if start < done or found is None:
            continue
        number = unicodedata.normalize("NFKC", "".join(c for c in found.group() if c.isdigit() or c in "xXｘＸ"))
        if has_valid_check_digit(number):
            parts += [text[done:start], MASKED_ID]
            done = found.end()
    return "".join((*parts, text[done:]))


def _mask_mobile(match: re.Match[str]) -> str:
    dated = _YEAR_AMONG_DASHES.search(match["body"])
    return match.group() if dated and dated.start() != _FIRST_GROUP else MASKED_MOBILE


def mask(text: str) -> str:
    """The text with every mobile and ID-card number replaced by a mark."""
    text = _ROUNDED_ID.sub(MASKED_ID, _mask_ids(text))
    text = _SCIENTIFIC.sub(lambda match: MASKED_MOBILE if match.group()[-1] == "0" else MASKED_ID, text)
    return _MOBILE.sub(_mask_mobile, text)


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
