"""Measures a full refresh of many meetings, and a correction of one city-month, beside bare Polars on the same file.

`python -m benchmarks.refresh [--rows N] [--folder DIR]`; every step runs in a process of its own, whose CPU time and peak
memory the operating system states.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

from benchmarks.province import CITIES, write_province

ROOT = Path(__file__).parents[1]
START_UP = 1.5


def measure(code: str, *words: object) -> tuple[float, float]:
    """CPU seconds (with children) and peak memory in GB of some Python code."""
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, words)], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6


def correct(raw: Path, meetings: Path) -> None:
    """One city's meetings of one month once more, an attendee more each."""
    city_month = pl.scan_csv(meetings, infer_schema=False).filter(
        pl.col("样本点编码").str.starts_with(CITIES[0]), pl.col("会议日期").str.starts_with("2026-06"),
    ).with_columns((pl.col("参会人数").cast(pl.Int64) + 1).cast(pl.String)).collect(engine="streaming")  # fmt: skip
    city_month.write_csv(raw / "更正.csv")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--folder", type=Path, help="where the files are made (default: a temporary folder)")
    chosen = options.parse_args()
    bare = "import sys; from pathlib import Path; from benchmarks.bare import partition; partition(*map(Path, sys.argv[1:]))"
    refresh = (
        "import sys; from datetime import date; from pathlib import Path; from pipelines.refresh import refresh; "
        "refresh(Path(sys.argv[1]), Path(sys.argv[2]), today=date(2026, 12, 31), full=sys.argv[3] == 'full')"
    )
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        raw, warehouse = Path(folder, "raw"), Path(folder, "warehouse")
        meetings = write_province(raw, chosen.rows)
        yardstick, yardstick_memory = measure(bare, meetings, Path(folder, "bare"))
        full, memory = measure(refresh, raw, warehouse, "full")
        correct(raw, meetings)
        again, again_memory = measure(refresh, raw, warehouse, "changed")
    print(f"rows                {chosen.rows:>12,}")
    print(f"bare Polars         {yardstick:>10.1f} s CPU {yardstick_memory:6.2f} GB")
    print(f"full refresh        {full:>10.1f} s CPU {memory:6.2f} GB   {full / yardstick:.2f} x bare (3 x allowed)")
    print(f"one city-month      {again:>10.1f} s CPU {again_memory:6.2f} GB   {0.05 * full + START_UP:.1f} s allowed")


if __name__ == "__main__":
    main()
