"""The command `burden`: composes the commands of both halves, and is the edge where an error becomes one sentence."""

import os
import sys
import tempfile
import traceback
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from pipelines.contracts.errors import BurdenError

LANGUAGE = "BURDEN_LANG"
COULD_NOT = 2
LOG_NAME = "burden.log"
FEWEST_DIGITS = 11  # of a mobile number


def main() -> None:
    """Run the command line: exit code 0 done, 1 something was found, 2 could not."""
    sys.argv[1:] = take_language(sys.argv[1:]) or ["--help"]
    try:
        sys.exit(compose()(standalone_mode=False, obj=join_halves()))
    except BurdenError as error:
        tell(error.zh, error.en)
        sys.exit(error.exit_code)
    except TyperException as error:
        message = error.format_message().rstrip(".")
        tell(f"命令写法有误：{message}；用法见 burden --help。", f"The command is not understood: {message}; see burden --help.")
        sys.exit(COULD_NOT)
    except Exception as error:  # the edge: whatever was not foreseen is logged whole and told in one sentence
        log = write_log(error)
        kept = (f"详情见“{log}”", f"its details are in “{log}”") if log else ("日志无法写入", "no log can be written")
        tell(f"出现意外错误（{type(error).__name__}）；{kept[0]}。", f"An unexpected error ({type(error).__name__}); {kept[1]}.")
        sys.exit(COULD_NOT)


def compose() -> typer.Typer:
    """One app of the writing and the reading commands."""
    import dashboard.cli
    import pipelines.cli

    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, callback=explain_options)
    app.add_typer(pipelines.cli.app)
    app.add_typer(dashboard.cli.app)
    return app


def join_halves() -> object:
    """What the timetable asks of the reading half."""
    from pipelines.cli.schedule import Reading

    return Reading(find_raised, keep_brief)


def keep_brief(warehouse: Path, base: Path) -> Path | None:
    """Make or refresh the deck of `burden.toml`, for the timetable; in a child, as the alerts are found."""
    from dashboard.cli.standing_brief import keep_brief as keep

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(keep, warehouse, base).result()


def find_raised(warehouse: Path, lang: str) -> list[tuple[str, str]]:
    """Keys and sentences of the alerts of what is published, for the timetable; in a child, which gives its memory back.

    Raises BurdenError where what is published cannot be read, or the child was ended from outside.
    """
    from dashboard.cli.raised import list_raised

    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
            return child.submit(list_raised, warehouse, lang).result()
    except BrokenExecutor:
        raise BurdenError(
            "查找需要查看的事项时进程被系统中止，多因内存不足；请检查内存。",
            "The search for what to look into was ended from outside, mostly for want of memory; check the memory.",
        ) from None


def explain_options(
    lang: Annotated[str, typer.Option("--lang", help="zh | en", envvar=LANGUAGE, show_default=True)] = "zh",
) -> None:
    """基层减负监测 · burden-reduction monitoring."""  # `take_language` has taken the option; here it is explained


def take_language(words: list[str]) -> list[str]:
    """The words without `--lang zh|en`, which goes into BURDEN_LANG, where every command looks for it."""
    rest: list[str] = []
    words = [part for word in words for part in (word.split("=", 1) if word.startswith("--lang=") else [word])]
    while words:
        word = words.pop(0)
        if word == "--lang" and words:
            os.environ[LANGUAGE] = words.pop(0)
        else:
            rest.append(word)
    return rest


def tell(zh: str, en: str) -> None:
    """One sentence on standard error, in the language asked for; a path in it may hold a personal number."""
    text = en if os.environ.get(LANGUAGE, "").lower().startswith("en") else zh
    if sum(character.isdigit() for character in text) >= FEWEST_DIGITS:
        from pipelines.ingest.personal import mask

        text = mask(text)
    typer.echo(text, err=True)


def write_log(error: Exception) -> Path | None:
    """Append the traceback, masked of personal numbers, to the log of the warehouse (else of the temporary folder).

    None where neither can be written, as on a full disk.
    """
    from pipelines.ingest.personal import mask

    warehouse = Path(os.environ.get("BURDEN_WAREHOUSE", "data/warehouse"))
    text = f"{datetime.now().isoformat(sep=' ', timespec='seconds')} {mask(''.join(traceback.format_exception(error)))}"
    for folder in (warehouse, Path(tempfile.gettempdir())):
        try:
            with (folder / LOG_NAME).open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return folder / LOG_NAME
    return None


if __name__ == "__main__":
    main()
