"""Finding an indicator or a region: the box in the strip, and the index that the browser searches.

The index is one small file a snapshot and language, fetched when the box is first used; `search.js` matches and builds links.
What it leads to is an address like any other, checked when it is read.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dashboard.i18n import LANGUAGES, Lang, text
from dashboard.i18n.pinyin import spell
from dashboard.pages.markup import esc
from dashboard.pages.source import current_snapshot
from dashboard.pages.state import link
from dashboard.pages.view import View
from dashboard.settings import Settings
from dashboard.warehouse import Snapshot
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.indicators import INDICATORS

Entry = dict[str, Any]
LEVELS = {"province": 0, "city": 1, "county": 2}


def draw_search(view: View) -> str:
    """The box: a text field and the list of what is found, which `search.js` fills."""
    label, hint = (esc(text(f"search.{key}", view.lang)) for key in ("label", "hint"))
    source = link(f"files/search/{view.lang}.json", {"snapshot": view.snapshot.id})
    return (
        f'<div class="seek" data-index="{esc(source)}" data-none="{esc(text("search.none", view.lang))}">'
        f'<input type="search" role="combobox" aria-label="{label}" aria-expanded="false" aria-autocomplete="list" '
        f'aria-controls="found" placeholder="{hint}" autocomplete="off" spellcheck="false" maxlength="40">'
        f'<div class="list" id="found" role="listbox" aria-label="{label}"></div></div>'
    )


def build_index(snapshot: Snapshot, lang: Lang) -> list[Entry]:
    """Indicators, then the province, cities and counties by code: `kind, code, name, beside, keys`, keys in lower case."""
    return [*_list_indicators(lang), *_list_regions(snapshot, lang)]


def _list_indicators(lang: Lang) -> Iterable[Entry]:
    for known in INDICATORS.values():
        beside = text(f"region.domain.{known.domain.value}", lang)
        yield {"kind": "indicator", "code": known.id, "name": known.name(lang), "beside": beside,
               "keys": _keys(known.zh, known.en, known.id, known.id.replace("_", " "))}  # fmt: skip


def _list_regions(snapshot: Snapshot, lang: Lang) -> Iterable[Entry]:
    order = pl.col("level").replace_strict(LEVELS, return_dtype=pl.Int8)
    regions = snapshot.regions.sort(order, "code").unique("code", keep="first", maintain_order=True)
    column = "name" if lang == "zh" else "name_en"
    names = dict(regions.select("code", column).iter_rows())
    for row in regions.iter_rows(named=True):
        beside = names.get(row["city_code"], "") if row["level"] == "county" else ""
        yield {"kind": "region", "code": row["code"], "name": row[column], "beside": beside,
               "keys": _keys(row["name"], row["name_en"], row["code"])}  # fmt: skip


def _keys(zh: str, *others: str) -> list[str]:
    """What a name is found by: itself, its pinyin in full and by initials, its English name, its code."""
    syllables = spell(zh)
    spelt = ["".join(syllables), "".join(s[0] for s in syllables)] if syllables else []
    return [key.lower() for key in (zh, *spelt, *others)]


@lru_cache(maxsize=6)
def _indexed(snapshot: Snapshot, lang: Lang) -> list[Entry]:
    return build_index(snapshot, lang)


async def send_index(request: Request) -> Response:
    """The index of a language; 404 for another. It may be kept by the browser: its address names the snapshot."""
    lang = request.path_params["lang"]
    if lang not in LANGUAGES:
        return PlainTextResponse("There is no such language.", status_code=404)
    try:
        entries = await run_in_threadpool(lambda: _indexed(current_snapshot(Settings().warehouse), lang))
    except BurdenError as error:
        return PlainTextResponse(error.sentence(lang), status_code=503)
    return JSONResponse(entries, headers={"cache-control": "private, max-age=3600"})
