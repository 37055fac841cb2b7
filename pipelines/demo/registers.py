"""The ledgers that no point hands in: `plans` of the province and its cities, and `feedback` from the public channel."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from pipelines.contracts import codes, months
from pipelines.demo import effects, season, texts
from pipelines.demo.regions import PROVINCE, cities
from pipelines.demo.scheme import Scheme

AS_OF_MONTHS = (3, 6, 9, 12)
USUAL = {"documents": 1500, "meetings": 480, "inspections": 130}  # a year, of a city at its own level
BREACHES = ("410400", "411400")  # inspections go beyond the ceiling; a meeting ceiling above last year's actual
LEVELS = ("province", "city", "county")
MESSAGES = 1500
THEMES, KINDS, ACTIONS = codes.THEME.codes, codes.FEEDBACK_KIND.codes, codes.ACTION.codes
THEME_ODDS = (0.20, 0.20, 0.17, 0.09, 0.10, 0.12, 0.04, 0.08)
KIND_ODDS = np.array([[0.66, 0.10, 0.24]])
ACTION_ODDS = (0.18, 0.14, 0.05, 0.02, 0.33, 0.28)
LEAKS = 12  # messages with a mobile or an ID-card number in them
ID_WEIGHTS, ID_CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def make_plans(scheme: Scheme) -> pl.DataFrame:
    """Ceilings of the province and of every city, by level and item, at the quarters' ends of each year."""
    rng = scheme.rng("plans")
    rows = []
    first, last = scheme.calendar[0] // 100, scheme.last_month // 100
    for code in (PROVINCE, *(c.code for c in cities())):
        for item, usual in USUAL.items():
            for level in LEVELS if code == PROVINCE else LEVELS[1:]:
                size = usual * (1.4 if code == PROVINCE else 1.0) * (0.6 if level == "province" else 1.0)
                actual = round(size * rng.uniform(0.75, 1.25))
                for year in range(first, last + 1):
                    plan = _plan_year(scheme, (code, level, item), year, actual, rng)
                    rows += plan
                    actual = plan[-1][6] if plan and plan[-1][7].month == 12 else round(actual * 0.93)
    return pl.DataFrame(rows, schema=_PLAN_SCHEMA, orient="row")


_PLAN_SCHEMA = {
    "region_code": pl.String, "year": pl.Int64, "level": pl.String, "item": pl.String, "previous_actual": pl.Int64,
    "ceiling": pl.Int64, "issued": pl.Int64, "as_of": pl.Date,
}
_Plan = tuple[str, int, str, str, int, int, int, date]


def _plan_year(scheme: Scheme, key: tuple[str, str, str], year: int, actual: int,
               rng: np.random.Generator) -> list[_Plan]:
    """One plan's rows of a year: a ceiling a little below last year's actual, used up with the seasons."""
    code, level, item = key
    is_last = year == scheme.last_month // 100
    raised = code == BREACHES[1] and item == "meetings" and level == "city" and is_last
    ceiling = round(actual * (1.054 if raised else rng.uniform(0.88, 0.98)))
    over = code == BREACHES[0] and item == "inspections" and level == "city" and is_last
    final = ceiling * (1.22 if over else rng.uniform(0.84, 1.01))
    by_month = {"documents": season.DOCUMENTS, "meetings": season.MEETINGS, "inspections": season.INSPECTIONS}[item]
    used = np.cumsum(np.array(by_month) * rng.uniform(0.5, 1.5, 12))  # counts of a month vary by about a third
    ends = [m for m in (*AS_OF_MONTHS, scheme.last_month % 100 if is_last else 12)
            if scheme.calendar[0] <= year * 100 + m <= scheme.last_month]
    return [
        (code, year, level, item, actual, ceiling, round(final * used[m - 1] / used[-1]), _last_day(year * 100 + m))
        for m in sorted(set(ends))
    ]


def _last_day(month: int) -> date:
    return months.first_day(months.shift(month, 1)) - timedelta(days=1)


