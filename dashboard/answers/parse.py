"""From words (command line, address) to a checked Request: Chinese or canonical, every error a sentence."""

from collections.abc import Sequence
from typing import Literal

from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts import months
from pipelines.contracts.breakdowns import CELLS, POINT_TYPE, REGISTERS, Breakdown
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS, Domain, Indicator, Kind
from pipelines.contracts.statistics import LEDGER_OF

GEOGRAPHY = ("city", "county")
CALENDAR = ("month", "quarter", "year")


def build_request(
    snapshot: Snapshot, indicator: str, *, region: str | None = None, first: str | None = None, last: str | None = None,
    by: str | None = None, where: Sequence[str] = (), compare: str | None = None, share: bool = False,
    rank: bool = False, rank_on: str | None = None, control: bool = False,
) -> Request:
    """A Request from words. Raises RequestError with what is wrong and what would be right."""
    known = find_indicator(indicator)
    code = region or "410000"
    if code not in set(snapshot.regions["code"]):
        raise RequestError(f"没有区划代码“{code}”；请用六位区划代码，如 411300。",
                           f"There is no region “{code}”; use a six-digit code such as 411300.")
    period = parse_period(first, last)
    ranked = _parse_rank(known, rank, rank_on)
    request = Request(
        indicator=known.id, region=code, first=period[0], last=period[1],
        by=_parse_by(known, by), where=tuple(_parse_where(known, w) for w in where),
        compare=_parse_compare(compare or ("year" if ranked == "change" else None)), share=share, rank=ranked,
        control=control,
    )
    _check(known, request)
    return request


def find_indicator(word: str) -> Indicator:
    """The indicator of that id or name. Raises RequestError."""
    found = INDICATORS.get(word) or next((i for i in INDICATORS.values() if word in (i.zh, i.en)), None)
    if found is None:
        raise RequestError(f"没有指标“{word}”；指标见指标字典（docs/indicators.md）。",
                           f"There is no indicator “{word}”; docs/indicators.md lists them.")
    return found


def breakdowns_of(indicator: Indicator) -> dict[str, Breakdown]:
    """The breakdown columns that every statistic of the numerator, or every row of the register, can be split by."""
    if indicator.kind is Kind.REGISTER:
        return {b.column: b for b in REGISTERS[indicator.domain]}
    cells = [CELLS.get(LEDGER_OF[t.statistic]) for t in indicator.numerator]
    if not cells or any(cell is None for cell in cells):
        return {}
    return {b.column: b for b in cells[0].breakdowns if all(c.breakdown(b.column) for c in cells)}  # type: ignore[union-attr]


def parse_period(first: str | None, last: str | None) -> tuple[int | None, int | None]:
    """Both months or neither. Raises RequestError."""
    if first is None and last is None:
        return None, None
    if first is None or last is None:
        raise RequestError("起止月份须同时给出，如 --from 2026-01 --to 2026-06。",
                           "Give both ends of the period, as in --from 2026-01 --to 2026-06.")
    start, end = parse_month(first), parse_month(last)
    if end < start:
        raise RequestError(f"终止月份“{last}”早于起始月份“{first}”。", f"The period ends in {last}, before it starts in {first}.")
    return start, end


def parse_month(word: str) -> int:
    """`2026-07` as 202607. Raises RequestError."""
    try:
        return months.parse(word)
    except ValueError:
        raise RequestError(f"“{word}”不是月份；请写成 2026-07 的形式。",
                           f"“{word}” is not a month; write it like 2026-07.") from None


def _parse_by(indicator: Indicator, by: str | None) -> str | None:
    if by is None:
        return None
    breakdowns = breakdowns_of(indicator)
    known = (*GEOGRAPHY, POINT_TYPE.column, *CALENDAR, *breakdowns)
    column = next((c for c, b in {**breakdowns, "point_type": POINT_TYPE}.items() if by in (c, b.zh)), by)
    if column not in known:
        raise RequestError(f"“{indicator.zh}”不能按“{by}”分组；可用：{'、'.join(known)}。",
                           f"{indicator.id} cannot be grouped by “{by}”; use one of: {', '.join(known)}.")
    return column


