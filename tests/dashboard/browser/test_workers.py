"""Two server processes behind a real nginx, as `burden serve --workers 2` runs them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from conftest import Visit

from burden import main
from dashboard.serve.proxy import command, find_nginx, prepare, write_site
from pipelines.contracts.errors import BurdenError, RequestError

pytestmark = pytest.mark.browser
BURDEN = [sys.executable, "-c", "from burden import main; main()"]
SEAT = "burden_seat"


@pytest.fixture(scope="module")
def nginx() -> str:
    try:
        return find_nginx()
    except BurdenError:
        pytest.skip("nginx is not installed")


@pytest.fixture(scope="module")
def port() -> int:
    """The first of three free ports in a row."""
    for first in range(20_000 + os.getpid() % 9_000, 60_000, 3):
        try:
            for own in range(first, first + 3):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", own))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports")


@pytest.fixture
def crew(nginx: str, port: int, small_warehouse: Path) -> "Iterator[subprocess.Popen[str]]":
    """The command, once it says that all of it answers; ended with the test."""
    words = ["--lang", "en", "serve", "--workers", "2", "--port", str(port), "--warehouse", str(small_warehouse)]
    process = subprocess.Popen([*BURDEN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert f":{port} " in process.stdout.readline()
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


def children(pid: int) -> dict[int, str]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(own): Path(f"/proc/{own}/cmdline").read_text().replace("\0", " ") for own in found}


def ask(port: int, path: str, seat: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": f"{SEAT}={seat}", **headers})
    answer = connection.getresponse()
    try:
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_visits_keep_their_process_and_outlive_it(chromium, crew, port: int) -> None:
    context = chromium.new_context()
    tab = Visit(context.new_page(), f"http://127.0.0.1:{port}")

    def seat() -> str:
        return next(c["value"] for c in context.cookies() if c["name"] == SEAT)

    # An upload goes to the process of the visit.
    with tab.page.expect_websocket(lambda opened: opened.url == f"ws://127.0.0.1:{port}/_stcore/stream"):
        tab.open("/briefing?lang=en&from=2026-05&to=2026-06")
    mine = seat()
    deck = {"name": "own.pptx", "mimeType": "application/octet-stream", "buffer": b"no deck"}
    tab.page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", deck)
    tab.page.get_by_role("button", name="Check").click()
    tab.page.wait_for_selector("ol.report li")
    assert seat() == mine
    # The process is killed: its visit goes on with the other one, in the same view, and it is started again.
    process = next(pid for pid, words in children(crew.pid).items() if str(port + int(mine[1:])) in words.split())
    with tab.page.expect_websocket(timeout=60_000):
        os.kill(process, signal.SIGKILL)
    tab.follow("a[data-in][href*='meetings']")
    assert "from=2026-05&to=2026-06" in tab.page.url
    assert "May" in tab.page.inner_text(".head")
    assert mine in crew.stderr.readline()
    wait_for(lambda: len(children(crew.pid)) == 3)
    context.close()
    # A file is the same from either process; a cookie that names none is answered with one that does.
    files = [ask(port, "/files/meetings/regions.csv", own) for own in ("w1", "w2")]
    assert files[0][0] == 200
    assert files[0][2] == files[1][2]
    assert {f[1]["x-content-type-options"] for f in files} == {"nosniff"}
    assert "burden_seat=w" in ask(port, "/_stcore/host-config", "x; y")[1]["set-cookie"]
    assert ask(port, "/_stcore/metrics", mine)[0] == 404
    assert ask(port, "/", mine, **{"Accept-Encoding": "gzip"})[1]["content-encoding"] == "gzip"
    # A signal ends all of it.
    members = children(crew.pid)
    crew.send_signal(signal.SIGINT)
    assert crew.wait(timeout=30) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in members)


def test_nginx_takes_the_configuration(nginx: str, port: int, tmp_path: Path) -> None:
    main_file = prepare(tmp_path, "127.0.0.1", port, 3)
    tried = subprocess.run(command(nginx, main_file, "-t"), capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr


def test_what_cannot_be_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys, small_warehouse: Path) -> None:
    for host, first in (("a b;", 8501), ("127.0.0.1", 65_530)):
        with pytest.raises(RequestError):
            write_site(host, first, 8)
    monkeypatch.setattr(shutil, "which", lambda *_: None)
    monkeypatch.setenv("BURDEN_LANG", "zh")  # which the command sets, and nobody else may see
    monkeypatch.setattr(sys, "argv", ["burden", "--lang", "en", "serve", "--workers", "2", "--warehouse", str(small_warehouse)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "install" in capsys.readouterr().err
