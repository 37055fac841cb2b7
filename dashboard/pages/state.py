"""The state of a view: read from the address, checked, and written back. The address always wins.

Pure: no Streamlit, no snapshot. What a page filters by is declared by its `Choice`s.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from unicodedata import category
from urllib.parse import urlencode

from dashboard.pages.period import Period, Preset, default_period
from dashboard.pages.tray import Tray, read_tray, write_tray
from pipelines.contracts import codes, months
from pipelines.contracts.codes import CodeList

PROVINCE = "410000"
LANGS = ("zh", "en")
NAME = re.compile(r"[a-z0-9_-]{1,60}")  # of a panel
COMPARISONS = ("year", "previous", "none")
PERIODS = "period"  # what stands beside: the two periods, instead of another region


@dataclass(frozen=True)
class Choice:
    """A setting of one page: its key in the address and its words.

    `column` is the breakdown column that it filters (None: it filters nothing). `default` None = all.
    """

    key: str
    options: CodeList
    column: str | None = None
    default: str | None = None

    def accepts(self, value: str) -> bool:
        """May the address hold that value?"""
        return value in self.options.codes


_SPAN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\.\.([0-9]{4})-(0[1-9]|1[0-2])")
_AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")


@dataclass(frozen=True)
class Amount(Choice):
    """A setting that is a number from `least` to `most`, both included; it has no words and, where it is not set, no value."""

    least: float = 0.0
    most: float = 0.0

    def accepts(self, value: str) -> bool:
        """Is it a plain number within the bounds?"""
        return bool(_AMOUNT.fullmatch(value)) and self.least <= float(value) <= self.most


@dataclass(frozen=True)
class Words(Choice):
    """A setting that is words which a reader wrote, at most `longest` characters; not set, it has no value."""

    longest: int = 0

    def accepts(self, value: str) -> bool:
        """Is it short enough, with no character that nobody types?"""
        return len(value) <= self.longest and bool(value.strip()) and not any(category(c).startswith("C") for c in value)


@dataclass(frozen=True)
class Bounds:
    """What the snapshot allows: region codes, and the months with data; `preset` is the page's period by default."""

    regions: frozenset[str]
    months: Period
    preset: Preset = Preset.QUARTER

    @property
    def default(self) -> Period:
        """The period of an address that names none."""
        return default_period(self.months, self.preset)


@dataclass(frozen=True)
class State:
    """Everything that a view shows depends on; `settings` are the page's own, by key, None where all; `only`: the
    one panel that is shown, by name, None for the page; `tray`: charts chosen for a briefing. `compare`: one of COMPARISONS,
    or a period of one's own, `2025-01..2025-03`, before the one shown; `beside`: what stands side by side, another region
    or PERIODS.
    """

    period: Period
    lang: str = "zh"
    region: str = PROVINCE
    compare: str = "year"
    beside: str | None = None
    point_type: str | None = None
    settings: Mapping[str, str | None] = field(default_factory=dict)
    embed: bool = False
    only: str | None = None
    tray: Tray = ()

    @property
    def own_comparison(self) -> Period | None:
        """The period of one's own that is compared with."""
        return None if self.compare in COMPARISONS else read_span(self.compare)

    def with_setting(self, key: str, value: str | None) -> "State":
        """The same view with one setting changed."""
        return replace(self, settings={**self.settings, key: value})


def read(params: Mapping[str, str], bounds: Bounds, choices: tuple[Choice, ...]) -> tuple[State, tuple[str, ...]]:
    """The state that an address asks for, and the keys whose values were not understood (their defaults hold)."""
    faults: list[str] = []

    def pick(key: str, is_allowed: Callable[[str], bool], default: str | None) -> str | None:
        value = params.get(key)
        if value is None or value == "":
            return default
        if is_allowed(value):
            return value
        faults.append(key)
        return default

    tray = pick("brief", lambda value: read_tray(value) is not None, None)
    only = pick("only", lambda name: NAME.fullmatch(name) is not None, None)
    lang = pick("lang", LANGS.__contains__, "zh")
    region = pick("region", bounds.regions.__contains__, PROVINCE)
    compare = pick("compare", lambda value: value in COMPARISONS or _within(read_span(value), bounds.months), "year") or "year"
    beside = pick("pair", lambda value: value == PERIODS or value in bounds.regions, None)
    period, period_faults = _read_period(params, bounds.months, bounds.default)
    own = None if compare in COMPARISONS else read_span(compare)
    if own and own.last >= period.first:  # another period was chosen since
        compare = "year"
    state = State(
        period=period, lang=lang or "zh", region=region or PROVINCE, compare=compare, beside=None if beside == region else beside,
        point_type=pick("type", codes.POINT_TYPE.codes.__contains__, None),
        settings={c.key: pick(c.key, c.accepts, c.default) for c in choices}, only=only,
        tray=read_tray(tray or "") or (),
    )  # fmt: skip
    return state, (*faults, *period_faults)


def read_span(text: str) -> Period | None:
    """`2025-01..2025-03` as a period; None for anything else."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    first, last = (int(found[n]) * 100 + int(found[n + 1]) for n in (1, 3))
    return Period(first, last) if first <= last else None


def write_span(period: Period) -> str:
    """The inverse."""
    return f"{months.iso(period.first)}..{months.iso(period.last)}"


def _within(period: Period | None, bounds: Period) -> bool:
    return period is not None and bounds.first <= period.first and period.last <= bounds.last


def _read_period(params: Mapping[str, str], bounds: Period, default: Period) -> tuple[Period, tuple[str, ...]]:
    texts = {key: params.get(key) for key in ("from", "to")}
    if not any(texts.values()):
        return default, ()
    found: dict[str, int] = {}
    for key, text in texts.items():
        try:
            found[key] = months.parse(text or "")
        except ValueError:
            return default, (key,)
        if not bounds.first <= found[key] <= bounds.last:
            return default, (key,)
    if found["from"] > found["to"]:
        return default, ("from", "to")
    return Period(found["from"], found["to"]), ()


def write(state: State, bounds: Bounds, choices: tuple[Choice, ...]) -> dict[str, str]:
    """The parameters of the address: only what differs from the defaults, in a fixed order."""
    params: dict[str, str] = {}
    if state.lang != "zh":
        params["lang"] = state.lang
    if state.region != PROVINCE:
        params["region"] = state.region
    if state.period != bounds.default:
        params["from"], params["to"] = months.iso(state.period.first), months.iso(state.period.last)
    if state.compare != "year":
        params["compare"] = state.compare
    if state.beside:
        params["pair"] = state.beside
    if state.point_type:
        params["type"] = state.point_type
    for choice in choices:
        value = state.settings.get(choice.key, choice.default)
        if value is not None and value != choice.default:
            params[choice.key] = value
    if state.tray:
        params["brief"] = write_tray(state.tray)
    if state.only:
        params["only"] = state.only
    if state.embed:
        params["embed"] = "true"
    return params


def link(page: str, params: Mapping[str, str]) -> str:
    """A relative address of a page with its parameters; pages lie side by side, so it holds behind any base path."""
    return f"./{page}?{urlencode(params)}" if params else f"./{page}"
