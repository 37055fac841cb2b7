"""`region_map` and `tile_grid`: a change or a level by region on outlines, or on equal squares where there are none.

Polygons of one look share a trace; transparent markers at the labels carry the region codes for selection. Classes are
told apart by printed values too, since grey print cannot tell −20 from +20.
"""

import math
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl

from dashboard.charts import boundaries, classes, hover, layout, legends, palette
from dashboard.charts.boundaries import Box, Outline
from dashboard.charts.classes import Mode
from dashboard.charts.drawing import Drawing
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure, measure_of
from dashboard.i18n.regions import name_on_map

Row = Mapping[str, Any]
Layer = Literal["city", "county"]
_TILE, _TILE_GAP = (124, 38), 6
_LEADER = 16
_CROWD = 40  # more outlines than this have no room for labels outside
_Place = tuple[str, float, float]
_Leader = tuple[str, float, float, float, float, int]


def region_map(
    frame: pl.DataFrame, *, names: Mapping[str, str], lang: Lang, width: int, height: int = 400, layer: Layer = "city",
    mode: Mode = "change", boundary_file: Path | None = None, share: bool = False,
) -> Drawing:  # fmt: skip
    """The map of an answer `by="city"` or `"county"`; `height` is the most it may take.

    Regions without an outline (functional zones) stand below as squares, never dropped. `boundary_file`: the file of
    `burden.toml`; None: the one that ships.
    """
    measure = measure_of([frame], share=share)
    if measure is None:
        return layout.empty(text("charts.empty.nothing", lang), width, height)
    rows = {r["group"]: r for r in frame.iter_rows(named=True)}
    file = boundary_file or (boundaries.CITIES if layer == "city" else boundaries.COUNTIES)
    known = boundaries.read_outlines(file)
    zones = sorted(c for c in rows if c not in known)
    if len(zones) == len(rows):
        return tile_grid(frame, names=names, lang=lang, width=width, height=height, mode=mode, share=share)
    foot = height - _zone_height(len(zones), width)
    canvas = _Canvas(layout.sheet(width, height, left=0, right=0, top=0, bottom=0), rows, names, measure, mode, lang)
    outlines, crowded = _fit_with_room(canvas, file, frozenset(c for c in rows if c in known), width, foot)
    if outlines:
        foot = math.ceil(max(ring[:, 1].max() for o in outlines for ring in o.rings)) + 10
        canvas.resize(foot + _zone_height(len(zones), width))
    tiles = _zone_tiles(zones, foot, width)
    if zones:
        canvas.shorten(zones, _TILE[0])
    canvas.draw([*outlines, *tiles], outlines, crowded)
    if zones:
        layout.annotate(canvas.fig, text("charts.map.zones", lang), 4, foot + 8, xref="x", yref="y")
    return canvas.fig


def tile_grid(
    frame: pl.DataFrame, *, names: Mapping[str, str], lang: Lang, width: int, height: int = 400, mode: Mode = "change",
    share: bool = False,
) -> Drawing:  # fmt: skip
    """Equal squares: the cities in their hand-made places, any other regions by code in rows."""
    measure = measure_of([frame], share=share)
    if measure is None:
        return layout.empty(text("charts.empty.nothing", lang), width, height)
    rows = {r["group"]: r for r in frame.iter_rows(named=True)}
    canvas = _Canvas(layout.sheet(width, height, left=0, right=0, top=0, bottom=0), rows, names, measure, mode, lang)
    places = _tile_places(sorted(rows))
    columns, lines = max(c for _, c in places.values()) + 1, max(r for r, _ in places.values()) + 1
    top = 4 if set(places) == set(city_tiles()) else legends.HEIGHT
    side = min((width - 8) / columns, (height - top - 4) / lines, 92)
    left, wide = (width - side * columns) / 2, side - 3
    canvas.shorten(places, wide)
    canvas.draw([_square(c, left + x * side, top + y * side, wide, wide) for c, (y, x) in places.items()], [])
    return canvas.fig


