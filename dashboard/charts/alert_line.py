"""`alert_line`, `alert_pair`, `alert_bars`, `alert_use`: the small pictures of an alert as inline SVG.

The vertical axis is the picture's own range, not from 0; the rules beside the table say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from dashboard.charts import palette
from dashboard.i18n.judgement import Verdict

WIDTH, HEIGHT = 240, 44
WORSE, BETTER = palette.MARK[Verdict.HEAVIER], palette.MARK[Verdict.LIGHTER]
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
_LEFT, _RIGHT, _PAD, _LABEL = 4.0, 94.0, 7.0, 14
_BAR, _ROOM = 62.0, 132.0  # where bars begin, and the longest


@dataclass(frozen=True)
class Line:
    """One line: its months (an answer by month with control limits), its label, and whether it is the one that got worse."""

    frame: pl.DataFrame
    label: str
    worse: bool

    @property
    def colour(self) -> str:
        """That of its direction."""
        return WORSE if self.worse else BETTER


@dataclass(frozen=True)
class _Scale:
    count: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * place / max(self.count - 1, 1)

    def y(self, value: float) -> float:
        return _PAD + (HEIGHT - 2 * _PAD) * (self.high - value) / (self.high - self.low or 1.0)


Row = Mapping[str, Any]


def alert_line(frame: pl.DataFrame, *, limit: str, mean: str, worse: int, judged_from: int, label: str) -> str:
    """Months between limits; from the month `judged_from` on, signals towards `worse` (+1 up, −1 down) are marks.

    `limit`, `mean`: the words beside the lines; `label`: the picture's accessible name.
    """
    rows = frame.to_dicts()
    known = [v for r in rows for v in (r["estimate"], r["upper"] if worse > 0 else r["lower"], r["centre"]) if v is not None]
    if not known:
        return _svg([], label)
    scale = _Scale(len(rows), min(known), max(known))
    limits = next((r for r in rows if r["centre"] is not None), None)
    parts = []
    if limits:
        ends = ((limits["upper"] if worse > 0 else limits["lower"], limit, "1.5 2.5"), (limits["centre"], mean, ""))
        for value, _word, dash in ends:
            parts.append(_rule(scale.y(value), dash))
        parts += _words([(scale.y(value), word, palette.SECONDARY) for value, word, _ in ends])
    parts += _path(rows, scale, [r["estimate"] for r in rows], palette.SUBJECT)
    for i, row in enumerate(rows):
        signal = row["side"] == worse and i >= judged_from
        if row["estimate"] is not None and (signal or i == len(rows) - 1):
            colour = WORSE if signal else palette.SUBJECT
            parts.append(_dot(scale.x(i), scale.y(row["estimate"]), row, colour))
    return _svg(parts, label)


def alert_pair(lines: Sequence[Line], *, label: str) -> str:
    """Two lines on one axis, each divided by its mean in the year compared with, named at their ends."""
    drawn = [(line, _index(line.frame)) for line in lines]
    known = [v for _, values in drawn for v in values if v is not None]
    if not known:
        return _svg([], label)
    scale = _Scale(max(len(values) for _, values in drawn), min(known), max(known))
    parts, words = [], []
    for line, values in drawn:
        rows = line.frame.to_dicts()
        parts += _path(rows, scale, values, line.colour)
        last = max((i for i, v in enumerate(values) if v is not None), default=None)
        if last is not None:
            y = scale.y(values[last] or 0.0)
            parts.append(_dot(scale.x(last), y, rows[last], line.colour))
            words.append((y, line.label, line.colour))
    return _svg([*parts, *_words(words)], label)


def alert_bars(bars: Sequence[tuple[str, float, str]], *, label: str) -> str:
    """Two bars from 0, each with its word and figure: last year's in grey, the ceiling above it in the colour of burden."""
    most = max(value for _, value, _ in bars) or 1.0
    parts: list[str] = []
    for i, (word, value, figure) in enumerate(bars):
        y, colour = 6 + i * 18, WORSE if i else palette.REFERENCE
        parts.append(f'<rect x="{_BAR}" y="{y}" width="{_ROOM * value / most:.1f}" height="11" fill="{colour}"/>')
        parts += [_text(0, y + 10, word, palette.SECONDARY), _text(WIDTH - 38, y + 10, figure, palette.TEXT)]
    return _svg(parts, label)


