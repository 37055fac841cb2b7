"""The last refresh: where every input row went, and what a refresh that was held back says."""

from datetime import datetime

import polars as pl

from dashboard.i18n import text
from dashboard.pages.freshness import find_trouble
from dashboard.pages.markup import esc
from dashboard.pages.panel import draw, name_ledger
from dashboard.pages.quality_scope import Register, say_origin, write_rows
from dashboard.pages.view import View
from pipelines.contracts.ledgers import LEDGERS

LEAST_SHOWN = 0.001  # of the bar: what is there is seen
ENDS = ("accepted", "superseded", "duplicate", "quarantined")


def draw_trouble(view: View) -> str:
    """HTML of the sentence of the last run, where what it found was not published; else nothing."""
    run = find_trouble(view)
    if run is None:
        return ""
    said = text(f"quality.run.{run.outcome}", view.lang, time=f"{run.started_at:%Y-%m-%d %H:%M}")
    return f'<p class="note" role="alert"><b>{esc(said)}</b> {esc(run.zh if view.lang == "zh" else run.en)}</p>'


def find_accounting(view: View) -> pl.DataFrame:
    """Rows in and their four ends, a row a ledger."""
    ledgers = view.snapshot.manifest["ledgers"]
    return pl.DataFrame([{"ledger": name, **ledgers[name]} for name in LEDGERS if name in ledgers])


def draw_accounting(view: View) -> None:
    """The bar of where the rows went."""
    lang, manifest = view.lang, view.snapshot.manifest
    rows = manifest["rows"]
    run = view.snapshot.query("SELECT seconds FROM refresh_run ORDER BY started_at DESC LIMIT 1")
    published = datetime.fromisoformat(str(manifest["published_at"]))
    seconds = int(run["seconds"][0]) if run.height else 0
    took = {"minutes": seconds // 60, "seconds": seconds % 60}
    title = text("quality.intake.title", lang, time=f"{published:%Y-%m-%d %H:%M}", **took)
    files = view.snapshot.query(
        'SELECT count(DISTINCT file) AS files, count(DISTINCT file) FILTER ("row" IS NULL) AS whole FROM quarantine'
    ).row(0, named=True)
    counts = {"files": len(manifest["sources"]), "some": files["files"] - files["whole"], "whole": files["whole"]}
    sub = text("quality.intake.sub", lang, **counts)
    cells = [
        [name_ledger(r["ledger"], lang), *(f"{r[end]:,}" for end in ("in", *ENDS))]
        for r in find_accounting(view).iter_rows(named=True)
    ]
    table = write_rows(view, ("ledger", "in", *ENDS), cells)
    panel = Register("accounting", "accounting", title, sub, say_origin(view, "folder"), table).panel(view)
    draw(view, panel, _write_bar(view, rows))


def _write_bar(view: View, rows: dict[str, int]) -> str:
    lang, whole = view.lang, max(rows["in"], 1)
    adds_up = rows["in"] == sum(rows[end] for end in ENDS)
    equation = text("quality.intake.equation", lang, **{k: f"{rows[k]:,}" for k in ("in", *ENDS)})
    check = text(f"quality.intake.{'adds_up' if adds_up else 'differs'}", lang)
    sizes = {end: max(rows[end] / whole, LEAST_SHOWN) for end in ENDS if rows[end]}
    pieces = "".join(f'<span class="{end}" style="flex-grow: {size:.5f}"></span>' for end, size in sizes.items())
    shares = " · ".join(f"{text(f'quality.column.{end}', lang)} {_percent(rows[end] / whole)}" for end in ENDS)
    return (
        f'<div class="intake"><p class="sum"><span>{esc(equation)}</span>'
        f'<b class="{"lighter" if adds_up else "heavier"}">{esc(check)}</b></p>'
        f'<div class="bar" role="img" aria-label="{esc(shares)}">{pieces}</div>'
        f'<p class="sum soft"><span>{esc(text("quality.intake.kept", lang))}</span><span>{esc(shares)}</span></p></div>'
    )


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 or not share else f"{share:.3%}"
