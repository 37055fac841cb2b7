"""Assets that never change are compressed once."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.serve.packing import KeepPacked

BODY = 4000 * b"a"


def fetch(app: Starlette, path: str, *headers: tuple[bytes, bytes]) -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of the answer, in a thread of its own: a browser of other tests may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, get(app, path, *headers)).result()


async def get(app: Starlette, path: str, *headers: tuple[bytes, bytes]) -> tuple[dict[bytes, bytes], bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": list(headers), "root_path": ""}
    await app(scope, receive, send)
    return dict(sent[0]["headers"]), b"".join(m.get("body", b"") for m in sent[1:])


def test_what_carries_its_version_is_asked_for_once_and_the_rest_each_time() -> None:
    asked: list[str] = []

    async def answer(request: Request) -> Response:
        asked.append(request.url.path)
        control = "public, immutable, max-age=31536000" if request.url.path.startswith("/static/js") else "no-cache"
        return Response(BODY, headers={"cache-control": control})

    packed = [Middleware(KeepPacked), Middleware(GZipMiddleware, minimum_size=100)]
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=packed)
    for path in ("/static/js/a.js", "/static/b.js", "/page"):
        for _ in range(3):
            headers, body = fetch(app, path, (b"accept-encoding", b"gzip, br"))
            assert headers[b"content-encoding"] == b"gzip"
            assert gzip.decompress(body) == BODY
    assert [asked.count(p) for p in ("/static/js/a.js", "/static/b.js", "/page")] == [1, 3, 3]
    headers, body = fetch(app, "/static/js/a.js")
    assert b"content-encoding" not in headers
    assert body == BODY
