"""Sentences under pictures that say, without statistics, what a rank set, a withheld order or a suppressed cell means."""

import polars as pl

from dashboard.i18n import absence, text
from dashboard.pages.view import View


def say_suppressed(view: View, frame: pl.DataFrame) -> str:
    """How many of the figures of a picture are suppressed and why, and that this is no 0; empty where none is."""
    if "status" not in frame.columns:
        return ""
    hidden = frame.filter(status="suppressed").to_dicts()
    if not hidden:
        return ""
    reasons = dict.fromkeys(absence.reason(row, view.lang) for row in hidden)
    why = text("pages.title.semicolon", view.lang).join(reasons)
    return text("pages.reading.suppressed", view.lang, n=len(hidden), why=why)


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
    values = {"region": view.name(first["group"]), "low": first["rank_low"], "high": first["rank_high"], "n": len(rows)}
    if max(r["rank_low"] for r in rows) <= min(r["rank_high"] for r in rows):
        return text("pages.reading.ranks_open", lang, **values)
    best = min(rows, key=lambda r: (r["rank_high"], r["rank"]))
    worst = max(rows, key=lambda r: (r["rank_low"], r["rank"]))
    surely = sum(a["rank_high"] < b["rank_low"] for a in rows for b in rows)
    return text(
        "pages.reading.ranks", lang, **values, best=view.name(best["group"]), worst=view.name(worst["group"]), surely=surely,
        pairs=len(rows) * (len(rows) - 1) // 2,
    )  # fmt: skip
