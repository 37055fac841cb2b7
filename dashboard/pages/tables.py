"""The table behind a picture: estimate rows as a table a person reads; every number as `dashboard.i18n` writes it."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.i18n import Lang, absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import Measure, measure
from dashboard.pages.markup import esc, pill, table
from dashboard.pages.view import View
from pipelines.contracts import breakdowns, months
from pipelines.contracts.indicators import INDICATORS

Row = Mapping[str, Any]
LISTS = {b.column: b.codes for cell in breakdowns.CELLS.values() for b in cell.breakdowns}
LISTS["point_type"] = breakdowns.POINT_TYPE.codes


def name_group(view: View, group: str | None, by: str | None = None) -> str:
    """A group in words: a region, a month, a quarter, a word of the list of `by`, or the region itself where null."""
    if group is None:
        return view.name()
    if by in LISTS:
        return LISTS[by].label(group, view.lang)
    if group in view.names:
        return view.name(group)
    try:
        return fmt.month(months.parse(group), view.lang)
    except ValueError:
        return group


def write_table(view: View, frame: pl.DataFrame, *, by: str | None = None, share: bool = False) -> str:
    """HTML of estimate rows: what, level, interval, change where one was asked, points, coverage."""
    lang = view.lang
    several = frame["indicator"].n_unique() > 1
    grouped = frame["group"].n_unique() > 1
    compared = bool(frame["change"].is_not_null().any())
    head = [text(f"pages.table.{'indicator' if several and not grouped else 'what'}", lang)]
    head += [text(f"pages.table.{c}", lang) for c in ("level", "interval")]
    head += [text(f"pages.table.{c}", lang) for c in ("change", "change_interval", "verdict")] if compared else []
    ranked = bool(frame["rank"].is_not_null().any())
    head += [text("pages.table.rank", lang)] if ranked else []
    head += [text(f"pages.table.{c}", lang) for c in ("points", "coverage")]
    rows = (_cells(view, row, measure(row["indicator"], share=share), several, grouped, compared, ranked, by)
            for row in frame.iter_rows(named=True))  # fmt: skip
    return table([esc(h) for h in head], rows)


def _cells(
    view: View, row: Row, how: Measure, several: bool, grouped: bool, compared: bool, ranked: bool,
    by: str | None,
) -> list[str]:
    lang = view.lang
    names = [INDICATORS[row["indicator"]].name(lang)] if several else []
    names += [name_group(view, row["group"], by)] if grouped or not several else []
    cells = [esc(" · ".join(names))]
    if absence.is_drawn(row):
        cells += [esc(fmt.level(row["estimate"], how)), iv(judgement.interval_of_level(row, how, lang))]
    else:
        cells += [pill(absence.pill(row, lang)), f'<span class="why">{esc(absence.reason(row, lang))}</span>']
    if compared:
        cells += change_cells(row, how, lang)
    if ranked:
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


def iv(interval: str) -> str:
    """An interval, in grey."""
    return f'<span class="iv">{esc(interval)}</span>' if interval else ""
