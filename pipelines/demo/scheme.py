"""What a demo province is made from: its size, period and seed, and the random streams that hang on the seed.

The same scheme always gives the same bytes: every part draws from a stream of its own, named after it, so that a
change of one part leaves the others as they were. No file is read or written here.
"""

import zlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from pipelines.contracts import months
from pipelines.contracts.errors import RequestError

USUAL_POINTS = 1200
FEWEST_POINTS, MOST_POINTS = 500, 5000
FEWEST_MONTHS, MOST_MONTHS = 12, 120


@dataclass(frozen=True)
class Rebound:
    """Extra meetings in a city: a share `size` of the usual number, in the last `months`, risen to over `ramp` months."""

    city: str = "411300"
    size: float = 0.30
    months: int = 6
    ramp: int = 2


@dataclass(frozen=True)
class Scheme:
    """Number of probability points wanted, length and end of the period (`last_month` as YYYYMM), and the seed.

    `rebound` can be moved, and `quiet` leaves out every effect, for those who try what the dashboard finds.
    Raises RequestError where a size lies outside what a province of 157 counties can carry.
    """

    last_month: int
    points: int = USUAL_POINTS
    months: int = 36
    seed: int = 20190311
    rebound: Rebound = Rebound()
    quiet: bool = False

    def __post_init__(self) -> None:
        _require("points", "样本点数", self.points, FEWEST_POINTS, MOST_POINTS)
        _require("months", "月数", self.months, FEWEST_MONTHS, MOST_MONTHS)

    @cached_property
    def calendar(self) -> list[int]:
        """Months of the period, YYYYMM, in order."""
        return months.span(months.shift(self.last_month, 1 - self.months), self.last_month)

    @cached_property
    def month_starts(self) -> list[date]:
        """First days of the months, and of the month after the last."""
        return [months.first_day(m) for m in [*self.calendar, months.shift(self.last_month, 1)]]

    @property
    def reform(self) -> int:
        """Position of the reform month in the calendar (the tenth of 36)."""
        return self.months // 4

    def rng(self, stream: str) -> np.random.Generator:
        """The random stream of that name."""
        return np.random.default_rng([self.seed, zlib.crc32(stream.encode())])


def _require(option: str, zh: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise RequestError(
            f"{zh}应在{low}至{high}之间，现为{value}；请修改 --{option}。",
            f"--{option} must lie between {low} and {high}, not {value}; change it.",
        )
