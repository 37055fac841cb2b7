"""The groups of a breakdown: small trends on one scale, and their parts of the whole over the quarters."""

from functools import partial

import polars as pl

from dashboard.charts.small_multiples import small_multiples
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement, text
from dashboard.i18n.measures import measure
from dashboard.pages.panel import Panel, draw
from dashboard.pages.state import PROVINCE
from dashboard.pages.titles import title_groups
from dashboard.pages.view import SPARKLINE_MONTHS, View
from pipelines.contracts.codes import CodeList


def find_groups(view: View, indicator: str, column: str) -> pl.DataFrame:
    """One row a group, with its change."""
    return view.ask(indicator, by=column, compare=True)


def table_of(indicator: str, column: str) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_groups, indicator=indicator, column=column)


def draw_multiples(view: View, indicator: str, column: str, codes: CodeList, *, width: int, name: str = "") -> None:
    """The panel of small trends; its title stands in the catalogue under `groups.<column>`."""
    lang, how = view.lang, measure(indicator)
    now = find_groups(view, indicator, column)
    labels = {code: codes.label(code, lang) for code in codes.codes}

    def trends(region: str | None) -> dict[str, pl.DataFrame]:
        return {
            code: view.trend(indicator, region=region, length=SPARKLINE_MONTHS, where=((column, code),))
            for code in codes.codes
        }

    figure = small_multiples(
        trends(None), labels=labels, now=now, lang=lang, width=width, subject=view.name(),
        references=None if view.is_province else trends(PROVINCE),
    )  # fmt: skip
    rows = [(labels.get(r["group"], ""), r, how) for r in now.iter_rows(named=True) if r["group"] in labels]
    months = view.history(SPARKLINE_MONTHS)
    sub = text(
        "pages.groups.sub", lang, unit=how.unit_label(lang), period=fmt.period(months.first, months.last, lang),
        tail=text("pages.groups.tail", lang) if any(judgement.has_change(r) for _, r, _ in rows) else "",
    )  # fmt: skip
    title = title_groups(view, text(f"pages.groups.{column}", lang), rows)
    draw(view, Panel(name or column, title, sub, now, (indicator,), by=column), figure)
