"""The table behind a picture: estimate rows as a table a person reads; every number as `dashboard.i18n` writes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.answers.parse import breakdowns_of
from dashboard.charts.control_chart import verdict_of
from dashboard.i18n import Lang, absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import esc, link, pill, table
from dashboard.pages.period import Period
from dashboard.pages.view import View
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.indicators import INDICATORS

Row = Mapping[str, Any]
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
SIGNS = {1: "▲", -1: "▼", 0: ""}


def name_group(view: View, indicator: str, group: str | None, by: str | None = None) -> str:
    """A group in words: a region, a month, a quarter, a word of the list of `by`, or the region itself where null."""
    if group is None:
        return view.name()
    if by == POINT_TYPE.column:
        return POINT_TYPE.codes.label(group, view.lang)
    if by and (known := breakdowns_of(INDICATORS[indicator]).get(by)):
        return known.codes.label(group, view.lang)
    if group in view.names:
        return view.name(group)
    period = read_period(group)
    return fmt.period(period.first, period.last, view.lang) if period else group


def read_period(group: str | None) -> Period | None:
    """The months of a group by month, quarter or year; None for any other group."""
    found = _PERIOD.fullmatch(group or "")
    if not found:
        return None
    year, quarter, month = int(found[1]) * 100, int(found[2] or 0), int(found[3] or 0)
    if month:
        return Period(year + month, year + month)
    return Period(year + 3 * quarter - 2, year + 3 * quarter) if quarter else Period(year + 1, year + 12)


def link_period(view: View, period: Period) -> str:
    """HTML: a period in words as the way to this page in that period, as far as there are months."""
    bounds = view.bounds.months
    within = Period(max(period.first, bounds.first), min(period.last, bounds.last))
    told = fmt.period(period.first, period.last, view.lang)
    return link(told, view.href(period=within)) if within.first <= within.last else esc(told)


def write_table(view: View, frame: pl.DataFrame, *, by: str | None = None, share: bool = False) -> str:
    """HTML of estimate rows: what, level, interval, change, limits and rank where they were asked, points, coverage."""
    lang, shape = view.lang, _find_shape(frame)
    head = ["indicator" if shape.several and not shape.grouped else "what", "level", "interval"]
    head += ["change", "change_interval", "verdict"] if shape.compared else []
    head += ["centre", "limits", "signal"] if shape.charted else []
    head += ["rank"] if shape.ranked else []
    head += ["points", "coverage"]
    rows = (_cells(view, row, measure(row["indicator"], share=share), shape, by) for row in frame.iter_rows(named=True))
    return table([esc(text(f"pages.table.{column}", lang)) for column in head], rows)


@dataclass(frozen=True)
class _Shape:
    """What the rows differ by and which columns they have beside the level."""

    several: bool
    grouped: bool
    compared: bool
    ranked: bool
    charted: bool


def _find_shape(frame: pl.DataFrame) -> _Shape:
    compared, ranked = (bool(frame[column].is_not_null().any()) for column in ("change", "rank"))
    several, grouped = (frame[column].n_unique() > 1 for column in ("indicator", "group"))
    return _Shape(several, grouped, compared, ranked, charted="signal" in frame.columns)


def _cells(view: View, row: Row, how: Measure, shape: _Shape, by: str | None) -> list[str]:
    lang = view.lang
    names = [INDICATORS[row["indicator"]].name(lang)] if shape.several else []
    names += [name_group(view, row["indicator"], row["group"], by)] if shape.grouped or not shape.several else []
    told, period = " · ".join(names), None if by else read_period(row["group"])
    if period:
        cells = [" · ".join([*map(esc, names[:-1]), link_period(view, period)])]
    else:
        cells = [link(told, view.href(region=row["group"])) if row["group"] in view.bounds.regions else esc(told)]
    if absence.is_drawn(row):
        cells += [esc(fmt.level(row["estimate"], how)), iv(judgement.interval_of_level(row, how, lang))]
    else:
        cells += [pill(absence.pill(row, lang)), f'<span class="why">{esc(absence.reason(row, lang))}</span>']
    if shape.compared:
        cells += change_cells(row, how, lang)
    if shape.charted:
        cells += limit_cells(row, how, lang)
    if shape.ranked:
        between = iv("({rank_low}–{rank_high})".format_map(row))
        cells += ["" if row["rank"] is None else f"{row['rank']} {between}"]
    coverage = "" if row["response_rate"] is None else f"{row['response_rate']:.0%}"
    late = f" {esc(text('words.provisional', lang))}" if row["provisional"] else ""
    return [*cells, f"{row['n_points'] or 0:,}", coverage + late]


def change_cells(row: Row, how: Measure, lang: Lang) -> list[str]:
    """Change, interval and verdict of a row, as cells."""
    judged = judgement.judge(row, how)
    if judged.direction is judgement.Direction.UNKNOWN:
        return ["", "", ""]
    css = judged.verdict.value
    sign = f"{judged.sign} {judged.word(lang)}"
    return [
        f'<span class="{css}">{esc(judgement.signed_change(row, how))}</span>',
        iv(judgement.interval_of_change(row, how, lang)),
        f'<span class="{css}">{esc(sign)}</span>',
    ]


def limit_cells(row: Row, how: Measure, lang: Lang) -> list[str]:
    """Mean, control limits and signal of a month, as cells."""
    if row["centre"] is None:
        return ["", "", ""]
    decimals = fmt.level_decimals(how, [row["centre"]]) + 1
    mean, low, high = (fmt.number(row[end] * how.scale, decimals) for end in ("centre", "lower", "upper"))
    cells = [esc(f"{mean}%" if how.is_share else mean), iv(text("words.interval", lang, low=low, high=high))]
    if not row["signal"]:
        return [*cells, ""]
    told, css = text(f"words.signal.{row['signal']}", lang), verdict_of(row["side"], how).value
    return [*cells, f'<span class="{css}">{SIGNS[row["side"]]} {esc(told)}</span>']


def iv(interval: str) -> str:
    """An interval, in grey."""
    return f'<span class="iv">{esc(interval)}</span>' if interval else ""
