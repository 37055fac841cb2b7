"""A view: one page, state and snapshot, and how a page asks its questions in that view.

The region, period, comparison and filters of the state enter every question here, so that no page forgets one.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import polars as pl

from dashboard.answers import Request, is_by_quarter
from dashboard.answers.control import ControlChart
from dashboard.answers.parse import breakdowns_of
from dashboard.i18n import Lang, text
from dashboard.i18n import format as fmt
from dashboard.i18n.regions import short_name
from dashboard.pages import source
from dashboard.pages.period import Period, history
from dashboard.pages.state import PERIODS, PROVINCE, Bounds, Choice, State, link, write
from dashboard.warehouse import Snapshot
from pipelines.contracts.indicators import INDICATORS, Kind

TREND_MONTHS = 36
SPARKLINE_MONTHS = 24
DICTIONARY = "indicators"
KINDS = (" County", " District", " City")


@dataclass(frozen=True, eq=False)
class View:
    """What a page is drawn from: its name, choices and state, and the snapshot that it shows."""

    page: str
    choices: tuple[Choice, ...]
    state: State
    bounds: Bounds
    snapshot: Snapshot

    @property
    def lang(self) -> Lang:
        """`zh` or `en`."""
        return "en" if self.state.lang == "en" else "zh"

    @property
    def period(self) -> Period:
        """The period shown."""
        return self.state.period

    @property
    def earlier(self) -> Period | None:
        """The period compared with; None where there is no comparison or no such months."""
        if self.state.compare == "none":
            return None
        if self.state.own_comparison:
            return self.state.own_comparison
        earlier = self.period.year_earlier() if self.state.compare == "year" else self.period.before()
        return earlier if earlier.first >= self.bounds.months.first else None

    @cached_property
    def names(self) -> dict[str, str]:
        """Region code → name in the reader's language."""
        return source.names(self.snapshot, self.lang)

    @cached_property
    def plain_names(self) -> dict[str, str]:
        """The same where there is little room: English names without their kind."""
        if self.lang == "zh":
            return self.names
        return {code: next((n.removesuffix(k) for k in KINDS if n.endswith(k)), n) for code, n in self.names.items()}

    @cached_property
    def city(self) -> str | None:
        """The city of the region shown; None for the province."""
        if self.state.region == PROVINCE:
            return None
        rows = self.snapshot.regions.filter(pl.col("code") == self.state.region).sort("level")
        return str(rows["city_code"][0] or self.state.region)

    @property
    def is_province(self) -> bool:
        """Is the whole province shown?"""
        return self.state.region == PROVINCE

    @property
    def is_county(self) -> bool:
        """Is a county shown?"""
        return self.city is not None and self.city != self.state.region

    @property
    def reference(self) -> str | None:
        """The region that pictures show beside the one shown: the one chosen, else the province beside what is not itself."""
        chosen = self.state.beside
        if chosen and chosen != PERIODS:
            return chosen
        return None if self.is_province else PROVINCE

    @property
    def reference_name(self) -> str:
        """Its name; empty where there is none."""
        if self.reference is None:
            return ""
        return text("words.province", self.lang) if self.reference == PROVINCE else self.name(self.reference)

    @property
    def reference_words(self) -> str:
        """The same inside a sentence."""
        return text("findings.province", self.lang) if self.reference == PROVINCE else self.reference_name

    @property
    def compared_as(self) -> str:
        """The kind of comparison, with which its words in the catalogue end: `year`, `previous`, `none` or `own`."""
        return "own" if self.state.own_comparison else self.state.compare

    def say_compared(self, key: str) -> str:
        """A message about the period compared with, which is named where it is of one's own."""
        own = self.state.own_comparison
        return text(key, self.lang, **({"period": fmt.period(own.first, own.last, self.lang)} if own else {}))

    @property
    def parts(self) -> Literal["city", "county"]:
        """What the region is compared by: cities in the province, counties in a city."""
        return "city" if self.is_province else "county"

    @property
    def region_of_parts(self) -> str:
        """The region whose parts stand beside each other: the city of a county, else the region itself."""
        return self.city or PROVINCE

    @cached_property
    def part_codes(self) -> list[str]:
        """Codes of the parts, in code order."""
        regions = self.snapshot.regions.filter(pl.col("level") == self.parts)
        if self.city:
            regions = regions.filter(pl.col("city_code") == self.city)
        return [str(code) for code in regions.sort("code")["code"]]

    @cached_property
    def with_polygon(self) -> set[str]:
        """Codes of the regions that have an outline."""
        return set(self.snapshot.regions.filter("has_polygon")["code"])

    def name(self, code: str | None = None) -> str:
        """The full name of a region, of the one shown by default."""
        return self.names.get(code or self.state.region, code or self.state.region)

    def short(self, code: str) -> str:
        """The short name of a region."""
        return short_name(self.name(code), self.lang)

    def href(self, page: str | None = None, **changes: Any) -> str:
        """The relative address of a page (this one by default) in this view, with parts of the state changed.

        Settings of a page go to that page only.
        """
        target = self.page if page is None else page
        choices = self.choices if target == self.page else ()
        changes = changes if target == self.page else {"only": None, **changes}
        return link("" if target == "overview" else target, write(replace(self.state, **changes), self.bounds, choices))

    def define(self, indicator: str) -> str:
        """The relative address of an indicator's entry in the dictionary, in this view."""
        return link(DICTIONARY, write(self.state, self.bounds, ()) | {"indicator": indicator})

    def params(self, **changes: Any) -> dict[str, str]:
        """The parameters of this page's address, with parts of the state changed."""
        return write(replace(self.state, **changes), self.bounds, self.choices)

    def file(self, name: str, kind: str = "csv") -> str:
        """The relative address of a panel as a file (`dashboard.exports.KINDS`)."""
        state = replace(self.state, only=None, embed=False, tray=())
        return link(f"files/{self.page}/{name}.{kind}", write(state, self.bounds, self.choices))

    def deck(self) -> str:
        """The relative address of the deck of the tray or the outline."""
        state = replace(self.state, only=None, embed=False)
        return link("files/briefing/deck.pptx", write(state, self.bounds, self.choices))

    def where(self, indicator: str, *, but: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """The filters that apply to an indicator: point type, and the settings whose column (and word) its ledger has."""
        known = INDICATORS[indicator]
        of_points = self.state.point_type and known.kind is not Kind.REGISTER
        filters = [("point_type", self.state.point_type)] if of_points else []
        breakdowns = breakdowns_of(known)
        for choice in self.choices:
            value, column = self.state.settings.get(choice.key), choice.column
            if value and column in breakdowns and value in breakdowns[column].codes.codes:
                filters.append((column, value))
        return tuple((column, value) for column, value in filters if column not in but and value)

    def ask(
        self, indicator: str, *, region: str | None = None, by: str | None = None,
        where: tuple[tuple[str, str], ...] = (), period: Period | None = None, compare: bool = False,
        share: bool = False, rank: Literal["change", "level"] | None = None,
    ) -> pl.DataFrame:
        """The answer for this view's filters; `where` adds filters, `compare` adds the change where there is one."""
        return source.ask(self.snapshot, self.request(
            indicator, region=region, by=by, where=where, period=period, compare=compare, share=share, rank=rank
        ))  # fmt: skip

    def request(
        self, indicator: str, *, region: str | None = None, by: str | None = None,
        where: tuple[tuple[str, str], ...] = (), period: Period | None = None, compare: bool = False,
        share: bool = False, rank: Literal["change", "level"] | None = None,
    ) -> Request:
        """The question itself."""
        over = period or self.period
        own = tuple(w for w in self.where(indicator, but=tuple(column for column, _ in where)) if w[0] != by)
        return Request(
            indicator, region or self.state.region, over.first, over.last, by, own + where,
            self.comparison(over) if compare else None, share, rank,
        )  # fmt: skip

    def comparison(self, over: Period | None = None) -> tuple[int, int] | Literal["year"] | None:
        """What a question about a period (the one shown) compares it with."""
        if self.state.compare == "none":
            return None
        if self.state.compare == "year":
            return "year"
        before = self.state.own_comparison or (over or self.period).before()
        return (before.first, before.last)

    def history(self, length: int = TREND_MONTHS) -> Period:
        """The months of a trend that ends with the period."""
        return history(self.bounds.months, self.period, max(length, self.period.length))

    def trend(
        self, indicator: str, *, region: str | None = None, length: int = TREND_MONTHS,
        where: tuple[tuple[str, str], ...] = (), by: str = "month", share: bool = False,
    ) -> pl.DataFrame:
        """The series of an indicator up to the end of the period; by quarter where it is not shown by month."""
        over = self.history(length)
        if by == "month" and self.is_by_quarter(indicator, region=region, where=where):
            by, over = "quarter", over.whole_quarters()
        return self.ask(indicator, region=region, by=by, where=where, period=over, share=share)

    def is_by_quarter(self, indicator: str, *, region: str | None = None, where: tuple[tuple[str, str], ...] = ()) -> bool:
        """Is the indicator, of a region and with these filters too, shown by calendar quarter alone?"""
        filters = self.where(indicator, but=tuple(column for column, _ in where)) + where
        return is_by_quarter(self.snapshot, INDICATORS[indicator], region or self.state.region, filters)

    def control(self, indicator: str) -> ControlChart:
        """The control chart of an indicator: the months up to a period that was chosen, else the last settled ones."""
        over = self.history() if "from" in self.params() else None
        first, last = (over.first, over.last) if over else (None, None)
        where = self.where(indicator)
        return source.chart(self.snapshot, Request(indicator, self.state.region, first, last, "month", where, control=True))

    def compared(self, indicator: str, where: tuple[tuple[str, str], ...] = ()) -> pl.DataFrame:
        """The one-row answers of the period compared with (where there is one) and of the period."""
        periods = [p for p in (self.earlier, self.period) if p]
        return pl.concat([self.ask(indicator, period=p, where=where) for p in periods])

    def setting(self, choice: Choice) -> str:
        """The value in force of a choice that has a default."""
        return self.state.settings.get(choice.key) or choice.default or ""

    def compare_parts(self, indicator: str) -> pl.DataFrame:
        """The parts of the region beside each other in the order of codes, with their changes."""
        return self.ask(indicator, region=self.region_of_parts, by=self.parts, compare=True)

    def rank_parts(self, indicator: str, mode: str = "change") -> pl.DataFrame:
        """The same in the order of their places on the change, or on the level where there is none to compare."""
        on: Literal["change", "level"] = "change" if mode == "change" and self.earlier else "level"
        return self.ask(indicator, region=self.region_of_parts, by=self.parts, compare=True, rank=on)

    def observe(self, indicator: str, *, length: int = 12) -> pl.DataFrame:
        """The purposive points of the region, month by month, without weights or intervals."""
        found = source.watch(self.snapshot, indicator, self.state.region, self.history(length))
        return found.filter(pl.col("point_type") == self.state.point_type) if self.state.point_type else found

    def provisional(self, indicator: str) -> list[int]:
        """The provisional months of the period, in order."""
        months = source.find_provisional(self.snapshot, indicator, self.state.region)
        return sorted(m for m in months if self.period.first <= m <= self.period.last)
