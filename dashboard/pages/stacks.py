"""Parts of the whole over the quarters, with this period's share, count and change of each part beside them."""

from functools import partial

import polars as pl

from dashboard.charts.stacked_share import stacked_share
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement, text
from dashboard.i18n.measures import measure
from dashboard.pages.panel import Panel, draw
from dashboard.pages.titles import title_groups
from dashboard.pages.view import View
from pipelines.contracts.codes import CodeList


def find_shares(view: View, indicator: str, column: str, codes: CodeList) -> pl.DataFrame:
    """Rows of every quarter and group, `group` the group's code: asked group by group, which is one question each."""
    frames = [
        view.trend(indicator, by="quarter", where=((column, code),), share=True).with_columns(group=pl.lit(code))
        for code in codes.codes
    ]
    return pl.concat(frames)


def table_of(indicator: str, column: str, codes: CodeList) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_shares, indicator=indicator, column=column, codes=codes)


def draw_stack(
    view: View, indicator: str, column: str, codes: CodeList, *, width: int, ordered: bool = False, name: str = "",
    heading: str = "",
) -> None:
    """The panel; the title names the groups whose share changed clearly. `heading`: the column's word, where it is another."""
    lang, column_name = view.lang, text(f"pages.groups.{heading or column}", view.lang)
    frame = find_shares(view, indicator, column, codes)
    parts = {code: codes.label(code, lang) for code in codes.codes}
    counts = view.ask(indicator, by=column, compare=True)
    figure = stacked_share(
        frame, parts=parts, lang=lang, width=width, counts=counts, ordered=ordered, part_name=column_name
    )
    shares = view.ask(indicator, by=column, compare=True, share=True)
    how = measure(indicator, share=True)
    changed = [(parts[r["group"]], r, how) for r in shares.iter_rows(named=True) if r["group"] in parts]
    prefix = text("pages.stack.title", lang, column=column_name.lower())
    months = view.history()
    tail = text("pages.stack.tail", lang) if any(judgement.has_change(r) for r in counts.iter_rows(named=True)) else ""
    sub = text(
        "pages.stack.sub", lang, name=measure(indicator).name_within(lang), tail=tail,
        period=fmt.period(months.first, months.last, lang),
    )  # fmt: skip
    title = title_groups(view, prefix, changed)
    panel = Panel(name or f"{column}-share", title, sub, shares, (indicator,), by=column, share=True, slide="shares")
    draw(view, panel, figure, pick="month")
