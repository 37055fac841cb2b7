"""What every figure keeps: quiet, measured, small, and a sentence where there is nothing."""

import ast
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_estimates import estimate_frame, month_frame
from test_control_figure import charted
from test_plan_figures import draw_constants, draw_fans, draw_plans, draw_relief
from test_region_map_figure import CITIES, frame_of
from test_region_rows_figure import NAMES, cities
from test_small_figures import LEVELS, moves, pyramid_frame, quarter_shares, shares

from dashboard.charts import layout, palette
from dashboard.charts.age_pyramid import age_pyramid
from dashboard.charts.churn import churn
from dashboard.charts.control_chart import control_chart
from dashboard.charts.region_map import region_map, tile_grid
from dashboard.charts.region_rows import region_rows
from dashboard.charts.share_rows import share_rows
from dashboard.charts.small_multiples import small_multiples
from dashboard.charts.stacked_bar_rows import stacked_bar_rows
from dashboard.charts.stacked_share import stacked_share
from dashboard.charts.trend import trend
from dashboard.charts.two_lines import Pair, two_lines
from dashboard.i18n.catalogue import Lang

CHARTS = Path(__file__).parents[3] / "dashboard" / "charts"
Draw = Callable[[Lang, int], go.Figure]
EMPTY = estimate_frame([])
FULL: dict[str, Draw] = {
    "trend": lambda g, w: trend(month_frame([8.0] * 36), lang=g, subject="南阳市", width=w, reference=month_frame([7.0] * 36)),
    "rows": lambda g, w: region_rows(cities(), names=NAMES, lang=g, width=w),
    "map": lambda g, w: region_map(frame_of(CITIES), names=NAMES, lang=g, width=w),
    "tiles": lambda g, w: tile_grid(frame_of(CITIES), names=NAMES, lang=g, width=w),
    "multiples": lambda g, w: small_multiples({"a": month_frame([1.0] * 24)}, labels={}, now=EMPTY, lang=g, width=w),
    "control": lambda g, w: control_chart(charted(month_frame([8.0, 9.0] * 18)), lang=g, subject="南阳市", width=w),
    "two": lambda g, w: two_lines([Pair("a", month_frame([1.0] * 24))], lang=g, subject="b", width=w),
    "shares": lambda g, w: share_rows(shares(), lang=g, subject="南阳市", width=w),
    "stack": lambda g, w: stacked_share(quarter_shares(), parts=LEVELS, lang=g, width=w),
    "stacked rows": lambda g, w: stacked_bar_rows([("a", quarter_shares().head(4))], parts=LEVELS, lang=g, width=w),
    "pyramid": lambda g, w: age_pyramid(pyramid_frame(), pyramid_frame(), lang=g, subject="a", width=w),
    "churn": lambda g, w: churn(moves(), lang=g, subject="a", width=w),
    "plans": draw_plans, "fans": draw_fans, "relief": draw_relief, "constants": draw_constants,
}  # fmt: skip
NOTHING: dict[str, Draw] = {
    "trend": lambda g, w: trend(EMPTY, lang=g, subject="南阳市", width=w),
    "rows": lambda g, w: region_rows(EMPTY, names={}, lang=g, width=w),
    "map": lambda g, w: region_map(EMPTY, names={}, lang=g, width=w),
    "tiles": lambda g, w: tile_grid(EMPTY, names={}, lang=g, width=w),
    "multiples": lambda g, w: small_multiples({}, labels={}, now=EMPTY, lang=g, width=w),
    "control": lambda g, w: control_chart(charted(EMPTY), lang=g, subject="南阳市", width=w),
    "two": lambda g, w: two_lines([Pair("a", EMPTY)], lang=g, subject="b", width=w),
    "shares": lambda g, w: share_rows(EMPTY, lang=g, subject="a", width=w),
    "stack": lambda g, w: stacked_share(EMPTY, parts={}, lang=g, width=w),
    "stacked rows": lambda g, w: stacked_bar_rows([("a", EMPTY)], parts={}, lang=g, width=w),
    "pyramid": lambda g, w: age_pyramid(EMPTY, EMPTY, lang=g, subject="a", width=w),
    "churn": lambda g, w: churn(EMPTY, lang=g, subject="a", width=w),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [420, 660, 1360])
@pytest.mark.parametrize("name", FULL)
def test_figures_are_measured_small_and_quiet(name: str, width: int, lang: Lang) -> None:
    fig = FULL[name](lang, width)
    assert fig.layout.width == width
    assert fig.layout.height
    assert fig.layout.dragmode is False
    assert fig.layout.uirevision
    assert fig.layout.title.text is None
    assert fig.layout.showlegend is False
    assert len(fig.to_json()) < 200_000
    axes = [a for a in fig.layout if a.startswith(("xaxis", "yaxis"))]
    assert all(fig.layout[a].fixedrange for a in axes)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NOTHING)
def test_nothing_to_draw_is_one_sentence(name: str, lang: Lang) -> None:
    fig = NOTHING[name](lang, 420)
    assert not fig.data
    (sentence,) = fig.layout.annotations
    assert sentence.text.endswith("。" if lang == "zh" else ".")


def test_colours_are_written_in_the_palette_alone() -> None:
    for path in CHARTS.glob("*.py"):
        if path.name == "palette.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(("#", "rgb(")), f"{path.name}: {node.value}"


def test_month_axes_are_categories() -> None:
    assert FULL["trend"]("zh", 660).layout.xaxis.type == "category"
    assert FULL["stack"]("zh", 660).layout.xaxis.type == "category"


def test_dark_class_colours_carry_white_words() -> None:
    assert palette.is_dark("#1B7A8C")
    assert palette.is_dark("#12324F")
    assert not palette.is_dark("#F3D6C7")


@given(st.lists(st.floats(-20, 220), min_size=1, max_size=8))
def test_labels_are_spread_apart_and_stay_inside(places: list[float]) -> None:
    moved = layout.spread(places, 16, 0, 200)
    ordered = sorted(moved)
    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 200 + 1e-6


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 8))
def test_ticks_enclose_the_values_in_about_so_many_steps(low: float, span: float, count: int) -> None:
    ticks = layout.ticks_from(low, low + span, count)
    assert ticks[0] <= low + 1e-6 * max(1, abs(low))
    assert ticks[-1] >= low + span - 1e-6 * max(1, abs(low) + span)
    assert 2 <= len(ticks) <= count + 3
