"""Where a deck gets its numbers: answers of one snapshot, each asked once, and the words for places and periods."""

from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from dashboard.answers import Request, answer, default_period, is_by_quarter
from dashboard.answers.control import ControlChart, chart_control
from dashboard.briefing.queries import PROVINCE, Query
from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.i18n.regions import name_on_map, region_names
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.indicators import INDICATORS, Kind
from pipelines.contracts.statistics import LEDGER_OF, UNIVERSES

Row = dict[str, Any]


class Desk:
    """One snapshot in one language; answers are remembered."""

    def __init__(self, snapshot: Snapshot, lang: Lang) -> None:
        self.snapshot, self.lang = snapshot, lang
        self._answers: dict[Request, pl.DataFrame] = {}
        self._charts: dict[Request, ControlChart] = {}

    def speaking(self, lang: Lang) -> "Desk":
        """The same answers in another language."""
        other = Desk(self.snapshot, lang)
        other._answers, other._charts = self._answers, self._charts
        return other

    def ask(self, request: Request) -> pl.DataFrame:
        """`dashboard.answers.answer`."""
        if request not in self._answers:
            self._answers[request] = answer(self.snapshot, request)
        return self._answers[request]

    def chart(self, query: Query) -> ControlChart:
        """The control chart of the query's history."""
        first, last = self.window(query)
        request = Request(query.indicator, query.region, first, last, "month", query.where, control=True)
        if request not in self._charts:
            self._charts[request] = chart_control(self.snapshot, request)
        return self._charts[request]

    def window(self, query: Query) -> tuple[int, int]:
        """The months of the history for which there can be data; at least the period."""
        begin = self.snapshot.months[0] if self.snapshot.months else query.first
        return min(max(query.trend_from, begin), query.first), query.last

    def trend(self, query: Query, *, region: str | None = None, by: str = "month",
              where: tuple[tuple[str, str], ...] | None = None, share: bool = False) -> pl.DataFrame:  # fmt: skip
        """The history month by month (or quarter by quarter, which is how staff figures of small places are shown)."""
        first, last = self.window(query)
        chosen = query.where if where is None else where
        if by == "month" and is_by_quarter(self.snapshot, INDICATORS[query.indicator], region or query.region, chosen):
            by, (first, last) = "quarter", months.whole_quarters(first, last)
        return self.ask(Request(query.indicator, region or query.region, first, last, by, chosen, share=share))

    def row(self, query: Query, indicator: str | None = None, *, region: str | None = None) -> Row:
        """The one estimate of the period, with its change where the indicator can have one."""
        request = query.request(indicator, compare=INDICATORS[indicator or query.indicator].kind is not Kind.REGISTER)
        if region:
            request = Request(request.indicator, region, request.first, request.last, None, request.where, request.compare)
        found = self.ask(request)
        return found.row(0, named=True)

    def parts(self, query: Query, *, rank: bool = True) -> pl.DataFrame:
        """The cities of the province, or the counties of the city, beside each other; in order of rank where there is one."""
        by, whole = self.parts_of(query)
        asked = query.request(by=by, compare=True, rank=rank)
        return self.ask(Request(asked.indicator, whole, asked.first, asked.last, by, asked.where, asked.compare, rank=asked.rank))

    def parts_of(self, query: Query) -> tuple[str, str]:
        """(`city` or `county`, the region whose parts they are)."""
        return ("city", PROVINCE) if query.region == PROVINCE else ("county", self.city_of(query.region))

    def city_of(self, region: str) -> str:
        """The city of a county; a city itself."""
        rows = self.snapshot.regions.filter(pl.col("code") == region).sort("level")
        return str(rows["city_code"][0] or region)

    @cached_property
    def names(self) -> dict[str, str]:
        """Region code → name."""
        return region_names(self.snapshot.regions, self.lang)

    def name(self, code: str) -> str:
        """The name of a region in a sentence; the province is `全省`."""
        return text("briefing.words.province", self.lang) if code == PROVINCE else self.names.get(code, code)

    def short(self, code: str) -> str:
        """The short name of a region; a zone's without its city."""
        return name_on_map(code, self.names, self.lang)

    def settled_month(self, indicators: tuple[str, ...], region: str) -> int:
        """The last month that is not provisional for any of the indicators."""
        known = {INDICATORS[i].universe: INDICATORS[i] for i in indicators if INDICATORS[i].universe}
        ends = [default_period(self.snapshot, i, region)[1] for i in known.values()]
        last = self.snapshot.months[1] if self.snapshot.months else 0
        return min(ends, default=last)

    def period(self, query: Query) -> str:
        """The period in words."""
        return fmt.period(query.first, query.last, self.lang)


def ledgers_of(indicator: str) -> tuple[str, ...]:
    """The ledgers that an indicator is counted from."""
    known = INDICATORS[indicator]
    if known.universe:
        return UNIVERSES[known.universe]
    return tuple(dict.fromkeys(LEDGER_OF[t.statistic] for t in known.numerator if t.statistic in LEDGER_OF))


_EPOCH = date(1899, 12, 30)
MONTH_FORM = "yy-mm"


def days_of(first: int, last: int) -> tuple[float, ...]:
    """The first days of months as a workbook counts days, for an axis of dates."""
    return tuple(float((months.first_day(m) - _EPOCH).days) for m in months.span(first, last))
