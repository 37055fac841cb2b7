"""`burden schedule`: the timetable, one turn of it, or what other timetables need."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.commands import RAW, WAREHOUSE, Raw, Warehouse, app
from pipelines.cli.schedule_texts import say
from pipelines.cli.texts import language
from pipelines.contracts.errors import BurdenError, RequestError

if TYPE_CHECKING:
    from pipelines.contracts.policy import Schedule
    from pipelines.schedule import Duty, Installation, Post

NOTIFY = "BURDEN_NOTIFY"


@dataclass(frozen=True)
class Reading:
    """What the command lends the timetable of the half that reads, since the pipelines know no estimates.

    `find_raised(warehouse, lang)`: keys and sentences of alerts. `keep_brief(warehouse, folder)`: the deck of `burden.toml` made
    or refreshed; None where there is nothing to do.
    """

    find_raised: Callable[[Path, str], Sequence[tuple[str, str]]]
    keep_brief: Callable[[Path, Path], Path | None]



@app.command(help=say("schedule.help"))
def schedule(
    context: typer.Context,
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    once: Annotated[bool, typer.Option("--once", help=say("option.once"))] = False,
    watch: Annotated[bool, typer.Option("--watch", help=say("option.watch"))] = False,
    log: Annotated[Path | None, typer.Option("--log", help=say("option.log"))] = None,
    test_notify: Annotated[bool, typer.Option("--test-notify", help=say("option.test_notify"))] = False,
    systemd: Annotated[Path | None, typer.Option("--systemd", help=say("option.systemd"))] = None,
    cron: Annotated[bool, typer.Option("--cron", help=say("option.cron"))] = False,
) -> None:
    """Keep to the timetable, take one turn, send a test message, or write what systemd and cron need."""
    from pipelines.refresh.inputs import load_policy
    from pipelines.schedule import Installation, write_cron, write_units

    if sum((once, test_notify, systemd is not None, cron)) > 1:
        raise RequestError(
            "--once、--test-notify、--systemd、--cron 一次只能用一个。",
            "Use one of --once, --test-notify, --systemd and --cron at a time.",
        )
    raw, warehouse, log = raw.absolute(), warehouse.absolute(), log.absolute() if log else None
    settings = load_policy(raw).schedule
    settings = settings.model_copy(update={"watch": watch or settings.watch})
    place = Installation(raw, warehouse, log, language())
    if cron:
        typer.echo(write_cron(settings, place))
    elif systemd:
        for path in write_units(systemd, settings, place):
            typer.echo(say("schedule.written", path=path))
        typer.echo(say("schedule.install"))
    else:
        _run(place, settings, context.obj, once=once, test=test_notify)


def _run(place: "Installation", settings: "Schedule", reading: Reading | None, *, once: bool, test: bool) -> None:
    from pipelines.schedule import Duty, Post, Refresher, follow, make_clock, open_log, run_once

    post = Post(os.environ.get(NOTIFY, ""))
    clock = make_clock(settings.timezone)
    journal = open_log(place.log, clock)
    refresher = Refresher(place.raw, place.warehouse, settings, place.lang)
    find_raised = partial(reading.find_raised, place.warehouse, place.lang) if reading else None
    keep_brief = partial(reading.keep_brief, place.warehouse, place.raw.parent) if reading else None
    duty = Duty(refresher, place.warehouse, settings.stale_hours, post, place.lang, journal, clock, find_raised, keep_brief)
    if test:
        _test(duty, post)
    elif once:
        raise typer.Exit(run_once(settings, duty, refresher))
    else:
        follow(settings, duty, refresher, place.warehouse, place.raw if settings.watch else None, journal, clock)


def _test(duty: "Duty", post: "Post") -> None:
    if not post:
        raise BurdenError(
            f"没有通知地址；请在环境变量 {NOTIFY} 中写入，多个地址以空格分隔。",
            f"There are no addresses for notices; put them into the environment variable {NOTIFY}, apart by spaces.",
        )
    if not duty.test_post():
        raise BurdenError(
            "测试消息未能全部发出；请按日志中的序号核对地址、密钥与网络。",
            "The test message could not be sent everywhere; check the addresses by the log's numbers, their keys, the network.",
        )
    typer.echo(say("schedule.tested"))
