"""From city to county to the points of a county: who they are, what they stand for, and which returns came month by month.

A list of units, never of people or of what a point reported: the figures of single points are for no list.
"""

import polars as pl

from dashboard.answers.quality import LEDGERS, Scope, count_returns, list_points
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages import counts
from dashboard.pages.markup import esc, link, table
from dashboard.pages.panel import draw, say_empty
from dashboard.pages.quality_scope import window_months, window_of
from dashboard.pages.sheet import box
from dashboard.pages.view import View
from pipelines.contracts import codes

NAME = "points"
WORDS = "region.points"


def find_points(view: View) -> pl.DataFrame:
    """A row a point of the region and month of the window, with what was due and what came; points never due once."""
    scope, window = _scope(view), window_of(view)
    returns = count_returns(view.snapshot, scope, window.first, window.last)
    return list_points(view.snapshot, scope, view.period.last).join(returns, on="point_id", how="left", maintain_order="left")


def draw_points(view: View) -> None:
    """The panel: a table of the parts, each the way to its own; in a county, and for a city's own units, the points."""
    lang, window = view.lang, window_of(view)
    frame = _in_use(find_points(view))
    known = frame.unique("point_id")
    if _lists_points(view):
        listed, content = known.height, _write_points(view, frame)
    else:
        own = frame.filter(pl.col("county_code").is_null()) if view.city else frame.clear()
        listed, content = own["point_id"].n_unique(), _write_parts(view, frame)
        if listed:
            content += f'<p class="under">{esc(text("region.points.own", lang))}</p>{_write_points(view, own)}'
    drawn = known.filter(selection="probability").height
    title = text("region.points.title", lang, region=view.name(), n=f"{drawn:,}", observed=known.height - drawn)
    sub = text("region.points.sub", lang, period=fmt.period(window.first, window.last, lang), ledgers=len(LEDGERS))
    sub += text("region.points.sub_list" if _lists_points(view) else f"region.points.sub_{view.parts}", lang)
    origin, note = text("region.points.origin", lang), text("region.points.note", lang) if listed else ""
    panel = counts.panel_of(view, WORDS, NAME, title, sub, origin=origin, rows=content, note=note)
    with box("across"):
        if known.is_empty():
            draw(view, panel, say_empty(text("words.pill.no_points", lang), text("region.points.none", lang)))
            return
        draw(view, panel, f'<div class="scroll">{content}</div>')


def _scope(view: View) -> Scope:
    return Scope(view.state.region, view.state.point_type)


def _lists_points(view: View) -> bool:
    """Has the region no parts but itself?"""
    return view.is_county or all(code == view.state.region for code in view.part_codes)


def _in_use(frame: pl.DataFrame) -> pl.DataFrame:
    """Points that were active in a month of the window."""
    return frame.filter(pl.col("month").is_not_null())


def _write_parts(view: View, frame: pl.DataFrame) -> str:
    """A row a part with its points and their returns; without points it says so."""
    lang = view.lang
    sums = frame.group_by(pl.col(f"{view.parts}_code").alias("part")).agg(
        pl.col("point_id").filter(selection="probability").n_unique().alias("drawn"),
        pl.col("point_id").filter(selection="purposive").n_unique().alias("observed"),
        pl.col("due").sum(), pl.col("reported").sum(),
    )  # fmt: skip
    known = {r["part"]: r for r in sums.iter_rows(named=True)}
    rows = []
    for code in (*view.part_codes, *([None] if None in known else [])):
        name = link(view.name(code), view.href(region=code)) if code else esc(text("region.points.own", lang))
        row = known.get(code)
        if row is None:
            rows.append([name, "0", "0", "–", "–", "–"])
            continue
        share = f"{row['reported'] / row['due']:.0%}" if row["due"] else "–"
        cells = [f"{row[key]:,}" for key in ("drawn", "observed", "due", "reported")]
        rows.append([name, *(esc(c) for c in cells), share])
    head = [text(f"pages.compare.{view.parts}", lang)]
    head += [text(f"region.points.{key}", lang) for key in ("drawn", "observed", "due", "reported", "share")]
    return table([esc(h) for h in head], rows)


def _write_points(view: View, frame: pl.DataFrame) -> str:
    """A row a point: id, name, kind, how it was chosen, stratum, weight, and a cell a month."""
    lang, months = view.lang, window_months(view)
    by_point: dict[str, dict[int, tuple[int, int]]] = {}
    for point, month, due, reported in frame.select("point_id", "month", "due", "reported").iter_rows():
        by_point.setdefault(point, {})[month] = (due, reported)
    rows = []
    for point in frame.unique("point_id", maintain_order=True).iter_rows(named=True):
        rows.append([
            esc(point["point_id"]), esc(point["point_name"] or ""), *_describe(view, point),
            *(_cell(by_point[point["point_id"]].get(m)) for m in months),
        ])  # fmt: skip
    head = [text(f"region.points.{key}", lang) for key in ("id", "name", "kind", "selection", "stratum", "weight")]
    heads = [esc(h) for h in head] + [f'<span class="iv">{esc(fmt.axis_month(m))}</span>' for m in months]
    return f'<div class="scroll">{table(heads, rows, numbers_from=5)}</div>'


def _describe(view: View, point: dict[str, object]) -> list[str]:
    lang, kind, selection = view.lang, str(point["point_type"]), str(point["selection"])
    label, chosen = codes.POINT_TYPE.label(kind, lang), codes.SELECTION.label(selection, lang)
    if selection != "probability" or point["units"] is None:
        return [esc(label), esc(chosen), "–", "–"]
    city = view.short(str(point["city_code"]))
    stratum = text("region.points.stratum_is", lang, city=city, kind=label, n=point["points"] or 0, units=f"{point['units']:,}")
    weight = point["weight"]
    return [esc(label), esc(chosen), esc(stratum), fmt.number(weight, 1) if isinstance(weight, float) else "–"]


def _cell(counted: tuple[int, int] | None) -> str:
    """`6/6` in grey, `4/6` in bold, `·` where nothing had fallen due, empty where the point was not active."""
    if counted is None:
        return ""
    due, reported = counted
    if not due:
        return '<span class="iv">·</span>'
    return f'<span class="iv">{reported}/{due}</span>' if reported == due else f"<b>{reported}/{due}</b>"
