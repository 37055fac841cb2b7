"""Contrast by WCAG 2.2 (words 4.5, marks 3), and colours that people without red or green cones can tell apart."""

from itertools import combinations

import pytest

from dashboard.charts import palette
from dashboard.i18n.judgement import Verdict

AA_WORDS, AA_MARKS = 4.5, 3.0
WORDS = {palette.TEXT, palette.SECONDARY, palette.SUBJECT, palette.OBSERVED, *palette.WORD.values()}
MARKS = {palette.SUBJECT, palette.REFERENCE, palette.RULE, *palette.MARK.values()}
# Viénot, Brettel and Mollon (1999): linear RGB as seen without red (protan) or green (deutan) cones.
SEEN = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear RGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    ratios = [sum(a * max(c, 0) for a, c in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (r ** (1 / 3) if r > 0.008856 else 7.787 * r + 16 / 116 for r in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, kind: str) -> float:
    """Difference (CIE 1976) of two colours as seen by that kind of eye; about 2 can just be noticed."""
    seen = ([sum(a * c for a, c in zip(row, linear(colour), strict=True)) for row in SEEN[kind]] for colour in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(*(lab(colour) for colour in seen), strict=True)) ** 0.5)


def test_words_and_marks_stand_out_from_the_ground() -> None:
    assert all(contrast(colour, ground) >= AA_WORDS for colour in WORDS for ground in (palette.PAPER, palette.PANEL))
    assert all(contrast(colour, palette.PAPER) >= AA_MARKS for colour in MARKS)


@pytest.mark.parametrize("scale", [
    palette.LEVELS, palette.SEQUENTIAL, palette.MISSING, palette.RELIEF_TO_BURDEN, palette.FALL_TO_RISE, palette.CATEGORIES,
])  # fmt: skip
def test_words_on_a_filled_mark_can_be_read(scale: tuple[str, ...]) -> None:
    for colour in scale:
        assert contrast(palette.PAPER if palette.is_dark(colour) else palette.TEXT, colour) >= AA_WORDS


@pytest.mark.parametrize("kind", list(SEEN))
def test_relief_and_burden_differ_for_red_green_blindness(kind: str) -> None:
    for colours in (palette.MARK, palette.WORD):
        assert distance(colours[Verdict.LIGHTER], colours[Verdict.HEAVIER], kind) > 30
    for scale in (palette.RELIEF_TO_BURDEN, palette.FALL_TO_RISE, palette.LEVELS, palette.SEQUENTIAL):
        assert all(distance(a, b, kind) > 9 for a, b in combinations(scale, 2))
