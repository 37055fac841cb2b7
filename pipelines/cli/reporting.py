"""`burden status`: how reporting stands, as tables for people."""

import polars as pl
from rich.console import Console
from rich.table import Table

from pipelines.cli.texts import language, say
from pipelines.contracts import months
from pipelines.contracts.codes import RETURN_LEDGER
from pipelines.contracts.errors import REASON_WORDS, Reason
from pipelines.refresh.reporting import COUNTS, Reporting

REASONS_TOLD = 3
KINDS = ("late", "corrected", "withdrawn")


def show_reporting(state: Reporting, console: Console) -> None:
    """The whole region: the share reported by ledger in the last months, and over them what was late, awaited, contradictory."""
    if not state.months:
        return
    console.print(say("reporting.title", day=state.as_of.isoformat()))
    heads = [*(months.iso(m) for m in state.months), *(say(f"reporting.{c}") for c in ("late", "awaited", "contradictory"))]
    table = _head(say("column.ledger"), heads)
    for ledger in RETURN_LEDGER.codes:
        own = state.whole.filter(ledger=ledger)
        shares = [_share(own.filter(month=m), "reported", "due") for m in state.months]
        table.add_row(RETURN_LEDGER.label(ledger, language()), *shares, *_tell_rest(own))
    console.print(table)
    totals = state.rejections.group_by("reason").agg(pl.col("rows").sum())
    if totals.height:
        most = totals.sort(["rows", "reason"], descending=[True, False]).head(REASONS_TOLD)
        said = [f"{REASON_WORDS[Reason(reason)][language() != 'zh']} {rows:,}" for reason, rows in most.iter_rows()]
        console.print(say("reporting.reasons", reasons=say("reporting.comma").join(said)))
    if state.revisions.height:
        counts = dict(state.revisions.group_by("kind").agg(pl.col("point_months").sum()).iter_rows())
        sums = {kind: f"{counts.get(kind, 0):,}" for kind in KINDS}
        console.print(say("reporting.revised", snapshot=state.revisions["snapshot"][0], **sums))


def show_regions(state: Reporting, console: Console) -> None:
    """Regions by code: the share reported over the last months by ledger, what was late and awaited, and rejected rows."""
    if not state.months:
        return
    console.print(say("reporting.by_region", months=f"{months.iso(state.months[0])}–{months.iso(state.months[-1])}"))
    labels = [RETURN_LEDGER.label(x, language()) for x in RETURN_LEDGER.codes]
    rest = [say(f"reporting.{c}") for c in ("late", "awaited", "contradictory", "rejected")]
    table = _head(say("reporting.region"), [*labels, *rest])
    rejected = dict(state.rejections.group_by("region_code").agg(pl.col("rows").sum()).iter_rows())
    for code in [c for c in state.coverage["region_code"].unique().sort() if c != state.region]:
        table.add_row(f"{code} {state.names.get(code, '')}", *_tell_region(state, code), f"{rejected.get(code, 0):,}")
    table.add_row(say("reporting.whole"), *_tell_region(state, state.region), f"{sum(rejected.values()):,}")
    console.print(table)
    if rejected.get(None):
        console.print(say("reporting.unknown", count=rejected[None]))


def _tell_region(state: Reporting, code: str) -> list[str]:
    own = state.coverage.filter(region_code=code)
    return [*(_share(own.filter(ledger=x), "reported", "due") for x in RETURN_LEDGER.codes), *_tell_rest(own)]


def _tell_rest(counts: pl.DataFrame) -> list[str]:
    late = _share(counts, "late", "dated")
    return [f"{late}%" if late != "–" else late, *(f"{counts[c].sum():,}" for c in ("awaited", "contradictory"))]


def _head(first: str, columns: list[str]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", overflow="fold")
    return table


def _share(counts: pl.DataFrame, part: str, whole: str) -> str:
    sums = counts.select(pl.col(COUNTS).sum()).row(0, named=True)
    return f"{100 * sums[part] / sums[whole]:.1f}" if sums[whole] else "–"
