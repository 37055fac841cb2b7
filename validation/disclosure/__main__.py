"""`python -m validation.disclosure [WAREHOUSE]`: the whole attack, cube by cube. Exit code 1 where a cell is recovered.

First over every period as sums; then point by point with exact weights, over every period of the last nine months that are cut
fine, and with the changes of every quarter against a year earlier and the quarter before.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dashboard.disclosure import last_released
from dashboard.settings import Settings
from dashboard.warehouse import open_snapshot
from pipelines.contracts import months
from validation.disclosure.attack import recover
from validation.disclosure.offers import CUBES, Cell, Cube, collect, list_spans
from validation.disclosure.points import Figure, collect_changes, read_cells, recover_exactly

EXACT = (
    Cube("people", "headcount", ()), Cube("people", "headcount", ("gender",)), Cube("people", "headcount", ("post_type",)),
    Cube("people", "headcount", ("age_band",)), Cube("flows", None, ("move",)), Cube("ages", "mean_age", ("gender",)),
    Cube("vacancies", "vacancy_rate", ()),
)  # fmt: skip
EXACT_MONTHS = 9


def main(warehouse: Path) -> int:
    """Print what is shown, suppressed and recovered of each cube."""
    snapshot = open_snapshot(warehouse)
    if snapshot.months is None:
        sys.exit("The warehouse holds no month with a report.")
    total, spans, last = 0, list_spans(*snapshot.months), last_released(snapshot)
    for cube in CUBES:
        start = time.monotonic()
        cells = collect(snapshot, cube, spans)
        total += _tell(f"{cube.name} by {cube.axes}", cells, recover(snapshot, cells, cube.universe), start)
    if not last:
        return 1 if total else 0
    recent = list_spans(max(snapshot.months[0], months.shift(last, 1 - EXACT_MONTHS)), last)
    for cube in EXACT:
        start = time.monotonic()
        figures = read_cells(snapshot, collect(snapshot, cube, recent), cube.universe)
        total += _tell(f"point by point, {cube.name} by {cube.axes}", figures, recover_exactly((snapshot, figures)), start)
    quarters = [(m, months.shift(m, 2)) for m in months.span(snapshot.months[0], months.shift(last, -2)) if m % 100 % 3 == 1]
    pairs = [*zip(quarters[4:], quarters, strict=False), *zip(quarters[1:], quarters, strict=False)]
    for cube in EXACT[:2]:
        start = time.monotonic()
        figures = [*read_cells(snapshot, collect(snapshot, cube, quarters)), *collect_changes(snapshot, cube, pairs)]
        found = recover_exactly((snapshot, figures))
        total += _tell(f"point by point, changes of {cube.name} by {cube.axes}", figures, found, start)
    return 1 if total else 0


def _tell(name: str, figures: Sequence[Cell | Figure], found: Sequence[Cell | Figure], start: float) -> int:
    shown = sum(f.hidden is None for f in figures)
    words = f"{shown:,} shown, {len(figures) - shown:,} suppressed, {len(found)} recovered"
    sys.stdout.write(f"{name}: {words}, {time.monotonic() - start:.0f} s\n")
    sys.stdout.writelines(f"  {f.words}\n" for f in found[:5])
    sys.stdout.flush()
    return len(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Settings().warehouse))
