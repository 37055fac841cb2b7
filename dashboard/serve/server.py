"""The web server: the app script with its own routes, headers and compression; `burden serve` calls `serve`."""

import os
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from dashboard.exports.routes import send_chart, send_deck
from dashboard.pages.search import send_index
from dashboard.pages.sheet import ADDRESS, send_library
from dashboard.serve.packing import KeepPacked
from dashboard.serve.proxy import UPLOAD_MB
from dashboard.serve.warm import warming
from dashboard.settings import Settings

SCRIPT = Path(__file__).parents[1] / "app.py"
OPTIONS: dict[str, Any] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.maxUploadSize": UPLOAD_MB,
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "logger.hideWelcomeMessage": True,
    "theme.base": "light",
    "theme.primaryColor": "#1F4E79",
    "theme.backgroundColor": "#FFFFFF",
    "theme.textColor": "#1F2933",
    "theme.font": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif",
    "theme.baseFontSize": 14,
}


def serve(host: str, port: int, warehouse: Path) -> None:
    """Serve the dashboard over a warehouse until the process is stopped."""
    os.environ["BURDEN_WAREHOUSE"] = str(warehouse.resolve())  # read by `Settings` in every session
    # Beside a folder `pages` Streamlit would take its modules for scripts until the first session called `navigation`.
    PagesManager.uses_pages_directory = False
    app = st.App(
        SCRIPT,
        routes=[
            Route("/files/search/{lang}.json", send_index), Route("/files/briefing/deck.pptx", send_deck),
            Route("/files/{page}/{name}.{kind}", send_chart),
            Route(f"/{ADDRESS}", send_library),
        ],
        lifespan=warming,
        middleware=[Middleware(SafeHeaders), Middleware(KeepPacked), Middleware(GZipMiddleware, minimum_size=1000)],
    )
    options = {**OPTIONS, "server.address": host, "server.port": port}
    for key, value in options.items():  # else Streamlit, which was asked for an option before, warns that they changed
        config.set_option(key, value)
    app.run(config=options)


class SafeHeaders:
    """Adds the headers that keep a page to its own origin; who may embed it is a setting."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"content-security-policy", policy(Settings().frame_ancestors).encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.headers]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def policy(frame_ancestors: str) -> str:
    """The content security policy: own origin only; the client needs inline styles, its own inline scripts, modules, workers."""
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        f"object-src 'none'; base-uri 'self'; frame-ancestors {frame_ancestors}"
    )
