"""The plots of docs/validation.md as small SVG files: dots with the promised band, lines of what is found."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

import polars as pl

INK, SOFT, GRID, BAND, SUBJECT, HEAVIER = "#1F2933", "#52606D", "#E4E7EB", "#EAF1F7", "#1F4E79", "#C2571A"
COLOURS = ("#12324F", "#2F6690", "#6C9CC4")
LEFT, ROW, WIDTH = 330, 20, 760


def plot_coverage(found: pl.DataFrame) -> str:
    """Coverage by design, kind and degrees of freedom, a row each, with the promised band; what misses it in orange."""
    rows = found.to_dicts()
    height = 46 + ROW * len(rows)
    low, high = 0.55, 1.0

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - 60) * (max(value, low) - low) / (high - low)

    parts = [_text(0, 14, "Coverage of 95 % intervals, by design, kind and degrees of freedom (band: promised)", INK, bold=True)]
    for tick in (0.6, 0.7, 0.8, 0.9, 0.95, 1.0):
        parts += [_line(x(tick), 28, x(tick), height - 12, GRID), _text(x(tick), height, f"{100 * tick:.0f} %", SOFT, "middle")]
    for i, row in enumerate(rows):
        y = 40 + ROW * i
        wide = x(row["wanted_high"]) - x(row["wanted_low"])
        parts.append(f'<rect x="{x(row["wanted_low"]):.1f}" y="{y - 8}" width="{wide:.1f}" height="16" fill="{BAND}"/>')
        colour = SUBJECT if row["held"] else HEAVIER
        parts.append(f'<circle cx="{x(row["coverage"]):.1f}" cy="{y}" r="3.6" fill="{colour}"/>')
        parts.append(_text(0, y + 4, f"{row['design']} · {row['kind']} · {row['df']}", SOFT))
        parts.append(_text(WIDTH, y + 4, f"{100 * row['coverage']:.1f}", colour, "end"))
    return _svg(parts, WIDTH, height + 6)


def plot_power(found: pl.DataFrame) -> str:
    """The share of planted rebounds that is found, by their size; a line a band of points, both designs together."""
    frame = found.group_by("points", "size").agg(
        found=(pl.col("found") * pl.col("tried")).sum() / pl.col("tried").sum()
    ).sort("points", "size")  # fmt: skip
    width, height, left, top, bottom = 560, 260, 46, 30, 34
    sizes = [float(size) for size in frame["size"].unique().sort()]
    low, high = sizes[0], sizes[-1]

    def place(size: float, share: float) -> tuple[float, float]:
        across = left + (width - left - 120) * (size - low) / (high - low)
        return across, top + (height - top - bottom) * (1 - share)

    parts = [_text(0, 14, "Planted rebounds found within three months, by their size", INK, bold=True)]
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        y = place(0.0, share)[1]
        parts += [_line(left, y, width - 116, y, GRID), _text(left - 6, y + 4, f"{100 * share:.0f} %", SOFT, "end")]
    for size in sizes:
        parts.append(_text(place(size, 0)[0], height - 12, f"+{100 * size:.0f} %", SOFT, "middle"))
    ends: list[float] = []
    bands = frame["points"].unique(maintain_order=True).to_list()
    for colour, band in zip(COLOURS, reversed(bands), strict=False):  # many points find more: from the top line down
        points = [place(size, share) for size, share in frame.filter(points=band).select("size", "found").iter_rows()]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = max([points[-1][1] + 4, *(end + 14 for end in ends)])
        ends.append(y)
        parts.append(_text(points[-1][0] + 8, y, f"{band} points", colour))
    return _svg(parts, width, height)


def _text(x: float, y: float, word: str, colour: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(word)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _svg(parts: Sequence[str], width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="Noto Sans, Arial, sans-serif"><rect width="100%" height="100%" fill="#FFFFFF"/>\n'
        + "\n".join(parts) + "\n</svg>\n"
    )
