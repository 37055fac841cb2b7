"""When reports came: the curve around the due day, and each region's lateness."""

import polars as pl

from dashboard.answers.quality import compare_same_day, measure_lateness, trace_arrivals
from dashboard.charts.arrival_curve import arrival_curve
from dashboard.charts.lateness_rows import MARKED, lateness_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.panel import draw
from dashboard.pages.quality_scope import (
    Register,
    name_parts,
    provisional_of,
    say_origin,
    scope_of,
    window_of,
    write_rows,
)
from dashboard.pages.titles import NAMED
from dashboard.pages.view import View


def find_curve(view: View) -> pl.DataFrame:
    """The share of reports that had come by each day, a month against those before it."""
    window = window_of(view)
    return trace_arrivals(view.snapshot, scope_of(view), window.first, window.last)


def place_newest(curves: pl.DataFrame) -> str:
    """Where the newest month lies on its last day: `below`, `within` or `above` the earlier months, else `alone`."""
    _, share, before = compare_same_day(curves)
    if not before:
        return "alone"
    return "below" if share < min(before) else "above" if share > max(before) else "within"


def draw_curve(view: View, *, width: int) -> None:
    """The panel of the curve."""
    lang, curves, window = view.lang, find_curve(view), window_of(view)
    title, due = text("quality.arrival.title", lang), 0
    rows: list[list[object]] = []
    if curves.height:
        newest = fmt.short_period(window.last, window.last, lang)
        title = text(f"quality.arrival.title_{place_newest(curves)}", lang, month=newest, n=curves["month"].n_unique() - 1)
        due = curves.filter(month=window.last)["due"].max() or 0  # type: ignore[assignment]
        rows = [[r["day"], *(_percent(r[k]) for k in ("now", "low", "middle", "high"))] for r in _compare(curves).to_dicts()]
    sub = text("quality.arrival.sub", lang, month=fmt.month(window.last, lang))
    figure = arrival_curve(
        curves, lang=lang, width=width, height=350, provisional=window.last in provisional_of(view, "reporting_minutes")
    )
    table = write_rows(view, ("day", "newest", "lowest", "middle", "highest"), rows)
    origin = say_origin(view, "due", n=f"{due:,}")
    draw(view, Register("arrivals", "arrival", title, sub, origin, table).panel(view), figure)


def _compare(curves: pl.DataFrame) -> pl.DataFrame:
    """The newest month beside the range of the earlier ones, a row a day."""
    is_newest = pl.col("month") == curves["month"].max()
    share = pl.col("share")
    earlier = share.filter(~is_newest)
    return curves.group_by("day").agg(
        now=share.filter(is_newest).first(), low=earlier.min(), middle=earlier.median(), high=earlier.max()
    ).sort("day")  # fmt: skip


def find_lateness(view: View) -> pl.DataFrame:
    """How late each part's reports of the window came."""
    window = window_of(view)
    return measure_lateness(view.snapshot, scope_of(view, parts=True), window.first, window.last, view.parts)


def draw_lateness(view: View, *, width: int) -> None:
    """The panel of lateness by region."""
    lang, frame, window = view.lang, find_lateness(view), window_of(view)
    names = name_parts(view, frame["group"].to_list())
    late = [names.get(g or "", "") for g, s in frame.select("group", "late_share").iter_rows() if s >= MARKED]
    title = text("quality.late.title_none", lang)
    if late:
        tail = "_more" if len(late) > NAMED[lang] + 1 else ""
        listed = text("pages.title.and", lang).join(late[: NAMED[lang] + 1])
        title = text(f"quality.late.title{tail}", lang, names=listed, n=len(late))
    sub = text("quality.late.sub", lang, period=fmt.period(window.first, window.last, lang))
    figure = lateness_rows(
        frame.with_columns(pl.col("group").fill_null("")), names=names, lang=lang, width=width,
        header=text(f"pages.compare.{view.parts}", lang), row_height=18 if frame.height < 25 else 15,
    )  # fmt: skip
    rows = [
        [names.get(r["group"] or "", ""), f"{r['reports']:,}", _percent(r["late_share"]),
         *(fmt.number(r[q], 0, signed=True) for q in ("q05", "q25", "q50", "q75", "q95"))]
        for r in frame.iter_rows(named=True)
    ]  # fmt: skip
    table = write_rows(view, ("region", "reports", "late", "q05", "q25", "q50", "q75", "q95"), rows)
    origin = say_origin(view, "dated", n=f"{frame['reports'].sum():,}")
    panel = Register("lateness", "lateness", title, sub, origin, table, text("quality.late.key", lang)).panel(view)
    draw(view, panel, figure)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.1%}"
