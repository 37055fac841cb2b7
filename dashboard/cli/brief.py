"""`burden brief create | refresh | check`: decks from an outline, refreshed in place, checked."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.cli.commands import Warehouse, app, help_of, language
from dashboard.i18n.catalogue import text
from dashboard.settings import Settings
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
