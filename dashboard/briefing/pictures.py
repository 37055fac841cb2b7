"""Maps, which PowerPoint cannot draw: as SVG, sharp at every size, with a PNG beside it."""

from pathlib import Path
from typing import Final

from dashboard.briefing.desk import Desk
from dashboard.briefing.queries import Query
from dashboard.charts.region_map import region_map
from dashboard.charts.render import render

SCALE: Final = 12_700  # EMU of a slide to a px of a map: its words of 12 px stand at 12 points


def draw_map(desk: Desk, query: Query, width: int, height: int) -> tuple[bytes, bytes, tuple[int, int]]:
    """(PNG, SVG, size in px) of the map of a change. Raises NoBrowserError."""
    frame = desk.parts(query, rank=False)
    by, _ = desk.parts_of(query)
    policy = desk.snapshot.policy.map
    chosen = policy.cities if by == "city" else policy.counties
    figure = region_map(
        frame, names=desk.names, lang=desk.lang, width=width, height=height, layer="city" if by == "city" else "county",
        boundary_file=Path(chosen) if chosen else None,
    )  # fmt: skip
    return render(figure, "png"), render(figure, "svg"), (figure.width, figure.height)