def make_feedback(scheme: Scheme) -> pl.DataFrame:
    """Messages over all regions and the whole period, more of them from the cities with planted trouble."""
    rng = scheme.rng("feedback")
    regions = [(PROVINCE, 4.0)]
    for city in cities():
        trouble = 1.8 if city.code in (scheme.rebound.city, effects.LATE, effects.DISPLACED) else 1.0
        regions += [(city.code, 3.0 * trouble), *((c.code, trouble) for c in city.counties if c.code != city.code)]
    weight = np.array([w for _, w in regions])
    region = rng.choice(len(regions), MESSAGES, p=weight / weight.sum())
    theme = rng.choice(len(THEMES), MESSAGES, p=THEME_ODDS)
    kind = texts.choose(KIND_ODDS, np.zeros(MESSAGES, dtype=np.int64), rng)
    start = datetime.combine(scheme.month_starts[0], datetime.min.time())
    length = (scheme.month_starts[-1] - scheme.month_starts[0]).days * 24 * 60
    minute = np.sort((rng.random(MESSAGES) ** 0.8 * length).astype(np.int64))
    submitted = [start + timedelta(minutes=int(m)) for m in minute]
    status, closed, action = _handle(scheme, submitted, rng)
    leaks = set(rng.choice(MESSAGES, LEAKS, replace=False).tolist())
    return pl.DataFrame({
        "feedback_id": [f"F{s:%y%m}-{k + 1:04d}" for k, s in enumerate(submitted)], "submitted_at": submitted,
        "region_code": [regions[r][0] for r in region], "kind": [KINDS[k] for k in kind],
        "theme": [THEMES[t] for t in theme],
        "text": [_write_text(KINDS[k], THEMES[t], rng) + (_leak(i, rng) if i in leaks else "")
                 for i, (k, t) in enumerate(zip(kind, theme, strict=True))],
        "status": status, "closed_at": closed, "action": action,
    }, schema_overrides={"submitted_at": pl.Datetime("us"), "closed_at": pl.Date})


def _handle(scheme: Scheme, submitted: list[datetime],
            rng: np.random.Generator) -> tuple[list[str], list[date | None], list[str]]:
    """Status, closing date and action: most close within a month, the newest are still open."""
    end = _last_day(scheme.last_month)
    status, closed, action = [], [], []
    for moment, wait in zip(submitted, rng.gamma(2.0, 11.0, len(submitted)), strict=True):
        done = moment.date() + timedelta(days=round(wait))
        is_closed = done <= end and rng.random() < 0.95
        status.append("closed" if is_closed else "received" if (end - moment.date()).days < 8 else "working")
        closed.append(done if is_closed else None)
        action.append(ACTIONS[rng.choice(len(ACTIONS), p=ACTION_ODDS)] if is_closed else "none")
    return status, closed, action


def _write_text(kind: str, theme: str, rng: np.random.Generator) -> str:
    words = texts.words()["feedback"]
    slots = {slot: str(rng.choice(words[f"{slot}s"]["all"])) for slot in ("place", "subject", "time")}
    text = str(rng.choice(words[kind][theme])).format(**slots, n=rng.integers(2, 13))
    return text + (str(rng.choice(words["feelings"]["all"])) if kind == "clue" else "")


def _leak(turn: int, rng: np.random.Generator) -> str:
    """A number that must be masked: an invented mobile number, or an ID-card number with a valid check digit."""
    if turn % 2:
        return f"请回电{_invent_mobile(rng)}。"
    body = f"410000{rng.integers(1960, 2000)}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}{rng.integers(0, 1000):03d}"
    check = ID_CHECKS[sum(int(d) * w for d, w in zip(body, ID_WEIGHTS, strict=True)) % 11]
    return f"本人身份证号{body}{check}，可核实。"


def _invent_mobile(rng: np.random.Generator) -> str:
    return f"1990000{rng.integers(0, 10_000):04d}"