def alert_use(used: tuple[str, float], ceiling: tuple[str, float], *, figure: str, span: tuple[float, float] | None,
              label: str) -> str:  # fmt: skip
    """What is used of a ceiling as a bar, the ceiling as a rule with its word, `span` the interval of the year's end."""
    most = max(used[1], ceiling[1], span[1] if span else 0.0) or 1.0
    parts = [
        f'<rect x="{_BAR}" y="6" width="{_ROOM * used[1] / most:.1f}" height="11" fill="{palette.SUBJECT}"/>',
        _text(0, 16, used[0], palette.SECONDARY), _text(WIDTH - 38, 16, figure, WORSE),
    ]  # fmt: skip
    if span:
        low, high = (_BAR + _ROOM * v / most for v in span)
        box = f'x="{low - 1.5:.1f}" y="6" width="{high - low + 3:.1f}" height="11"'
        parts.append(f'<rect {box} fill="{WORSE}" fill-opacity="0.5"/>')
    x = _BAR + _ROOM * ceiling[1] / most
    parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="2" y2="24" stroke="{palette.TEXT}" stroke-width="1.4"/>')
    words = f'<text x="{x:.1f}" y="38" font-size="12" text-anchor="end" fill="{palette.TEXT}">{escape(ceiling[0])}</text>'
    return _svg([*parts, words], label)


def _index(frame: pl.DataFrame) -> list[float | None]:
    base = next((c for c in frame["centre"] if c), None) or frame["estimate"].mean()
    return [v / base if v is not None and base else None for v in frame["estimate"].to_list()]


def _path(rows: Sequence[Row], scale: _Scale, values: Sequence[float | None], colour: str) -> list[str]:
    """Segments between neighbouring months that both have a value; dotted where one is provisional."""
    parts = []
    for i in range(1, len(values)):
        a, b = values[i - 1], values[i]
        if a is not None and b is not None:
            dotted = ' stroke-dasharray="1.5 2.5"' if rows[i]["provisional"] else ""
            parts.append(
                f'<line x1="{scale.x(i - 1):.1f}" y1="{scale.y(a):.1f}" x2="{scale.x(i):.1f}" y2="{scale.y(b):.1f}" '
                f'stroke="{colour}" stroke-width="1.3" stroke-linecap="round"{dotted}/>'
            )
    return parts


def _rule(y: float, dash: str) -> str:
    style = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{_LEFT}" x2="{WIDTH - _RIGHT + 4}" y1="{y:.1f}" y2="{y:.1f}"'
    return f'<line {ends} stroke="{palette.RULE}" stroke-width="1"{style}/>'


def _dot(x: float, y: float, row: Row, colour: str) -> str:
    fill = palette.PAPER if row["provisional"] else colour
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'


def _words(words: Sequence[tuple[float, str, str]]) -> list[str]:
    """Labels at the right, moved apart where they would overlap."""
    placed: list[tuple[float, str, str]] = []
    for y, word, colour in sorted(words):
        free = max(y, placed[-1][0] + _LABEL) if placed else y
        placed.append((free, word, colour))
    over = max(placed[-1][0] + 4 - HEIGHT, 0) if placed else 0
    return [_text(WIDTH - _RIGHT + 10, y + 4 - over, word, colour) for y, word, colour in placed]


def _text(x: float, y: float, word: str, colour: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.1f}" font-size="12" fill="{colour}">{escape(word)}</text>'


def _svg(parts: Sequence[str], label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FONTS}" role="img" aria-label={quoteattr(label)}>{"".join(parts)}</svg>'
    )
