"""Servers on this machine that take the notices, as a webhook and as a mailbox would."""

import json
import socketserver
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


class _Postman(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                mail = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(b"".join(mail).decode())  # type: ignore[attr-defined]
            self._say("221 bye" if word == b"QUIT" else "250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def open_mail_office() -> Iterator[tuple[str, list[str]]]:
    """An address as BURDEN_NOTIFY takes it, and the mails that arrive there."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Postman) as server:
        server.daemon_threads = True
        mails: list[str] = []
        server.mails = mails  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        here = f"127.0.0.1:{server.server_address[1]}"
        yield f"mailto://{here}?from=a@example.org&to=b@example.org&smtp=127.0.0.1&mode=insecure", mails
        server.shutdown()
        thread.join()
