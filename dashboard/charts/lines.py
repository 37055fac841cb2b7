"""Drawing a monthly series: band, solid and dotted line, hollow ends, marks of absence. Used by every chart of months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import palette
from dashboard.charts.drawing import Drawing
from dashboard.charts.series import Point, Series
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang


@dataclass(frozen=True)
class Pen:
    """How a series is drawn. `marker` is the symbol of its end; `axes` the trace's `xaxis`/`yaxis`."""

    colour: str
    band: str
    width: float
    dash: str
    marker: str
    size: float = 8.4
    ends: bool = True


SUBJECT = Pen(palette.SUBJECT, palette.SUBJECT_BAND, 2.0, "solid", "circle")
REFERENCE = Pen(palette.REFERENCE, palette.REFERENCE_BAND, 1.8, "7px,4px", "diamond", 7.5)


def add_band(fig: Drawing, series: Series, pen: Pen, **axes: Any) -> None:
    """The 95 % band, one closed outline for each run of months that have an interval; a month alone gets a whisker."""
    x: list[str | None] = []
    y: list[float | None] = []
    alone: list[Point] = []
    for run in series.runs():
        known = [p for p in run if p.low is not None and p.high is not None]
        if len(known) < 2:
            alone += known
            continue
        x += [*(p.label for p in known), *(p.label for p in reversed(known)), known[0].label, None]
        y += [*(p.high for p in known), *(p.low for p in reversed(known)), known[0].high, None]
    if x:
        fig.add_scatter(
            x=x, y=y, mode="lines", line={"width": 0}, fill="toself", fillcolor=pen.band, hoverinfo="skip",
            name="band", **axes,
        )  # fmt: skip
    if alone:
        fig.add_scatter(
            x=_broken([[p.label, p.label] for p in alone]), y=_broken([[p.low, p.high] for p in alone]), mode="lines",
            line={"color": pen.colour, "width": 1.4}, hoverinfo="skip", name="whisker", **axes,
        )  # fmt: skip


def add_line(fig: Drawing, series: Series, pen: Pen, **axes: Any) -> None:
    """The line: final segments in the pen's dash, provisional ones dotted, then its marks."""
    for provisional in (False, True):
        strokes = series.strokes(provisional=provisional)
        if strokes:
            dash = "1.5px,3px" if provisional else pen.dash
            fig.add_scatter(
                x=_broken([[p.label for p in s] for s in strokes]), y=_broken([[p.value for p in s] for s in strokes]),
                mode="lines", hoverinfo="skip", name="provisional" if provisional else "line",
                line={"color": pen.colour, "width": pen.width, "dash": dash}, **axes,
            )  # fmt: skip
    if pen.ends:
        _add_marks(fig, series, pen, **axes)


def _broken(strokes: Sequence[Sequence[Any]]) -> list[Any]:
    """Strokes below each other with a None between, where the pen is lifted."""
    values: list[Any] = []
    for stroke in strokes:
        values += [None, *stroke] if values else stroke
    return values


def _add_marks(fig: Drawing, series: Series, pen: Pen, **axes: Any) -> None:
    alone = {run[0].month for run in series.runs() if len(run) == 1}
    last = series.last
    marked = [
        p for p in series.drawn
        if ((p.provisional or p.value == 0) and p.is_middle) or p.month in alone or (last and p.month == last.month)
    ]
    hollow = [p.provisional or p.value == 0 or pen.marker == "diamond" for p in marked]
    if marked:
        fig.add_scatter(
            x=[p.label for p in marked], y=[p.value for p in marked], mode="markers+text", hoverinfo="skip", name="marks",
            cliponaxis=False, text=["0" if p.value == 0 else "" for p in marked], textposition="top center",
            marker={
                "opacity": 1,
                "symbol": pen.marker, "size": [pen.size if p.provisional or p is last else pen.size - 2 for p in marked],
                "color": [palette.PAPER if h else pen.colour for h in hollow],
                "line": {"color": [pen.colour if h else palette.PAPER for h in hollow], "width": 1.6},
            }, **axes,
        )  # fmt: skip


def add_absence(fig: Drawing, series: Series, foot: float, lang: Lang, **axes: Any) -> None:
    """Words where months are absent (缺报, 未到期 …), at the foot of the plot, one for each run of one kind.

    A word that would stand within a fifth of the months after another one is left to the hover line.
    """
    place = {point.label: at for at, point in enumerate(series.points)}
    words: list[tuple[str, str]] = []
    for same in (same for run in series.absent_runs() for same in _by_kind(run)):
        label = same[len(same) // 2].label
        if not words or place[label] - place[words[-1][0]] >= len(place) / 5:
            words.append((label, text(f"words.pill.{same[0].absence}", lang)))
    if words:
        fig.add_scatter(
            x=[w[0] for w in words], y=[foot] * len(words), text=[w[1] for w in words], mode="text", name="absent",
            textposition="top center", textfont={"color": palette.SECONDARY, "size": 12}, hoverinfo="skip",
            cliponaxis=False, **axes,
        )  # fmt: skip


def _by_kind(run: Sequence[Point]) -> list[list[Point]]:
    groups: list[list[Point]] = []
    for point in run:
        if groups and groups[-1][0].absence == point.absence:
            groups[-1].append(point)
        else:
            groups.append([point])
    return groups


def add_hover(fig: Drawing, series: Series, labels: Sequence[str], foot: float, **axes: Any) -> None:
    """One label a month, wherever the pointer stands on its column; absent months answer at the foot."""
    fig.add_scatter(
        x=[p.label for p in series.points], y=[foot if p.value is None else p.value for p in series.points],
        mode="markers", marker={"opacity": 0, "size": 8, "color": palette.SUBJECT}, customdata=list(labels), name="hover",
        hovertemplate="%{customdata}<extra></extra>", **axes,
    )  # fmt: skip
    fig.update_layout(hovermode="x")
