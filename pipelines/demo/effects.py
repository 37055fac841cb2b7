"""The effects planted in the demo province, as declarations, and the curves by city and month that they amount to.

Everything that tells one city or month from another beyond chance stands here, and is copied into the truth file.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.contracts import months
from pipelines.demo.regions import PROVINCE, cities
from pipelines.demo.scheme import Scheme

ROSE, FELL = "rose", "fell"
DISPLACED, DRAINED, ESCORTED, LATE = "411000", "411500", "410300", "411400"
DISPLACED_SIZE = 0.55
REFORM_PHASE = (0.5, 0.85)  # share of the drop reached in the reform month and the next; then all of it
# City: (drop of meetings at the reform, further change a year after it), as log changes.
CITY_PACE = {
    "410100": (-0.09, -0.03), "410200": (-0.16, -0.17), "410300": (-0.14, -0.14), "410400": (-0.10, -0.07),
    "410500": (-0.13, -0.13), "410600": (-0.18, -0.20), "410700": (-0.12, -0.12), "410800": (-0.15, -0.15),
    "410900": (-0.20, -0.24), "411000": (-0.16, -0.16), "411100": (-0.12, -0.10), "411200": (-0.06, 0.02),
    "411300": (-0.12, -0.02), "411400": (-0.11, -0.07), "411500": (-0.15, -0.15), "411600": (-0.13, -0.14),
    "411700": (-0.17, -0.19), "419001": (-0.08, -0.04),
}  # fmt: skip
DOCUMENT_PACE, INSPECTION_PACE = 1.15, 0.75  # times the pace of meetings


@dataclass(frozen=True)
class Effect:
    """One planted effect: where, on which indicators and in which direction, from which month, in words.

    It shows in the change of `period` against `earlier` (first and last month, YYYYMM); None where the period of the
    demo is too short for it.
    """

    id: str
    region_code: str
    from_month: int
    indicators: dict[str, str]
    period: tuple[int, int] | None
    earlier: tuple[int, int] | None
    zh: str
    en: str


def planted(scheme: Scheme) -> tuple[Effect, ...]:
    """The effects of a scheme, with their months; none of a quiet one."""
    if scheme.quiet:
        return ()
    at, last = scheme.calendar, scheme.last_month
    reform = at[scheme.reform]
    since_reform = _a_year_apart(scheme, months.shift(at[0], 12), months.shift(at[scheme.reform - 1], 12))
    quarter = _a_year_apart(scheme, months.shift(last, -2), last)
    year = _a_year_apart(scheme, months.shift(last, -11), last)
    return (
        Effect("reform", PROVINCE, reform, dict.fromkeys(("meetings", "documents", "inspections"), FELL), *since_reform,
               "改革后会议、文件、督查检查考核全省下降，此后各市继续缓降，快慢不一",
               "Meetings, documents and inspections fall province-wide after a reform and go on falling, by city pace"),
        Effect("flat_relief", PROVINCE, reform, {"felt_relief_share": "no_clear_change"}, *since_reform,
               "数量下降而感到减负占比持平", "Counts fall, but the share who feel relieved stays flat"),
        Effect("rebound", scheme.rebound.city, at[-scheme.rebound.months], {"meetings": ROSE}, *quarter,
               "南阳会议回潮，由县级召开的安全、综治会议带动",
               "Meetings rebound in Nanyang, carried by county-level meetings on safety and public order"),
        Effect("displacement", DISPLACED, at[-min(13, len(at))], {"informal_document_share": ROSE}, *quarter,
               "许昌正式文件减少，便函、白头文件和工作群通知增加",
               "Formal documents fall in Xuchang while letters, plain papers and chat-group receipts rise"),
        Effect("upward_drain", DRAINED, at[-min(16, len(at))],
               {"upward_drain_rate": ROSE, "long_secondment_share": ROSE}, *year,
               "信阳干部被遴选、选调和长期借调抽走", "Staff of Xinyang are selected, appointed or lent upwards for long"),
        Effect("ageing", DRAINED, at[-min(16, len(at))], {"under35_share": FELL, "over50_share": ROSE}, *quarter,
               "信阳队伍变老：35岁以下占比下降，50岁及以上上升",
               "The roster of Xinyang ages: fewer under 35, more of 50 and over"),
        Effect("accompaniment", ESCORTED, at[-min(13, len(at))],
               {"meeting_accompaniment_rate": ROSE, "principal_required_share": FELL}, *quarter,
               "洛阳要求主要领导参加的会议减少，陪会率上升",
               "In Luoyang fewer meetings demand the principal while the accompaniment rate rises"),
        Effect("late_returns", LATE, at[0], {}, None, None,
               "商丘迟报、漏报集中", "Late and missing returns concentrate in Shangqiu"),
    )


def _a_year_apart(scheme: Scheme, first: int, last: int) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The period and the same months a year earlier; None where either is not wholly inside the demo."""
    earlier = months.shift(first, -12), months.shift(last, -12)
    inside = scheme.calendar[0] <= earlier[0] and last <= scheme.last_month
    return ((first, last), earlier) if inside else (None, None)


