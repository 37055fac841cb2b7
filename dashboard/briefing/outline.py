"""Outlines: which slides a deck has, as a person writes it down in TOML. Checked here, asked elsewhere.

`monthly` and `quarterly` ship with the product; docs/briefing.md explains every key.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dashboard.answers import build_request
from dashboard.answers.parse import breakdowns_of, find_indicator
from dashboard.briefing import texts
from dashboard.briefing.queries import QUARTER, YEAR_TO_DATE, Comparison
from dashboard.i18n.measures import measure
from dashboard.warehouse import Snapshot
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS, Kind

FOLDER: Final = Path(__file__).parent / "outlines"
SHIPPED: Final = ("monthly", "quarterly")
PERIODS: Final = {"month": "1", "quarter": QUARTER, "year_to_date": YEAR_TO_DATE, "rolling_year": "12"}
CHARTS: Final = ("pair", "trend", "regions", "changes", "bars", "shares", "pyramid", "control", "map")
PLAIN: Final = ("cover", "text", "method")
_COMPARISONS: Final = ("year", "before", "none")
_KEYS: Final = ("chart", "indicator", "indicators", "region", "by", "where", "period", "compare", "months", "title", "text")
_TOP: Final = ("title", "title_en", "period", "compare", "slides")
_PYRAMID: Final = ("headcount", "under35_share", "over50_share")


@dataclass(frozen=True)
class Slide:
    """One slide. None: as the deck has it. `title` and `text` are an author's own, with `{names}`."""

    chart: str
    indicators: tuple[str, ...] = ()
    region: str | None = None
    by: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    span: str | None = None
    compare: Comparison | None = None
    months: int | None = None
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Outline:
    """A deck in words: its title by language, its period and comparison, its slides."""

    slides: tuple[Slide, ...]
    span: str = "1"
    compare: Comparison = "year"
    titles: tuple[str, str] = ("", "")

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator of the deck, each once, in order."""
        return tuple(dict.fromkeys(i for slide in self.slides for i in slide.indicators))


def read_outline(source: str | Path, snapshot: Snapshot) -> Outline:
    """The outline of a shipped name or of a file. Raises RequestError with the slide and the mend."""
    path = FOLDER / f"{source}.toml" if str(source) in SHIPPED else Path(source)
    try:
        known = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise RequestError(
            f"提纲“{source}”无法读取；请给出 TOML 文件，或写 {'、'.join(SHIPPED)}。",
            f"The outline “{source}” cannot be read; give a TOML file, or {' or '.join(SHIPPED)}.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RequestError(
            f"提纲“{source}”不是有效的 TOML 文件（{error}）；写法见 docs/briefing.md。",
            f"The outline “{source}” is not valid TOML ({error}); docs/briefing.md shows how to write one.",
        ) from None
    return parse_outline(known, snapshot)


def parse_outline(known: dict[str, Any], snapshot: Snapshot) -> Outline:
    """The outline of a table as TOML gives it. Raises RequestError."""
    _refuse_unknown(known, _TOP, "")
    listed = known.get("slides")
    if not isinstance(listed, list) or not listed or not all(isinstance(s, dict) for s in listed):
        raise RequestError("提纲中没有幻灯片；请至少写一个 [[slides]]。",
                           "The outline has no slide; write at least one [[slides]].")
    span = PERIODS[_choose(known.get("period", "month"), tuple(PERIODS), "period", "")]
    compare = _choose(known.get("compare", "year"), _COMPARISONS, "compare", "")
    slides = tuple(_parse_slide(s, str(n), snapshot) for n, s in enumerate(listed, start=1))
    names = (str(known.get("title", "")), str(known.get("title_en", known.get("title", ""))))
    return Outline(slides, span, compare, names)  # type: ignore[arg-type]


def _parse_slide(known: dict[str, Any], place: str, snapshot: Snapshot) -> Slide:
    _refuse_unknown(known, _KEYS, place)
    chart = _choose(known.get("chart", "pair" if "indicator" in known else "text"), (*CHARTS, *PLAIN), "chart", place)
    try:
        return _check(Slide(
            chart, _indicators(known, chart), known.get("region"), known.get("by"), (), _span(known, place),
            _choose(known["compare"], _COMPARISONS, "compare", place) if "compare" in known else None,  # type: ignore[arg-type]
            _count(known, place), str(known.get("title", "")), str(known.get("text", "")),
        ), known.get("where", []), snapshot)  # fmt: skip
    except RequestError as error:
        raise RequestError(f"提纲第 {place} 页：{error.zh}", f"Slide {place} of the outline: {error.en}") from None


def _indicators(known: dict[str, Any], chart: str) -> tuple[str, ...]:
    words = known.get("indicators", [known["indicator"]] if "indicator" in known else [])
    if chart == "pyramid" and not words:
        words = list(_PYRAMID)
    if not isinstance(words, list):
        words = [words]
    found = tuple(find_indicator(str(w)).id for w in words)
    if chart in CHARTS and not found:
        raise RequestError("没有给出指标；请写 indicator = \"meetings\" 之类。",
                           "no indicator; write indicator = \"meetings\" or the like.")
    return found


def _check(slide: Slide, where: list[str], snapshot: Snapshot) -> Slide:
    """The slide with its filters parsed; every question that it asks can be asked."""
    filters: tuple[tuple[str, str], ...] = ()
    for indicator in slide.indicators:
        if INDICATORS[indicator].kind is Kind.REGISTER and slide.chart in CHARTS:
            raise RequestError(f"“{INDICATORS[indicator].zh}”是登记数，不能画成简报中的图。",
                               f"{indicator} is a register; a briefing has no chart of it.")
        filters = build_request(snapshot, indicator, region=slide.region, where=where).where
    if slide.chart == "changes" and len({measure(i).relative for i in slide.indicators}) > 1:
        raise RequestError("changes 中的指标须同一种变化单位（都是百分比，或都是百分点）。",
                           "the indicators of changes must all change in per cent, or all in points.")
    if slide.chart in ("bars", "shares"):
        points = {POINT_TYPE.column: POINT_TYPE} if slide.chart == "bars" else {}
        known = {**breakdowns_of(INDICATORS[slide.indicators[0]]), **points}
        if slide.by not in known:
            raise RequestError(f"by 须为：{'、'.join(known)}。", f"by must be one of: {', '.join(known)}.")
    for words in (slide.title, slide.text):
        for _, name, _, _ in texts.parse_names(words):
            if name is not None:
                _, region, _ = texts.split_name(name)
                build_request(snapshot, "meetings", region=region)
    return Slide(slide.chart, slide.indicators, slide.region, slide.by, filters, slide.span, slide.compare, slide.months,
                 slide.title, slide.text.strip("\n"))  # fmt: skip


def _span(known: dict[str, Any], place: str) -> str | None:
    return PERIODS[_choose(known["period"], tuple(PERIODS), "period", place)] if "period" in known else None


def _count(known: dict[str, Any], place: str) -> int | None:
    count = known.get("months")
    if count is not None and (not isinstance(count, int) or not 3 <= count <= 120):
        raise RequestError(f"提纲第 {place} 页：months 须为 3 至 120 的整数。",
                           f"Slide {place} of the outline: months must be a whole number from 3 to 120.")
    return count


def _choose(word: object, allowed: tuple[str, ...], key: str, place: str) -> str:
    if word not in allowed:
        where = (f"第 {place} 页", f" of slide {place}") if place else ("", "")
        raise RequestError(f"提纲{where[0]}的 {key} 没有“{word}”；可用：{'、'.join(allowed)}。",
                           f"The {key}{where[1]} of the outline cannot be “{word}”; use one of: {', '.join(allowed)}.")
    return str(word)


def _refuse_unknown(known: dict[str, Any], allowed: tuple[str, ...], place: str) -> None:
    for key in known:
        if key not in allowed:
            where = (f"第 {place} 页", f" in slide {place}") if place else ("", "")
            raise RequestError(f"提纲{where[0]}中没有“{key}”这一项；可用：{'、'.join(allowed)}。",
                               f"There is no “{key}”{where[1]} of an outline; use: {', '.join(allowed)}.")
