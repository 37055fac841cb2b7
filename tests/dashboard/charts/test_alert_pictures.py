"""The small pictures of alerts: signals after the year compared with, lines on one scale, bars with their figures."""

import xml.etree.ElementTree as ET

import numpy as np
import polars as pl

from dashboard.answers.control import add_control
from dashboard.charts.alert_line import BETTER, WORSE, Line, alert_bars, alert_line, alert_pair, alert_use
from dashboard.estimates.control import watch_limits
from tests.dashboard.charts.made_estimates import mark_provisional, month_frame


def series(values: list[float | None]) -> pl.DataFrame:
    frame = mark_provisional(month_frame(values), "2026-09")
    return add_control(frame, watch_limits(np.array([[np.nan if v is None else v for v in values]]), 12))


def tags(svg: str, tag: str) -> list[ET.Element]:
    return ET.fromstring(svg).findall(f"{{http://www.w3.org/2000/svg}}{tag}")  # noqa: S314 - made by the code under test


def test_only_signals_after_the_year_compared_with_are_marked():
    svg = alert_line(series([30, *[10, 12] * 6, 40, 40]), limit="L", mean="M", worse=1, judged_from=13, label="x <y>")
    marks = tags(svg, "circle")
    assert [m.get("stroke") for m in marks] == [WORSE, WORSE]
    assert marks[-1].get("fill") != WORSE  # the last month is provisional: hollow
    assert [t.text for t in tags(svg, "text")] == ["L", "M"]


def test_a_missing_month_is_a_gap():
    whole = alert_line(series([10, 12] * 7), limit="L", mean="M", worse=1, judged_from=12, label="x")
    gap = alert_line(series([10, 12] * 5 + [10, None, 12, 10]), limit="L", mean="M", worse=1, judged_from=12, label="x")
    assert len(tags(whole, "line")) == 13 + 2  # and the two rules
    assert len(tags(gap, "line")) == 11  # eleven numbers in the baseline: no limits
    assert not tags(alert_line(series([None] * 14), limit="L", mean="M", worse=1, judged_from=12, label="x"), "line")


def test_two_lines_share_a_scale_and_are_named_in_their_colours():
    falls, rises = series([*[100, 100.5] * 6, 60]), series([*[0.2, 0.201] * 6, 0.3])
    svg = alert_pair([Line(falls, "formal", worse=False), Line(rises, "informal", worse=True)], label="x")
    texts = {t.text: t.get("fill") for t in tags(svg, "text")}
    assert texts == {"formal": BETTER, "informal": WORSE}
    heights = [float(c.get("cy") or 0) for c in tags(svg, "circle")]
    assert heights[0] > heights[1]  # 0.6 of its year below 1.5 of its year


def test_bars_begin_at_nought():
    first, second = tags(alert_bars([("before", 300, "300"), ("now", 150, "150")], label="x"), "rect")
    assert float(first.get("width") or 0) == 2 * float(second.get("width") or 0)
    svg = alert_use(("used", 69), ("ceiling 72", 72.0), figure="120%", span=(86.0, 87.0), label="x")
    assert [t.text for t in tags(svg, "text")] == ["used", "120%", "ceiling 72"]
    assert len(tags(svg, "rect")) == 2
