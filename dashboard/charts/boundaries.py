"""Outlines of regions in px: read from GeoJSON, fitted to a figure, with the place where a label fits best.

Coordinates are rounded to half a px or a whole one, the same on both sides of a shared border, which keeps figures
small and borders closed. No colour, no estimate.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

FOLDER: Final = Path(__file__).parent / "maps"
CITIES: Final = FOLDER / "henan_cities.geojson"
COUNTIES: Final = FOLDER / "henan_counties.geojson"
_ROOM: Final = 0.38  # of a label's height: it may stand out a little at its corners
Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, eq=False)
class Outline:
    """A region's rings in px (k × 2 arrays), exterior rings first. Two outlines are the same only if they are one."""

    code: str
    rings: tuple[Points, ...]


@cache
def read_outlines(path: Path) -> dict[str, tuple[Points, ...]]:
    """Code → rings in degrees. Raises OSError or ValueError for a file that is not such a GeoJSON."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {str(f["properties"]["adcode"]): _rings(f["geometry"]) for f in features}


@lru_cache(maxsize=256)
def fit(path: Path, codes: frozenset[str], box: Box, grid: float = 0.5) -> tuple[Outline, ...]:
    """The outlines of those codes as large as the box allows, at the right aspect ratio for their latitude.

    They stand at the top of the box and in the middle of its width. `grid`: px to which coordinates are rounded. Kept,
    like the label places, since the same map is drawn for one indicator after another.
    """
    outlines = read_outlines(path)
    chosen = {c: outlines[c] for c in sorted(codes) if c in outlines}
    if not chosen:
        return ()
    every = np.vstack([ring for rings in chosen.values() for ring in rings])
    west, south = every.min(axis=0)
    east, north = every.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))
    size = np.array([(east - west) * squeeze, north - south])
    scale = float(min((box.right - box.left) / size[0], (box.bottom - box.top) / size[1]))
    shift = np.array([box.left + (box.right - box.left - size[0] * scale) / 2, box.top])
    fitted = []
    for code, rings in chosen.items():
        placed = [np.column_stack([(r[:, 0] - west) * squeeze, north - r[:, 1]]) * scale + shift for r in rings]
        kept = tuple(k for ring in placed if len(k := _rounded(ring, grid)) > 3)
        fitted.append(Outline(code, kept))
    return tuple(fitted)


@lru_cache(maxsize=8192)
def label_place(outline: Outline, width: float, height: float) -> tuple[float, float, bool]:
    """(x, y, fits): where a text of that size has most room inside the outline, and whether it fits there."""
    if not outline.rings:
        return 0.0, 0.0, False
    squash = np.array([height / max(width, 1.0), 1.0])
    rings = [_thinned(ring) * squash for ring in outline.rings]
    largest = max(rings, key=_area)
    low, high = largest.min(axis=0), largest.max(axis=0)
    steps = (np.arange(17) + 0.5) / 17
    grid = np.stack(np.meshgrid(*(low[i] + steps * (high[i] - low[i]) for i in (0, 1))), axis=-1).reshape(-1, 2)
    starts = np.vstack([r[:-1] for r in rings])
    ends = np.vstack([r[1:] for r in rings])
    room, inside = np.full(len(grid), -1.0), _inside(grid, starts, ends)
    room[inside] = _distance(grid[inside], starts, ends)
    off_centre = np.abs(grid - (low + high) / 2).sum(axis=1)
    best = int((room - 0.01 * off_centre).argmax())
    x, y = grid[best] / squash
    return float(x), float(y), bool(room[best] >= _ROOM * height)


def silhouette(outlines: Sequence[Outline], y: float, reach: float) -> tuple[float, float] | None:
    """The leftmost and rightmost px of the outlines within `reach` px of a height; None where there is nothing."""
    every = np.vstack([ring for o in outlines for ring in o.rings])
    near = every[np.abs(every[:, 1] - y) <= reach]
    return (float(near[:, 0].min()), float(near[:, 0].max())) if len(near) else None


def _rings(geometry: Mapping[str, Any]) -> tuple[Points, ...]:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(np.array(ring, dtype=np.float64) for shape in shapes for ring in shape)


def _rounded(ring: Points, grid: float) -> Points:
    snapped: Points = np.round(ring / grid) * grid
    moved = np.any(np.diff(snapped, axis=0) != 0, axis=1)
    kept: Points = snapped[np.concatenate([[True], moved])]
    return kept


def _thinned(ring: Points) -> Points:
    """About a hundred of a ring's corners: enough to find room for a label."""
    step = max(1, len(ring) // 100)
    thin: Points = np.vstack([ring[:-1:step], ring[-1:]])
    return thin


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def _inside(points: Points, starts: Points, ends: Points) -> npt.NDArray[np.bool_]:
    """Even-odd rule, every point against every edge."""
    x, y = points[:, :1], points[:, 1:]
    crosses = (starts[:, 1] > y) != (ends[:, 1] > y)
    rise = np.where(ends[:, 1] == starts[:, 1], 1.0, ends[:, 1] - starts[:, 1])
    at = starts[:, 0] + (y - starts[:, 1]) / rise * (ends[:, 0] - starts[:, 0])
    inside: npt.NDArray[np.bool_] = np.sum(crosses & (x < at), axis=1) % 2 == 1
    return inside


def _distance(points: Points, starts: Points, ends: Points) -> Points:
    """Distance of every point to the nearest edge."""
    edges = ends - starts
    length = np.maximum((edges**2).sum(axis=1), 1e-12)
    along = np.clip(((points[:, None, :] - starts) * edges).sum(axis=2) / length, 0, 1)
    nearest = starts + along[..., None] * edges
    distance: Points = np.sqrt(((points[:, None, :] - nearest) ** 2).sum(axis=2)).min(axis=1)
    return distance
