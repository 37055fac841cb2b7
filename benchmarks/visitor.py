"""A visitor without a browser: speaks Streamlit's WebSocket protocol, and knows when a page has come whole."""

import random
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard.pages.catalogue import PAGES

CITIES = [f"41{n:02}00" for n in range(1, 18)]
COUNTIES = ["410122", "410324", "410425", "410526", "410725", "411123", "411321", "411325", "411524", "411725"]
TYPES = ["county_department", "township", "village", "school", "hospital", "enterprise", "institute"]
COOKIE = "burden_seat"
TOO_LATE = 60.0


@dataclass(frozen=True)
class Action:
    """One change of the view: when it ended (seconds of the clock), how long it took, what it was."""

    ended: float
    seconds: float
    view: str
    bytes: int


def choose_view(chance: random.Random) -> tuple[str, dict[str, str]]:
    """A page and its parameters, as people choose them: mostly regions and filters, sometimes another period."""
    page = chance.choice(list(PAGES))
    params: dict[str, str] = {}
    where = chance.random()
    if where > 0.3:
        params["region"] = chance.choice(CITIES if where < 0.8 else COUNTIES)
    if chance.random() < 0.3:
        first = chance.randrange(1, 11)
        params |= {"from": f"2026-{first:02}", "to": f"2026-{chance.randrange(first, min(first + 3, 11)):02}"}
    if chance.random() < 0.25:
        params["type"] = chance.choice(TYPES)
    if chance.random() < 0.2:
        params["compare"] = "previous"
    if PAGES[page].choices and chance.random() < 0.5:
        choice = chance.choice(PAGES[page].choices)
        if choice.options.codes:
            params[choice.key] = chance.choice(list(choice.options.codes))
    if chance.random() < 0.2:
        params["lang"] = "en"
    return page, params


@dataclass
class Visitor:
    """One session at a time over one connection; `actions` is what it did."""

    host: str
    port: int
    seed: int
    actions: list[Action] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seat: str = ""
    _known: dict[str, int] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)
    _feet: set[str] = field(default_factory=set)

    def take_seat(self) -> str:
        """Ask for the page as a browser does first; the cookie that the proxy gives, empty where there is none."""
        connection = HTTPConnection(self.host, self.port, timeout=30)
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        cookies = answer.headers.get_all("Set-Cookie") or []
        self.seat = next((c.split(";")[0] for c in cookies if c.startswith(COOKIE)), "")
        return self.seat

    def connect(self) -> connect:
        """The connection of the session."""
        headers = {"Cookie": self.seat, "Origin": f"http://{self.host}:{self.port}"}
        address = f"ws://{self.host}:{self.port}/_stcore/stream"
        return connect(address, subprotocols=["streamlit"], additional_headers=headers, max_size=None, compression=None)  # type: ignore[list-item]

    async def act(self, link: ClientConnection, page: str, params: dict[str, str]) -> Action:
        """Ask for a view, and wait until its script has finished and all of it is here."""
        asked = BackMsg()
        query = urlencode(params)
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = self._hashes.get(page, "")
        asked.rerun_script.page_name = "" if page in self._hashes else page
        asked.rerun_script.cached_message_hashes.extend(self._known)
        asked.rerun_script.context_info.url = f"http://{self.host}:{self.port}/{page}?{query}"
        began, size, shown = time.perf_counter(), 0, False
        await link.send(asked.SerializeToString())
        while True:
            content = await link.recv(decode=False)
            size += len(content)
            told = ForwardMsg.FromString(content)
            kind = told.WhichOneof("type")
            if told.metadata.cacheable:
                self._known[told.hash] = len(self.actions)
            if kind == "navigation":
                self._hashes = {p.url_pathname or p.page_name: p.page_script_hash for p in told.navigation.app_pages}
            if kind == "delta" and b"<footer" in content:
                shown = True
                self._feet.add(told.hash)
            shown = shown or (kind == "ref_hash" and told.ref_hash in self._feet)  # a foot that it has already
            if kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                break
        if not shown:
            self.failures.append(f"{page}?{query} has no foot")
        # As the browser does, messages are kept for two runs of the script.
        self._known = {hash_: run for hash_, run in self._known.items() if run >= len(self.actions) - 1}
        ended = time.perf_counter()
        action = Action(ended, ended - began, f"{page}?{query}", size)
        self.actions.append(action)
        return action