def ramp(scheme: Scheme, first: int, last: int) -> np.ndarray:
    """0 before the month that many places from the end, rising evenly to 1 at `last` places from the end (a step where equal)."""
    places = np.arange(scheme.months) - (scheme.months - 1)
    risen = np.where(places > -first, 1.0, 0.0) if first == last else np.clip((places + first) / (first - last), 0.0, 1.0)
    return risen * (not scheme.quiet)


def _reform_curve(scheme: Scheme) -> np.ndarray:
    since = np.arange(scheme.months) - scheme.reform
    return np.select([since < 0, since == 0, since == 1], [0.0, *REFORM_PHASE], 1.0)


def _by_city(pick: int) -> np.ndarray:
    return np.array([CITY_PACE[c.code][pick] for c in cities()])[:, None]


def _is_city(code: str) -> np.ndarray:
    return np.array([c.code == code for c in cities()])[:, None]


def log_pace(scheme: Scheme) -> np.ndarray:
    """Cities × months: log change of the count of meetings since before the reform."""
    if scheme.quiet:
        return np.zeros((len(CITY_PACE), scheme.months))
    years = np.maximum(np.arange(scheme.months) - scheme.reform, 0) / 12
    return np.asarray(_by_city(0) * _reform_curve(scheme) + _by_city(1) * years)


def rebound(scheme: Scheme) -> np.ndarray:
    """Cities × months: extra county meetings on safety and public order, as a share of the usual number."""
    plan = scheme.rebound
    return np.asarray(_is_city(plan.city) * plan.size * ramp(scheme, plan.months, plan.months - plan.ramp))


def displacement(scheme: Scheme) -> tuple[np.ndarray, np.ndarray]:
    """Cities × months: factors of receipts through formal and through informal channels."""
    moved = _is_city(DISPLACED) * ramp(scheme, 13, 3)
    return 1 - 0.25 * moved, 1 + DISPLACED_SIZE * moved


def drain(scheme: Scheme) -> np.ndarray:
    """Cities × months: factor of departures upwards."""
    return np.asarray(1 + 5.0 * _is_city(DRAINED) * ramp(scheme, 16, 10))


def young_intake(scheme: Scheme) -> np.ndarray:
    """Cities × months: factor of the share of newcomers who are recruited young instead of transferred in."""
    return np.asarray(1 - 0.85 * _is_city(DRAINED) * ramp(scheme, 16, 12))


def left_vacant(scheme: Scheme) -> np.ndarray:
    """Cities × months: share of the posts falling vacant that are never filled again."""
    return np.asarray(0.06 + 0.50 * _is_city(DRAINED) * ramp(scheme, 16, 12))


def escorts(scheme: Scheme) -> tuple[np.ndarray, np.ndarray]:
    """Cities × months: logit shifts of being sent along to a meeting, and of a meeting demanding the principal."""
    years = np.maximum(np.arange(scheme.months) - scheme.reform, 0) / 12 * (not scheme.quiet)
    risen = _is_city(ESCORTED) * ramp(scheme, 13, 4)
    return 0.06 * years + 0.28 * risen, -0.03 * years - 0.42 * risen
