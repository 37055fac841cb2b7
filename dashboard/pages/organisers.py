"""The most frequent organisers or issuers that the sample points recorded: counts by level, in the order of names."""

from functools import partial

import polars as pl

from dashboard.answers.organisers import count_organisers
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.pages import counts
from dashboard.pages.panel import draw, name_ledger, say_empty
from dashboard.pages.view import View
from pipelines.contracts.codes import LEVEL

MOST, MOST_OF_ONE = 5, 12


def find_organisers(view: View, ledger: str) -> pl.DataFrame:
    """`level, organiser, rows, points`: five of each level, twelve where one level is asked for."""
    where = counts.filters_of(view)
    most = MOST_OF_ONE if any(column == "level" for column, _ in where) else MOST
    period = view.period
    return count_organisers(view.snapshot, ledger, counts.scope_of(view), period.first, period.last, where, most)


def organisers_of(ledger: str) -> partial[pl.DataFrame]:
    """The table of such a picture, for the list of a page."""
    return partial(find_organisers, ledger=ledger)


def draw_organisers(view: View, ledger: str) -> None:
    """The panel: a table, since what is counted unweighted must not look like an estimate."""
    lang, frame = view.lang, find_organisers(view, ledger)
    rows: list[list[object]] = []
    last = ""
    for row in frame.iter_rows(named=True):
        level = "" if row["level"] == last else LEVEL.label(row["level"], lang)
        last = row["level"]
        rows.append([level, row["organiser"], f"{row['rows']:,}", f"{row['points']:,}"])
    head = [text(f"organisers.head.{key}", lang) for key in ("level", "organiser", "rows", "points")]
    listed = counts.write_rows(head, rows, numbers_from=2)
    known = view.ask(ledger).row(0, named=True)  # each of these ledgers has a count of its own name
    is_zero = absence.is_drawn(known)
    word = "0" if is_zero else absence.pill(known, lang)
    body = listed if rows else say_empty(word, text("organisers.empty", lang) if is_zero else absence.reason(known, lang))
    period = fmt.period(view.period.first, view.period.last, lang)
    title, sub = text(f"organisers.title.{ledger}", lang), text("organisers.sub", lang, period=period)
    panel = counts.panel_of(view, "organisers.panel", "organisers", title, sub, origin=name_ledger(ledger, lang), rows=listed)
    draw(view, panel, body)
