"""The cells of a spine chart as inline SVG, one a row: the distance to the reference in standard deviations, right = lighter.

A row is a line of an HTML table, so that its words stay words; here are only its marks. Rows lie on each other without a gap,
which makes one vertical rule of the reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import palette

WIDTH, HEIGHT = 320, 20
LIMIT = 3.5
_MIDDLE = HEIGHT / 2
_HATCHED = 0.6  # of the width: a length without meaning

Ends = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """What a row shows, in standard deviations: the distance and its interval, the ranges of the others, their places.

    `filled`: the interval excludes 0; `square`: neither side is better; `suppressed`: hatched, nothing else.
    """

    value: float | None = None
    whisker: Ends | None = None
    others: Ends | None = None
    peers: Ends | None = None
    ticks: Sequence[float] = ()
    filled: bool = False
    square: bool = False
    suppressed: bool = False


def x_of(value: float) -> float:
    """Px of a distance, cut at the limits."""
    return round((min(max(value, -LIMIT), LIMIT) + LIMIT) / (2 * LIMIT) * WIDTH, 1)


def draw_row(mark: Mark) -> str:
    """The SVG of a row's marks."""
    parts = [_rule()]
    if mark.suppressed:
        return _svg([_hatch(), *parts], WIDTH)
    if mark.others:
        parts.insert(0, _bar(mark.others, 12, palette.RANGE))
    if mark.peers:
        parts.insert(1, _bar(mark.peers, 12, palette.RANGE_KEY))
    parts += [
        f'<path d="M{x_of(t)} {_MIDDLE - 4}v8" stroke="{palette.SUBJECT_SOFT}" stroke-width="1.4"/>' for t in mark.ticks
    ]
    if mark.whisker:
        parts += _whisker(mark.whisker)
    if mark.value is not None:
        parts.append(_dot(mark))
    return _svg(parts, WIDTH)


def _rule() -> str:
    return f'<path d="M{WIDTH / 2} 0v{HEIGHT}" stroke="{palette.REFERENCE}" stroke-width="1.2" stroke-dasharray="4 2"/>'


def _bar(ends: Ends, height: int, colour: str) -> str:
    left, right = sorted(x_of(e) for e in ends)
    return f'<rect x="{left}" y="{_MIDDLE - height / 2}" width="{max(right - left, 1):.1f}" height="{height}" fill="{colour}"/>'


def _whisker(ends: Ends) -> list[str]:
    """The interval; where it goes on beyond the axis it ends in an arrow."""
    low, high = sorted(ends)
    parts = [f'<path d="M{x_of(low)} {_MIDDLE}H{x_of(high)}" stroke="{palette.SUBJECT}" stroke-width="1.5"/>']
    if low < -LIMIT:
        parts.append(f'<path d="M0 {_MIDDLE}l6 -3.5v7z" fill="{palette.SUBJECT}"/>')
    if high > LIMIT:
        parts.append(f'<path d="M{WIDTH} {_MIDDLE}l-6 -3.5v7z" fill="{palette.SUBJECT}"/>')
    return parts


def _dot(mark: Mark) -> str:
    x = min(max(x_of(mark.value or 0.0), 6), WIDTH - 6)
    fill = palette.SUBJECT if mark.filled else palette.PAPER
    line = palette.PAPER if mark.filled else palette.SUBJECT
    look = f'fill="{fill}" stroke="{line}" stroke-width="{1 if mark.filled else 1.6}"'
    if mark.square:
        return f'<rect x="{x - 3.8:.1f}" y="{_MIDDLE - 3.8}" width="7.6" height="7.6" {look}/>'
    return f'<circle cx="{x}" cy="{_MIDDLE}" r="4.2" {look}/>'


def _hatch() -> str:
    left, width = WIDTH * (1 - _HATCHED) / 2, WIDTH * _HATCHED
    return (
        f'<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0v5" stroke="{palette.HATCH}" stroke-width="1.6"/></pattern></defs>'
        f'<rect x="{left}" y="{_MIDDLE - 5}" width="{width}" height="10" fill="url(#h)"/>'
    )


def _svg(parts: Sequence[str], width: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )
