"""Revisions: what estimates of the last months became since they were first published."""

import polars as pl

from dashboard.answers.quality import compare_first, count_revisions, list_kept
from dashboard.charts.revisions import revisions
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import measure
from dashboard.pages.markup import esc
from dashboard.pages.panel import draw, say_empty
from dashboard.pages.quality_scope import Register, window_of, write_rows
from dashboard.pages.view import View

INDICATOR = "meetings"
KINDS = ("late", "corrected", "withdrawn")


def find_revisions(view: View) -> pl.DataFrame:
    """`month, first, latest, …` of the indicator that is watched."""
    window = window_of(view)
    return compare_first(
        view.snapshot, INDICATOR, view.state.region, view.state.point_type, window.first, window.last
    )


def draw_revisions(view: View, *, width: int) -> None:
    """The panel of revisions; where no earlier snapshot is kept, the reason."""
    lang, how, kept = view.lang, measure(INDICATOR), list_kept(view.snapshot)
    frame = find_revisions(view)
    known = frame.drop_nulls("first")
    window = window_of(view)
    sub = text("quality.revision.sub", lang, indicator=how.name(lang), unit=how.unit_label(lang), kept=len(kept),
               period=fmt.period(window.first, window.last, lang))  # fmt: skip
    rows = [
        [fmt.month(r["month"], lang), fmt.number(r["latest"], 2), None if r["first"] is None else fmt.number(r["first"], 2),
         None if r["first"] is None else fmt.number(r["latest"] - r["first"], 2, signed=True), r["first_snapshot"]]
        for r in frame.iter_rows(named=True)
    ]  # fmt: skip
    table = write_rows(view, ("month", "latest", "first", "revision", "snapshot"), rows)
    origin = text("quality.origin.snapshots", lang, n=len(kept))
    if known.is_empty():
        title = text("quality.revision.title_none", lang)
        reason = text(f"quality.revision.{'single' if len(kept) < 2 else 'no_earlier'}", lang, n=len(kept))
        figure = say_empty(text("quality.revision.pill", lang), reason)
        draw(view, Register("revisions", "revision", title, sub, origin, table).panel(view), figure, under=_say_changes(view))
        return
    title = _title(view, known)
    draw(view, Register("revisions", "revision", title, sub, origin, table).panel(view),
         revisions(frame, how, lang=lang, width=width), under=_say_changes(view))  # fmt: skip


def mean_revision(known: pl.DataFrame) -> tuple[float, float]:
    """Of months with a first value: the mean size of a revision, and half the mean width of the intervals."""
    sizes = known.select((pl.col("latest") - pl.col("first")).abs().mean(), ((pl.col("ci_high") - pl.col("ci_low")) / 2).mean())
    size, half = sizes.row(0)
    return float(size or 0), float(half or 0)


def _title(view: View, known: pl.DataFrame) -> str:
    """The months whose revision exceeds half the width of their interval, or that none does."""
    gap, half = (pl.col("latest") - pl.col("first")).abs(), (pl.col("ci_high") - pl.col("ci_low")) / 2
    large = known.filter(gap > half)["month"].to_list()
    if not large:
        return text("quality.revision.title_small", view.lang, n=known.height)
    listed = text("pages.title.and", view.lang).join(fmt.axis_month(m) for m in large[:3])
    return text("quality.revision.title_large", view.lang, months=listed, n=len(large))


def _say_changes(view: View) -> str:
    """What the latest snapshot with revisions changed, by kind, where the warehouse keeps that."""
    counted = count_revisions(view.snapshot)
    if counted is None or counted.is_empty():
        return ""
    newest = counted.filter(snapshot=counted["snapshot"].max())
    sums = dict(newest.group_by("kind").agg(pl.col("point_months").sum()).iter_rows())
    counts = {kind: f"{sums.get(kind, 0):,}" for kind in KINDS}
    said = text("quality.revision.changed", view.lang, snapshot=newest["snapshot"][0], **counts)
    return f'<p class="remark">{esc(said)}</p>'
