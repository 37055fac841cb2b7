"""Measures a deck of 20 slides on the demo province, pictures included: created, refreshed two months on, checked.

`python -m benchmarks.briefs --warehouse DIR [--repeat N]`; wall seconds, and CPU seconds of this process (without the
browser). The first round reads the marts of the snapshot and starts the browser that draws maps; the later ones are those
of a server at work.
"""

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dashboard import briefing
from dashboard.charts import render
from dashboard.warehouse import Snapshot, open_snapshot

PAIRS = ("meetings", "meeting_hours", "documents", "inspections", "burden_hours", "meeting_accompaniment_rate")
SLIDES = [
    {"chart": "cover", "indicators": ["meetings", "documents", "inspections", "burden_hours"]},
    {"chart": "changes", "indicators": ["meetings", "meeting_hours", "documents", "inspections", "burden_hours", "weekend_days"]},
    *({"chart": "pair", "indicator": i} for i in PAIRS),
    {"chart": "map", "indicator": "burden_hours"},
    {"chart": "map", "indicator": "documents"},
    {"chart": "control", "indicator": "meetings"},
    {"chart": "control", "indicator": "inspections"},
    {"chart": "shares", "indicator": "documents", "by": "carrier"},
    {"chart": "shares", "indicator": "meetings", "by": "level"},
    {"chart": "bars", "indicator": "burden_hours", "by": "point_type"},
    {"chart": "bars", "indicator": "reporting_minutes", "by": "point_type"},
    {"chart": "pyramid"},
    {"chart": "trend", "indicator": "felt_relief_share"},
    {"chart": "trend", "indicator": "upward_drain_rate"},
    {"chart": "method"},
]


def measure(name: str, work: Callable[[], Any]) -> Any:
    """Print wall and CPU seconds of some work."""
    wall, cpu = time.perf_counter(), _cpu()
    made = work()
    print(f"  {name}: {time.perf_counter() - wall:.2f} s wall, {_cpu() - cpu:.2f} s CPU")
    return made


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def take_round(snapshot: Snapshot) -> None:
    """Create, refresh and check the deck once."""
    outline = briefing.parse_outline({"slides": SLIDES}, snapshot)
    deck = measure("create", lambda: briefing.create(snapshot, outline, "zh", period=(202607, 202607)))
    done = measure("refresh", lambda: briefing.refresh(snapshot, deck.content, to=202609))
    measure("check", lambda: briefing.check(snapshot, done.content, date(2026, 11, 26)))
    print(f"  {deck.slides} slides, {done.report.charts} charts, {len(deck.content) / 1e6:.2f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warehouse", type=Path, default=Path("data/warehouse"))
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    snapshot = measure("open the snapshot", lambda: open_snapshot(options.warehouse))
    for n in range(options.repeat):
        print(f"round {n + 1}")
        take_round(snapshot)
    render.stop()


if __name__ == "__main__":
    main()
