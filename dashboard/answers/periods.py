"""Periods: panels of whole months, which are provisional, and the default period (DATA.md §2, §5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import Indicator
from pipelines.contracts.statistics import UNIVERSES

DEFAULT_MONTHS = 3


@dataclass(frozen=True)
class Panel:
    """A period to estimate: its label (null for the whole period), first and last month."""

    label: str | None
    first: int
    last: int

    def shifted(self, by: int) -> "Panel":
        """The same months, `by` months later."""
        return Panel(self.label, months.shift(self.first, by), months.shift(self.last, by))


def split_panels(by: str | None, first: int, last: int) -> list[Panel]:
    """One panel a month, quarter or year of the period (cut to it), or the whole period as one."""
    if by not in ("month", "quarter", "year"):
        return [Panel(None, first, last)]
    labels: dict[str, Callable[[int], str]] = {
        "month": months.iso, "quarter": months.quarter, "year": lambda m: str(m // 100),
    }  # fmt: skip
    label = labels[by]
    groups: dict[str, list[int]] = {}
    for month in months.span(first, last):
        groups.setdefault(label(month), []).append(month)
    return [Panel(key, group[0], group[-1]) for key, group in groups.items()]


def earlier_panels(request: Request, panels: list[Panel], first: int, last: int) -> list[Panel]:
    """The earlier period of each panel. Raises RequestError where the two cannot be paired."""
    if request.compare == "year":
        return [p.shifted(-months.MONTHS_A_YEAR) for p in panels]
    assert isinstance(request.compare, tuple)  # noqa: S101 - the caller asks only where there is a comparison
    start, end = request.compare
    if months.ordinal(end) >= months.ordinal(last) or months.ordinal(start) >= months.ordinal(first):
        raise RequestError("对比期须早于本期。", "The period to compare with must be earlier.")
    if len(panels) == 1 and panels[0].label is None:
        return [Panel(None, start, end)]
    shift = months.ordinal(start) - months.ordinal(first)
    if months.ordinal(end) - months.ordinal(start) != months.ordinal(last) - months.ordinal(first):
        raise RequestError("按月、季、年分组时，对比期须与本期等长。",
                           "By month, quarter or year the period to compare with must be as long.")
    return [p.shifted(shift) for p in panels]


def due_day(snapshot: Snapshot, ledger: str, month: int) -> date:
    """The day by which the ledger of a month is due: in the next month."""
    return snapshot.policy.due.find_day(ledger, month)


def is_due(snapshot: Snapshot, indicator: Indicator, month: int) -> bool:
    """Had every ledger of the indicator fallen due for that month when the snapshot was made?"""
    return all(due_day(snapshot, ledger, month) <= snapshot.as_of for ledger in UNIVERSES[indicator.universe])


def is_recent(snapshot: Snapshot, indicator: Indicator, month: int) -> bool:
    """Is that month, or one still to come, within the days after its due day in which every region is provisional?"""
    return _within_grace(snapshot, UNIVERSES[indicator.universe], month)


def _within_grace(snapshot: Snapshot, ledgers: tuple[str, ...], month: int) -> bool:
    return any(snapshot.as_of < snapshot.policy.due.find_final(ledger, month) for ledger in ledgers)


def provisional_months(snapshot: Snapshot, indicator: Indicator, region: str, level: str | None = None) -> frozenset[int]:
    """Months of a region that are provisional: within 30 days of the due day, or under 90 % reported.

    `level` tells the county of a code that is also a city's. Only months up to the last of the snapshot are listed, and of
    those in which no point was active, none; `is_recent` knows the rest. A register, which has no points, has none.
    """
    if not indicator.universe:
        return frozenset()
    if level is None:
        level = "province" if region == province_of(snapshot) else "city" if region in _cities(snapshot) else "county"
    return _find_provisional(snapshot, UNIVERSES[indicator.universe]).get((level, region), frozenset())


@lru_cache(maxsize=64)
def _find_provisional(snapshot: Snapshot, ledgers: tuple[str, ...]) -> dict[tuple[str, str], frozenset[int]]:
    """(level, code) → provisional months, for every region at once."""
    reporting = snapshot.reporting.with_columns(province_code=pl.lit(province_of(snapshot)))
    early = [month for month in reporting["month"].unique() if _within_grace(snapshot, ledgers, month)]
    counts = ["active", *(f"{ledger}_reported" for ledger in ledgers)]
    short = pl.any_horizontal(pl.col(counts[1:]) < snapshot.policy.due.complete_share * pl.col("active"))
    found: dict[tuple[str, str], frozenset[int]] = {}
    for level in ("province", "city", "county"):
        code = f"{level}_code"
        months_of = (
            reporting.drop_nulls(code).group_by(code, "month").agg(pl.col(counts).sum())
            .filter(short | pl.col("month").is_in(early))
            .group_by(code).agg("month")
        )  # fmt: skip
        found |= {(level, region): frozenset(listed) for region, listed in months_of.iter_rows()}
    return found


@lru_cache(maxsize=8)
def _cities(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(snapshot.regions.filter(pl.col("level") == "city")["code"])


@lru_cache(maxsize=8)
def province_of(snapshot: Snapshot) -> str:
    """The code of the province."""
    return str(snapshot.regions.filter(pl.col("level") == "province")["code"][0])


def default_period(snapshot: Snapshot, indicator: Indicator, region: str) -> tuple[int, int]:
    """The last three consecutive months that are not provisional; the last three with data where there are none.

    Raises RequestError where nothing was ever reported.
    """
    if snapshot.months is None:
        raise RequestError("快照中没有任何月份的数据。", "The snapshot holds no month of data.")
    provisional = provisional_months(snapshot, indicator, region)
    span = months.span(*snapshot.months)
    for end in range(len(span), DEFAULT_MONTHS - 1, -1):
        window = span[end - DEFAULT_MONTHS : end]
        if not provisional.intersection(window) and not is_recent(snapshot, indicator, window[-1]):
            return window[0], window[-1]
    return span[max(0, len(span) - DEFAULT_MONTHS)], span[-1]
