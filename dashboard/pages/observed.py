"""Observation points: picked on purpose, so a panel of their own, without weights and intervals."""

from functools import partial

import polars as pl

from dashboard.charts.observation_panel import observation_panel
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import measure
from dashboard.pages.markup import esc, table
from dashboard.pages.panel import Panel, draw
from dashboard.pages.sheet import box
from dashboard.pages.view import View
from pipelines.contracts.breakdowns import POINT_TYPE


def find_points(view: View, indicator: str) -> pl.DataFrame:
    """Month by month, a row a point and month; points are told by region and kind, never by name."""
    return view.observe(indicator).drop("point_name")


def table_of(indicator: str) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_points, indicator=indicator)


def draw_observed(view: View, indicator: str, *, width: int) -> None:
    """The grey panel."""
    lang, frame, how = view.lang, view.observe(indicator), measure(indicator)
    points = frame["point_id"].n_unique()
    with box("observed"):
        figure = observation_panel(frame, indicator, names=view.plain_names, lang=lang, width=width - 32) if points else ""
        title = text("pages.observed.title", lang, n=points) if points else text("pages.observed.none", lang)
        months = view.history(12)
        period = fmt.period(months.first, months.last, lang)
        said = text("pages.observed.sub", lang, unit=how.unit_label(lang), period=period, region=view.name())
        rows = _write(view, frame, indicator)
        draw(view, Panel("observed", title, said if points else "", frame, (indicator,), table=rows, points=points), figure)


def _write(view: View, frame: pl.DataFrame, indicator: str) -> str:
    lang, how = view.lang, measure(indicator)
    head = [text(f"pages.observed.{c}", lang) for c in ("point", "month", "value")]
    places = {p: i for i, p in enumerate(frame["point_id"].unique(maintain_order=True), start=1)}

    def value(row: dict[str, object]) -> str:
        shown = row["value"]
        return fmt.level(shown, how) if isinstance(shown, float) else text("words.pill.missing", lang)

    rows = [
        [
            esc(f"{places[r['point_id']]} · {view.name(r['region_code'][:6])} · {POINT_TYPE.codes.label(r['point_type'], lang)}"),
            esc(fmt.month(r["month"], lang)), esc(value(r)),
        ]
        for r in frame.iter_rows(named=True)
    ]  # fmt: skip
    return table([esc(h) for h in head], rows)
