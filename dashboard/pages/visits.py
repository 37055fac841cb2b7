"""Who came when: the calendar of inspections at the points to which somebody came again within seven days."""

from datetime import date, timedelta

import polars as pl

from dashboard.answers.visits import count_repeats, find_busiest, list_visits
from dashboard.charts.visit_calendar import visit_calendar
from dashboard.i18n import absence, sentences, text
from dashboard.i18n import format as fmt
from dashboard.i18n.regions import without_city
from dashboard.i18n.sentences import Finding
from dashboard.pages import counts
from dashboard.pages.panel import draw, name_ledger, say_empty
from dashboard.pages.period import Period
from dashboard.pages.view import View
from pipelines.contracts import months
from pipelines.contracts.codes import INSPECTION_KIND, LEVEL, POINT_TYPE

SHOWN, MONTHS, LISTED = 14, 3, 300
HEAD = ("point", "day", "level", "organiser", "kind", "gap", "materials", "escorts")


def find_visits(view: View) -> pl.DataFrame:
    """The inspections of the points in the calendar."""
    return find_busiest(_list(view), SHOWN)


def window_of(view: View) -> Period:
    """The period, or its last three months where it is longer."""
    period = view.period
    return Period(max(period.first, months.shift(period.last, 1 - MONTHS)), period.last)


def say_repeats(view: View) -> Finding | None:
    """How many of the inspections recorded came within seven days of another, and of the same organiser."""
    counted = count_repeats(_list(view))
    if not counted["visits"]:
        return None
    window = window_of(view)
    told = {key: f"{n:,}" for key, n in counted.items()}
    key = "inspections.finding.repeats" if counted["repeats"] else "inspections.finding.no_repeats"
    return sentences.state(key, view.lang, period=fmt.period(window.first, window.last, view.lang), **told)


def draw_visits(view: View, *, width: int) -> None:
    """The panel of the calendar."""
    lang, words, visits, window = view.lang, "inspections.visits", find_visits(view), window_of(view)
    counted = count_repeats(_list(view))
    labels = _label_points(view, visits)
    row = view.ask("inspections").row(0, named=True)
    is_known = bool(counted["visits"]) or absence.is_drawn(row)
    key = "title" if counted["repeats"] > 0 else "title_none" if is_known else "title_plain"
    title = text(f"{words}.{key}", lang, **{k: f"{n:,}" for k, n in counted.items()})
    sub = text(f"{words}.sub", lang, period=fmt.period(window.first, window.last, lang), n=len(labels)) if labels else ""
    rows = [_describe(r, labels, lang) for r in visits.head(LISTED).to_dicts()]
    listed = counts.write_rows([text(f"inspections.visits.head.{key}", lang) for key in HEAD], rows, numbers_from=5)
    panel = counts.panel_of(view, words, "visits", title, sub, origin=name_ledger("inspections", lang), rows=listed)
    if not labels:
        word = text("inspections.empty", lang) if is_known else absence.pill(row, lang)
        why = text("inspections.no_repeats_means", lang) if is_known else absence.reason(row, lang)
        draw(view, panel, say_empty(word, why))
        return
    first, last = _day(window.first), _day(months.shift(window.last, 1)) - timedelta(days=1)
    draw(view, panel, visit_calendar(visits, labels=labels, first=first, last=last, lang=lang, width=width))


def _list(view: View) -> pl.DataFrame:
    window = window_of(view)
    return list_visits(view.snapshot, counts.scope_of(view), window.first, window.last, counts.filters_of(view))


def _label_points(view: View, visits: pl.DataFrame) -> dict[str, str]:
    """Point id → `3 · 卧龙区 · 社区`: region and kind, never the name."""
    points = visits.unique("point_id", maintain_order=True).to_dicts()
    return {
        p["point_id"]: " · ".join((
            str(n), without_city(p["county_code"] or p["city_code"], view.plain_names, view.lang),
            POINT_TYPE.label(p["point_type"], view.lang),
        ))
        for n, p in enumerate(points, start=1)
    }  # fmt: skip


def _describe(row: dict[str, object], labels: dict[str, str], lang: str) -> list[object]:
    return [
        labels[str(row["point_id"])], row["start_date"], LEVEL.label(str(row["level"]), lang), row["organiser"],
        INSPECTION_KIND.label(str(row["kind"]), lang), row["gap"], row["materials"], row["accompanying"],
    ]  # fmt: skip


def _day(month: int) -> date:
    return date(month // 100, month % 100, 1)
