"""Periods: the presets of the period menu, the default, and the earlier period of a comparison. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts import months

QUARTER = 3


class Preset(StrEnum):
    """Periods that move with the data."""

    QUARTER = "quarter"
    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_YEAR = "rolling_year"


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Number of months."""
        return len(months.span(self.first, self.last))

    def before(self) -> "Period":
        """The period of the same length that ends the month before."""
        return Period(months.shift(self.first, -self.length), months.shift(self.first, -1))

    def year_earlier(self) -> "Period":
        """The same months a year earlier."""
        return Period(months.shift(self.first, -12), months.shift(self.last, -12))


    def whole_quarters(self) -> "Period":
        """The calendar quarters within it; itself where there is none."""
        return Period(*months.whole_quarters(self.first, self.last))


def presets(bounds: Period) -> dict[Preset, Period]:
    """The presets that lie within the months with data; the last full calendar quarter comes first."""
    last = bounds.last
    quarter_end = months.shift(last, -(last % 100 % QUARTER))
    offered = {
        Preset.QUARTER: Period(months.shift(quarter_end, 1 - QUARTER), quarter_end),
        Preset.MONTH: Period(last, last),
        Preset.YEAR_TO_DATE: Period(last // 100 * 100 + 1, last),
        Preset.ROLLING_YEAR: Period(months.shift(last, -11), last),
    }
    return {name: period for name, period in offered.items() if period.first >= bounds.first}


def default_period(bounds: Period, preset: Preset = Preset.QUARTER) -> Period:
    """The last full quarter (or another preset), or all months where there is none."""
    return presets(bounds).get(preset, bounds)


def history(bounds: Period, period: Period, length: int) -> Period:
    """At most `length` months of data that end with the period."""
    return Period(max(bounds.first, months.shift(period.last, 1 - length)), period.last)
