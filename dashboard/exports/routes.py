"""Charts as files by the address of their page: `files/<page>/<chart>.<kind>?<state>`."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.exports.files import KINDS, find_chart, write_chart
from pipelines.contracts.errors import BurdenError, RequestError

log = logging.getLogger(__name__)
ABSENT = "There is no such file."
TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "png": "image/png", "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


async def send_chart(request: Request) -> Response:
    """A chart as a file; 404 where there is no such page, chart or kind, 503 where it cannot be made now."""
    page, name, kind = (str(request.path_params[key]) for key in ("page", "name", "kind"))
    params = dict(request.query_params)
    if kind not in KINDS:
        return PlainTextResponse(ABSENT, status_code=404)
    try:
        content = await run_in_threadpool(lambda: write_chart(find_chart(page, name, params), kind))
    except BurdenError as error:
        log.warning("%s/%s.%s: %s", page, name, kind, error)
        lang = "en" if params.get("lang") == "en" else "zh"
        return PlainTextResponse(error.sentence(lang), status_code=404 if isinstance(error, RequestError) else 503)
    disposition = f'attachment; filename="{page}-{name}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"content-disposition": disposition})
