"""Several indicators of one kind as rows beside the province and the range of its cities."""

from functools import partial

import polars as pl

from dashboard.charts.share_rows import share_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import measure
from dashboard.pages.panel import Panel, draw
from dashboard.pages.state import PROVINCE
from dashboard.pages.titles import title_groups, title_items
from dashboard.pages.view import View
from pipelines.contracts.codes import CodeList


def find_rows(view: View, indicators: tuple[str, ...]) -> pl.DataFrame:
    """One row an indicator, with its change."""
    return pl.concat([view.ask(i, compare=True) for i in indicators])


def table_of(indicators: tuple[str, ...]) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_rows, indicators=indicators)


def draw_shares(
    view: View, indicators: tuple[str, ...], *, name: str, width: int, note: str = "", row_height: int = 30, words: str = ""
) -> None:
    """The panel; title and heading stand in the catalogue below `words`, by default `pages.shares.<page>`."""
    lang, frame = view.lang, find_rows(view, indicators)
    key = words or f"pages.shares.{view.page}"
    cities = pl.concat([view.ask(i, region=PROVINCE, by="city") for i in indicators])
    figure = share_rows(
        frame, lang=lang, subject=view.name(), width=width, header=text(f"{key}.header", lang), row_height=row_height,
        reference=pl.concat([view.ask(i, region=view.reference) for i in indicators]) if view.reference else None,
        reference_name=view.reference_name,
        regions=cities, regions_label=text("pages.shares.range", lang, n=cities["group"].n_unique()),
    )  # fmt: skip
    items = [(measure(r["indicator"]).name(lang), r, measure(r["indicator"])) for r in frame.iter_rows(named=True)]
    title = title_items(view, text(f"{key}.title", lang), items)
    unit = text(f"words.unit.{measure(indicators[0]).unit.value}", lang)
    sub = text("pages.shares.sub", lang, unit=unit, period=fmt.period(view.period.first, view.period.last, lang))
    draw(view, Panel(name, title, sub, frame, indicators, note=note, slide="changes"), figure)


def find_levels(view: View, indicator: str, column: str) -> pl.DataFrame:
    """One row a group of the breakdown, with its change."""
    return view.ask(indicator, by=column, compare=True)


def levels_of(indicator: str, column: str) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_levels, indicator=indicator, column=column)


def draw_levels(
    view: View, indicator: str, column: str, codes: CodeList, *, name: str, width: int, heading: str = ""
) -> None:
    """One indicator by the groups of a breakdown, as rows beside the province; `heading`: the column's word, if another."""
    lang, how = view.lang, measure(indicator)
    column_name = text(f"pages.groups.{heading or column}", lang)
    frame = find_levels(view, indicator, column)
    labels = {code: codes.label(code, lang) for code in codes.codes}
    figure = share_rows(
        frame, lang=lang, subject=view.name(), width=width, labels=labels, header=column_name,
        reference=view.ask(indicator, region=view.reference, by=column) if view.reference else None,
        reference_name=view.reference_name,
    )  # fmt: skip
    items = [(labels.get(r["group"], ""), r, how) for r in frame.iter_rows(named=True)]
    prefix = text("pages.shares.by", lang, name=how.name(lang), column=column_name.lower())
    period = fmt.period(view.period.first, view.period.last, lang)
    sub = text("pages.shares.by_sub", lang, unit=how.unit_label(lang), period=period)
    draw(view, Panel(name, title_groups(view, prefix, items), sub, frame, (indicator,), by=column), figure)
