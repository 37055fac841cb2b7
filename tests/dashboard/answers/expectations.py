"""Reads `args,field,value` tables and compares them with answers; shared by the two reference tests."""

import csv
import math
import shlex
from collections import defaultdict
from pathlib import Path

from dashboard.answers import answer
from dashboard.cli.batch import parse_line
from dashboard.warehouse import Snapshot


def read_expected(path: Path) -> dict[str, dict[str, float]]:
    """Request → field → value."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            table[row["args"]][row["field"]] = float(row["value"])
    return dict(table)


def disagreements(snapshot: Snapshot, expected: dict[str, dict[str, float]]) -> list[str]:
    """A line for every value that differs by more than 1e-9 relative."""
    found = []
    for args, fields in expected.items():
        record = answer(snapshot, parse_line(snapshot, args)).to_dicts()[0]
        for field, value in fields.items():
            got = record[field]
            if got is None or not math.isclose(got, value, rel_tol=1e-9, abs_tol=1e-12):
                found.append(f"{shlex.join(shlex.split(args))}: {field} is {got}, expected {value}")
    return found
