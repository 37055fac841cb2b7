"""`burden brief create | refresh | check`: decks from an outline, refreshed in place, checked."""

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.cli.commands import Warehouse, app, help_of, language
from dashboard.i18n.catalogue import text
from dashboard.settings import Settings
from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError

brief = typer.Typer(add_completion=False, no_args_is_help=True, help=help_of("brief"))
app.add_typer(brief, name="brief")
AsJson = Annotated[bool, typer.Option("--json", help=help_of("brief_json"))]


@brief.command(help=help_of("brief_create"))
def create(
    output: Annotated[Path, typer.Option("-o", "--output", help=help_of("brief_output"))],
    outline: Annotated[str, typer.Option(help=help_of("brief_outline"))] = "monthly",
    template: Annotated[Path | None, typer.Option(help=help_of("brief_template"))] = None,
    region: Annotated[str | None, typer.Option(help=help_of("region"))] = None,
    first: Annotated[str | None, typer.Option("--from", help=help_of("brief_from"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=help_of("brief_to"))] = None,
    as_json: AsJson = False,
    warehouse: Warehouse = None,
) -> None:
    """Make a deck."""
    from dashboard import briefing
    from dashboard.answers.parse import parse_period
    from dashboard.warehouse import open_snapshot

    lang, snapshot = language(), open_snapshot(warehouse or Settings().warehouse)
    start, end = parse_period(first, last)
    made = briefing.create(
        snapshot, briefing.read_outline(outline, snapshot), lang, region=region or "410000",
        period=(start, end) if start and end else None, template=template, address=snapshot.policy.brief.address,
    )  # fmt: skip
    write_file(output, made.content)
    if as_json:
        _print_json({"deck": str(output), "slides": made.slides, "snapshot": snapshot.id, "maps": not made.without_browser})
        return
    typer.echo(text("briefing.created.written", lang, path=output, slides=made.slides))
    if made.without_browser:
        typer.echo(text("briefing.created.no_browser", lang), err=True)


@brief.command(help=help_of("brief_refresh"))
def refresh(
    deck: Annotated[Path, typer.Argument(help=help_of("brief_deck"))],
    to: Annotated[str | None, typer.Option("--to", help=help_of("brief_refresh_to"))] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=help_of("brief_refresh_output"))] = None,
    report: Annotated[bool, typer.Option("--report-slide", help=help_of("brief_report"))] = False,
    as_json: AsJson = False,
    warehouse: Warehouse = None,
) -> None:
    """Refresh a deck in place."""
    from dashboard import briefing
    from dashboard.answers.parse import parse_month
    from dashboard.warehouse import open_snapshot

    lang, snapshot = language(), open_snapshot(warehouse or Settings().warehouse)
    done = briefing.refresh(snapshot, read_file(deck), to=parse_month(to) if to else None, name=deck.name)
    target = output or name_refreshed(deck, done.report.after)
    if target.resolve() == deck.resolve():
        raise BurdenError(
            f"不覆盖原文件“{deck}”；请用 -o 另给一个文件名。",
            f"The input “{deck}” is not written over; give another file with -o.",
        )
    content = briefing.add_report(done.content, done.report, lang) if report else done.content
    write_file(target, content)
    if as_json:
        _print_json({"deck": str(target), **done.report.answer()})
        return
    for line in done.report.lines(lang, deck.name):
        typer.echo(line)
    typer.echo(text("briefing.report.written", lang, path=target))


def name_refreshed(deck: Path, month: int) -> Path:
    """`<name>_2026-11.pptx`; a month that the name ends with already makes room, and the input is never named."""
    stem = re.sub(r"_\d{4}-\d{2}$", "", deck.stem)
    named = deck.with_name(f"{stem}_{months.iso(month)}{deck.suffix}")
    return named if named != deck else deck.with_name(f"{deck.stem}_2{deck.suffix}")


@brief.command(help=help_of("brief_check"))
def check(
    deck: Annotated[Path, typer.Argument(help=help_of("brief_deck"))],
    as_json: AsJson = False,
    warehouse: Warehouse = None,
) -> None:
    """Check a deck: exit code 1 when something is found."""
    from datetime import date

    from dashboard import briefing
    from dashboard.warehouse import open_snapshot

    lang, snapshot = language(), open_snapshot(warehouse or Settings().warehouse)
    checked = briefing.check(snapshot, read_file(deck), date.today(), name=deck.name, lang=lang)
    if as_json:
        _print_json({"deck": str(deck), "snapshot": snapshot.id, **checked.answer()})
    else:
        for line in checked.lines(snapshot, lang):
            typer.echo(line)
    raise typer.Exit(1 if checked.findings else 0)


def write_file(path: Path, content: bytes) -> None:
    """Write a deck, whole or not at all. Raises BurdenError."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BurdenError(
            f"“{path}”无法写入（{error.strerror}）；请检查路径与权限，或关闭正打开它的程序。",
            f"“{path}” cannot be written ({error.strerror}); check the path and permissions, or close the program that holds it.",
        ) from None


def read_file(path: Path) -> bytes:
    """A deck from a file. Raises BurdenError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BurdenError(
            f"“{path}”无法读取（{error.strerror}）；请检查路径与权限。",
            f"“{path}” cannot be read ({error.strerror}); check the path and permissions.",
        ) from None


def _print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False))
