"""Tables as CSV files, by the same address as the picture: `files/<page>/<picture>.csv?<state>`."""

import logging

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import open_view
from pipelines.contracts.errors import BurdenError

log = logging.getLogger(__name__)
ABSENT = "There is no such table."
BOM = b"\xef\xbb\xbf"  # spreadsheets take the file for UTF-8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


async def send_table(request: Request) -> Response:
    """The table of a picture as a CSV file; 404 where there is no such page or picture."""
    page = PAGES.get(request.path_params["page"])
    name = request.path_params["name"]
    if page is None:
        return PlainTextResponse(ABSENT, status_code=404)
    params = dict(request.query_params)
    try:
        content = await run_in_threadpool(_write, page.name, name, params)
    except BurdenError as error:
        log.warning("%s/%s: %s", page.name, name, error)
        return PlainTextResponse(error.sentence(params.get("lang", "zh")), status_code=503)
    if content is None:
        return PlainTextResponse(ABSENT, status_code=404)
    disposition = f'attachment; filename="{page.name}-{name}.csv"'
    return Response(content, media_type="text/csv; charset=utf-8", headers={"content-disposition": disposition})


def _write(page: str, name: str, params: dict[str, str]) -> bytes | None:
    view, _ = open_view(PAGES[page], params)
    frame = PAGES[page].find_table(view, name)
    if frame is None:
        return None
    if "group" in frame.columns:
        names = frame["group"].replace_strict(view.names, default=None, return_dtype=pl.String)
        frame = frame.with_columns(names.alias("group_name"))
    return write_csv(frame)


def write_csv(frame: pl.DataFrame) -> bytes:
    """A frame as UTF-8 with a byte-order mark; text that a spreadsheet would run as a formula gets an apostrophe."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    safe = [
        pl.when(pl.col(n).str.slice(0, 1).is_in(FORMULA_STARTS)).then(pl.lit("'") + pl.col(n)).otherwise(pl.col(n)).alias(n)
        for n in texts
    ]
    return BOM + frame.with_columns(safe).write_csv().encode()
