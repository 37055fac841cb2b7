"""The process that is killed: one real refresh with a death planned (or none), or a server that forks one for each line.

    python -m tests.faults.child TRIAL          one trial, in this process
    python -m tests.faults.child TRIAL WORDS…   the same, through the command line: `burden WORDS…`
    python -m tests.faults.child --serve        trials from standard input, a fork of this process for each

A fork starts with everything imported, which makes hundreds of trials affordable; it is a process like any other.
"""

import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis

import burden
import pipelines.marts.build
import pipelines.refresh
from pipelines.contracts.errors import BurdenError
from pipelines.refresh import groups
from tests.faults.points import Plan, Watch

TROUBLE = 3
ibis.to_sql(ibis.table({"n": "int64"}, name="t"), dialect="duckdb")  # loads what writes SQL: the forks have it already


@dataclass(frozen=True)
class Trial:
    """A refresh to be run; `report` takes what a refresh that lived passed."""

    raw: str
    warehouse: str
    today: str
    plan: dict[str, Any] | None = None
    full: bool = False
    accept: bool = True
    keep: int = 12
    parted: bool = False
    report: str | None = None
    words: list[str] | None = None
    said: str | None = None

    def run(self) -> int:
        """Refresh and give the exit code. Dies on the way where that is planned."""
        watch = self.prepare()
        if self.plan or self.report:
            watch.arm()
        code = self._refresh() if self.words is None else self._command()
        if self.report:
            Path(self.report).write_text(json.dumps({"passes": watch.passes, "spans": watch.spans}), encoding="utf-8")
        return code

    def prepare(self) -> Watch:
        """The province large or small as asked, and a watch that is not yet armed."""
        if self.parted:  # as in a large province: tables in parts, a city each
            groups.PARTED_FROM = 1
        return Watch(Path(self.raw), Path(self.warehouse), Plan(**self.plan) if self.plan else None)

    def _command(self) -> int:
        """The command line, as a person gets it; `said` takes what it says on standard error."""
        assert self.words
        assert self.said
        os.environ["BURDEN_LANG"], os.environ["BURDEN_WAREHOUSE"] = "en", self.warehouse
        sys.argv[1:] = self.words
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the answers of the server go there
        os.dup2(os.open(self.said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        try:
            burden.main()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    def _refresh(self) -> int:
        try:
            pipelines.refresh.refresh(
                Path(self.raw), Path(self.warehouse), today=date.fromisoformat(self.today), full=self.full,
                accept=self.accept, keep=self.keep,
            )  # fmt: skip
        except BurdenError as error:
            print(error.en, file=sys.stderr)
            return error.exit_code
        return 0


def serve() -> None:
    """Fork for each line; answer how and when the fork ended."""
    gc.freeze()  # what is imported need not be looked through again in every fork
    for line in sys.stdin:
        order = json.loads(line)
        started = time.perf_counter()
        child = os.fork()
        if not child:
            _run_fork(order["trial"])
        if order["kill_after"] is not None:
            _kill(child, order["kill_after"])
        _, status = os.waitpid(child, 0)
        _say({
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None, "seconds": time.perf_counter() - started,
        })  # fmt: skip


def _kill(child: int, after: float) -> None:
    """Kill a fork after some seconds unless it has ended. Nobody has waited for it yet, so its id is still its own."""
    handle = os.pidfd_open(child)
    ended, _, _ = select.select([handle], [], [], after)
    os.close(handle)
    if not ended:
        os.kill(child, signal.SIGKILL)


def _run_fork(trial: dict[str, Any]) -> None:
    code = TROUBLE
    try:
        code = Trial(**trial).run()
    except BaseException:  # a traceback is a finding: it goes to the log of the server
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve, or run one trial."""
    if sys.argv[1:] == ["--serve"]:
        serve()
        os._exit(0)  # without the farewells of libraries, which would look like findings in the log
    trial = Trial(**json.loads(sys.argv[1]))
    if not sys.argv[2:]:
        sys.exit(trial.run())
    sys.argv[1:] = sys.argv[2:]
    trial.prepare().arm()
    burden.main()


if __name__ == "__main__":
    main()
