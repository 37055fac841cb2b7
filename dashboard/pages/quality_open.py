"""Reports that need a person one by one, and what the purposive points sent, which is counted apart."""

import polars as pl

from dashboard.answers.quality import count_receipts, list_open, sum_receipts
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.markup import esc
from dashboard.pages.panel import draw, say_empty
from dashboard.pages.quality_scope import Register, name_ledgers, say_origin, scope_of, window_of, write_rows
from dashboard.pages.sheet import box
from dashboard.pages.view import View

ROWS_SHOWN = 15
OPEN_COLUMNS = ("kind", "city", "county", "point", "month", "ledger", "submitted")


def find_open(view: View) -> pl.DataFrame:
    """Returns whose rows are awaited, and nil returns beside rows, the newest month first."""
    window = window_of(view)
    return list_open(view.snapshot, scope_of(view), window.first, window.last)


def count_open(view: View) -> tuple[int, int]:
    """How many are awaited, how many contradictory."""
    kinds = find_open(view)["kind"]
    return int((kinds == "awaited").sum()), int((kinds == "contradictory").sum())


def tail_of(awaited: int, contradictory: int) -> str:
    """The end of the key of a sentence that names only what there is."""
    if awaited and contradictory:
        return ""
    return "_awaited" if awaited else "_contradictory" if contradictory else "_none"


def draw_open(view: View) -> None:
    """The panel of the list."""
    lang, frame, window = view.lang, find_open(view), window_of(view)
    awaited, contradictory = count_open(view)
    key = f"quality.open.title{tail_of(awaited, contradictory)}"
    title = text(key, lang, awaited=f"{awaited:,}", contradictory=contradictory)
    sub = text("quality.open.sub", lang, period=fmt.period(window.first, window.last, lang))
    rows = [_describe(view, r) for r in frame.head(500).iter_rows(named=True)]
    body = f'<div class="scroll">{write_rows(view, OPEN_COLUMNS, rows[:ROWS_SHOWN], numbers_from=9)}</div>'
    if not rows:
        body = say_empty(text("quality.open.none", lang), text("quality.open.none_means", lang))
    note = text("quality.open.more", lang, n=f"{frame.height:,}") if frame.height > ROWS_SHOWN else ""
    listed = write_rows(view, OPEN_COLUMNS, rows, numbers_from=9)
    panel = Register("open", "open", title, sub, say_origin(view, "plain"), listed, note).panel(view)
    draw(view, panel, body)


def _describe(view: View, row: dict[str, object]) -> list[object]:
    county = row["county_code"]
    return [
        text(f"quality.open.{row['kind']}", view.lang), view.short(str(row["city_code"])),
        view.short(str(county)) if county else text("quality.own_units", view.lang), row["point_id"],
        fmt.axis_month(int(str(row["month"]))), name_ledgers(view, str(row["ledger"])), row["submitted_on"],
    ]  # fmt: skip


def find_observed(view: View) -> pl.DataFrame:
    """What the purposive points owed and sent in the window, a row a ledger."""
    window = window_of(view)
    counts = count_receipts(view.snapshot, scope_of(view, selection="purposive"), window.first, window.last, view.parts)
    return sum_receipts(counts, "ledger")


def draw_observed(view: View) -> None:
    """The grey panel of the observation points."""
    lang, frame, window = view.lang, find_observed(view), window_of(view)
    title = text(f"quality.observed.title{'' if frame.height else '_none'}", lang)
    known = {r["ledger"]: r for r in frame.iter_rows(named=True)}
    rows = [
        [name_ledgers(view, x), f"{r['due']:,}", f"{r['due'] - r['reported']:,}",
         None if r["missing_share"] is None else f"{r['missing_share']:.1%}", r["awaited"]]
        for x in scope_of(view).ledgers if (r := known.get(x))
    ]  # fmt: skip
    table = write_rows(view, ("ledger", "due", "missing", "missing_share", "awaited"), rows)
    sub = text("quality.observed.sub", lang, period=fmt.period(window.first, window.last, lang))
    with box("observed"):
        panel = Register("observed", "observed", title, sub if rows else "", say_origin(view, "plain"), table).panel(view)
        draw(view, panel, table if rows else f'<p class="why">{esc(text("quality.observed.none", lang))}</p>')
