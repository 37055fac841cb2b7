"""What `control_chart` draws is the frame: limits, signals by colour and shape, gaps, survey error apart."""

import numpy as np
import polars as pl
from made_estimates import estimate_frame, mark_provisional, month_frame

from dashboard.charts import palette
from dashboard.charts.control_chart import control_chart
from dashboard.estimates.control import Signal, draw_limits
from dashboard.i18n.judgement import Verdict

VALUES: list[float | None] = [10.0, 14.0] * 6 + [15.0, 30.0]


def charted(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its limits and signals."""
    control = draw_limits(frame["estimate"].fill_null(np.nan).to_numpy()[None, :])
    names = [None if s == Signal.NONE else Signal(s).name.lower() for s in control.signal[0]]
    limits = [pl.Series(n, getattr(control, n)[0]).fill_nan(None) for n in ("centre", "lower", "upper")]
    return frame.with_columns(*limits, pl.Series("signal", names, dtype=pl.String), pl.Series("side", control.side[0]))


def draw(frame: pl.DataFrame, **more: float) -> dict[str, object]:
    fig = control_chart(frame, lang="zh", subject="南阳市", width=662, **more)
    return {t.name: t for t in fig.data} | {"figure": fig}


def test_a_signal_of_more_burden_is_an_orange_square() -> None:
    points = draw(charted(month_frame(VALUES)))["points"]
    assert (points.marker.symbol[-1], points.marker.color[-1]) == ("square", palette.MARK[Verdict.HEAVIER])
    assert (points.marker.symbol[0], points.marker.color[0]) == ("circle", palette.SECONDARY)


def test_limits_are_drawn_as_they_stand_and_named_at_the_end() -> None:
    frame = charted(month_frame(VALUES))
    drawn = draw(frame, target=8.0)
    assert np.allclose(drawn["upper"].y, frame["upper"].to_list(), atol=1e-6)
    assert set(drawn["target"].y) == {8.0}
    words = " ".join(a.text for a in drawn["figure"].layout.annotations)
    assert all(w in words for w in ("上控制线", "均值", "下控制线", "目标 8.0"))


def test_survey_error_is_a_whisker_apart_from_the_limits() -> None:
    whiskers = draw(charted(month_frame(VALUES)))["interval"]
    assert list(whiskers.y[:3]) == [9.4, 10.6, None]


def test_a_provisional_month_is_hollow_and_a_missing_one_a_gap() -> None:
    frame = charted(mark_provisional(month_frame([*VALUES, None, 12.0]), "2026-09"))
    points = draw(frame)["points"]
    assert points.marker.color[-1] == palette.PAPER
    assert len(points.x) == len(VALUES) + 1


def test_few_months_stand_without_limits_and_no_month_is_a_sentence() -> None:
    drawn = draw(charted(month_frame([10.0, 11.0, 12.0])))
    assert set(drawn["upper"].y) == {None}
    empty = charted(estimate_frame([]).with_columns(pl.col("estimate").cast(pl.Float64)))
    assert draw(empty)["figure"].layout.annotations