class _Canvas:
    """A figure in px under way: what every region's look and words are drawn from."""

    def __init__(
        self, fig: Drawing, rows: Mapping[str, Row], names: Mapping[str, str], measure: Measure, mode: Mode,
        lang: Lang,
    ) -> None:  # fmt: skip
        self.fig, self.rows, self.measure, self.mode, self.lang = fig, rows, measure, mode, lang
        self.names = {c: name_on_map(c, names, lang) for c in rows}
        self.full_names = {c: names.get(c, c) for c in rows}
        self.scale = classes.scale_of(list(rows.values()), measure, mode)
        self.words = {c: classes.words(r, measure, mode, lang) for c, r in rows.items()}
        fig.update_xaxes(range=[0, fig.width], constrain="domain")
        self.resize(fig.height)

    def resize(self, height: int) -> None:
        """Set the height; the y axis runs in px from the top."""
        self.fig.update_layout(height=height)
        self.fig.update_yaxes(range=[height, 0], scaleanchor="x", scaleratio=1, constrain="domain")

    def shorten(self, codes: Iterable[str], width: float) -> None:
        """Cut the names of squares to their width."""
        for code in codes:
            self.names[code] = layout.shorten(self.names[code], width)

    def text_size(self, code: str) -> tuple[float, float]:
        """Width and height of a region's two lines."""
        return max(layout.text_width(self.names[code]), layout.text_width(self.words[code])), 30.0

    def draw(self, shapes: Sequence[Outline], outlines: Sequence[Outline], crowded: Collection[str] = ()) -> None:
        """Fill the shapes, then the labels (those of `crowded` outside), the markers for selection and the legend."""
        looks = {s.code: classes.look(self.rows[s.code], self.scale, self.measure, self.mode) for s in shapes}
        for look in sorted(set(looks.values()), key=lambda k: (k.outlined, k)):
            self._fill([s for s in shapes if looks[s.code] == look], look)
        places = self.places(shapes)
        inside, outside = [[p for p in places if (p[0] in crowded) is out] for out in (False, True)]
        self._label_inside(inside, looks)
        self._label_outside(outside, outlines)
        self._markers([*inside, *outside])
        legends.add_classes(
            self.fig, self.scale.colours, classes.legend_labels(self.scale, self.measure, self.mode), self._unit(),
            hatch=text("charts.map.unclear", self.lang) if self.mode == "change" else "",
        )  # fmt: skip

    def crowded(self, outlines: Sequence[Outline]) -> set[str]:
        """Regions too small for their label."""
        return {o.code for o in outlines if not boundaries.label_place(o, *self.text_size(o.code))[2]}

    def places(self, shapes: Sequence[Outline]) -> list[_Place]:
        """Where the label of each shape has most room."""
        return [(s.code, *boundaries.label_place(s, *self.text_size(s.code))[:2]) for s in shapes]

    def outside_spans(self, places: Sequence[_Place], outlines: Sequence[Outline]) -> dict[str, tuple[float, float]]:
        """Where the labels outside start and end on the x axis."""
        spans = {}
        for code, _, _, end, _, side in self._leaders(places, outlines):
            reach = side * (layout.text_width(f"{self.names[code]} {self.words[code]}") + 4)
            spans[code] = (min(end, end + reach), max(end, end + reach))
        return spans

    def _leaders(
        self, places: Sequence[_Place], outlines: Sequence[Outline]
    ) -> list[_Leader]:
        """(code, from x, y, to x, y, side) of each leader: to the nearer side, to the other where it crosses a label."""
        if not places or len(outlines) > _CROWD:
            return []
        every = np.vstack([ring for o in outlines for ring in o.rings])
        middle = float(every[:, 0].min() + every[:, 0].max()) / 2
        sides = {code: 1 if x > middle else -1 for code, x, _ in places}
        crossing = self._crossing(self._lead(places, outlines, sides), outlines)
        return self._lead(places, outlines, {c: -s if c in crossing else s for c, s in sides.items()})

    def struck(self, places: Sequence[_Place], outlines: Sequence[Outline]) -> set[str]:
        """Labels outside whose leader crosses a label inside on either side."""
        return self._crossing(self._leaders(places, outlines), outlines)

    def _crossing(self, leaders: Sequence[_Leader], outlines: Sequence[Outline]) -> set[str]:
        inside = self.places([o for o in outlines if o.code not in {code for code, *_ in leaders}])
        found = set()
        for code, x, y, end, height, _ in leaders:
            path = np.linspace((x, y), (end, height), 60)
            for other, centre, middle in inside:
                reach = np.array(self.text_size(other)) / 2
                if np.any(np.all(np.abs(path - (centre, middle)) < reach, axis=1)):
                    found.add(code)
        return found

    def _lead(
        self, places: Sequence[_Place], outlines: Sequence[Outline], sides: Mapping[str, int]
    ) -> list[_Leader]:
        """Leaders that end just outside the silhouette, their labels a line apart."""
        leaders = []
        for side in (-1, 1):
            here = [p for p in places if sides[p[0]] == side]
            first = legends.HEIGHT + 8 if side < 0 else 10
            heights = layout.spread([p[2] for p in here], 17, first, self.fig.height - 10)
            for (code, x, y), height in zip(here, heights, strict=True):
                edge = boundaries.silhouette(outlines, height, 14) or (x, x)
                leaders.append((code, x, y, edge[0] - _LEADER if side < 0 else edge[1] + _LEADER, height, side))
        return leaders

    def _unit(self) -> str:
        if self.mode == "level":
            return self.measure.unit_label(self.lang)
        return text("charts.map.change", self.lang, unit=fmt.change_mark(self.measure, self.lang).strip())

    def _fill(self, shapes: Sequence[Outline], look: classes.Look) -> None:
        x: list[float | None] = []
        y: list[float | None] = []
        for ring in (r for s in shapes for r in s.rings):
            x += [*_short(ring[:, 0]), None]
            y += [*_short(ring[:, 1]), None]
        line = {"color": palette.TEXT, "width": 1.4} if look.outlined else {"color": palette.PAPER, "width": 1.2}
        if look.fill == palette.NO_DATA:
            line = {"color": palette.HATCH, "width": 1}
        unclear = palette.UNCLEAR_HATCH_ON_DARK if palette.is_dark(look.fill) else palette.UNCLEAR_HATCH
        ink = palette.HATCH if look.fill == palette.NO_DATA else unclear
        pattern = {"shape": "/", "size": 6, "solidity": 0.16, "fgcolor": ink, "bgcolor": look.fill, "fgopacity": 1}
        self.fig.add_scatter(
            x=x, y=y, mode="lines", line=line, fill="toself", fillcolor=look.fill, hoverinfo="skip", name="outline",
            fillpattern=pattern if look.hatched else None, meta=[s.code for s in shapes],
        )  # fmt: skip

    def _label_inside(self, places: Sequence[_Place], looks: Mapping[str, classes.Look]) -> None:
        shades = [
            palette.PAPER if palette.is_dark(looks[c].fill) else palette.TEXT for c, _, _ in places
        ]
        self.fig.add_scatter(
            x=[x for _, x, _ in places], y=[y for _, _, y in places], mode="text", hoverinfo="skip", name="labels",
            text=[f"{self.names[c]}<br>{self.words[c]}" for c, _, _ in places],
            textfont={
                "color": shades, "size": 12,
                "shadow": [", ".join([f"0px 0px 2px {looks[c].fill}"] * 3) for c, _, _ in places],
            },
        )  # fmt: skip

    def _label_outside(self, places: Sequence[_Place], outlines: Sequence[Outline]) -> None:
        for code, x, y, end, height, side in self._leaders(places, outlines):
            self.fig.add_shape(
                type="line", x0=x, y0=y, x1=end, y1=height, line={"color": palette.TEXT, "width": 0.8}, name="leader"
            )
            layout.annotate(
                self.fig, f"{self.names[code]} {self.words[code]}", end + 3 * side, height, xref="x", yref="y",
                xanchor="right" if side < 0 else "left", font={"color": palette.TEXT},
            )  # fmt: skip

    def _markers(self, places: Sequence[_Place]) -> None:
        labels = [
            hover.estimate_lines(self.rows[c], f"<b>{self.full_names[c]}</b>", self.measure, self.lang)
            + hover.change_line(self.rows[c], self.measure, self.lang)
            for c, _, _ in places
        ]
        self.fig.add_scatter(
            x=[x for _, x, _ in places], y=[y for _, _, y in places], mode="markers", name="regions",
            marker={"size": 26, "opacity": 0, "color": palette.SUBJECT}, customdata=[c for c, _, _ in places],
            text=labels, hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip


def _short(values: boundaries.Points) -> list[float]:
    """Px without needless decimals, which halves a figure's size."""
    return [int(v) if v == int(v) else v for v in values.tolist()]


def _fit_with_room(
    canvas: _Canvas, file: Path, codes: frozenset[str], width: int, foot: float
) -> tuple[Sequence[Outline], set[str]]:
    """The outlines as large as they go while the legend and the labels outside have room, and which labels these are.

    A label that would still be cut at the figure's edge, or whose leader would cross another, goes inside after all.
    """
    grid = 1.0 if len(codes) > _CROWD else 0.5
    outlines: Sequence[Outline] = ()
    crowded: set[str] | None = None
    cut: set[str] = set()
    for inset in (8, 22, 36):
        outlines = _fit_beside_legend(file, codes, Box(inset, 8, width - inset, foot - 8), grid)
        crowded = canvas.crowded(outlines) if crowded is None else crowded
        outside = canvas.places([o for o in outlines if o.code in crowded])
        spans = canvas.outside_spans(outside, outlines)
        cut = {code for code, (start, end) in spans.items() if start < 0 or end > width}
        if not cut:
            break
    kept = (crowded or set()) - cut
    return outlines, kept - canvas.struck(canvas.places([o for o in outlines if o.code in kept]), outlines)


def _fit_beside_legend(file: Path, codes: frozenset[str], box: Box, grid: float) -> Sequence[Outline]:
    """The outlines in the whole box where they leave the legend's corner free, else below or beside it, the larger."""
    whole = boundaries.fit(file, codes, box, grid)
    if not any(_overlaps(o, Box(0, 0, legends.WIDTH, legends.HEIGHT)) for o in whole):
        return whole
    below = boundaries.fit(file, codes, replace(box, top=legends.HEIGHT), grid)
    beside = boundaries.fit(file, codes, replace(box, left=legends.WIDTH), grid)
    return max((below, beside), key=_breadth)


def _breadth(outlines: Sequence[Outline]) -> float:
    every = np.concatenate([ring[:, 0] for o in outlines for ring in o.rings])
    return float(np.ptp(every))


def _overlaps(outline: Outline, box: Box) -> bool:
    return any(
        bool(np.any((ring[:, 0] < box.right) & (ring[:, 1] < box.bottom))) for ring in outline.rings
    )


def _zone_height(count: int, width: int) -> int:
    across = max(1, (width - 8) // (_TILE[0] + _TILE_GAP))
    return 0 if not count else 20 + math.ceil(count / across) * (_TILE[1] + _TILE_GAP)


def _zone_tiles(codes: Sequence[str], top: float, width: int) -> list[Outline]:
    across = max(1, (width - 8) // (_TILE[0] + _TILE_GAP))
    step = (_TILE[0] + _TILE_GAP, _TILE[1] + _TILE_GAP)
    return [
        _square(c, 4 + i % across * step[0], top + 18 + i // across * step[1], *_TILE) for i, c in enumerate(codes)
    ]


def _square(code: str, left: float, top: float, width: float, height: float) -> Outline:
    right, bottom = left + width, top + height
    return Outline(code, (np.array([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]),))


@cache
def city_tiles() -> dict[str, tuple[int, int]]:
    """Row and column of each city's square, by code."""
    table = tomllib.loads((boundaries.FOLDER / "henan_tiles.toml").read_text(encoding="utf-8"))["tiles"]
    return {code: (row, column) for code, (row, column) in table.items()}


def _tile_places(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    tiles = city_tiles()
    if all(c in tiles for c in codes) and len(codes) > 1:
        return {c: tiles[c] for c in codes}
    across = math.ceil(math.sqrt(len(codes) * 1.4))
    return {c: divmod(i, across) for i, c in enumerate(codes)}
