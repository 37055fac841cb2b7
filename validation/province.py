"""A quiet province through the whole pipeline, as a population: every indicator of every point, with no effect planted in it.

`burden demo` writes it with as many points as it allows, `burden refresh` publishes it; its points are then the units from
which samples are drawn. Nothing changes there from one year to the next but by chance.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from dashboard.answers import Request
from dashboard.answers.alerts.claims import Claim, list_moves, list_rises
from dashboard.answers.alerts.evidence import window_length
from dashboard.answers.domains import find_domains
from dashboard.answers.periods import Panel
from dashboard.answers.values import read_values
from dashboard.estimates.design import Floats, Ints
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Kind
from pipelines.demo import Scheme, write_scheme
from pipelines.refresh import refresh

LAST_MONTH, TODAY = 202610, date(2026, 11, 22)
LAST = 202609  # the last settled month
POINTS, SEED = 5000, 7001


@dataclass(frozen=True)
class Column:
    """A claim on the points that reported in both windows: `point`, and by point (before, now) num, den, counts and months."""

    claim: Claim
    is_mean: bool
    point: Ints
    num: Floats
    den: Floats
    counted: Floats
    months: Floats


@dataclass(frozen=True)
class Quiet:
    """The points as a population: stratum and city of each, the names of the cities, and the columns by claim."""

    stratum: Ints
    city: Ints
    cities: list[str]
    columns: dict[Claim, Column]


@contextmanager
def open_quiet(folder: Path | None) -> Iterator[Quiet]:
    """The quiet province in a folder, made there where it is not yet; in a temporary one without."""
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        if not (place / "warehouse" / "current.json").exists():
            write_scheme(place / "raw", Scheme(LAST_MONTH, POINTS, 36, SEED, quiet=True))
            refresh(place / "raw", place / "warehouse", today=TODAY)
        yield read_quiet(open_snapshot(place / "warehouse"))


def read_quiet(snapshot: Snapshot) -> Quiet:
    """Every claim of the alerts, in both windows, for every point."""
    domains = find_domains(snapshot, Request("meetings", by="city"))
    claims = [*list_rises(), *(c for move in list_moves() for c in (move.falls, move.rises))]
    stratum = snapshot.points["stratum_index"].to_numpy().astype(np.int64)
    cities = [str(label) for label in domains.labels]
    return Quiet(stratum, domains.of_point, cities, {claim: _read(snapshot, claim) for claim in claims})


def _read(snapshot: Snapshot, claim: Claim) -> Column:
    indicator = INDICATORS[claim.indicator]
    request = Request(claim.indicator, by="city", where=claim.where)
    now = Panel("now", months.shift(LAST, 1 - window_length(claim.indicator)), LAST)
    windows = [now.shifted(-months.MONTHS_A_YEAR), now]
    values = read_values(snapshot, indicator, request, windows, find_domains(snapshot, request), snapshot.policy.constants)
    earlier, later = (np.flatnonzero(values.panel == panel) for panel in (0, 1))
    point, first, second = np.intersect1d(values.point[earlier], values.point[later], return_indices=True)
    rows = np.stack([earlier[first], later[second]])
    return Column(
        claim, indicator.kind is Kind.MEAN, point,
        *(getattr(values, name)[rows] for name in ("num", "den", "counted", "months")),
    )  # fmt: skip
