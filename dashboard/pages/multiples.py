"""The groups of a breakdown: small trends on one scale, and their parts of the whole over the quarters."""

from collections.abc import Callable
from functools import partial

import polars as pl

from dashboard.charts.small_multiples import small_multiples
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement, text
from dashboard.i18n.measures import measure
from dashboard.i18n.regions import name_on_map
from dashboard.pages.panel import Panel, draw
from dashboard.pages.titles import title_groups, title_parts
from dashboard.pages.view import SPARKLINE_MONTHS, View
from pipelines.contracts.codes import CodeList


def find_groups(view: View, indicator: str, column: str) -> pl.DataFrame:
    """One row a group, with its change."""
    return view.ask(indicator, by=column, compare=True)


def table_of(indicator: str, column: str) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_groups, indicator=indicator, column=column)


def draw_multiples(
    view: View, indicator: str, column: str, codes: CodeList, *, width: int, name: str = "", heading: str = ""
) -> None:
    """The panel of small trends; its title stands in the catalogue under `groups.<column>`, or `groups.<heading>`."""
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
        references=trends(view.reference) if view.reference else None, reference=view.reference_name,
    )  # fmt: skip
    rows = [(labels.get(r["group"], ""), r, how) for r in now.iter_rows(named=True) if r["group"] in labels]
    months = view.history(SPARKLINE_MONTHS)
    sub = text(
        "pages.groups.sub", lang, unit=how.unit_label(lang), period=fmt.period(months.first, months.last, lang),
        tail=text("pages.groups.tail", lang) if any(judgement.has_change(r) for _, r, _ in rows) else "",
    )  # fmt: skip
    title = title_groups(view, text(f"pages.groups.{heading or column}", lang), rows)
    draw(view, Panel(name or column, title, sub, now, (indicator,), by=column, slide="bars"), figure, pick="month")


def draw_items(view: View, indicators: tuple[str, ...], *, words: str, width: int, name: str) -> None:
    """Several indicators as small trends, each on its own scale; title and subtitle stand in the catalogue below `words`."""
    lang, now = view.lang, pl.concat([view.ask(i, compare=True) for i in indicators])
    labels = {i: measure(i).name(lang) for i in indicators}

    def trends(region: str | None) -> dict[str, pl.DataFrame]:
        return {i: view.trend(i, region=region, length=SPARKLINE_MONTHS) for i in indicators}

    figure = small_multiples(
        trends(None), labels=labels, now=now, lang=lang, width=width, subject=view.name(), shared=False,
        references=trends(view.reference) if view.reference else None, reference=view.reference_name,
    )  # fmt: skip
    months = view.history(SPARKLINE_MONTHS)
    sub = text(
        f"{words}.sub", lang, period=fmt.period(months.first, months.last, lang),
        reference=text("pages.multiples.reference", lang, name=view.reference_words) if view.reference else "",
    )  # fmt: skip
    rows = [(labels[r["indicator"]], r, measure(r["indicator"])) for r in now.iter_rows(named=True)]
    draw(view, Panel(name, title_groups(view, text(f"{words}.title", lang), rows), sub, now, indicators), figure, pick="month")


def draw_parts(view: View, indicator: str, *, width: int, name: str) -> None:
    """The parts of the region as small trends on one scale, in the order of codes."""
    lang, how, now = view.lang, measure(indicator), view.compare_parts(indicator)
    whole, parts = view.region_of_parts, view.part_codes
    reference = view.trend(indicator, region=whole, length=SPARKLINE_MONTHS)
    figure = small_multiples(
        {code: view.trend(indicator, region=code, length=SPARKLINE_MONTHS) for code in parts}, ordered=False,
        labels={code: name_on_map(code, view.plain_names, lang) for code in parts}, now=now, lang=lang, width=width,
        subject=text(f"pages.multiples.{view.parts}", lang), references=dict.fromkeys(parts, reference),
        reference=None if view.is_province else view.name(whole),
    )  # fmt: skip
    months = view.history(SPARKLINE_MONTHS)
    sub = text(
        "pages.multiples.parts", lang, unit=how.unit_label(lang), period=fmt.period(months.first, months.last, lang),
        reference=text("words.province", lang) if view.is_province else view.name(whole),
        tail=text("pages.groups.tail", lang) if view.earlier else "",
    )  # fmt: skip
    draw(view, Panel(name, title_parts(view, now, how), sub, now, (indicator,), region=whole), figure, pick="month")


def parts_of(choose: Callable[[View], str]) -> Callable[[View], pl.DataFrame]:
    """The table of such a picture, for the list of a page; `choose` names the indicator in the view."""
    return lambda view: view.compare_parts(choose(view))
