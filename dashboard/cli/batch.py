"""`burden estimate --batch`: a request a line, in the words of the command."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.exceptions import TyperException

from dashboard.answers import Request, build_request
from dashboard.answers.control import respond
from dashboard.i18n.catalogue import Lang
from dashboard.warehouse import Snapshot
from pipelines.contracts.errors import BurdenError, RequestError

WORDS = ("region", "first", "last", "by", "compare", "share", "rank", "rank_on", "control")


def answer_batch(snapshot: Snapshot, batch: Path, lang: Lang) -> Iterator[Any]:
    """The records of each line that is not blank, in order; a bad line gives `{"error": …}`.

    Raises RequestError where the file cannot be read.
    """
    try:
        lines = batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"批量文件“{batch}”无法读取；请给出 UTF-8 文本文件。",
                           f"The batch file “{batch}” cannot be read; give a UTF-8 text file.") from None
    for line in lines:
        if line.strip():
            try:
                yield respond(snapshot, parse_line(snapshot, line)).to_dicts()
            except BurdenError as error:
                yield {"error": error.sentence(lang)}


def parse_line(snapshot: Snapshot, line: str) -> Request:
    """A request from a line. Raises RequestError."""
    from dashboard.cli.commands import app  # the command that this is the batch of

    command: Any = typer.main.get_command(app).commands["estimate"]  # type: ignore[attr-defined]
    try:
        params = command.make_context("estimate", shlex.split(line), help_option_names=[]).params
    except ValueError as error:
        raise _bad_line(line, str(error)) from None
    except TyperException as error:
        raise _bad_line(line, error.format_message()) from None
    if params["indicator"] is None:
        raise RequestError(f"“{line}”没有给出指标。", f"“{line}” names no indicator.")
    return build_request(snapshot, params["indicator"], where=params["where"] or (), **{w: params[w] for w in WORDS})


def _bad_line(line: str, why: str) -> RequestError:
    return RequestError(f"无法识别“{line}”：{why}", f"“{line}” is not a request: {why}")
