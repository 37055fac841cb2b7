"""What each reading command takes and prints. Libraries that only one command needs are imported when it runs."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.i18n.catalogue import Lang, text
from pipelines.contracts.errors import RequestError

FORMATS = ("table", "csv", "json")


def language() -> Lang:
    """The language of the command line (BURDEN_LANG), Chinese by default."""
    return "en" if os.environ.get("BURDEN_LANG", "").lower().startswith("en") else "zh"


def help_of(name: str) -> str:
    """The help text of a command or an option."""
    return text(f"cli.help.{name}", language())


def _check_format(output: str) -> None:
    if output not in FORMATS:
        raise RequestError(f"没有输出格式“{output}”；可用：{'、'.join(FORMATS)}。",
                           f"There is no format “{output}”; use one of: {', '.join(FORMATS)}.")


app = typer.Typer(add_completion=False, no_args_is_help=True)
Warehouse = Annotated[Path | None, typer.Option("--warehouse", help=help_of("warehouse"))]


@app.command(help=help_of("estimate"))
def estimate(  # an option a question of DATA.md §5
    indicator: Annotated[str | None, typer.Argument(help=help_of("indicator"))] = None,
    region: Annotated[str | None, typer.Option(help=help_of("region"))] = None,
    first: Annotated[str | None, typer.Option("--from", help=help_of("first"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=help_of("last"))] = None,
    by: Annotated[str | None, typer.Option(help=help_of("by"))] = None,
    where: Annotated[list[str] | None, typer.Option(help=help_of("where"))] = None,
    compare: Annotated[str | None, typer.Option(help=help_of("compare"))] = None,
    share: Annotated[bool, typer.Option("--share", help=help_of("share"))] = False,
    rank: Annotated[bool, typer.Option("--rank", help=help_of("rank"))] = False,
    rank_on: Annotated[str | None, typer.Option(help=help_of("rank_on"))] = None,
    control: Annotated[bool, typer.Option("--control", help=help_of("control"))] = False,
    batch: Annotated[Path | None, typer.Option(help=help_of("batch"))] = None,
    output: Annotated[str, typer.Option("--format", help=help_of("format"))] = "table",
    warehouse: Warehouse = None,
) -> None:
    """Estimate an indicator and print it."""
    from dashboard.answers import build_request
    from dashboard.answers.control import respond
    from dashboard.cli.batch import answer_batch
    from dashboard.cli.table import print_table
    from dashboard.settings import Settings
    from dashboard.warehouse import open_snapshot

    _check_format(output)
    snapshot = open_snapshot(warehouse or Settings().warehouse)
    if batch is not None:
        for reply in answer_batch(snapshot, batch, language()):
            sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")
        return
    if indicator is None:
        raise RequestError("请给出指标，如 burden estimate meetings。", "Name an indicator, as in burden estimate meetings.")
    request = build_request(
        snapshot, indicator, region=region, first=first, last=last, by=by, where=where or (), compare=compare, share=share,
        rank=rank, rank_on=rank_on, control=control,
    )
    frame = respond(snapshot, request)
    if output == "json":
        sys.stdout.write(json.dumps(frame.to_dicts(), ensure_ascii=False) + "\n")
    elif output == "csv":
        sys.stdout.write(frame.write_csv())
    else:
        print_table(snapshot, frame, request, language())


@app.command(help=help_of("alerts"))
def alerts(
    region: Annotated[str | None, typer.Option(help=help_of("region_of_alerts"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=help_of("json"))] = False,
    output: Annotated[str, typer.Option("--format", help=help_of("format"))] = "table",
    warehouse: Warehouse = None,
) -> None:
    """Print what there is to look into."""
    from dashboard.answers.alerts import list_alerts
    from dashboard.cli.alert_table import print_alerts
    from dashboard.settings import Settings
    from dashboard.warehouse import open_snapshot

    _check_format(output)
    snapshot = open_snapshot(warehouse or Settings().warehouse)
    frame = list_alerts(snapshot, region)
    if as_json or output == "json":
        sys.stdout.write(json.dumps(frame.to_dicts(), ensure_ascii=False) + "\n")
    elif output == "csv":
        sys.stdout.write(frame.write_csv())
    else:
        print_alerts(snapshot, region, language())


@app.command(help=help_of("chart"))
def chart(
    name: Annotated[str, typer.Argument(metavar="CHART", help=help_of("chart_name"))],
    output: Annotated[Path, typer.Option("-o", "--output", help=help_of("chart_output"))],
    region: Annotated[str | None, typer.Option(help=help_of("region"))] = None,
    first: Annotated[str | None, typer.Option("--from", help=help_of("first"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=help_of("last"))] = None,
    where: Annotated[list[str] | None, typer.Option(help=help_of("where"))] = None,
    compare: Annotated[str | None, typer.Option(help=help_of("chart_compare"))] = None,
    view: Annotated[str | None, typer.Option(help=help_of("chart_view"))] = None,
    warehouse: Warehouse = None,
) -> None:
    """Write one chart of a page as a file."""
    _choose_warehouse(warehouse)
    from dashboard.charts.render import stop
    from dashboard.cli.charts import read_params, save_chart

    params = read_params(
        name.partition("/")[0], language(), region=region, first=first, last=last, where=where or (), compare=compare, view=view,
    )
    try:
        save_chart(name, params, output)
    finally:
        stop()
    typer.echo(text("cli.chart.written", language(), file=output))


@app.command(help=help_of("charts"))
def charts(
    as_json: Annotated[bool, typer.Option("--json", help=help_of("json"))] = False, warehouse: Warehouse = None,
) -> None:
    """List the charts of all pages."""
    _choose_warehouse(warehouse)
    from dashboard.cli.charts import list_charts

    found = [{"chart": chart, "title": title} for chart, title in list_charts({"lang": language()})]
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    width = max(len(row["chart"]) for row in found)
    for row in found:
        typer.echo(f"{row['chart']:{width}}  {row['title']}")


def _choose_warehouse(folder: Path | None) -> None:
    """Pages read the folder from the settings."""
    if folder is not None:
        os.environ["BURDEN_WAREHOUSE"] = str(folder)


@app.command(help=help_of("serve"))
def serve(
    host: Annotated[str, typer.Option(help=help_of("host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=help_of("port"), min=1, max=65535)] = 8501,
    workers: Annotated[int, typer.Option(help=help_of("workers"), min=1, max=64)] = 1,
    proxy: Annotated[bool, typer.Option(help=help_of("proxy"))] = True,
    write_proxy: Annotated[Path | None, typer.Option(help=help_of("write_proxy"))] = None,
    warehouse: Warehouse = None,
) -> None:
    """Serve the dashboard until stopped."""
    from dashboard.settings import Settings
    from dashboard.warehouse import resolve

    if write_proxy is not None:
        from dashboard.serve.proxy import save_site

        save_site(write_proxy, host, port, max(workers, 2))
        typer.echo(text("cli.serving.written", language(), file=write_proxy, n=max(workers, 2)))
        return
    folder = warehouse or Settings().warehouse
    resolve(folder)
    if workers == 1:
        from dashboard.serve.server import serve as run

        typer.echo(text("cli.serving.started", language(), host=host, port=port))
        run(host, port, folder)
        return
    from dashboard.serve.workers import serve_several

    where, last = ("started" if proxy else "behind"), port + workers
    serve_several(
        host, port, folder, workers, proxy=proxy,
        started=lambda: typer.echo(text(f"cli.serving.{where}", language(), host=host, port=port, first=port + 1, last=last)),
        died=lambda name, code: typer.echo(text("cli.serving.died", language(), name=name, code=code), err=True),
    )  # fmt: skip
