"""Alerts in words: what, by how much, since when, how sure, why. The figures come from `dashboard.answers.alerts`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.alerts import Alert, Claim, Reason
from dashboard.i18n import format as fmt
from dashboard.i18n import judgement
from dashboard.i18n.catalogue import Lang, has, text
from dashboard.i18n.judgement import Direction
from dashboard.i18n.measures import measure, name_within
from pipelines.contracts import codes, months

Row = Mapping[str, Any]
ALL = 0.95


@dataclass(frozen=True)
class Told:
    """An alert in words: `kind` 回潮, `what` 会议数上升 11%, `detail` its intervals and level, `since` 2026年5月, `sureness` 明确
    with its `dots` ●●●, and the `reason`."""

    kind: str
    what: str
    detail: str
    since: str
    sureness: str
    dots: str
    reason: str


def tell(alert: Alert, lang: Lang) -> Told:
    """The words of an alert; the region is named beside it."""
    what, detail = _tell_plan(alert, alert.plan, lang) if alert.plan else _tell_change(alert, lang)
    return Told(
        text(f"alerts.kind.{alert.kind.value}", lang), what, detail, _tell_since(alert, lang),
        text(f"alerts.sureness.{alert.sureness.value}", lang), text(f"alerts.dots.{alert.sureness.value}", lang),
        _tell_reason(alert, lang),
    )  # fmt: skip


def name_claim(claim: Claim, lang: Lang) -> str:
    """What a claim is about: the indicator, or the channel that its filter leaves of it."""
    if not claim.where:
        return measure(claim.indicator).name(lang)
    return text(f"alerts.part.{'_'.join(claim.where[0])}", lang)


def name_short(claim: Claim, lang: Lang) -> str:
    """The same where there is little room."""
    key = f"alerts.short.{'_'.join(claim.where[0]) if claim.where else claim.indicator}"
    return text(key, lang) if has(key, lang) else name_claim(claim, lang)


def _tell_since(alert: Alert, lang: Lang) -> str:
    """The month of the first signal; without one the months that were judged."""
    if alert.since:
        return fmt.month(months.parse(alert.since), lang)
    first, last = (months.parse(alert.rows[0][end]) for end in ("period_from", "period_to"))
    return fmt.period(first, last, lang)


def _tell_reason(alert: Alert, lang: Lang) -> str:
    every = alert.reason is Reason.SIGNALS and alert.signals == alert.months
    key = "all_signals" if every else alert.reason.value
    return text(f"alerts.reason.{key}", lang, months=alert.months, signals=alert.signals)


def _tell_change(alert: Alert, lang: Lang) -> tuple[str, str]:
    parts = [_phrase(c, r, name_claim(c, lang), lang) for c, r in zip(alert.claims, alert.rows, strict=True)]
    what = parts[0]
    if len(parts) > 1:
        what = text("alerts.both", lang, first=parts[0], second=name_within(parts[1]))
    join = text("alerts.clause", lang)
    intervals = join.join(_interval(c, r, lang) for c, r in zip(alert.claims, alert.rows, strict=True))
    return what, join.join([text("alerts.interval", lang, interval=intervals), *_add_history(alert, lang)])


def _add_history(alert: Alert, lang: Lang) -> list[str]:
    told = []
    if alert.fall:
        how = measure(alert.claims[-1].indicator)
        key = "fall" if alert.fall["change"] < 0 else "rise_before"
        size = judgement.change_size(alert.fall, how, lang)
        told.append(text(f"alerts.{key}", lang, size=size, interval=judgement.interval_of_change(alert.fall, how, lang)))
    if alert.source:
        level = name_within(codes.LEVEL.label(alert.source.level, lang))
        key = "source_rise" if alert.theme else "source_all" if alert.source.share > ALL else "source"
        told.append(text(f"alerts.{key}", lang, level=level, share=f"{alert.source.share:.0%}"))
    return told


def _phrase(claim: Claim, row: Row, name: str, lang: Lang) -> str:
    how = measure(claim.indicator)
    key = "fell" if judgement.judge(row, how).direction is Direction.FELL else "rose"
    return text(f"alerts.{key}", lang, name=name, size=judgement.change_size(row, how, lang))


def _interval(claim: Claim, row: Row, lang: Lang) -> str:
    how = measure(claim.indicator)
    shown = judgement.interval_of_change(row, how, lang)
    return shown if how.relative else shown + fmt.change_mark(how, lang)


def _tell_plan(alert: Alert, plan: Row, lang: Lang) -> tuple[str, str]:
    def share(value: float) -> str:
        return f"{fmt.number(100 * value, 0)}%"

    item, level = codes.PLAN_ITEM.label(plan["item"], lang), codes.LEVEL.label(plan["level"], lang)
    raised = alert.reason is Reason.RAISED
    words = {
        "item": name_within(item) if raised else item, "level": name_within(level), "ceiling": fmt.number(plan["ceiling"], 0),
        "previous": fmt.number(plan["previous_actual"], 0), "issued": fmt.number(plan["issued"], 0),
    }  # fmt: skip
    if alert.reason is not Reason.RAISED:
        words["used"] = share(plan["used"])
    if alert.reason is Reason.PROJECTED:
        ends = [share(plan[end]) for end in ("projected_low", "projected_high")]
        words |= {"projected": share(plan["projected"]), "interval": text("words.interval", lang, low=ends[0], high=ends[1])}
    key = f"alerts.{alert.reason.value}"
    return text(key, lang, **words), text(f"{key}_detail", lang, **words)
