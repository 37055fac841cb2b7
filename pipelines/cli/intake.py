"""`burden template`, `burden check`, `burden chase`: what goes to senders and comes back. The rooms do the work."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.commands import RAW, WAREHOUSE, AsJson, Raw, Warehouse, app
from pipelines.cli.intake_texts import say
from pipelines.cli.texts import language
from pipelines.contracts import months
from pipelines.contracts.errors import RequestError
from pipelines.contracts.ledgers import LEDGERS

if TYPE_CHECKING:
    from pipelines.forms.checking import Checked, Finding

FOUND = 1


@app.command(help=say("template.help"))
def template(
    ledgers: Annotated[list[str] | None, typer.Argument(help=say("option.ledgers"))] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help=say("option.folder"))] = Path("templates"),
    raw: Raw = RAW,
) -> None:
    """Write one fill-in workbook a ledger."""
    from pipelines.forms.templates import find_ledgers, write_templates
    from pipelines.refresh.inputs import load_policy

    written = write_templates(find_ledgers(ledgers or []), out, load_policy(raw).due, language())
    typer.echo(say("template.done", count=len(written), folder=out))


@app.command(help=say("check.help"))
def check(
    paths: Annotated[list[Path], typer.Argument(help=say("option.paths"))],
    report: Annotated[Path | None, typer.Option("--report", help=say("option.report"))] = None,
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    as_json: AsJson = False,
) -> None:
    """Read files as refresh would and name every bad cell; exit code 1 where there is one."""
    from pipelines.cli.progress import show_progress
    from pipelines.forms.checking import check as run
    from pipelines.forms.returning import write_returned

    if report and report.suffix.lower() != ".xlsx":
        raise RequestError(f"退回表“{report}”须以 .xlsx 结尾。", f"The report “{report}” must end in .xlsx.")
    if report and report.resolve() in {path.resolve() for path in paths}:
        raise RequestError(f"退回表“{report}”会覆盖原文件；请换一个文件名。", f"The report “{report}” would replace its source.")
    with show_progress("stage.read") as progress:
        checked = run(paths, raw, warehouse, date.today(), progress=progress)
    if report:
        write_returned(checked.files, report)
    if as_json:
        typer.echo(json.dumps(_as_json(checked), ensure_ascii=False))
    else:
        _tell(checked, report, raw, warehouse)
    if checked.findings:
        raise typer.Exit(FOUND)


def _as_json(checked: "Checked") -> dict[str, object]:
    return {
        "register": checked.register,
        "files": [{"file": file.source.shown, "ledgers": file.accounting} for file in checked.files],
        "findings": [
            {"file": f.file, "sheet": f.sheet, "row": f.row, "ledger": f.ledger, "column": f.column, "value": f.value,
             "reason": f.reason, "message_zh": f.message_zh, "message_en": f.message_en}
            for f in checked.findings
        ],
    }  # fmt: skip


def _tell(checked: "Checked", report: Path | None, raw: Path, warehouse: Path) -> None:
    typer.echo(say(f"check.{checked.register}", raw=raw, warehouse=warehouse))
    typer.echo(say("check.alone"))
    for file in checked.files:
        for name, counts in file.accounting.items():
            title = LEDGERS[name].zh if language() == "zh" else LEDGERS[name].en
            typer.echo(say("check.rows", file=file.source.shown, ledger=title, **counts))
        for note in file.notes:
            typer.echo(note[language() == "en"])
    for finding in checked.findings:
        typer.echo(f"✗ {_locate(finding)}: {finding.message(language())}")
    found = len(checked.findings)
    typer.echo(say("check.found", count=found) if found else say("check.clean"))
    if report:
        typer.echo(say("check.report", path=report))


def _locate(finding: "Finding") -> str:
    parts = [finding.file]
    if finding.sheet:
        parts.append(say("check.sheet", sheet=finding.sheet))
    if finding.row:
        parts.append(say("check.row", row=finding.row))
    return " ".join(parts)


@app.command(help=say("chase.help"))
def chase(
    out: Annotated[Path, typer.Option("-o", "--out", help=say("option.zip"))],
    region: Annotated[str | None, typer.Option("--region", help=say("option.region"))] = None,
    month: Annotated[str | None, typer.Option("--month", help=say("option.month"))] = None,
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Write messages, lists and marked sheets for those who owe reports or corrections."""
    from pipelines.cli.progress import show_progress
    from pipelines.forms.chasing import chase as run
    from pipelines.forms.parcels import write_parcels

    try:
        wanted = None if month is None else months.parse(month)
    except ValueError:
        raise RequestError(f"月份“{month}”无效；请写成 2026-06。", f"“{month}” is not a month; write it as 2026-06.") from None
    with show_progress("stage.read") as progress:
        chased = run(warehouse, date.today(), region=region, month=wanted)
        write_parcels(chased, raw, out, progress=progress)
    typer.echo(
        say(
            "chase.done", today=chased.today, first=months.iso(chased.months[0]), last=months.iso(chased.months[-1]),
            points=chased.missing["point_id"].n_unique(), missing=chased.missing.height, rejected=chased.rejected.height,
            path=out,
        )
    )  # fmt: skip
