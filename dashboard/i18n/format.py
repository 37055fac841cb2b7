"""Numbers, intervals, months and periods as a statistics office writes them; no colour, no judgement.

Decimals: one for shares, counts and rates, none for people and for whole percentages of a change; more where a level, or
the end of an interval that excludes 0, would be written as 0: an interval never seems to touch 0 when it does not.
"""

from collections.abc import Iterable

from dashboard.i18n.catalogue import Lang, text
from dashboard.i18n.measures import Measure
from pipelines.contracts import months
from pipelines.contracts.indicators import Unit

MINUS = "−"
_LARGE = (Unit.PERSON_HOURS_PER_POINT_MONTH, Unit.MINUTES_PER_POINT_MONTH)


def number(value: float, decimals: int = 1, *, signed: bool = False) -> str:
    """A number with a true minus sign, thousands separated, a plus where `signed`; never a signed zero."""
    shown = f"{abs(value):,.{decimals}f}"
    if not shown.strip("0.,"):
        return shown
    return (MINUS if value < 0 else "+" if signed else "") + shown


def enough_decimals(values: Iterable[float | None], least: int) -> int:
    """`least`, or up to two more, so that no value but 0 is written as 0."""
    smallest = min((abs(v) for v in values if v), default=1.0)
    return next((d for d in (least, least + 1) if round(smallest, d)), least + 2)


def level_decimals(measure: Measure, values: Iterable[float | None]) -> int:
    """Decimals of levels: none for person-hours and minutes of 100 and more, else the measure's."""
    known = [v * measure.scale for v in values if v is not None]
    if measure.unit in _LARGE and max(map(abs, known), default=0) >= 100:
        return 0
    return enough_decimals(known, measure.decimals)


def level(value: float, measure: Measure, *, mark: bool = True) -> str:
    """A level for reading: `18.6%` (without the per cent sign where not `mark`), `7.7`; a true zero is `0`."""
    shown = number(value * measure.scale, level_decimals(measure, [value])) if value else "0"
    return f"{shown}%" if mark and measure.is_share else shown


def level_with_unit(value: float, measure: Measure, lang: Lang) -> str:
    """A level with its unit, as a sentence needs it: `18.6%`, `7.7 场/点·月`."""
    shown = level(value, measure)
    return shown if measure.is_share else f"{shown} {measure.unit_label(lang)}"


def level_interval(low: float, high: float, measure: Measure, lang: Lang, *, mark: bool = True) -> str:
    """The interval of a level, clipped at 0 where nothing can be negative: `17.8% 至 19.4%`."""
    low = clip_low(low, measure)
    decimals = level_decimals(measure, [high])
    sign = "%" if mark and measure.is_share else ""
    ends = [f"{number(v * measure.scale, decimals)}{sign}" for v in (low, high)]
    return text("words.interval", lang, low=ends[0], high=ends[1])


def change_mark(measure: Measure, lang: Lang) -> str:
    """What stands behind a change: `%`, ` 个百分点`, ` 每百人每年`."""
    if measure.relative:
        return "%"
    if measure.is_share:
        return " " + text("words.points", lang)
    return " " + measure.unit_label(lang)


def change_decimals(measure: Measure, values: Iterable[float], *, clear: bool) -> int:
    """Decimals of changes: none for percentages, else one; more only where a clear change would be written as 0."""
    least = 0 if measure.relative else max(measure.decimals, 1)
    return enough_decimals([v * measure.change_scale for v in values], least) if clear else least


def change_number(value: float, measure: Measure, decimals: int, *, signed: bool = True) -> str:
    """A change for reading, with `%` where it is a percentage, else without a unit: `−13%`, `+1.8`."""
    return number(value * measure.change_scale, decimals, signed=signed) + ("%" if measure.relative else "")


def change_interval(low: float, high: float, measure: Measure, lang: Lang, *, mark: bool = True) -> str:
    """The interval of a change: `−16% 至 −10%`, `+0.7 至 +2.9`."""
    decimals = change_decimals(measure, [low, high], clear=low > 0 or high < 0)
    sign = "%" if mark and measure.relative else ""
    ends = [number(v * measure.change_scale, decimals, signed=True) + sign for v in (low, high)]
    return text("words.interval", lang, low=ends[0], high=ends[1])


def month(value: int, lang: Lang) -> str:
    """202609 as `2026年9月` / `Sep 2026`."""
    return text("words.month", lang, year=value // 100, month=month_name(value, lang))


def month_name(value: int, lang: Lang) -> str:
    """202609 as `9` / `Sep`, to be put into a phrase."""
    return text(f"words.month_names.{value % 100}", lang)


def axis_month(value: int) -> str:
    """202609 as `26-09`."""
    return months.iso(value)[2:]


def axis_quarter(value: int) -> str:
    """202609 as `26-Q3`."""
    return months.quarter(value)[2:]


def period(first: int, last: int, lang: Lang) -> str:
    """Whole months from first to last: `2026年7—9月` / `Jul–Sep 2026`, over a year's end `2025年10月—2026年9月`."""
    if first == last:
        return month(first, lang)
    if first // 100 != last // 100:
        return text("words.period_across", lang, first=month(first, lang), last=month(last, lang))
    if (first % 100, last % 100) == (1, months.MONTHS_A_YEAR):
        return text("words.year", lang, year=first // 100)
    return text("words.period", lang, year=first // 100, first=month_name(first, lang), last=month_name(last, lang))


def short_period(first: int, last: int, lang: Lang) -> str:
    """A period without its year, for a label beside a mark: `7—9月` / `Jul–Sep`."""
    if first == last:
        return text("words.short_month", lang, month=month_name(first, lang))
    return text("words.short_period", lang, first=month_name(first, lang), last=month_name(last, lang))


def clip_low(low: float, measure: Measure) -> float:
    """The lower end of a level's interval as it is shown: not below 0 but for net flow and vacancies."""
    return low if measure.indicator in ("net_flow_rate", "vacancy_rate") else max(low, 0.0)
