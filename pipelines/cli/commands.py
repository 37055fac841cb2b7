"""`burden demo`, `burden refresh`, `burden status`. The rooms are imported when a command runs, so that `--help` is quick."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.texts import language, say
from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError, PublicationHeldError, RequestError

app = typer.Typer(add_completion=False, no_args_is_help=True, help=say("app"))

RUNS_SHOWN = 5
Raw = Annotated[Path, typer.Option("--raw", envvar="BURDEN_RAW", help=say("option.raw"))]
Warehouse = Annotated[Path, typer.Option("--warehouse", envvar="BURDEN_WAREHOUSE", help=say("option.warehouse"))]
AsJson = Annotated[bool, typer.Option("--json", help=say("option.json"))]
RAW, WAREHOUSE = Path("data/raw"), Path("data/warehouse")


@app.command(help=say("demo.help"))
def demo(
    points: Annotated[int, typer.Option("--points", help=say("option.points"))] = 1200,
    length: Annotated[int, typer.Option("--months", help=say("option.months"))] = 36,
    seed: Annotated[int, typer.Option("--seed", help=say("option.seed"))] = 20190311,
    last_month: Annotated[str | None, typer.Option("--last-month", help=say("option.last_month"))] = None,
    out: Annotated[Path, typer.Option("--out", envvar="BURDEN_RAW", help=say("option.out"))] = RAW,
) -> None:
    """Write a labelled synthetic province into the raw folder."""
    from pipelines.cli.progress import show_progress
    from pipelines.demo import write

    last = months.shift(months.of_date(date.today()), -1) if last_month is None else _parse_month(last_month)
    try:
        with show_progress("stage.demo") as move:
            written = write(
                out, points=points, months=length, seed=seed, last_month=last,
                progress=lambda share, step: move(f"demo.{step}", round(share * 100), 100),
            )  # fmt: skip
    except OSError as error:
        raise BurdenError(
            f"示例数据无法写入“{out}”（{error.strerror}）；请检查路径、磁盘空间与权限。",
            f"The demo cannot be written to “{out}” ({error.strerror}); check the path, disk space and permissions.",
        ) from error
    typer.echo(
        say(
            "demo.done", folder=written.folder, points=written.points, observation=written.observation_points,
            first=months.iso(written.first_month), last=months.iso(written.last_month), files=written.files,
            rows=sum(written.rows.values()), truth=written.truth,
        )
    )  # fmt: skip


@app.command(help=say("refresh.help"))
def refresh(
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    full: Annotated[bool, typer.Option("--full", help=say("option.full"))] = False,
    accept: Annotated[bool, typer.Option("--accept", help=say("option.accept"))] = False,
    as_json: AsJson = False,
) -> None:
    """Load what is new or corrected and publish a snapshot."""
    from rich.console import Console

    from pipelines.cli.progress import show_progress
    from pipelines.cli.show import show_result
    from pipelines.refresh import refresh as run

    try:
        with show_progress("stage.read") as progress:
            result = run(raw, warehouse, today=date.today(), full=full, accept=accept, progress=progress)
    except PublicationHeldError as held:
        if as_json and held.answer:
            typer.echo(json.dumps(held.answer, ensure_ascii=False))
        raise
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        show_result(result, Console(soft_wrap=True))


@app.command(help=say("status.help"))
def status(
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    region: Annotated[str | None, typer.Option("--region", help=say("option.status_region"))] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help=say("option.coverage"))] = False,
    as_json: AsJson = False,
) -> None:
    """Tell the current snapshot, how reporting stands, the last runs and what waits."""
    from rich.console import Console

    from pipelines.cli.reporting import show_regions, show_reporting
    from pipelines.cli.show import show_accounting, show_runs, show_snapshot
    from pipelines.refresh import find_status

    found, now = find_status(raw, warehouse, region), datetime.now().astimezone()
    if as_json:
        typer.echo(json.dumps(found.as_json(RUNS_SHOWN, now), ensure_ascii=False))
        return
    console = Console(soft_wrap=True)
    if found.damage:
        console.print(say("status.damaged", files=", ".join(found.damage)))
    elif found.manifest is None:
        console.print(say("status.none", warehouse=warehouse))
    if found.manifest is not None:
        show_snapshot(found.manifest, now, console)
        if found.is_stale(now):
            console.print(say("status.stale", hours=found.find_age(now)))
        show_accounting(found.manifest, console)
    if found.reporting:
        show_reporting(found.reporting, console)
        if coverage or region:
            show_regions(found.reporting, console)
    if found.trouble:
        message = found.trouble.message_zh if language() == "zh" else found.trouble.message_en
        console.print(say("status.trouble", outcome=say(f"outcome.{found.trouble.outcome}"), message=message))
    if found.waiting is None:
        console.print(say("status.no_raw", raw=raw))
    else:
        console.print(say("status.waiting", count=found.waiting) if found.waiting else say("status.nothing_waiting"))
    if found.runs:
        show_runs(found.runs[-RUNS_SHOWN:], console)


def _parse_month(text: str) -> int:
    try:
        return months.parse(text)
    except ValueError:
        raise RequestError(f"月份“{text}”无效；请写成 2026-06。", f"“{text}” is not a month; write it as 2026-06.") from None
