"""Maps, which PowerPoint cannot draw: as SVG, sharp at every size, with a PNG beside it; Chromium draws both."""

import os
import shutil
import threading
from pathlib import Path
from typing import Final

import kaleido

from dashboard.briefing.desk import Desk
from dashboard.briefing.queries import Query
from dashboard.charts.region_map import region_map

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe")
SCALE: Final = 12_700  # EMU of a slide to a px of a map: its words of 12 px stand at 12 points
_SHARP: Final = 2  # pixels of the PNG to a px of the figure
_lock = threading.Lock()
_started = False


class NoBrowserError(Exception):
    """No Chromium is at hand to draw a picture."""


def draw_map(desk: Desk, query: Query, width: int, height: int) -> tuple[bytes, bytes, tuple[int, int]]:
    """(PNG, SVG, size in px) of the map of a change. Raises NoBrowserError."""
    frame = desk.parts(query, rank=False)
    by, _ = desk.parts_of(query)
    policy = desk.snapshot.policy.map
    chosen = policy.cities if by == "city" else policy.counties
    drawing = region_map(
        frame, names=desk.names, lang=desk.lang, width=width, height=height, layer="city" if by == "city" else "county",
        boundary_file=Path(chosen) if chosen else None,
    )  # fmt: skip
    figure = drawing.figure
    size = int(figure.layout.width), int(figure.layout.height)
    _start()
    shape = {"width": size[0], "height": size[1]}
    svg = kaleido.calc_fig_sync(figure, opts={"format": "svg", **shape})
    png = kaleido.calc_fig_sync(figure, opts={"format": "png", "scale": _SHARP, **shape})
    return bytes(png), bytes(svg), size


def _start() -> None:
    """Keep one browser for all pictures of the process. Raises NoBrowserError."""
    global _started  # noqa: PLW0603 - the browser is one for the process
    with _lock:
        if _started:
            return
        if not is_at_hand():
            raise NoBrowserError
        kaleido.start_sync_server(n=1, silence_warnings=True)
        _started = True


def warm_up() -> None:
    """Begin to start the browser, so that it is there when the first picture is due."""
    if is_at_hand() and not _started:
        threading.Thread(target=_start, daemon=True).start()


def stop() -> None:
    """End the browser, where one was started."""
    global _started  # noqa: PLW0603
    with _lock:
        if _started:
            kaleido.stop_sync_server(silence_warnings=True)
            _started = False


def is_at_hand() -> bool:
    """Is there a Chromium or Chrome that can draw pictures?"""
    return any(shutil.which(name) for name in (os.environ.get("BROWSER_PATH", ""), *_BROWSERS) if name)


__all__ = ["NoBrowserError", "draw_map", "is_at_hand", "stop", "warm_up"]
