"""How long people wait when many are at work: sessions that change their view every ten seconds, on several processes.

    python -m benchmarks.load [WAREHOUSE] [--sessions 80] [--seconds 120] [--think 10] [--workers 2]

Each session begins with a first visit, then opens pages, regions, periods and filters at random (from a seed), most of them
for the first time. Measured from the request to the end of the script with all of its messages received; beside them one
real browser measures from the click to the last change on the screen. All share the machine: servers, nginx, sessions, browser.
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from benchmarks.pages import ARGS, CLICK, WATCH, open_page, tell
from benchmarks.visitor import Visitor, choose_view

HOST = "127.0.0.1"


@contextmanager
def serve(warehouse: str, workers: int) -> "Iterator[tuple[int, subprocess.Popen[str]]]":
    """Port and process of servers of their own."""
    port = next(p for p in range(18_500, 60_000, 10) if all(is_free(p + n) for n in range(workers + 1)))
    command = [str(Path(sys.executable).with_name("burden")), "--lang", "en", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers), "--warehouse", warehouse], stdout=subprocess.PIPE, text=True
    )
    try:
        if process.stdout is None or str(port) not in process.stdout.readline():
            raise RuntimeError("the servers did not start")
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(own for child in children for own in family(int(child)))]


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all that it started."""
    ticks = 0
    for own in family(pid):
        fields = Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until_warm(pid: int) -> None:
    """Servers prepare their first views in the background: wait until they rest."""
    time.sleep(5)
    before = cpu_seconds(pid)
    while True:
        time.sleep(3)
        now = cpu_seconds(pid)
        if now - before < 0.3:
            return
        before = now


async def visit(visitor: Visitor, until: float, think: float) -> None:
    """One session: a first visit, then an action whenever the time to think is over."""
    chance = random.Random(visitor.seed)  # noqa: S311 - no secret
    await asyncio.sleep(chance.uniform(0, think))
    await asyncio.to_thread(visitor.take_seat)
    try:
        async with visitor.connect() as link:
            while time.perf_counter() < until:
                page, params = choose_view(chance) if visitor.actions else ("overview", {})
                await asyncio.wait_for(visitor.act(link, page, params), 120)
                await asyncio.sleep(chance.uniform(0.5, 1.5) * think)
    except Exception as error:  # counted: a session that broke off is a failure of the server
        visitor.failures.append(f"{type(error).__name__}: {error}")


async def besiege(port: int, sessions: int, seconds: float, think: float) -> list[Visitor]:
    """All sessions at once."""
    visitors = [Visitor(HOST, port, seed) for seed in range(sessions)]
    until = time.perf_counter() + seconds
    await asyncio.gather(*(visit(visitor, until, think) for visitor in visitors))
    return visitors


def click(base: str, seconds: float, think: float, taken: list[float]) -> None:
    """One person with a browser, from the click to the last change on the screen."""
    chance, until = random.Random(10_000), time.perf_counter() + seconds  # noqa: S311 - no secret
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.add_init_script(WATCH)
        page = context.new_page()
        open_page(page, f"{base}/meetings")
        while time.perf_counter() < until:
            name, params = choose_view(chance)
            taken.append(float(page.evaluate(CLICK, f"{base}/{name}?{urlencode(params)}")))
            page.wait_for_timeout(1000 * chance.uniform(0.5, 1.5) * think)
        browser.close()


def report(visitors: list[Visitor], painted: list[float], cpu: float, slowest: int = 8) -> None:
    """Print the figures."""
    first = [v.actions[0].seconds * 1000 for v in visitors if v.actions]
    later = [a for v in visitors for a in v.actions[1:]]
    tell("first visit of a session, to the last message", first)
    tell("change of the view, to the last message", [a.seconds * 1000 for a in later])
    if painted:
        tell("click to painted, in one browser among them", painted)
    count = len(first) + len(later)
    size = statistics.mean(a.bytes for a in later) / 1000
    print(f"actions {count}; CPU of servers and nginx {1000 * cpu / count:.0f} ms an action; {size:.0f} kB an action")
    by_page = defaultdict(list)
    for action in later:
        by_page[action.view.partition("?")[0]].append(action.seconds * 1000)
    for name, values in sorted(by_page.items()):
        tell(f"  {name}", values)
    for action in sorted(later, key=lambda a: -a.seconds)[:slowest]:
        print(f"  {action.seconds * 1000:6.0f} ms  {action.view}")
    failures = [f for v in visitors for f in v.failures]
    print(f"failures {len(failures)}", *failures[:5], sep="\n  ")
    print("seats", {seat: sum(v.seat == seat for v in visitors) for seat in sorted({v.seat for v in visitors})})


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("warehouse", nargs="?", default=os.environ.get("BURDEN_WAREHOUSE", "data/warehouse"))
    words.add_argument("--sessions", type=int, default=80)
    words.add_argument("--seconds", type=float, default=120)
    words.add_argument("--think", type=float, default=10)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--no-browser", action="store_true")
    given = words.parse_args()
    with serve(given.warehouse, given.workers) as (port, process):
        wait_until_warm(process.pid)
        print(f"the siege begins: {given.sessions} sessions, {given.workers} processes, {given.seconds:.0f} s", flush=True)
        before = cpu_seconds(process.pid)
        painted: list[float] = []
        person = threading.Thread(target=click, args=(f"http://{HOST}:{port}", given.seconds, given.think, painted))
        if not given.no_browser:
            person.start()
        visitors = asyncio.run(besiege(port, given.sessions, given.seconds, given.think))
        if not given.no_browser:
            person.join()
        report(visitors, painted, cpu_seconds(process.pid) - before)


if __name__ == "__main__":
    main()
