"""Texts of an outline: an author's own sentences with `{meetings.change}` and its kind filled in from estimates."""

from string import Formatter
from typing import Final

from dashboard.briefing.desk import Desk, Row
from dashboard.briefing.queries import Query
from dashboard.briefing.sentences import Part, Sentence, join
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Direction
from dashboard.i18n.measures import Measure, measure
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS

FIELDS: Final = ("value", "level", "interval", "change", "size", "change_interval", "direction", "verdict", "points")
PLACES: Final = ("period", "region", "snapshot")
_WORDS: Final = ("direction", "verdict")


def write_text(desk: Desk, query: Query) -> list[Sentence]:
    """The paragraphs of a text, a line each. Raises RequestError for a name that means nothing."""
    return [_write_line(desk, query, line) for line in query.wording.split("\n")]


def _write_line(desk: Desk, query: Query, line: str) -> Sentence:
    pieces: list[Sentence] = []
    for literal, name, _, _ in parse_names(line):
        if literal:
            pieces.append(Sentence((Part(literal),)))
        if name is not None:
            pieces.append(Sentence((_fill(desk, query, name),)))
    return join(pieces)


def parse_names(line: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """The literals and names of a line. Raises RequestError where the braces do not match."""
    try:
        return list(Formatter().parse(line))
    except ValueError:
        raise RequestError(
            f"文字“{line}”中的花括号不成对；请写成 {{meetings.change}} 的形式。",
            f"The braces of “{line}” do not match; write {{meetings.change}} and the like.",
        ) from None


def split_name(name: str) -> tuple[str, str | None, str]:
    """`meetings@411300.change` as (indicator, region, field). Raises RequestError."""
    head, _, field = name.partition(".")
    indicator, _, region = head.partition("@")
    field = field or "value"
    if (indicator not in INDICATORS or field not in FIELDS) and (name not in PLACES):
        raise RequestError(
            f"文字中的“{{{name}}}”无法识别；请写指标编号，可加 @区划代码 和 .{'、.'.join(FIELDS)}，或写 {'、'.join(PLACES)}。",
            f"“{{{name}}}” in a text means nothing; write an indicator with @REGION and .{', .'.join(FIELDS)} as needed, "
            f"or {', '.join(PLACES)}.",
        )
    return indicator, region or None, field


def _fill(desk: Desk, query: Query, name: str) -> Part:
    indicator, region, field = split_name(name)
    if name == "period":
        return Part(desk.period(query), slot=True)
    if name == "region":
        return Part(desk.name(query.region))
    if name == "snapshot":
        return Part(desk.snapshot.id, slot=True)
    how = measure(indicator)
    row = desk.row(query, indicator, region=region)
    return Part(_write(row, how, field, desk), slot=field not in _WORDS)


def _write(row: Row, how: Measure, field: str, desk: Desk) -> str:
    lang = desk.lang
    if not absence.is_drawn(row):
        return absence.pill(row, lang)
    judged = judgement.judge(row, how)
    if field in ("direction", "verdict"):
        return text(f"briefing.text.{judged.direction.value}", lang) if field == "direction" else judged.word(lang)
    if field in ("change", "size", "change_interval") and judged.direction is Direction.UNKNOWN:
        return judgement.say_no_change(row, lang)
    unit = "" if how.relative else fmt.change_mark(how, lang)
    return {
        "value": lambda: fmt.level_with_unit(row["estimate"], how, lang),
        "level": lambda: fmt.level(row["estimate"], how, mark=False),
        "interval": lambda: judgement.interval_of_level(row, how, lang),
        "change": lambda: judgement.signed_change(row, how) + unit,
        "size": lambda: judgement.change_size(row, how, lang),
        "change_interval": lambda: judgement.interval_of_change(row, how, lang) + unit,
        "points": lambda: f"{row['n_points'] or 0:,}",
    }[field]()
