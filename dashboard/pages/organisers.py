"""The most frequent organisers or issuers that the sample points recorded: counts by level, in the order of names."""

import polars as pl

from dashboard.answers.organisers import count_organisers
from dashboard.i18n import format as fmt
from dashboard.i18n import text
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


def draw_organisers(view: View, ledger: str) -> None:
    """The panel: a table, since what is counted unweighted must not look like an estimate."""
    lang, frame, words = view.lang, find_organisers(view, ledger), "inspections.organisers"
    rows: list[list[object]] = []
    last = ""
    for row in frame.iter_rows(named=True):
        level = "" if row["level"] == last else LEVEL.label(row["level"], lang)
        last = row["level"]
        rows.append([level, row["organiser"], f"{row['rows']:,}", f"{row['points']:,}"])
    head = [text(f"inspections.organisers.head.{key}", lang) for key in ("level", "organiser", "rows", "points")]
    listed = counts.write_rows(head, rows, numbers_from=2)
    body = listed if rows else say_empty(text("inspections.empty", lang), text("inspections.empty_means", lang))
    period = fmt.period(view.period.first, view.period.last, lang)
    sub = text(f"{words}.sub", lang, period=period)
    panel = counts.panel_of(
        view, words, "organisers", text(f"{words}.title", lang), sub, origin=name_ledger(ledger, lang), rows=listed
    )
    draw(view, panel, body)
