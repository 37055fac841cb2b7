"""How long a page takes in Chromium: to its first chart, and from a click on a filter to the last change on the screen.

    python -m benchmarks.pages [WAREHOUSE [PAGE]]

Serves the warehouse (default: BURDEN_WAREHOUSE, else data/warehouse) on a free port of this machine. A filter change is a
click on a link to a view that this server has not shown before; it ends with the last change of the page's content, found by
a MutationObserver; charts off the screen, which are drawn when the browser has nothing else to do, do not count.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PAGE = "accompaniment"  # nine charts, four of them on the screen
CITIES = [f"41{n:02}00" for n in range(1, 18)]
TYPES = ["county_department", "township", "village", "school", "hospital"]
WATCH = """
window.changed = 0;
window.firstChart = 0;
const away = new Set();
const seen = new IntersectionObserver((all) => all.forEach((e) => away[e.isIntersecting ? "delete" : "add"](e.target)));
new MutationObserver((records) => {
  document.querySelectorAll(".plot").forEach((plot) => seen.observe(plot));
  const counts = ({ target }) => !away.has((target.closest ? target : target.parentElement)?.closest(".plot"));
  if (document.querySelector("[data-testid=stMain]") && records.some(counts)) window.changed = performance.now();
  if (!window.firstChart && document.querySelector(".main-svg")) window.firstChart = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
"""
CLICK = """async (target) => {
  const start = performance.now();
  const link = document.createElement("a");
  link.href = target; link.dataset.in = "";
  document.querySelector("[data-testid=stMain]").append(link);
  link.click(); link.remove();
  window.changed = 0;
  const app = document.querySelector("[data-testid=stApp]");
  for (;;) {
    await new Promise((r) => setTimeout(r, 50));
    const quiet = performance.now() - Math.max(window.changed, start);
    if (window.changed && quiet > 900 && app.dataset.testScriptState !== "running") break;
    if (performance.now() - start > 20000) throw new Error("no answer");
  }
  return window.changed - start;
}"""


@contextmanager
def serve(warehouse: str) -> Iterator[str]:
    """The address of a server of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).with_name("burden"), "serve", "--port", str(port), "--warehouse", warehouse]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/_stcore/health")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def open_page(browser_page: Page, address: str) -> float:
    """Milliseconds from the request to the first chart."""
    browser_page.goto(address)
    browser_page.wait_for_function("window.firstChart > 0", timeout=60_000)
    shown: float = browser_page.evaluate("window.firstChart")
    browser_page.wait_for_selector("footer.foot", timeout=60_000)
    browser_page.wait_for_timeout(800)
    return shown


def measure_first(browser: Browser, address: str, runs: int = 5) -> tuple[list[float], list[float]]:
    """First charts with a cold and with a warm browser cache."""
    cold, warm = [], []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.add_init_script(WATCH)
        for found in (cold, warm):
            page = context.new_page()
            found.append(open_page(page, address))
            page.close()
        context.close()
    return cold, warm


def measure_changes(browser: Browser, address: str, views: list[str], slow: int = 1) -> list[float]:
    """Filter changes, one after the other in one tab."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.add_init_script(WATCH)
    page = context.new_page()
    open_page(page, address)
    if slow > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
    taken = [float(page.evaluate(CLICK, f"{address}?{view}")) for view in views]
    context.close()
    return taken


def tell(name: str, values: list[float]) -> None:
    """Print a row of figures."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name:40} n {len(values)}  median {statistics.median(values):6.0f} ms  p95 {p95:6.0f} ms  max {ordered[-1]:6.0f} ms")


def main() -> None:
    """Measure and print."""
    warehouse = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BURDEN_WAREHOUSE", "data/warehouse")
    name = sys.argv[2] if len(sys.argv) > 2 else PAGE
    regions = [f"region={c}" for c in CITIES]
    types = [f"type={t}" for t in TYPES] + [f"region={c}&type={t}" for c in CITIES[:6] for t in TYPES[:3]]
    slowed = [f"region={c}&type={t}" for c in CITIES[6:] for t in TYPES[:1]]
    with serve(warehouse) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        address = f"{base}/{name}"
        measure_first(browser, address, runs=1)  # the server is warm from here on
        cold, warm = measure_first(browser, address)
        tell("first chart, cold browser cache", cold)
        tell("first chart, warm browser cache", warm)
        tell("filter change, first visit of the view", measure_changes(browser, address, regions + types))
        tell("the same, CPU slowed 4 times", measure_changes(browser, address, slowed, slow=4))
        browser.close()


if __name__ == "__main__":
    main()
