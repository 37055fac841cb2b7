"""Sentences under pictures that say, without statistics, what a rank set, a withheld order or a suppressed cell means."""

import polars as pl

from dashboard.answers import find_quarter
from dashboard.i18n import absence, text
from dashboard.i18n import format as fmt
from dashboard.pages.markup import esc, link
from dashboard.pages.period import Period
from dashboard.pages.view import View


def write_suppressed(view: View, frame: pl.DataFrame) -> str:
    """HTML: how many of the figures of a picture are suppressed and why, and that this is no 0; empty where none is.

    Where they are shown by calendar quarter alone, or not yet, the way to the last quarter follows.
    """
    if "status" not in frame.columns:
        return ""
    hidden = frame.filter(status="suppressed").to_dicts()
    if not hidden:
        return ""
    reasons = dict.fromkeys(absence.reason(row, view.lang) for row in hidden)
    why = text("pages.title.semicolon", view.lang).join(reasons)
    said = esc(text("pages.reading.suppressed", view.lang, n=len(hidden), why=why))
    early = any(r["reason"] in ("by_quarter", "not_final") for r in hidden)
    quarter = find_quarter(view.snapshot, view.period.last) if early else None
    if quarter and Period(*quarter) != view.period:
        told = text("pages.reading.quarter", view.lang, period=fmt.period(*quarter, view.lang))
        said += " " + link(told, view.href(period=Period(*quarter)))
    return said


def say_ranks(view: View, frame: pl.DataFrame) -> str:
    """What the rank sets of regions allow to be said, by an example; where the order is withheld, why."""
    lang = view.lang
    withheld = frame.filter(status="withheld")
    if withheld.height:
        return text("pages.reading.withheld", lang, reason=absence.reason(withheld.row(0, named=True), lang))
    rows = [r for r in frame.iter_rows(named=True) if r["rank"] is not None]
    if len(rows) < 2:
        return ""
    first = min(rows, key=lambda r: (r["rank"], r["group"]))
    values = {"region": view.name(first["group"]), "low": first["rank_low"], "high": first["rank_high"]}
    surely = sum(r["rank_low"] - 1 for r in rows)  # a set begins after the regions that are surely better
    if not surely:
        return text("pages.reading.ranks_open", lang, **values, n=len(rows))
    last = max(rows, key=lambda r: (r["rank_low"], r["rank"]))
    return text(
        "pages.reading.ranks", lang, **values, pairs=len(rows) * (len(rows) - 1) // 2, surely=surely,
        last=view.name(last["group"]), behind=last["rank_low"] - 1,
    )  # fmt: skip