def _parse_where(indicator: Indicator, clause: str) -> tuple[str, str]:
    column, sign, word = clause.partition("=")
    choices = {**breakdowns_of(indicator), "point_type": POINT_TYPE}
    found = next((b for b in choices.values() if column.strip() in (b.column, b.zh)), None)
    if not sign or found is None:
        raise RequestError(f"“{indicator.zh}”没有筛选项“{clause}”；请写成 列=值，可用的列：{'、'.join(choices)}。",
                           f"{indicator.id} has no filter “{clause}”; write COLUMN=VALUE with one of: {', '.join(choices)}.")
    code = found.codes.parse(word)
    if code is None:
        words = found.codes.entries
        raise RequestError(f"“{found.zh}”没有“{word}”；可用：{'、'.join(e.zh for e in words)}。",
                           f"{found.column} has no “{word}”; use one of: {', '.join(e.code for e in words)}.")
    return found.column, code


def _parse_compare(compare: str | None) -> tuple[int, int] | Literal["year"] | None:
    if compare is None:
        return None
    if compare == "year":
        return "year"
    first, dots, last = compare.partition("..")
    if not dots:
        raise RequestError(f"对比期“{compare}”无法识别；请写 year 或 2025-01..2025-06。",
                           f"“{compare}” is not a comparison; write year or 2025-01..2025-06.")
    start, end = parse_period(first, last)
    return (start, end) if start and end else None


def _parse_rank(indicator: Indicator, rank: bool, on: str | None) -> Literal["change", "level"] | None:
    """What to rank on; `--rank-on` alone ranks too. A register has no change and is ranked on its level."""
    if on not in (None, "change", "level"):
        raise RequestError(f"排序依据“{on}”无法识别；可用：change、level。", f"Rank on change or level, not on “{on}”.")
    if on is None and not rank:
        return None
    if indicator.kind is Kind.REGISTER:
        if on == "change":
            raise RequestError(f"“{indicator.zh}”是登记数，没有同点变化，只能按水平排序。",
                               f"{indicator.id} is a register without a change: rank it on its level.")
        return "level"
    return "level" if on == "level" else "change"


def _check(indicator: Indicator, request: Request) -> None:
    if request.control and request.by != "month":
        raise RequestError("控制图须按月查看：请加 --by month。", "A control chart is by month: add --by month.")
    if request.rank and request.by not in GEOGRAPHY:
        raise RequestError("排序只用于地区，请加 --by city 或 --by county。",
                           "Only regions are ranked: add --by city or --by county.")
    if request.rank and indicator.id == "plan_projection":
        raise RequestError("“年底推算”的区间是 80% 预测区间，给不出 95% 位次集；请用 plan_used_share 排序。",
                           "plan_projection has an 80% prediction interval, which gives no 95% rank set; rank plan_used_share.")
    columns = [column for column, _ in request.where]
    if len(set(columns)) < len(columns):
        raise RequestError("同一列只能筛选一个值。", "Filter each column by one value only.")
    breakdowns = breakdowns_of(indicator)
    if request.by in columns:
        raise RequestError(f"“{request.by}”不能同时用于分组和筛选。", f"“{request.by}” cannot both group and filter.")
    if request.share and request.by not in breakdowns and not any(c in breakdowns for c in columns):
        raise RequestError("占比须按某一分项分组或筛选，如 --by level --share。",
                           "A share needs a breakdown to group or filter by, as in --by level --share.")
    if indicator.kind is Kind.REGISTER:
        _check_register(indicator, request)


def _check_register(indicator: Indicator, request: Request) -> None:
    if request.compare or request.share or "point_type" in (request.by, *dict(request.where)):
        raise RequestError(f"“{indicator.zh}”是登记数，不能作同点对比、计占比或按样本点类型查看。",
                           f"{indicator.id} is a register: no comparison, share or point type.")
    if indicator.domain is Domain.PLANS and request.by in CALENDAR:
        raise RequestError(f"“{indicator.zh}”以期内最新一次登记为准，不能按月、季、年分组。",
                           f"{indicator.id} is the latest report of a period: it cannot be grouped by {request.by}.")
