"""Charts as files by the address of their page: `files/<page>/<chart>.<kind>?<state>`."""

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.exports.decks import write_deck
from dashboard.exports.files import KINDS, find_chart, write_chart
from pipelines.contracts.errors import BurdenError, RequestError

log = logging.getLogger(__name__)
ABSENT = "There is no such file."
TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "png": "image/png", "svg": "image/svg+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "html": "text/html; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


async def send_deck(request: Request) -> Response:
    """The deck that the address of the briefing page asks for; 404 where it asks for none."""
    params = dict(request.query_params)
    return await _send("briefing", "deck", "pptx", params, lambda: write_deck(params))


async def send_chart(request: Request) -> Response:
    """A chart as a file; 404 where there is no such page, chart or kind, 503 where it cannot be made now."""
    page, name, kind = (str(request.path_params[key]) for key in ("page", "name", "kind"))
    params = dict(request.query_params)
    if kind not in KINDS:
        return PlainTextResponse(ABSENT, status_code=404)
    return await _send(page, name, kind, params, lambda: write_chart(find_chart(page, name, params), kind))


async def _send(page: str, name: str, kind: str, params: dict[str, str], write: Callable[[], bytes]) -> Response:
    try:
        content = await run_in_threadpool(write)
    except BurdenError as error:
        log.warning("%s/%s.%s: %s", page, name, kind, error)
        lang = "en" if params.get("lang") == "en" else "zh"
        return PlainTextResponse(error.sentence(lang), status_code=404 if isinstance(error, RequestError) else 503)
    disposition = f'attachment; filename="{page}-{name}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"content-disposition": disposition})
