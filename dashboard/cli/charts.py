"""`burden chart` and `burden charts`: the charts of the pages as files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from dashboard.exports import KINDS, find_chart, list_charts, write_chart
from dashboard.i18n import Lang
from dashboard.pages.catalogue import PAGES
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.errors import RequestError


def save_chart(chart: str, params: Mapping[str, str], output: Path) -> None:
    """Write the chart `page/name` into a file, its kind by the ending. Raises RequestError, WarehouseError, NoBrowserError."""
    page, slash, name = chart.partition("/")
    if not slash:
        raise RequestError(f"“{chart}”不是图名；请写 页面/图，如 meetings/map。burden charts 列出全部。",
                           f"“{chart}” names no chart; write PAGE/NAME, as in meetings/map. burden charts lists them all.")
    kind = output.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise RequestError(f"不能写成“{output.suffix}”文件；可用：{'、'.join(KINDS)}。",
                           f"There is no file of the kind “{output.suffix}”; use one of: {', '.join(KINDS)}.")
    content = write_chart(find_chart(page, name, params), kind)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise RequestError(f"“{output}”无法写入（{error.strerror}）；请检查文件夹与权限。",
                           f"“{output}” cannot be written ({error.strerror}); check the folder and permissions.") from None


def read_params(
    page: str, lang: Lang, *, region: str | None, first: str | None, last: str | None, where: Sequence[str],
    compare: str | None, view: str | None,
) -> dict[str, str]:
    """The options as the parameters of an address; `view` is such an address itself, and single options go before it."""
    params = dict(parse_qsl((view or "").rpartition("?")[2]))
    given = {"region": region, "from": first, "to": last, "compare": compare, "lang": lang if lang == "en" else None}
    params |= {key: word for key, word in given.items() if word}
    for clause in where:
        column, _, word = clause.partition("=")
        key, code = _find_filter(page, column.strip(), word)
        params[key] = code
    return params


def _find_filter(page: str, column: str, word: str) -> tuple[str, str]:
    """Key and value of a filter in the address. Raises RequestError."""
    choices = {c.column: (c.key, c.options) for c in PAGES[page].choices if c.column} if page in PAGES else {}
    choices[POINT_TYPE.column] = ("type", POINT_TYPE.codes)
    if column == POINT_TYPE.zh:
        column = POINT_TYPE.column
    key, options = choices.get(column, ("", None))
    code = options.parse(word) if options else None
    if code is None:
        raise RequestError(f"本页没有筛选“{column}={word}”；可用的列：{'、'.join(choices)}。",
                           f"The page has no filter “{column}={word}”; its columns: {', '.join(choices)}.")
    return key, code


__all__ = ["list_charts", "read_params", "save_chart"]
