"""The one hover text of an estimate: what, when, how much, interval, points, coverage; or why there is nothing."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.series import Point, Series
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement as judging
from dashboard.i18n.catalogue import Lang
from dashboard.i18n.measures import Measure


def month_hover(point: Point, name: str, measure: Measure, lang: Lang) -> str:
    """The text of one month of a series."""
    when = fmt.period(*point.span, lang)
    if point.row is None:
        return f"<b>{when}</b><br>{name}: {text('words.pill.missing', lang)}"
    if point.provisional:
        when = text("charts.hover.provisional", lang, month=when)
    return f"<b>{when}</b><br>{estimate_lines(point.row, name, measure, lang)}"


def with_reference(labels: list[str], reference: Series, name: str, measure: Measure, lang: Lang) -> list[str]:
    """The same texts with the reference's value of the month beneath."""
    result = []
    for label, point in zip(labels, reference.points, strict=True):
        known = point.row is not None and point.value is not None
        shown = f"<br>{name} {fmt.level(point.row['estimate'], measure)}" if known and point.row else ""
        result.append(label + shown)
    return result


def estimate_lines(row: Mapping[str, Any], name: str, measure: Measure, lang: Lang) -> str:
    """`南阳市 10.4（9.6 至 11.2）`, then points and coverage; or the kind of absence and its reason."""
    if not absence.is_drawn(row):
        return f"{name}: {absence.pill(row, lang)}<br>{absence.reason(row, lang)}"
    interval = judging.interval_of_level(row, measure, lang)
    shown = fmt.level_with_unit(row["estimate"], measure, lang)
    shown += text("charts.hover.interval", lang, interval=interval) if interval else ""
    return f"{name} {shown}<br>{base_line(row, lang)}"


def base_line(row: Mapping[str, Any], lang: Lang) -> str:
    """Points and response: what the estimate rests on."""
    rate = row["response_rate"]
    covered = "–" if rate is None else fmt.number(100 * rate, 0) + "%"
    return text("charts.hover.base", lang, n=row["n_points"] or 0, covered=covered)


def change_line(row: Mapping[str, Any], measure: Measure, lang: Lang) -> str:
    """The change with its interval and matched points, as a further line; empty where there is none."""
    if not judging.has_change(row):
        return ""
    size = judging.signed_change(row, measure)
    interval = judging.interval_of_change(row, measure, lang)
    within = text("charts.hover.interval", lang, interval=interval) if interval else ""
    return "<br>" + text("charts.hover.change", lang, change=size, interval=within, n=row["n_matched"] or 0)
