"""Cells of a spine row and small lines: where marks stand, what is cut, what is hatched, what is a gap."""

import re
import xml.etree.ElementTree as ET

import pytest
from made_estimates import mark_provisional, month_frame

from dashboard.charts import spine
from dashboard.charts.small_line import draw_line, share_axis
from dashboard.charts.spine import LIMIT, WIDTH, Mark, draw_row, x_of

SVG = "{http://www.w3.org/2000/svg}"


def parse(svg: str) -> ET.Element:
    """Our own SVG as a tree."""
    return ET.fromstring(svg)  # noqa: S314 - written by the chart that is tested


def test_places_run_from_heavier_to_lighter_and_are_cut_at_the_limits() -> None:
    assert (x_of(-LIMIT), x_of(0), x_of(LIMIT)) == (0, WIDTH / 2, WIDTH)
    assert x_of(99) == WIDTH
    assert x_of(1) > x_of(0.5)


def test_a_clear_difference_is_filled_and_a_square_has_no_better_side() -> None:
    filled, hollow = (parse(draw_row(Mark(1.0, (0.2, 1.8), filled=f))).find(f"{SVG}circle") for f in (True, False))
    assert filled is not None
    assert hollow is not None
    assert filled.get("fill") == "#1F4E79"
    assert hollow.get("fill") == "#FFFFFF"
    assert float(filled.get("cx") or 0) == x_of(1.0)
    square = parse(draw_row(Mark(1.0, square=True)))
    assert square.find(f"{SVG}circle") is None
    assert square.find(f"{SVG}rect") is not None


def test_ranges_lie_under_the_dot_and_whiskers_beyond_the_axis_end_in_arrows() -> None:
    drawn = draw_row(Mark(1.0, (-9.0, 9.0), others=(-2.0, 2.0), peers=(1.0, -1.0)))
    assert drawn.index("#E1E5EA") < drawn.index("#C4CCD5") < drawn.index("<circle")
    assert len(re.findall(r"l-?6 -3\.5v7z", drawn)) == 2
    widths = [float(r.get("width") or 0) for r in parse(drawn).findall(f"{SVG}rect")]
    assert widths == pytest.approx([x_of(2) - x_of(-2), x_of(1) - x_of(-1)])


def test_a_suppressed_row_is_hatched_and_shows_nothing_else() -> None:
    drawn = draw_row(Mark(2.0, (1.0, 3.0), others=(-1.0, 1.0), suppressed=True))
    assert "url(#h)" in drawn
    assert "<circle" not in drawn
    assert "#E1E5EA" not in drawn
    assert drawn == draw_row(Mark(suppressed=True))


def test_a_line_has_gaps_and_a_hollow_provisional_end() -> None:
    frame = mark_provisional(month_frame([7.0, 7.5, None, 7.2, 7.3, 7.1]), "2026-09")
    drawn = draw_line(frame, width=104, height=spine.HEIGHT)
    assert len(re.findall(r'fill="none"', drawn)) == 3
    assert drawn.count("stroke-dasharray") == 1
    assert 'r="2.2" fill="#FFFFFF"' in drawn
    assert draw_line(month_frame([None, None]), width=104, height=20) == ""


def test_small_multiples_share_an_axis_from_zero() -> None:
    low, high = share_axis([month_frame([3.0, 4.0]), month_frame([9.0, 8.0])]) or (None, None)
    assert low == 0
    assert high is not None
    assert high >= 9
    assert share_axis([month_frame([None])]) is None
