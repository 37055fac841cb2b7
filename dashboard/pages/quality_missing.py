"""Missing reports: regions × months, a grid a ledger; the same as a table."""

from itertools import pairwise

import polars as pl

from dashboard.answers.quality import count_receipts, sum_receipts
from dashboard.charts.missing_grid import BREAKS, MARKED, Cell, Grid, missing_grid
from dashboard.charts.palette import MISSING
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.markup import esc
from dashboard.pages.panel import draw
from dashboard.pages.quality_scope import (
    UNPLACED,
    Register,
    name_ledgers,
    name_parts,
    provisional_of,
    say_origin,
    scope_of,
    window_months,
    window_of,
    write_rows,
)
from dashboard.pages.titles import NAMED
from dashboard.pages.view import View

# An indicator of each ledger, by which its provisional months are known.
INDICATOR_OF = {
    "meetings": "meetings", "documents": "documents", "inspections": "inspections", "staff": "headcount",
    "standing": "apps", "survey": "weekend_days",
}  # fmt: skip


def find_missing(view: View) -> pl.DataFrame:
    """Counts by part, month and ledger, with the share missing."""
    window = window_of(view)
    return sum_receipts(count_receipts(view.snapshot, scope_of(view, parts=True), window.first, window.last, view.parts),
                        "group", "month", "ledger")  # fmt: skip


def find_incomplete(view: View) -> list[str]:
    """Parts, in the order of codes, that lack as much over the months as marks a row of the grid."""
    sums = sum_receipts(find_missing(view), "group").filter(pl.col("missing_share") >= MARKED)
    return list(name_parts(view, sums["group"].to_list()).values())


def draw_grid(view: View, *, width: int) -> None:
    """The panel of the grids."""
    lang, counts, scope = view.lang, find_missing(view), scope_of(view, parts=True)
    names = name_parts(view, counts["group"].unique().to_list())
    whole = sum_receipts(counts, "month", "ledger")
    grids = [
        Grid(name_ledgers(view, ledger), _cells(counts.filter(ledger=ledger)) | _cells(whole.filter(ledger=ledger)),
             provisional_of(view, INDICATOR_OF[ledger]))
        for ledger in scope.ledgers
    ]  # fmt: skip
    place = view.name(view.region_of_parts)
    figure = missing_grid(
        grids, regions=names, whole=text("words.province", lang) if view.is_province else place, months=window_months(view),
        lang=lang, width=width,
    )  # fmt: skip
    window = window_of(view)
    found = find_incomplete(view)
    title = text("quality.grid.title_none", lang)
    if found:
        tail = "_more" if len(found) > NAMED[lang] + 1 else ""
        listed = text("pages.title.and", lang).join(found[: NAMED[lang] + 1])
        title = text(f"quality.grid.title{tail}", lang, names=listed, n=len(found))
    sub = text("quality.grid.sub", lang, period=fmt.period(window.first, window.last, lang))
    points = view.ask("meetings", region=view.region_of_parts, period=window)["n_points"][0] or 0
    origin = say_origin(view, "returns", n=f"{points:,}")
    panel = Register("missing", "coverage", title, sub, origin, _write(view, counts, names)).panel(view)
    draw(view, panel, figure, under=_write_key(view))


def _cells(counts: pl.DataFrame) -> dict[tuple[str | None, int], Cell]:
    grouped = "group" in counts.columns
    return {
        ((r["group"] or UNPLACED) if grouped else None, r["month"]): Cell(r["owed"], r["due"], r["reported"])
        for r in counts.iter_rows(named=True)
    }


def _write(view: View, counts: pl.DataFrame, names: dict[str, str]) -> str:
    """The share missing over the months, regions × ledgers."""
    sums = sum_receipts(counts, "group", "ledger")
    known = {(r["group"] or UNPLACED, r["ledger"]): r for r in sums.iter_rows(named=True)}
    whole = {r["ledger"]: r for r in sum_receipts(counts, "ledger").iter_rows(named=True)}
    ledgers = scope_of(view).ledgers
    rows = [[name, *(_share(known.get((code, x))) for x in ledgers)] for code, name in names.items()]
    rows.append([view.name(view.region_of_parts), *(_share(whole.get(x)) for x in ledgers)])
    return write_rows(view, ("region", *ledgers), rows)


def _share(row: dict[str, float] | None) -> str | None:
    return None if row is None or row["missing_share"] is None else f"{row['missing_share']:.1%}"


def _write_key(view: View) -> str:
    """The key of the grid, as words that wrap."""
    lang = view.lang
    ends = [str(round(100 * b)) for b in BREAKS]
    labels = [
        text("quality.grid.below", lang, share=ends[0]), *(f"{a}–{b}%" for a, b in pairwise(ends)),
        text("quality.grid.above", lang, share=ends[-1]),
    ]  # fmt: skip
    boxes = [f'<i style="background: {c}"></i>{esc(label)}' for c, label in zip(MISSING, labels, strict=True)]
    boxes += [f'<i class="{kind}"></i>{esc(text(f"quality.grid.{kind}", lang))}' for kind in ("gone", "not_due", "provisional")]
    said = "".join(f"<span>{box}</span>" for box in boxes)
    return (
        f'<p class="key"><span>{esc(text("quality.grid.legend", lang))}</span>{said}'
        f'<span class="end">{esc(text("quality.grid.corner", lang))}</span></p>'
    )
