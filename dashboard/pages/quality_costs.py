"""What reporting takes by ledger: plain averages of the minutes that returns state, and the columns each asks for."""

import polars as pl

from dashboard.answers.quality import average_minutes
from dashboard.charts.minutes_rows import LedgerCost, minutes_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.panel import draw
from dashboard.pages.quality_scope import Register, name_ledgers, say_origin, scope_of, write_rows
from dashboard.pages.view import View
from pipelines.contracts.ledgers import LEDGERS


def find_minutes(view: View) -> pl.DataFrame:
    """`ledger, returns, stated, minutes` of the period, and `minutes_before` where there is one to compare with."""
    scope = scope_of(view)
    now = average_minutes(view.snapshot, scope, view.period.first, view.period.last)
    if view.earlier is None:
        return now.with_columns(minutes_before=pl.lit(None, pl.Float64))
    before = average_minutes(view.snapshot, scope, view.earlier.first, view.earlier.last)
    return now.join(before.select("ledger", minutes_before="minutes"), on="ledger", how="left", validate="1:1")


def draw_ledgers(view: View, *, width: int) -> None:
    """The panel of minutes by ledger, in the order of the ledgers."""
    lang, known = view.lang, {r["ledger"]: r for r in find_minutes(view).iter_rows(named=True)}
    costs = [
        LedgerCost(name_ledgers(view, x), row["minutes"], row["minutes_before"], len(LEDGERS[x].columns))
        for x in scope_of(view).ledgers if (row := known.get(x))
    ]  # fmt: skip
    stated = [c for c in costs if c.minutes is not None]
    title = text("quality.cost.title_none", lang)
    if stated:
        most = max(stated, key=lambda c: c.minutes or 0)
        title = text("quality.cost.title", lang, ledger=most.name, minutes=fmt.number(most.minutes or 0, 0))
    tail = view.say_compared(f"quality.cost.{view.compared_as}") if view.earlier else ""
    sub = text("quality.cost.sub", lang, tail=tail, period=fmt.period(view.period.first, view.period.last, lang))
    compared, header = view.earlier is not None, text("quality.column.ledger", lang)
    figure = minutes_rows(costs, header=header, compared=compared, lang=lang, width=width)
    rows = [
        [c.name, *(None if v is None else fmt.number(v, 1) for v in (c.minutes, c.before)), c.columns] for c in costs
    ]
    table = write_rows(view, ("ledger", "minutes", "minutes_before", "asked"), rows)
    total, returns = sum(r["stated"] for r in known.values()), sum(r["returns"] for r in known.values())
    origin = say_origin(view, "stated", n=f"{total:,}", share=f"{total / returns:.0%}" if returns else "–")
    draw(view, Register("minutes", "minutes", title, sub, origin, table).panel(view), figure)
