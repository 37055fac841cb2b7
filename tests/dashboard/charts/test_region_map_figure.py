"""Maps and tile grids: every region of the frame is there, in the class of its change."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import polars as pl
import pytest
from made_estimates import estimate_frame

from dashboard.charts import boundaries, palette
from dashboard.charts.classes import scale_of
from dashboard.charts.region_map import region_map, tile_grid
from dashboard.i18n.measures import measure

CITIES = sorted(boundaries.read_outlines(boundaries.CITIES))


def frame_of(codes: list[str], indicator: str = "meetings", scale: float = 1.0) -> pl.DataFrame:
    rows = []
    for i, code in enumerate(codes):
        change = (-25.0, -15.0, -5.0, 5.0, 15.0, 25.0)[i % 6]
        half = 30.0 if i % 4 == 0 else 2.0
        rows.append({
            "indicator": indicator, "group": code, "estimate": 8.0 + i / 10, "ci_low": 7.0, "ci_high": 10.0,
            "change": change * scale, "change_low": (change - half) * scale, "change_high": (change + half) * scale,
        })  # fmt: skip
    return estimate_frame(rows)


def draw(frame: pl.DataFrame, **more: Any) -> go.Figure:
    return region_map(frame, names={}, lang="zh", width=510, **more)


def fills(fig: go.Figure) -> dict[str, tuple[str, bool]]:
    """Code → (colour, hatched)."""
    return {
        code: (t.fillcolor, bool(t.fillpattern.shape)) for t in fig.data if t.name == "outline" for code in t.meta
    }  # fmt: skip


def test_every_city_has_the_colour_of_its_class_and_a_hatch_where_not_clear() -> None:
    drawn = fills(draw(frame_of(CITIES)))
    assert set(drawn) == set(CITIES)
    assert drawn[CITIES[0]] == ("#1B7A8C", True)
    assert drawn[CITIES[1]] == ("#7AAEBA", False)
    assert drawn[CITIES[5]] == ("#C1561A", False)


def test_colour_follows_meaning_where_higher_is_better() -> None:
    drawn = fills(draw(frame_of(CITIES, "merged_share", 0.01)))
    assert drawn[CITIES[1]][0] == "#C1561A"
    assert drawn[CITIES[5]][0] == "#1B7A8C"


def test_neither_direction_better_uses_neither_teal_nor_orange() -> None:
    used = {colour for colour, _ in fills(draw(frame_of(CITIES, "video_share", 0.01))).values()}
    assert not used & {"#1B7A8C", "#7AAEBA", "#C3DAE0", "#F3D6C7", "#D29876", "#C1561A"}


def test_a_clear_rise_of_burden_has_a_dark_outline() -> None:
    outlined = {c for t in draw(frame_of(CITIES)).data if t.name == "outline" and t.line.color == "#1F2933" for c in t.meta}
    assert outlined == {c for i, c in enumerate(CITIES) if i % 6 >= 3 and i % 4}


def test_transparent_markers_carry_the_codes() -> None:
    (markers,) = [t for t in draw(frame_of(CITIES)).data if t.name == "regions"]
    assert sorted(markers.customdata) == CITIES
    assert markers.marker.opacity == 0


def test_signed_values_are_printed() -> None:
    fig = draw(frame_of(CITIES))
    said = " ".join([*(t for trace in fig.data if trace.name == "labels" for t in trace.text),
                     *(a.text for a in fig.layout.annotations)])  # fmt: skip
    assert said.count("−15%") == 3
    assert "▲ +15%" in said


def test_a_zone_without_outline_stands_below_the_map() -> None:
    nanyang = [c for c in boundaries.read_outlines(boundaries.COUNTIES) if c.startswith("4113")]
    fig = draw(frame_of([*nanyang, "411371"]), layer="county")
    assert "411371" in fills(fig)
    (markers,) = [t for t in fig.data if t.name == "regions"]
    place = dict(zip(markers.customdata, markers.y, strict=True))
    assert place["411371"] > max(y for c, y in place.items() if c != "411371")
    assert any("无边界" in a.text for a in fig.layout.annotations)


def test_a_zone_is_named_without_its_city() -> None:
    names = {"411300": "南阳市", "411371": "南阳市城乡一体化示范区", "411321": "南召县"}
    fig = region_map(frame_of(["411321", "411371"]), names=names, lang="zh", width=510, layer="county")
    said = [t.split("<br>")[0] for trace in fig.data if trace.name == "labels" for t in trace.text]
    assert sorted(said) == ["南召", "城乡一体化示范区"]


def test_suppressed_is_hatched_white_and_missing_is_plain_white() -> None:
    rows = frame_of(CITIES).to_dicts()
    rows[0] |= {"status": "suppressed", "reason": "few_points"}
    rows[1] |= {"status": "no_data", "reason": "missing"}
    drawn = fills(draw(estimate_frame(rows)))
    assert drawn[CITIES[0]] == ("#FFFFFF", True)
    assert drawn[CITIES[1]] == ("#FFFFFF", False)


def test_a_level_is_blue_and_never_hatched() -> None:
    drawn = fills(draw(frame_of(CITIES), mode="level"))
    assert not any(hatched for _, hatched in drawn.values())
    assert not {c for c, _ in drawn.values()} & {"#1B7A8C", "#C1561A"}


@pytest.mark.parametrize("layer", ["city", "county"])
def test_the_whole_province_stays_below_200_kb(layer: Any) -> None:
    codes = CITIES if layer == "city" else sorted(boundaries.read_outlines(boundaries.COUNTIES))
    assert len(draw(frame_of(codes), layer=layer, height=800).to_json()) < 200_000


def test_outlines_keep_their_aspect_ratio() -> None:
    known = boundaries.read_outlines(boundaries.CITIES)
    every = np.vstack([r for rings in known.values() for r in rings])
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    wanted = (east - west) * math.cos(math.radians((north + south) / 2)) / (north - south)
    outlines = boundaries.fit(boundaries.CITIES, frozenset(CITIES), boundaries.Box(0, 0, 500, 500))
    fitted = np.vstack([r for o in outlines for r in o.rings])
    size = np.ptp(fitted, axis=0)
    assert size[0] / size[1] == pytest.approx(wanted, rel=0.01)
    fig = draw(frame_of(CITIES))
    assert (fig.layout.yaxis.scaleanchor, fig.layout.yaxis.scaleratio) == ("x", 1)


def test_a_label_place_lies_inside_its_outline() -> None:
    for outline in boundaries.fit(boundaries.CITIES, frozenset(CITIES), boundaries.Box(0, 0, 500, 450)):
        x, y, _ = boundaries.label_place(outline, 30, 30)
        rings = [r for r in outline.rings if r[:, 0].min() <= x <= r[:, 0].max() and r[:, 1].min() <= y <= r[:, 1].max()]
        assert rings, outline.code


@pytest.mark.parametrize(("width", "height"), [(660, 260), (420, 420)])
def test_no_outline_covers_the_legend(width: int, height: int) -> None:
    codes = [c for c in boundaries.read_outlines(boundaries.COUNTIES) if c.startswith("4101")]
    fig = region_map(frame_of(codes), names={}, lang="zh", width=width, height=height, layer="county")
    corners = [p for t in fig.data if t.name == "outline" for p in zip(t.x, t.y, strict=True) if p[0] is not None]
    assert not [p for p in corners if p[0] < 170 and p[1] < 70]


def test_the_tile_grid_has_each_city_once_and_no_two_on_one_place() -> None:
    fig = tile_grid(frame_of(CITIES), names={}, lang="zh", width=510)
    (markers,) = [t for t in fig.data if t.name == "regions"]
    assert sorted(markers.customdata) == CITIES
    assert len(set(zip(markers.x, markers.y, strict=True))) == 18


def test_counties_get_an_automatic_grid_and_a_map_without_outlines_too() -> None:
    codes = ["411371", "411372", "411373"]
    fig = draw(frame_of(codes), layer="county")
    assert set(fills(fig)) == set(codes)


def test_the_shipped_boundaries_cover_every_city_clockwise_and_say_their_source() -> None:
    features = json.loads(boundaries.CITIES.read_text(encoding="utf-8"))["features"]
    assert len(features) == 18
    assert "审图号" in (Path(boundaries.FOLDER) / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("levels", [(0.99, 6.01), (0.0, 0.0), (-0.4, 5.1), (9.9, 60.1), (3.0, 3.0)])
def test_every_level_has_a_colour(levels: tuple[float, float]) -> None:
    rows = estimate_frame([{"indicator": "meetings", "group": "411300", "estimate": v} for v in levels]).to_dicts()
    scale = scale_of(rows, measure("meetings"), "level")
    assert all(scale.colour(v) in palette.SEQUENTIAL for v in levels)
