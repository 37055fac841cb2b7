"""The reading commands of `burden`: `estimate` and `serve`. Words in, frames out; the figures come from `answers`."""

import json
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from typer.exceptions import TyperException

from dashboard.answers import answer, build_request
from dashboard.settings import Settings
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import BurdenError, RequestError

app = typer.Typer(add_completion=False, no_args_is_help=True)

TABLE_COLUMNS = (
    "group", "period_from", "period_to", "estimate", "ci_low", "ci_high", "change", "change_low", "change_high",
    "n_points", "response_rate", "provisional", "status", "reason",
)  # fmt: skip
Warehouse = Annotated[
    Path | None, typer.Option("--warehouse", help="Folder of the published snapshots (default: BURDEN_WAREHOUSE).")
]


@app.command()
def estimate(  # one option a question of DATA.md §5
    indicator: Annotated[str | None, typer.Argument(help="Indicator id or name, e.g. meetings, 会议数.")] = None,
    region: Annotated[str | None, typer.Option(help="Region code; the province by default.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, e.g. 2026-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, e.g. 2026-06.")] = None,
    by: Annotated[
        str | None, typer.Option(help="city, county, point_type, month, quarter, year or a breakdown column.")
    ] = None,
    where: Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE, may be repeated.")] = None,
    compare: Annotated[str | None, typer.Option(help="year, or MONTH..MONTH.")] = None,
    share: Annotated[bool, typer.Option("--share", help="Each group of a breakdown as a ratio of the whole.")] = False,
    batch: Annotated[Path | None, typer.Option(help="A file with one request a line, in the same words.")] = None,
    output: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    warehouse: Warehouse = None,
) -> None:
    """Estimate an indicator from the published snapshot, with its interval (DATA.md §5)."""
    if output not in ("table", "csv", "json"):
        raise RequestError(f"没有输出格式“{output}”；可用：table、csv、json。",
                           f"There is no format “{output}”; use table, csv or json.")
    snapshot = open_snapshot(warehouse or Settings().warehouse)
    if batch is not None:
        _answer_batch(snapshot, batch)
        return
    if indicator is None:
        raise RequestError("请给出指标，如 burden estimate meetings。", "Name an indicator, as in burden estimate meetings.")
    request = build_request(
        snapshot, indicator, region=region, first=first, last=last, by=by, where=where or (), compare=compare, share=share
    )
    _write(answer(snapshot, request), output)


def _answer_batch(snapshot: Snapshot, batch: Path) -> None:
    """One JSON array a line, in order; a bad line answers `{"error": …}`."""
    try:
        lines = batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"批量文件“{batch}”无法读取；请给出 UTF-8 文本文件。",
                           f"The batch file “{batch}” cannot be read; give a UTF-8 text file.") from None
    for line in lines:
        if not line.strip():
            continue
        try:
            reply: Any = answer(snapshot, parse_line(snapshot, line)).to_dicts()
        except BurdenError as error:
            reply = {"error": error.sentence(_language())}
        sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")


def parse_line(snapshot: Snapshot, line: str) -> Any:
    """A request from a line in the words of the command. Raises RequestError."""
    command: Any = typer.main.get_command(app)
    parser = getattr(command, "commands", {}).get("estimate", command)
    try:
        words = shlex.split(line)
        params = parser.make_context("estimate", words, resilient_parsing=False).params
    except (ValueError, typer.Exit) as error:
        raise _bad_line(line, str(error)) from None
    except TyperException as error:
        raise _bad_line(line, error.format_message()) from None
    keys = ("region", "first", "last", "by", "compare", "share")
    if params["indicator"] is None:
        raise _bad_line(line, "no indicator")
    return build_request(snapshot, params["indicator"], where=params["where"] or (), **{k: params[k] for k in keys})


def _bad_line(line: str, why: str) -> RequestError:
    return RequestError(f"无法识别“{line}”：{why}", f"“{line}” is not a request: {why}")


def _language() -> str:
    return "en" if os.environ.get("BURDEN_LANG") == "en" else "zh"


def _write(frame: pl.DataFrame, output: str) -> None:
    writers: dict[str, Callable[[pl.DataFrame], str]] = {
        "json": lambda f: json.dumps(f.to_dicts(), ensure_ascii=False) + "\n",
        "csv": lambda f: f.write_csv(),
    }
    if output in writers:
        sys.stdout.write(writers[output](frame))
        return
    from rich.console import Console  # noqa: PLC0415 - only tables need it
    from rich.table import Table  # noqa: PLC0415

    shown = [c for c in TABLE_COLUMNS if not frame[c].is_null().all()]
    table = Table(*shown, title=f"{frame['indicator'][0]} · {frame['region_code'][0]} · {frame['snapshot'][0]}")
    for row in frame.select(shown).iter_rows():
        table.add_row(*("" if v is None else f"{v:,.4g}" if isinstance(v, float) else str(v) for v in row))
    Console().print(table)
