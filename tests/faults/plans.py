"""Which deaths are tried: every point that was found, and first of all those that a refresh must have.

A list of steps that must be found keeps the suite honest: where a step can be seen no more, the suite fails.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.faults.points import Plan

STEPS = {
    "lock taken": r"writer\.lock",
    "leftovers cleared": r"clear_leftovers",
    "history restored": r"restore_runs",
    "damage looked for": r"damage\.find_damage$",
    "inputs gathered": r"inputs\.gather",
    "raw folder scanned": r"sources\.scan",
    "source file opened": r"open raw file",
    "source file read": r"ingest\.\w+\.read",
    "parsed file kept": r"cache\._store$",
    "parsed file put in place": r"^rename cache/.*/files/",
    "parsed file taken from the cache": r"cache\.find_kept$",
    "rows without a point conformed": r"conforming\.conform_shared$",
    "group of points conformed": r"edition\._conform_group$",
    "group of points counted": r"edition\._count_group$",
    "part of a table written": r"tables\.write_part$",
    "part put in place": r"^rename cache/.*/parts/",
    "part linked": r"^link cache/",
    "edition made": r"make_edition",
    "staging folder made": r"mkdir staging",
    "tables staged": r"publish\.stage$",
    "table written": r"tables\.write_table",
    "parquet file written": r"write_parquet|sink_parquet",
    "unchanged file linked": r"^link snapshots/",
    "snapshot verified": r"publish\.verify",
    "snapshot published": r"publish\.publish$",
    "manifest written": r"open for writing staging/.*manifest",
    "files made read-only": r"^chmod staging/",
    "table flushed": r"^fsync staging/.*parquet",
    "manifest flushed": r"^fsync staging/.*manifest",
    "snapshot renamed into place": r"^rename staging/<id> → snapshots/<id>",
    "snapshots flushed": r"^fsync snapshots$",
    "pointer drafted": r"open for writing current",
    "pointer replaced": r"^replace .*current\.json",
    "warehouse flushed": r"^fsync \.$",
    "run recorded": r"runs\.record$",
    "cache tidied": r"keep_only",
    "old snapshot put aside": r"^rename snapshots/<id> →",
    "old snapshot removed": r"^rmdir snapshots/",
    "old snapshots pruned": r"tidy\.prune",
}


@dataclass(frozen=True)
class Points:
    """What a refresh passed that nobody killed."""

    passes: dict[str, int]
    spans: dict[str, float]

    @classmethod
    def of(cls, trace: dict[str, Any]) -> "Points":
        """From a child's report."""
        return cls(trace["passes"], trace["spans"])

    @property
    def names(self) -> list[str]:
        """The points, in the order in which they were first passed."""
        return list(dict.fromkeys(key.split(" ", 1)[1] for key in self.passes))

    def find(self, pattern: str) -> list[str]:
        """The points whose name fits."""
        return [name for name in self.names if re.search(pattern, name)]

    def plan(self, name: str, dice: random.Random) -> Plan:
        """A death at a point: at one of its passes, at one of the moments that it has."""
        moments = [m for m in ("before", "after") if f"{m} {name}" in self.passes]
        if self.spans.get(name, 0.0) > 0.001:
            moments.append("during")
        moment = dice.choice(moments)
        passes = self.passes[f"{'before' if moment == 'during' else moment} {name}"]
        return Plan(name, moment, dice.randint(1, passes), dice.random() * self.spans.get(name, 0.0))


def list_missing_steps(points: Points) -> list[str]:
    """Steps that no point stands for."""
    return [step for step, pattern in STEPS.items() if not points.find(pattern)]


def choose(points: Points, count: int, dice: random.Random) -> Iterator[Plan]:
    """So many deaths: one at each step, one at each point, and again; within a round in any order."""
    left = count
    while left > 0:
        steps = [dice.choice(points.find(pattern)) for pattern in STEPS.values()]
        others = points.names
        dice.shuffle(steps)
        dice.shuffle(others)
        for name in [*steps, *others][:left]:
            yield points.plan(name, dice)
        left -= len(steps) + len(others)
