"""A real server over the demo province and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest

try:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
except ImportError:  # the development extra is not installed
    pytest.skip("playwright is not installed", allow_module_level=True)

CHROMIUM = "/usr/bin/chromium"
READY = "footer.foot, .only"
PAINTED = "[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('svg.main-svg'))"
# Streamlit asks for these below the path of a deep link, where they are not.
OWN_NOISE = ("_stcore/health", "_stcore/host-config")


@dataclass
class Visit:
    """A tab with what went wrong in it: console errors, failed answers, requests to other hosts."""

    page: Page
    base: str
    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, address: str = "/") -> Page:
        """Go to an address and wait until the page's foot (or its one sentence) stands."""
        self.page.goto(self.base + address)
        return self.settle()

    def open_painted(self, address: str = "/") -> Page:
        """Go to an address and wait until its figures stand too."""
        self.open(address)
        self.page.wait_for_function(PAINTED, timeout=60_000)
        return self.page

    def settle(self) -> Page:
        """Wait until the foot stands and the script has stopped."""
        self.page.wait_for_selector(READY, timeout=60_000)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)
        return self.page

    def follow(self, selector: str) -> Page:
        """Click a link of the dashboard and wait for the address and the page that it names."""
        link = self.page.locator(selector).first
        target = link.evaluate("a => a.href")
        link.evaluate("a => a.click()")
        self.page.wait_for_url(target)
        self.page.wait_for_timeout(300)
        return self.settle()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which `.ci/browser` fetches; skips where it did not run."""
    found = sorted(Path(sys.prefix).glob("share/axe-core-*/axe.min.js"))
    if not found:
        pytest.skip("axe-core is not here: make test-browser fetches it from the npm registry")
    return found[-1].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def server(demo_warehouse: Path) -> Iterator[str]:
    """The address of `burden serve` over the demo province."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from burden import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--warehouse", str(demo_warehouse)], stdout=subprocess.DEVNULL, env=os.environ | {"BURDEN_PREPARE": "false"}
    )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_healthy(base: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait for the server's own sign of health; fails where it died or takes over a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped"
        try:
            with closing(HTTPConnection(base.removeprefix("http://"), timeout=5)) as connection:
                connection.request("GET", "/_stcore/health")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start within a minute")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; skips where the system has none."""
    if not shutil.which(CHROMIUM):
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """A window whose tabs share what the browser keeps, as a reader's do; the pages keep there only that the tour was offered."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def visit(window: BrowserContext, server: str) -> Iterator[Visit]:
    """A fresh tab; afterwards no console error, no failed answer and no request to another host may have happened."""
    tab = Visit(window.new_page(), server)

    def note_console(message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        if message.type == "error" and not address.endswith(OWN_NOISE):
            tab.console.append(f"{message.text} ({address})")

    def note_request(address: str) -> None:
        if not address.startswith((server, server.replace("http", "ws", 1), "data:", "blob:")):
            tab.outside.append(address)

    tab.page.on("console", note_console)
    tab.page.on("pageerror", lambda error: tab.console.append(str(error)))
    tab.page.on("request", lambda request: note_request(request.url))
    yield tab
    tab.page.close()
    assert tab.console == []
    assert tab.outside == []
