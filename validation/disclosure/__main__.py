"""`python -m validation.disclosure [WAREHOUSE]`: the whole attack, cube by cube. Exit code 1 where a cell is recovered."""

import sys
import time
from pathlib import Path

from dashboard.settings import Settings
from dashboard.warehouse import open_snapshot
from validation.disclosure.attack import recover
from validation.disclosure.offers import CUBES, collect, list_spans


def main(warehouse: Path) -> int:
    """Print cells shown, suppressed and recovered of each cube."""
    snapshot, total = open_snapshot(warehouse), 0
    if snapshot.months is None:
        sys.exit("The warehouse holds no month with a report.")
    spans = list_spans(*snapshot.months)
    for cube in CUBES:
        start = time.monotonic()
        cells = collect(snapshot, cube, spans)
        found = recover(snapshot, cells)
        shown = sum(c.is_shown for c in cells)
        total += len(found)
        words = f"{shown:,} shown, {len(cells) - shown:,} suppressed, {len(found)} recovered"
        sys.stdout.write(f"{cube.name} by {cube.axes}: {words}, {time.monotonic() - start:.0f} s\n")
        sys.stdout.writelines(f"  {cell.words}\n" for cell in found[:5])
        sys.stdout.flush()
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Settings().warehouse))
