"""How long answers take on a warm warehouse: `make bench-answers [ARGS=WAREHOUSE]` (the one of BURDEN_WAREHOUSE by default)."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from dashboard.answers import Request, answer, series
from dashboard.answers.alerts import find_alerts
from dashboard.answers.alerts.evidence import weigh
from dashboard.settings import Settings
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS

RUNS = 7


def main(warehouse: Path) -> None:
    """Print the median of several runs, wall and processor time, in milliseconds; what was read stays in memory."""
    snapshot = open_snapshot(warehouse)
    if snapshot.months is None:
        sys.exit("The warehouse holds no month with a report.")
    last = snapshot.months[1]
    year, quarter = months.shift(last, -35), months.shift(last, -2)
    questions: dict[str, Callable[[], object]] = {
        "every indicator, all cities, 36 months (promised: 500)": lambda: series(snapshot, list(INDICATORS), year, last),
    }
    for request in (
        Request("meetings", first=quarter, last=last),
        Request("meetings", first=quarter, last=last, compare="year"),
        Request("meetings", first=quarter, last=last, by="city", compare="year", rank="change"),
        Request("meetings", first=year, last=last, by="month"),
        Request("meetings", first=quarter, last=last, by="topic", compare="year"),
        Request("headcount", first=quarter, last=last, by="age_band", compare="year"),
        Request("under35_share", "411300", year, last, "month"),
        Request("meetings", first=quarter, last=last, by="county", compare="year", rank="change"),
    ):
        name = f"{request.indicator} by {request.by}, {months.iso(request.first or 0)} on, compare {request.compare}"
        questions[f"{name} (promised: 30)"] = lambda r=request: answer(snapshot, r)
    questions["alerts, once a snapshot (promised: 1500)"] = lambda: _find_alerts(snapshot)
    for name, ask in questions.items():
        ask()
        wall, processor = zip(*(_time(ask) for _ in range(RUNS)), strict=True)
        print(f"{sorted(wall)[RUNS // 2]:8.1f} ms  {sorted(processor)[RUNS // 2]:8.1f} ms cpu  {name}")


def _find_alerts(snapshot: Snapshot) -> None:
    """Anew, as for a snapshot whose marts are in memory."""
    weigh.cache_clear()
    find_alerts.clear()
    find_alerts(snapshot)


def _time(ask: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    ask()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Settings().warehouse)
