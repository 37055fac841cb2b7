"""Several server processes on this machine behind nginx: started together, restarted where one dies, ended together."""

import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from dashboard.serve.proxy import LOOPBACK, command, find_nginx, prepare, worker_ports
from pipelines.contracts.errors import BurdenError

VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"
POOLS = ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")  # threads of one process; all share the cores
START_WITHIN, END_WITHIN, SETTLED_AFTER, LONGEST_PAUSE = 90.0, 10.0, 30.0, 30.0
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass
class Child:
    """A process that is kept running: what starts it, and how long to wait before it is started again."""

    name: str
    command: Sequence[str]
    env: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - words of our own
            list(self.command), env=self.env, stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )  # fmt: skip

    def look(self, tell: Callable[[str, int], None]) -> None:
        """Start it again where it has died: at once, then after ever longer pauses while it dies soon after it starts."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self.process = None
            self.pause = 0.0 if now - self.started > SETTLED_AFTER else min(LONGEST_PAUSE, 2 * self.pause + 0.5)
            self.due = now + self.pause
            tell(self.name, code)
        if self.process is None and now >= self.due:
            self.start()

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end; kill it where it does not come."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Crew:
    """The children, and whether they are to end."""

    children: list[Child] = field(default_factory=list)
    stopped: bool = False  # no event: a signal's handler sets it, and must wait for no lock

    def stop(self, *_: object) -> None:
        """Note that a signal came."""
        self.stopped = True

    def keep(self, tell: Callable[[str, int], None]) -> None:
        """Look after the children until a signal comes."""
        while not self.stopped:
            for child in self.children:
                child.look(tell)
            time.sleep(0.3)

    def end(self) -> None:
        """End all of them, those first that take visitors."""
        for child in reversed(self.children):
            child.end()
        until = time.monotonic() + END_WITHIN
        for child in self.children:
            child.wait(until)


def serve_several(
    host: str, port: int, warehouse: Path, workers: int, *, proxy: bool, started: Callable[[], None],
    died: Callable[[str, int], None],
) -> None:  # fmt: skip
    """Serve from several processes until SIGTERM or SIGINT.

    `started` is called once all of them answer, `died` with the name and exit code of one that died. Raises BurdenError where
    nginx is not there, a port is taken or a process does not start.
    """
    nginx = find_nginx() if proxy else ""
    ports = worker_ports(port, workers)
    for address, own in ((host, port) if proxy else (LOOPBACK, ports[0]), *((LOOPBACK, p) for p in ports)):
        _check_free(address, own)
    threads = str(max(1, (os.cpu_count() or 1) // workers))
    env = dict.fromkeys(POOLS, threads) | os.environ | {VARIABLE: os.environ.get(VARIABLE) or secrets.token_hex(32)}
    crew = Crew()
    with ExitStack() as undo:
        for caught in (signal.SIGTERM, signal.SIGINT):
            undo.callback(signal.signal, caught, signal.signal(caught, crew.stop))
        undo.callback(crew.end)
        for number, own in enumerate(ports, 1):
            words = [sys.executable, "-P", "-m", "dashboard.serve", str(own), str(warehouse.resolve())]
            crew.children.append(Child(f"w{number}", words, env))
        for child in crew.children:
            child.start()
        for child, own in zip(tuple(crew.children), ports, strict=True):
            _await(crew, child, LOOPBACK, own)
        if proxy:
            folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="burden-nginx-", ignore_cleanup_errors=True)))
            undo.callback(crew.end)
            main = prepare(folder, host, port, workers)
            crew.children.append(Child("nginx", command(nginx, main), dict(os.environ)))
            crew.children[-1].start()
            _await(crew, crew.children[-1], host, port)
        if not crew.stopped:
            started()
            crew.keep(died)


def _await(crew: Crew, child: Child, host: str, port: int) -> None:
    """Wait until it answers, or a signal came."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and not crew.stopped:
        if child.process is None or child.process.poll() is not None:
            break
        if _answers(host, port):
            return
        time.sleep(0.1)
    if not crew.stopped:
        raise BurdenError(f"进程 {child.name} 未能启动；原因见上。", f"The process {child.name} did not start; see above.")


def _answers(host: str, port: int) -> bool:
    with closing(HTTPConnection(_reachable(host), port, timeout=5)) as connection:
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False


def _reachable(host: str) -> str:
    """An address that a listener on all addresses has."""
    return {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 - nothing is bound here


def _check_free(host: str, port: int) -> None:
    """Raises BurdenError where the port cannot be taken."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise BurdenError(
            f"“{host}:{port}”无法使用（{error.strerror}）；请用 --port 另选（其后的端口供各进程使用）。",
            f"{host}:{port} cannot be used ({error.strerror}); choose another --port (the processes take the ports after it).",
        ) from None


def _end_with_parent() -> None:
    """Between fork and exec, on Linux: a child ends when we do, even where we are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_END_WITH_PARENT, signal.SIGTERM)
