"""Assets whose names carry their version are compressed once and kept: compressing them takes 0.2 s of a first visit."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_VERSIONED = re.compile(r"/(static/.+|files/[^/]+\.js)")


class KeepPacked:
    """Stands before the middleware that compresses, and keeps what it made of an asset that never changes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, tuple[Message, Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, else pass the request on and look at its answer."""
        if not _is_plain(scope):
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        if path in self._kept:
            for message in self._kept[path]:
                await send({**message, "headers": list(message["headers"])} if "headers" in message else message)
            return
        seen: list[Message] = []

        async def note(message: Message) -> None:
            seen.append({**message, "headers": list(message["headers"])} if "headers" in message else message)
            await send(message)

        await self.app(scope, receive, note)
        if kept := _join(seen):
            self._kept[path] = kept


def _is_plain(scope: Scope) -> bool:
    """Does it ask for the whole of such an asset, compressed?"""
    if scope["type"] != "http" or scope["method"] != "GET" or not _VERSIONED.fullmatch(scope["path"]):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and not {"range", "if-none-match", "if-modified-since"} & set(headers)


def _join(seen: list[Message]) -> tuple[Message, Message] | None:
    """The answer with its body in one piece; None where it may not be kept."""
    if not seen or seen[0]["type"] != "http.response.start" or seen[0]["status"] != 200:
        return None
    headers = Headers(raw=seen[0]["headers"])
    lasts = "immutable" in headers.get("cache-control", "") and headers.get("content-encoding") == "gzip"
    if not lasts or seen[-1].get("more_body"):
        return None
    body = b"".join(m.get("body", b"") for m in seen[1:])
    return seen[0], {"type": "http.response.body", "body": body}
