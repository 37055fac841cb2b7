"""Figures as pictures: Chromium draws them through kaleido; one browser serves all pictures of the process."""

import os
import shutil
import threading
from typing import Final, Literal

import kaleido

from dashboard.charts.drawing import Drawing
from pipelines.contracts.errors import BurdenError

SHARP: Final = 2  # pixels of a PNG to a px of the figure
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe")
_starting = threading.Lock()
_is_started = False


class NoBrowserError(BurdenError):
    """No Chromium is at hand to draw a picture."""

    def __init__(self) -> None:
        super().__init__(
            "这台机器上没有 Chromium，画不出图片；请安装（Debian：apt-get install chromium fonts-noto-cjk）后再试。",
            "No Chromium is here to draw pictures; install it (Debian: apt-get install chromium fonts-noto-cjk).",
        )


def render(figure: Drawing, kind: Literal["png", "svg"]) -> bytes:
    """A picture of the figure in its own size. Raises NoBrowserError."""
    _start()
    opts = {"format": kind, "width": figure.width, "height": figure.height, "scale": SHARP if kind == "png" else 1}
    return bytes(kaleido.calc_fig_sync(figure.figure, opts=opts))


def is_at_hand() -> bool:
    """Is there a Chromium or Chrome that can draw pictures?"""
    return any(shutil.which(name) for name in (os.environ.get("BROWSER_PATH", ""), *_BROWSERS) if name)


def warm_up() -> None:
    """Begin to start the browser, so that it is there when the first picture is due."""
    if is_at_hand() and not _is_started:
        threading.Thread(target=_start, daemon=True).start()


def _start() -> None:
    """Keep one browser for all pictures of the process. Raises NoBrowserError."""
    global _is_started  # noqa: PLW0603 - the browser is one for the process
    with _starting:
        if not _is_started:
            if not is_at_hand():
                raise NoBrowserError
            kaleido.start_sync_server(n=1, silence_warnings=True)
            _is_started = True


def stop() -> None:
    """End the browser, where one was started."""
    global _is_started  # noqa: PLW0603
    with _starting:
        if _is_started:
            kaleido.stop_sync_server(silence_warnings=True)
            _is_started = False
