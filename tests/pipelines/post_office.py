"""A web server on this machine that takes the notices, as a webhook would."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class PostOffice(ThreadingHTTPServer):
    """Keeps the messages that arrive; answers with `code`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.messages: list[dict[str, Any]] = []
        self.code = 200

    @property
    def address(self) -> str:
        """As BURDEN_NOTIFY takes it, with a key."""
        return f"json://127.0.0.1:{self.server_port}/SECRETKEY"

    @property
    def titles(self) -> list[str]:
        """What arrived, by title without the sender."""
        return [message["title"].partition("：")[2] for message in self.messages]


class _Counter(BaseHTTPRequestHandler):
    server: PostOffice

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append(json.loads(body))
        self.send_response(self.server.code)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    """A server for the length of a test."""
    office = PostOffice()
    thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield office
    finally:
        office.shutdown()
        thread.join()
        office.server_close()
